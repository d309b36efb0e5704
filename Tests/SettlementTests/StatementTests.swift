// Rounding, due dates, and what a statement must say (R-PAY-01, R-PAY-09, R-UNIT-04, R-LIC-07).

import BackspinTesting
import Settlement
import Testing
import Units

@Suite("Statements")
struct StatementTests {
  /// One advance at one rate, by one rounding.
  private func paid(_ energy: String, _ rate: String, _ rounding: Policy.Rounding) -> Pence {
    var policy = Policy(name: "test")
    policy.rounding = .ours(rounding, "for this test")
    let close = WattHours(100_000 + kWh(energy).value)
    return settle(
      story(
        agreement([flat(rate)]), from: "2026-01-01T00:00Z", to: "2026-12-31T00:00Z",
        reads: [
          read("100", "2026-01-01T00:00Z"),
          Read(serial: "S2", register: .export, value: close, at: at("2026-12-31T00:00Z"), source: .remote),
        ], policy: policy)
    ).paid
  }

  @Test("each line is rounded once, by the policy's rule")
  func rounding() {
    TextTable.each(
      """
      | kWh    | p/kWh | exact p | half-up | half-even | down |
      | 1      | 0.5   | 0.5     |       1 |         0 |    0 |
      | 3      | 0.5   | 1.5     |       2 |         2 |    1 |
      | 5      | 0.5   | 2.5     |       3 |         2 |    2 |
      | 0.007  | 4.1   | 0.0287  |       0 |         0 |    0 |
      | 0.336  | 4.1   | 1.3776  |       1 |         1 |    1 |
      | 100    | 4.999999 | 499.9999 | 500 |       500 |  499 |
      """
    ) { row in
      let (energy, rate) = (try row.text("kWh"), try row.text("p/kWh"))
      #expect(
        paid(energy, rate, .halfUp).value == (try row.whole("half-up")), sourceLocation: row.sourceLocation)
      #expect(
        paid(energy, rate, .halfEven).value == (try row.whole("half-even")),
        sourceLocation: row.sourceLocation)
      #expect(paid(energy, rate, .down).value == (try row.whole("down")), sourceLocation: row.sourceLocation)
      let exact = kWh(energy) * pence(rate)
      #expect("\(exact)" == "\(try row.text("exact p"))p", sourceLocation: row.sourceLocation)
    }
  }

  @Test("a trickle of 7 Wh a half-hour is not rounded away half-hour by half-hour")
  func trickle() {
    // 48 × 7 Wh = 336 Wh × 4.1 p = 1.3776 p → 1 p; rounded one by one it would be nothing.
    var policy = Policy(name: "test")
    policy.payableBasis = .ours([.halfHours], "for this test")
    let outcome = settle(
      story(
        agreement([flat("4.1")], technology: .hydro), from: "2026-06-01T00:00Z", to: "2026-06-02T00:00Z",
        logs: [log(constant(7), from: "2026-06-01T00:00Z", received: "2026-06-02T00:00Z")], policy: policy))
    #expect(outcome.statements[0].exact == NanoPence(1_377_600_000))
    #expect(outcome.paid == Pence(1))
  }

  @Test("payment is due so many calendar days after the reading arrived, whenever that day falls")
  func due() {
    TextTable.each(
      """
      # 60 days from the arrival of the closing read. 2028 has a 29 February.
      | received          | settled           | due        | late |
      | 2026-06-30T09:00Z | 2026-07-02T00:00Z | 2026-08-29 | no   |
      | 2028-01-15T09:00Z | 2028-01-16T00:00Z | 2028-03-15 | no   |
      | 2027-01-15T09:00Z | 2027-01-16T00:00Z | 2027-03-16 | no   |
      # 23:30Z in summer is the next day in London.
      | 2026-06-30T23:30Z | 2026-07-02T00:00Z | 2026-08-30 | no   |
      | 2026-06-30T09:00Z | 2026-08-29T12:00Z | 2026-08-29 | no   |
      | 2026-06-30T09:00Z | 2026-08-30T12:00Z | 2026-08-29 | yes  |
      """
    ) { row in
      let (received, settled) = (try row.text("received"), try row.text("settled"))
      let outcome = settle(
        story(
          agreement([flat("4.1")]), from: "2025-12-01T00:00Z", to: settled,
          reads: [read("100", "2025-12-01T00:00Z"), read("150", "2026-01-10T00:00Z", received: received)]))
      let due = try row.value("due") { try CivilDate(parsing: $0) }
      #expect(outcome.statements[0].due == due, sourceLocation: row.sourceLocation)
      #expect(
        outcome.codes.contains("PAY_OVERDUE") == (try row.text("late") == "yes"),
        sourceLocation: row.sourceLocation)
    }
  }

  @Test("working days need a calendar of bank holidays; without one no date is made up")
  func workingDays() {
    var policy = Policy(name: "test")
    policy.paymentDue = .clause(.workingDays(25), "EON 6.8")
    let outcome = settle(
      story(
        agreement([flat("4.1")]), from: "2026-06-01T00:00Z", to: "2026-06-30T00:00Z",
        reads: [read("100", "2026-06-01T00:00Z"), read("150", "2026-06-30T00:00Z")], policy: policy))
    #expect(outcome.statements[0].due == nil)
    let why = outcome.decision(.calNoCoverage)?.text ?? ""
    #expect(why.contains("bank holidays in England and Wales from 2026-06-30 on"))
  }

  @Test("each half-hour says what became of it, and by which statement")
  func halfHours() {
    let outcome = settle(
      story(
        agreement([evening("30", otherwise: "5")]), from: "2026-06-01T00:00Z", to: "2026-06-02T00:00Z",
        logs: [log(sunnyDay, from: "2026-06-01T00:00Z", received: "2026-06-02T00:00Z", cause: 5)]))
    #expect(outcome.halfHours.count == 48)
    #expect(outcome.halfHours[29].state == .paid)
    #expect(outcome.halfHours[29].rate == pence("5"))
    #expect(outcome.halfHours[30].rate == pence("30"))  // 15:00Z is 16:00 BST
    #expect(outcome.halfHours[30].statement == 0)
    #expect(outcome.halfHours[30].cause == Cause(number: 5))
  }

  @Test("a statement reads as a person would write it, with what is held")
  func text() {
    let outcome = settle(
      story(
        agreement([flat("4.1")]), from: "2026-06-01T00:00Z", to: "2026-06-03T00:00Z",
        reads: [read("100", "2026-06-01T00:00Z"), read("110", "2026-06-02T00:00Z")]))
    #expect(
      outcome.statements[0].description == """
        test 9900000000015 from 2026-06-01T00:00Z to 2026-06-03T00:00Z: £0.41 payable, due by 2026-08-01
          paid registers 2026-06-01T00:00Z to 2026-06-02T00:00Z: 10 kWh at 4.1 p/kWh = £0.41 (41p) \
        PAY_OK R-TAR-01
          awaited registers 2026-06-02T00:00Z to 2026-06-03T00:00Z: unknown energy WHLD_NO_READING R-READ-04
        """)
  }

  @Test("nothing to settle on is held and asked for, on flat and on half-hourly tariffs")
  func nothing() {
    for terms in [flat("4.1"), evening("30", otherwise: "5")] {
      let outcome = settle(story(agreement([terms]), from: "2026-06-01T00:00Z", to: "2026-06-02T00:00Z"))
      #expect(outcome.summary == ["held WHLD_NO_READING unknown"])
      #expect(outcome.codes.isSuperset(of: ["WHLD_NO_READING", "READ_REQUESTED"]))
      #expect(outcome.statements[0].status == .held)
    }
  }

  @Test("what arrives after the last settlement is looked at, and not paid")
  func afterwards() {
    let outcome = settle(
      story(
        agreement([flat("4.1")]), from: "2026-06-01T00:00Z", to: "2026-06-10T00:00Z",
        settle: ["2026-06-05T00:00Z"],
        reads: [
          read("100", "2026-06-01T00:00Z"), read("110", "2026-06-05T00:00Z"), read("5", "2026-06-09T00:00Z"),
        ]))
    #expect(outcome.paid == Pence(41))
    #expect(outcome.decision(.readNegative)?.at == at("2026-06-09T00:00Z"))
  }
}
