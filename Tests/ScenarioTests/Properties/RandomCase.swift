// A settlement case from a number: one of the shipped licensees, a home, half-hours and reads that come late,
// wrong, twice or estimated, and any of the declared events with facts as the tables declare them. A failing
// case can be made again from its number.

import Settlement
import Units

/// Chance that can be made again from its number (SplitMix64).
struct RandomDraw {
  private var state: UInt64

  init(_ seed: Int) { state = UInt64(truncatingIfNeeded: seed) &* 0x2545_f491_4f6c_dd1d }

  mutating func roll(_ range: ClosedRange<Int64>) -> Int64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    mixed ^= mixed >> 31
    return range.lowerBound + Int64(mixed % UInt64(range.upperBound - range.lowerBound + 1))
  }

  /// True once in so many times.
  mutating func once(in times: Int64) -> Bool { roll(1...times) == 1 }
  mutating func one<Of>(of list: [Of]) -> Of { list[Int(roll(0...Int64(list.count - 1)))] }
}

/// What truly happened at a home, and who may settle it.
struct RandomCase {
  static let days = 7

  let start: Instant
  /// What truly flowed, by half-hour.
  let energies: [Int64]
  private(set) var one: SettlementCase
  private var draw: RandomDraw

  var end: Instant { start + .days(Int64(Self.days)) }

  /// `events`: at most so many.
  init(_ seed: Int, policies: [Policy], events: Int = 5) {
    var draw = RandomDraw(seed)
    // A week with the clocks going forward, one with them going back, and two plain ones.
    let starts: [Int64] = [1_774_569_600, 1_792_713_600, 1_778_371_200, 1_768_176_000]
    start = Instant(seconds: draw.one(of: starts))
    let isSolar = !draw.once(in: 3)
    energies = (0..<(Self.days * 48)).map { row in
      !isSolar || (14..<36).contains(row % 48) ? draw.roll(0...1900) : 0
    }
    var policy = draw.one(of: policies)
    if draw.once(in: 6) { policy.estimates = .ours(draw.one(of: [.never, .provisional]), "for this test") }
    if draw.once(in: 6) {
      policy.payableBasis = .ours(
        draw.one(of: [[.halfHours], [.registers], [.registers, .halfHours]]), "for this test")
    }
    let meter = MeterDetails(
      serial: "S2", uses: [.export],
      registers: [
        .import: .init(modulus: WattHours(1_000_000_000)), .export: .init(modulus: WattHours(1_000_000_000)),
      ], halfHourlyCapable: true, remote: true, kind: "SMETS2")
    let agreement = Agreement(
      licensee: policy.name, exportMPAN: "9900000000015", importMPAN: "9900000000060", tariff: [],
      start: start,
      installation: DeclaredInstallation(
        technology: isSolar ? .solarPV : .hydro, capacity: Power(watts: 3950)),
      meters: [meter], importSupplier: draw.once(in: 3) ? policy.name : "Other Energy",
      importRate: UnitRate(microPencePerKilowattHour: 24_500_000))
    let until = start + .days(Int64(Self.days) + 3)
    one = SettlementCase(
      policy: policy, agreement: agreement, from: start, settlements: [until], until: until)
    self.draw = draw
    addTerms()
    addReads()
    addLogs()
    for _ in 0..<self.draw.roll(0...Int64(events)) { addEvent() }
  }

  // MARK: Terms

  private mutating func addTerms() {
    one.agreement.tariff = [terms(from: start)]
    if draw.once(in: 4) { one.agreement.tariff.append(terms(from: halfHour(in: 0...Self.days))) }
    one.agreement.tariff.sort { $0.from < $1.from }
    if draw.once(in: 3) {
      one.agreement.facts[FactKey("vat-registered")] = .flag(true)
      one.agreement.facts[FactKey("self-billing-signed")] = .flag(draw.once(in: 2))
    }
    for group in FactGroup.all where draw.once(in: 5) {
      let fact = draw.one(of: group.facts)
      one.agreement.facts[fact.key] = value(of: fact)
    }
  }

  private mutating func rate() -> UnitRate {
    UnitRate(microPencePerKilowattHour: draw.roll(1...300) * 100_003)
  }

  private mutating func terms(from: Instant) -> TariffTerms {
    switch draw.roll(0...5) {
    case 0, 1, 2: TariffTerms(name: "flat", from: from, shape: .flat(rate()))
    case 3:
      TariffTerms(
        name: "evening", from: from,
        shape: .timeOfUse([.init(fromMinute: 960, toMinute: 1140, rate: rate())], otherwise: rate()))
    default:
      TariffTerms(
        name: "agile", from: from,
        shape: .halfHourly(
          (0..<4).map { part in
            let first = start + .hours(Int64(part * 48))
            return .init(from: first, to: first + .hours(48), rate: rate())
          }), isSEG: false)
    }
  }

  // MARK: Reads and logs

