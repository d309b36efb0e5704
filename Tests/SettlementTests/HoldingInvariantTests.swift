// What must hold for any run of events that stop money: when they become known changes nothing in the end,
// settling day by day decides and pays what settling in one go does, and no energy is lost between paid, held
// and forfeited.

import Settlement
import Testing
import Units

@Suite("What always holds of money that is stopped")
struct HoldingInvariantTests {
  private static let start = Instant(seconds: 1_777_593_600)  // 2026-05-01T00:00Z

  private func instant(_ draw: inout Dice) -> Instant {
    Self.start + .minutes(30 * draw.roll(0...(48 * 30 - 1)))
  }

  /// One event of the families, with facts as they may come.
  private func event(_ draw: inout Dice) -> CaseEvent {
    let when = instant(&draw)
    var facts = Facts()
    let name = draw.one(of: [
      EventName.withholdingOrdered, .withholdingLifted, .mcsSuspended, .mcsResumed, .changeFound,
      .ofgemDecided,
      .licenseeDecided, .meterSuspect, .meterFaultReported, .testArranged, .meterTested, .meterRepaired,
      .accessRefused,
      .accessGained, .visit, .capacityChanged, .storageChanged, .unitAdded, .unitSeparated, .customerMoved,
      .evidenceGiven, .changeConfirmed, .ownerChanged, .decommissioned, .endedByCustomer, .endedByLicensee,
    ])
    switch name {
    case .withholdingOrdered: facts[.ground] = .text(draw.one(of: ["error", "abuse", "not-inspected"]))
    case .withholdingLifted:
      if draw.flip() { facts[.ground] = .text(draw.one(of: ["error", "not-inspected"])) }
    case .mcsResumed: facts[.part] = .perMille(Int(draw.roll(0...10) * 100))
    case .changeFound: facts[.what] = .text(draw.one(of: ["storage", "capacity"]))
    case .ofgemDecided, .licenseeDecided:
      (facts[.outcome], facts[.part]) = (.text(draw.one(of: ["pay", "forfeit", "reduce"])), .perMille(500))
    case .meterTested:
      facts[.result] = .text(draw.one(of: ["good", "faulty"]))
      if draw.flip() { facts[.evidenceAccepted] = .flag(draw.flip()) }
      if draw.flip() { facts[.from] = .instant(instant(&draw)) }
    case .accessGained: if draw.flip() { facts[.readingsOK] = .flag(draw.flip()) }
    case .visit: facts[.outcome] = .text(draw.one(of: ["done", "refused", "nobody-in"]))
    case .capacityChanged: facts[.capacity] = .power(Power(watts: draw.one(of: [3000, 8000, 6_000_000])))
    case .storageChanged: facts[.what] = .text(draw.one(of: ["added", "removed"]))
    case .unitAdded:
      facts[.technology] = .text(draw.one(of: ["solar-pv", "wind"]))
      facts[.capacity] = .power(Power(watts: 2000))
    case .customerMoved: (facts[.stillOwner], facts[.evidence]) = (.flag(true), .flag(draw.flip()))
    case .evidenceGiven, .changeConfirmed:
      facts[.what] = .text(draw.one(of: ["move", "decommissioning", "capacity"]))
    case .decommissioned: facts[.confirmed] = .flag(draw.flip())
    case .endedByLicensee, .endedByCustomer: facts[.channel] = .text(draw.one(of: ["post", "e-mail"]))
    default: break
    }
    return CaseEvent(name, at: when, facts)
  }

