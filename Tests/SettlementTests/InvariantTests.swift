// What must hold for every case, over many made-up ones: nothing is paid twice, nothing over its worth, and
// the order in which reads are listed changes nothing.

import Settlement
import Testing
import Units

@Suite("What always holds")
struct InvariantTests {
  /// Six days with logs, reads, gaps, repeats, wrong values, and three settlements.
  private func made(_ seed: UInt64) -> SettlementCase {
    var dice = Dice(state: seed)
    let start = at("2026-03-27T00:00Z")
    let shapes = [
      flat("4.1"), evening("30", otherwise: "5"),
      halfHourly([("2026-03-27T00:00Z", "2026-03-30T12:00Z", "9")]),
    ]
    let tariff = [shapes[Int(dice.roll(0...2))]]
    var (logs, reads): ([LogRead], [Read]) = ([], [])
    var count: Int64 = 500_000
    for day in 0..<6 {
      let first = HalfHour(containing: start + .days(Int64(day)))
      var entries: [LogRead.Entry] = []
      for slot in 0..<49 {
        let energy = slot > 12 && slot < 36 ? dice.roll(0...2200) : 0
        if slot < 48 { count += energy }
        if dice.roll(0...60) == 0 { continue }
        entries.append(
          .init(
            stamp: first.advanced(by: slot).end, energy: WattHours(dice.roll(0...80) == 0 ? -energy : energy),
            quality: dice.roll(0...50) == 0 ? .estimated : .actual))
      }
      let received = first.start + .days(1) + .minutes(dice.roll(0...2000))
      logs.append(
        LogRead(serial: "S2", register: .export, convention: .end, received: received, entries: entries))
      reads.append(
        Read(
          serial: "S2", register: .export, value: WattHours(dice.roll(0...9) == 0 ? 0 : count),
          at: first.start + .days(1), received: received, source: .remote,
          cause: Cause(number: UInt32(day + 1))))
    }
    reads.append(Read(serial: "S2", register: .export, value: kWh("500"), at: start, source: .remote))
    var policy = Policy(name: "made")
    if dice.roll(0...1) == 0 { policy.estimates = .ours(.provisional, "for this test") }
    if dice.roll(0...1) == 0 { policy.payableBasis = .ours([.halfHours], "for this test") }
    return SettlementCase(
      policy: policy, agreement: agreement(tariff), reads: reads, logs: logs, from: start,
      settlements: [start + .days(2), start + .days(4), start + .days(9)], until: start + .days(9))
  }

  @Test("the order in which reads, logs and settlements are listed changes nothing", arguments: 0..<40)
  func order(number: Int) {
    let one = made(UInt64(number))
    let outcome = settle(one)
    for shuffle in 1...3 {
      var other = one
      other.reads = one.reads.shuffled(like: UInt64(shuffle * 71))
      other.logs = one.logs.shuffled(like: UInt64(shuffle * 37))
      other.settlements = one.settlements.shuffled(like: UInt64(shuffle))
      #expect(settle(other) == outcome)
    }
  }

  @Test(
    "no more is paid than the highest rate on all energy that was read, plus half a penny a line",
    arguments: 0..<40)
  func never(number: Int) {
    let one = made(UInt64(number))
    let outcome = settle(one)
    let most: UnitRate =
      switch one.agreement.tariff[0].shape {
      case .flat(let rate): rate
      case .timeOfUse(let windows, let otherwise): max(otherwise, windows.map(\.rate).max() ?? otherwise)
      case .halfHourly(let prices): prices.map(\.rate).max() ?? pence("0")
      }
    // Every half-hour once, by the highest value anybody gave for it; or what the register gained.
    var best: [Instant: Int64] = [:]
    for entry in one.logs.flatMap(\.entries) {
      best[entry.stamp] = max(best[entry.stamp] ?? 0, entry.energy.value)
    }
    let logged = best.values.reduce(0, +)
    let register = (one.reads.map(\.value.value).max() ?? 0) - 500_000
    let exact = WattHours(max(logged, register)) * most
    let lines = outcome.statements.flatMap(\.lines).filter(\.isPayable).count
    #expect(NanoPence(outcome.paid) <= exact + NanoPence(500_000_000) * Int128(lines))
    #expect(outcome.paid >= Pence(0))
  }

  @Test(
    "the lines of all statements add up to the half-hours, and none is silently missing", arguments: 0..<40)
  func once(number: Int) {
    var one = made(UInt64(number))
    one.policy.payableBasis = .ours([.halfHours], "for this test")
    let outcome = settle(one)
    let lines = outcome.statements.flatMap(\.lines).filter(\.isPayable)
    let paid = outcome.halfHours.filter { $0.state == .paid || $0.state == .provisional }
    #expect(lines.reduce(0) { $0 + ($1.energy?.value ?? 0) } == paid.reduce(0) { $0 + $1.energy.value })
    let exact = paid.reduce(NanoPence(0)) { $0 + $1.energy * ($1.rate ?? pence("0")) }
    #expect(lines.reduce(NanoPence(0)) { $0 + $1.exact } == exact)
    #expect(paid.allSatisfy { $0.statement >= 0 })
    // Nothing is silently missing: at each settlement every half-hour so far is paid or on a line.
    for instant in one.settlements {
      var early = one
      (early.settlements, early.until) = (one.settlements.filter { $0 <= instant }, instant)
      let known = settle(early)
      let before = known.halfHours.count {
        ($0.state == .paid || $0.state == .provisional) && $0.halfHour.end <= instant
      }
      let unpaid = known.statements.last?.lines.filter { !$0.isPayable }.reduce(0) { sum, line in
        // A line for want of any reading speaks of a stretch of time, not of half-hours.
        let span = HalfHour(containing: line.from).distance(to: HalfHour(containing: line.to))
        return sum + (line.reason == .whldNoReading ? span : line.halfHours)
      }
      #expect(
        before + (unpaid ?? 0) == HalfHour(containing: one.from).distance(to: HalfHour(containing: instant)))
    }
  }
}