  /// What the register shows at the half-hour boundary before an instant.
  func count(at instant: Instant) -> Int64 {
    let rows = HalfHour(containing: start).distance(to: HalfHour(containing: instant))
    return 500_000 + energies.prefix(max(rows, 0)).reduce(0, +)
  }

  private mutating func addReads() {
    for day in 0...Self.days where day == 0 || draw.once(in: 2) {
      let taken = start + .days(Int64(day)) + .minutes(draw.once(in: 3) ? draw.roll(0...1400) : 0)
      guard taken < end || day == Self.days else { continue }
      var value = count(at: taken)
      if draw.once(in: 15) { value = draw.roll(0...1_000_000) }
      let read = Read(
        serial: "S2", register: .export, value: WattHours(value), at: taken,
        received: min(taken + .minutes(draw.once(in: 3) ? draw.roll(0...6000) : 0), one.until),
        source: draw.one(of: [.remote, .remote, .customer, .visit]), cause: cause())
      one.reads.append(read)
      if draw.once(in: 10) { one.reads.append(read) }
    }
  }

  private mutating func addLogs() {
    guard !draw.once(in: 4) else { return }
    for day in 0..<Self.days where !draw.once(in: 8) {
      let first = HalfHour(containing: start + .days(Int64(day)))
      var entries: [LogRead.Entry] = []
      for slot in 0..<48 where !draw.once(in: 150) {
        let energy = energies[day * 48 + slot]
        entries.append(
          .init(
            stamp: first.advanced(by: slot).end,
            energy: WattHours(draw.once(in: 200) ? draw.roll(-100...5000) : energy),
            quality: draw.once(in: 60) ? .estimated : .actual))
      }
      let received = first.start + .days(1) + .minutes(draw.once(in: 3) ? draw.roll(0...4000) : 0)
      one.logs.append(
        LogRead(
          serial: "S2", register: .export, convention: .end, received: min(received, one.until),
          entries: entries, cause: cause()))
    }
  }

  private mutating func cause() -> Cause { Cause(number: UInt32(draw.roll(1...10_000))) }

  // MARK: Events

  /// Events that the money of most cases turns on: every second one is of these.
  private static let usual = [
    "reading-withdrawn", "reading-corrected", "half-hours-corrected", "meter-suspect", "meter-tested",
    "mcs-suspended", "mcs-resumed", "tariff-change-notified", "plan-issued", "switch-requested",
    "switch-registered", "switch-reading", "payment-requested", "bill-issued", "withholding-ordered",
    "withholding-lifted", "capacity-changed", "query-answered", "proof-requested", "owner-changed",
  ].compactMap { EventDeclaration.of(EventName($0)) }

  private mutating func addEvent() {
    let declared = draw.one(of: draw.once(in: 2) ? Self.usual : EventDeclaration.all)
    var facts = Facts()
    for fact in declared.facts where fact.isNeeded || draw.once(in: 2) { facts[fact.key] = value(of: fact) }
    // Readings are named by their instant: "the newest" is another one at another time.
    let taken = FactKey("taken")
    if declared.facts.contains(where: { $0.key == taken }),
      let read = one.reads.indices.last.map({ Int64($0) })
    {
      facts[taken] = .instant(one.reads[Int(draw.roll(0...read))].at)
    }
    let happened = halfHour(in: 0...Self.days)
    let received = draw.once(in: 2) ? happened : happened + .minutes(draw.roll(0...4000))
    one.events.append(
      CaseEvent(declared.name, at: happened, received: min(received, one.until), facts, cause: cause()))
  }

  private mutating func halfHour(in days: ClosedRange<Int>) -> Instant {
    start + .minutes(30 * draw.roll(Int64(days.lowerBound * 48)...Int64(days.upperBound * 48 - 1)))
  }

  private mutating func value(of fact: FactDeclaration) -> FactValue {
    switch fact.kind {
    case .text: .text(text(fact.key.name))
    case .word(let words): .text(draw.one(of: words))
    case .flag: .flag(draw.once(in: 2))
    case .whole(let range): .whole(min(range.upperBound, range.lowerBound + draw.roll(0...3)))
    case .date: .date(LondonClock.date(at: start + .days(draw.roll(-3...10))))
    case .instant: .instant(halfHour(in: 0...Self.days))
    case .span: .span(.minutes(30 * draw.roll(0...100)))
    case .energy: .energy(WattHours(count(at: halfHour(in: 0...Self.days))))
    case .power: .power(Power(watts: draw.one(of: [1000, 3950, 8000])))
    case .money: .money(Pence(draw.roll(1...5000)))
    case .rate: .rate(rate())
    case .perMille: .perMille(Int(draw.roll(0...10) * 100))
    case .tariff: .tariff([terms(from: halfHour(in: 0...Self.days))])
    case .meter:
      .meter(
        MeterDetails(
          serial: "N\(draw.roll(1...3))", uses: [.export],
          registers: [.export: .init(modulus: WattHours(1_000_000_000))], halfHourlyCapable: true,
          remote: true, kind: "SMETS2"))
    case .registers: .registers([.export: WattHours(count(at: halfHour(in: 0...Self.days)))])
    }
  }

