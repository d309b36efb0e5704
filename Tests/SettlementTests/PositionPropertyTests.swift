// Over many made-up cases with changes of mind: reads that come late or twice, tariffs dated back, windows
// that are held, lifted or forfeited. What is billed in the end depends on what is known in the end,
// and on nothing else.

import Testing
import Units

@testable import Settlement

@Suite("The position in the end")
struct PositionPropertyTests {
  private static let start = at("2026-03-20T00:00Z")

  /// Twelve days of half-hours and reads in disorder.
  private func made(_ dice: inout Dice) -> SettlementCase {
    let shapes = [
      [flat("4.1")], [evening("30", otherwise: "5")],
      [flat("4.1"), flat("6", from: "2026-03-25T00:00Z", named: "six")],
      [
        flat("4.1"),
        TariffTerms(name: "tou", from: at("2026-03-26T00:00Z"), shape: evening("9", otherwise: "3").shape),
      ],
      [halfHourly([("2026-03-20T00:00Z", "2026-03-24T12:00Z", "9"), ("2026-03-24T12:00Z", nil, "7")])],
    ]
    let tariff = shapes[Int(dice.roll(0...4))]
    var (logs, reads): ([LogRead], [Read]) = ([], [])
    var count: Int64 = 500_000
    reads.append(
      Read(serial: "S2", register: .export, value: WattHours(count), at: Self.start, source: .remote))
    for day in 0..<12 {
      let first = HalfHour(containing: Self.start + .days(Int64(day)))
      var entries: [LogRead.Entry] = []
      for slot in 0..<48 {
        let energy = slot > 14 && slot < 34 ? dice.roll(0...1500) : 0
        count += energy
        if dice.roll(0...200) == 0 { continue }
        let quality: Quality = dice.roll(0...60) == 0 ? .estimated : .actual
        entries.append(
          .init(stamp: first.advanced(by: slot).end, energy: WattHours(energy), quality: quality))
      }
      let late = TimeSpan.minutes(dice.roll(0...4000))
      if dice.roll(0...4) > 0 {
        logs.append(
          LogRead(
            serial: "S2", register: .export, convention: .end, received: first.start + .days(1) + late,
            entries: entries))
      }
      if dice.roll(0...2) > 0 {
        reads.append(
          Read(
            serial: "S2", register: .export, value: WattHours(count),
            at: first.start + .days(1) + .minutes(dice.roll(0...40)),
            received: first.start + .days(1) + .minutes(dice.roll(40...6000)), source: .remote,
            cause: Cause(number: UInt32(day + 1))))
      }
    }
    var policy = Policy(name: "made")
    if dice.roll(0...1) == 0 { policy.estimates = .ours(.provisional, "for this test") }
    if dice.roll(0...2) == 0 { policy.payableBasis = .ours([.halfHours], "for this test") }
    if dice.roll(0...3) == 0 { policy.payableBasis = .ours([.halfHours, .registers], "for this test") }
    let end = Self.start + .days(18)
    return SettlementCase(
      policy: policy, agreement: agreement(tariff, technology: .wind), reads: reads, logs: logs,
      from: Self.start, settlements: [end], until: end)
  }

  /// Spans that somebody states from some day on, and some that are lifted again.
  private func treatments(_ dice: inout Dice) -> [(from: Instant, until: Instant, one: Treatment)] {
    (0..<dice.roll(0...3)).map { _ in
      let from = Self.start + .minutes(dice.roll(0...15_000))
      let to = from + .minutes(dice.roll(1...9000))
      let effects: [Treatment.Effect] = [
        .forfeit, .hold, .reduce(perMille: Int(dice.roll(0...1000))), .payer("Heir"), .vat(perMille: 200),
      ]
      let said = Self.start + .days(dice.roll(0...16))
      let lifted = dice.roll(0...2) == 0 ? said + .days(dice.roll(1...5)) : .distantFuture
      return (
        said, lifted, Treatment(effects[Int(dice.roll(0...4))], from: from, to: to, .whldError, .whld01)
      )
    }
  }

  private func settle(
    _ one: SettlementCase, _ spans: [(from: Instant, until: Instant, one: Treatment)]
  ) -> Outcome {
    var core = EmbeddedCore()
    core.probe = Probe(afterRules: { ledger, now in
      for span in spans where span.from <= now && now < span.until { ledger.treatments.add(span.one) }
    })
    return core.settle(one)
  }

  @Test(
    "settling day by day ends where settling in one go does, and every penny is accounted for",
    arguments: 0..<120)
  func dayByDay(number: Int) {
    var dice = Dice(state: UInt64(number) &* 77)
    let one = made(&dice)
    let spans = treatments(&dice)
    let once = settle(one, spans)
    var daily = one
    daily.settlements = (1...18).map { Self.start + .days(Int64($0)) }
    if dice.roll(0...1) == 0 { daily.settlements = daily.settlements.filter { _ in dice.roll(0...3) == 0 } }
    daily.settlements.append(one.until)
    let often = settle(daily, spans)
    #expect(once.balance.isEven)
    #expect(often.balance == once.balance)
    #expect(often.halfHours.map(\.state) == once.halfHours.map(\.state))
    for outcome in [once, often] {
      // What lines say adds up to what the balance says is billed.
      let exact = outcome.statements.reduce(NanoPence(0)) { $0 + $1.exact }
      #expect(exact == outcome.balance.paid + outcome.balance.provisional)
      // Nothing is paid back; what is carried out of one statement goes into the payer's next.
      var carried: [String: Pence] = [:]
      for statement in outcome.statements {
        #expect(statement.carriedIn == carried[statement.payer] ?? Pence(0))
        #expect(statement.payable >= Pence(0))
        #expect(statement.payable + statement.carriedOut == statement.gross + statement.carriedIn)
        carried[statement.payer] = statement.carriedOut
        let lines = Int128(statement.lines.count(where: \.isPayable))
        let error = (NanoPence(statement.net) - statement.exact).magnitude
        #expect(error * 2 <= NanoPence(Pence(1)) * lines)
      }
    }
  }

  @Test("the order in which facts arrive changes nothing in the end", arguments: 0..<120)
  func arrival(number: Int) {
    var dice = Dice(state: UInt64(number) &* 1013)
    var one = made(&dice)
    let spans = treatments(&dice)
    one.settlements = [Self.start + .days(6), Self.start + .days(12), one.until]
    let outcome = settle(one, spans)
    var other = one
    // Everything comes at once on the last day, or each thing at some other time.
    let all = dice.roll(0...1) == 0
    for index in other.reads.indices {
      let moved = other.reads[index].at + .minutes(dice.roll(0...7000))
      other.reads[index].received = all ? one.until : min(moved, one.until)
    }
    for index in other.logs.indices {
      let moved = (other.logs[index].entries.last?.stamp ?? one.until) + .minutes(dice.roll(0...7000))
      other.logs[index].received = all ? one.until : min(moved, one.until)
    }
    let again = settle(other, spans)
    #expect(again.balance == outcome.balance)
    #expect(again.halfHours.map(\.state) == outcome.halfHours.map(\.state))
  }
}