  private func made(_ seed: Int) -> SettlementCase {
    var draw = Dice(state: UInt64(seed) &* 7919)
    let endless: Set<EventName> = [.ownerChanged, .decommissioned, .endedByCustomer, .endedByLicensee]
    var list = (0..<draw.roll(1...7)).map { _ in event(&draw) }
    // What ends all comes seldom, or nothing else would be seen.
    if draw.roll(0...3) > 0 { list.removeAll { endless.contains($0.name) } }
    for index in list.indices { list[index].received = list[index].at + .minutes(draw.roll(0...14_000)) }
    var count: Int64 = 100_000
    let reads = (0...45).compactMap { day -> Read? in
      if day > 0 { count += draw.roll(1000...20_000) }
      guard day == 0 || day == 45 || draw.roll(0...4) == 0 else { return nil }
      let when = Self.start + .days(Int64(day))
      return Read(
        serial: "S2", register: .export, value: WattHours(count), at: when,
        source: draw.flip() ? .remote : .visit)
    }
    let mine = policy {
      $0.withholding.faultyMeter.value = draw.flip() ? .forfeits : .awaitsValidReading
      $0.withholding.releaseOn.value = draw.flip() ? .result : .arranged
      $0.withholding.suspension.value = draw.flip() ? .pays : .forfeits
      $0.withholding.accessRefused.value = draw.flip() ? .verified : .lifted
      $0.changes.undeclared.value = draw.one(of: [.ofgemDecides, .licenseeDecides, .recorded])
      $0.endings.byCustomer.value = draw.flip() ? .anyTime : .finalReading
    }
    let end = Self.start + .days(60)
    return SettlementCase(
      policy: mine, agreement: agreement([flat("10")]), reads: reads, events: list, calendar: holidays,
      from: Self.start, settlements: [end], until: end)
  }

  private static let families = ["R-WHLD", "R-FAULT", "R-ACC", "R-CHG", "R-TERM", "R-BACK"]

  private func isMine(_ rule: String) -> Bool { Self.families.contains { rule.hasPrefix($0) } }

  /// Decisions of these families. What was overpaid depends on what was paid before, and so on when somebody
  /// settled; so does which advance was split provisionally.
  private func decisions(_ outcome: Outcome) -> Set<String> {
    Set(
      outcome.decisions.filter {
        isMine($0.rule) && $0.code != .recoupOverpaid && $0.code != .payProvisional && $0.code != .payDue
      }.map { "\($0.at) \($0.code.rawValue) \($0.rule) \($0.text)" })
  }

  private func duties(_ outcome: Outcome) -> Set<Obligation> {
    Set(outcome.obligations.filter { isMine($0.rule) })
  }

  @Test("settling day by day decides and pays what settling in one go does", arguments: 0..<12)
  func dayByDay(block: Int) {
    for seed in (block * 10)..<(block * 10 + 10) {
      let whole = made(seed)
      var daily = whole
      daily.settlements = (1...30).map { Self.start + .days(Int64(2 * $0)) }
      let (one, other) = (settle(whole), settle(daily))
      #expect(decisions(one).symmetricDifference(decisions(other)) == [], "seed \(seed)")
      #expect(one.treatments == other.treatments, "seed \(seed)")
      #expect(duties(one).symmetricDifference(duties(other)) == [], "seed \(seed)")
      #expect(one.balance.held == other.balance.held, "seed \(seed)")
      #expect(one.balance.forfeited == other.balance.forfeited, "seed \(seed)")
      #expect(one.balance.isEven && other.balance.isEven, "seed \(seed)")
    }
  }

  @Test(
    "when the same facts become known changes no span and no penny of the final position", arguments: 0..<12)
  func arrival(block: Int) {
    for seed in (block * 10)..<(block * 10 + 10) {
      let one = made(seed)
      var other = one
      var draw = Dice(state: UInt64(seed) &+ 99)
      for index in other.events.indices {
        // A final reading, and a verified one, end and release when the news has come: those do depend on it.
        other.events[index].received = other.events[index].at + .minutes(draw.roll(0...14_000))
      }
      let (left, right) = (settle(one), settle(other))
      guard one.policy.endings.byCustomer.value == .anyTime else { continue }
      #expect(Set(left.treatments) == Set(right.treatments), "seed \(seed)")
      #expect(left.balance == right.balance, "seed \(seed)")
    }
  }
}

extension Dice {
  fileprivate mutating func one<Of>(of list: [Of]) -> Of { list[Int(roll(0...Int64(list.count - 1)))] }
  fileprivate mutating func flip() -> Bool { roll(0...1) == 1 }
}