  private mutating func text(_ key: String) -> String {
    switch key {
    case "serial", "old": draw.once(in: 12) ? "X9" : "S2"
    case "to", "licensee", "supplier": draw.one(of: [one.policy.name, "strict-metered", "Other Energy"])
    case "rate-as-written": draw.one(of: ["4.1 p/kWh", "£0.15/kWh", "5"])
    default: draw.one(of: ["Ada", "Eve", "as told"])
    }
  }
}

extension SettlementCase {
  /// The same facts, each received at some other time by the end.
  func arrivingOtherwise(_ seed: Int) -> SettlementCase {
    var draw = RandomDraw(seed)
    let allAtOnce = draw.once(in: 3)
    func late(_ instant: Instant, _ cause: Cause) -> Instant {
      var draw = RandomDraw(seed &+ Int(cause.number))
      return allAtOnce ? until : min(max(instant, from) + .minutes(draw.roll(0...7000)), until)
    }
    var other = self
    for index in reads.indices { other.reads[index].received = late(reads[index].at, reads[index].cause) }
    for index in logs.indices {
      other.logs[index].received = late(logs[index].entries.last?.stamp ?? from, logs[index].cause)
    }
    return other
  }

  /// Settled each day, or on some days, and once more at the end.
  func daily(_ seed: Int) -> SettlementCase {
    var draw = RandomDraw(seed)
    var other = self
    let all = (1...(RandomCase.days + 2)).map { from + .days(Int64($0)) }
    other.settlements = (draw.once(in: 2) ? all : all.filter { _ in draw.once(in: 3) }) + [until]
    return other
  }

  /// Settled once, at the end.
  var atOnce: SettlementCase {
    var other = self
    other.settlements = [until]
    return other
  }
}

extension SettlementCase {
  /// The same, listed from the end.
  var listedOtherwise: SettlementCase {
    var other = self
    other.reads.reverse()
    other.logs.reverse()
    // Events of one instant keep their order: it is all that tells which came first.
    other.events.sort { ($1.received, $1.at) < ($0.received, $0.at) }
    return other
  }

  /// All that anybody metered, by the values that are best for the customer: each half-hour once, or what the
  /// register gained. What was corrected counts as it came and as it was corrected.
  var mostMetered: WattHours {
    var best: [Instant: Int64] = [:]
    for entry in logs.flatMap(\.entries) {
      best[entry.stamp] = max(best[entry.stamp] ?? 0, entry.energy.value)
    }
    let told = events.flatMap { event in
      event.facts.values.values.flatMap { fact -> [Int64] in
        switch fact {
        case .energy(let value): [value.value]
        case .registers(let values): values.values.map(\.value)
        default: []
        }
      }
    }
    let shown = reads.map(\.value.value) + told
    let gained = (shown.max() ?? 0) - (shown.min() ?? 0)
    return WattHours(best.values.reduce(0, +) + gained)
  }

  var highestRate: UnitRate {
    let tariffs =
      [agreement.tariff]
      + (events.map(\.facts) + [agreement.facts]).flatMap { facts in
        facts.values.values.compactMap { if case .tariff(let terms) = $0 { terms } else { nil } }
      }
    // Rates as written in a notice are 15 p/kWh at most, in these cases.
    return tariffs.joined().flatMap(\.rates).max().map { max($0, Self.mostWritten) } ?? Self.mostWritten
  }

  private static let mostWritten = UnitRate(microPencePerKilowattHour: 35_000_000)
}

extension TariffTerms {
  fileprivate var rates: [UnitRate] {
    switch shape {
    case .flat(let rate): [rate]
    case .timeOfUse(let windows, let otherwise): windows.map(\.rate) + [otherwise]
    case .halfHourly(let prices): prices.map(\.rate)
    }
  }
}

extension RandomCase {
  /// The case of the licensee that the home leaves, and that of the one it goes to: both hear the same.
  func switched(to policy: Policy, _ draw: inout RandomDraw) -> (old: SettlementCase, new: SettlementCase) {
    var (old, new) = (one, one)
    (old.policy.name, old.agreement.licensee) = ("from", "from")
    old.agreement.facts[FactKey("switched-from")] = nil
    (new.policy, new.agreement.licensee) = (policy, "to")
    new.policy.name = "to"
    new.agreement.facts[FactKey("switched-from")] = .text("from")
    let day = LondonClock.date(at: start + .days(draw.roll(1...5)))
    let news = CaseEvent(
      EventName("switch-registered"), at: start + .hours(3),
      received: start + .minutes(draw.roll(200...9000)),
      [FactKey("to"): .text("to"), FactKey("on"): .date(day)])
    // Other switches, moves and ends would leave the home to a third party.
    let events = one.events.filter { event in
      !["switch", "owner", "customer", "ended", "decommissioned", "licensee", "insolvency", "business"]
        .contains {
          event.name.name.hasPrefix($0)
        }
    }
    (old.events, new.events) = (events + [news], events + [news])
    return (old, new)
  }
}
