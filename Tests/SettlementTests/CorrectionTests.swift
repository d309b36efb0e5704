// What was billed and turns out otherwise: only the difference is issued, on a later statement. Each test shows the
// tree of the last comparison, as `Difference` prints it. Pence by hand.

import Testing
import Units

@testable import Settlement

@Suite("Corrections: propose afresh, issue the difference")
struct CorrectionTests {
  /// Settles with treatments or tariffs stated from outside, and keeps what each comparison found.
  private func run(_ one: SettlementCase, rules: ((Ledger, Instant) -> Void)? = nil) -> (Outcome, [String]) {
    var trees: [String] = []
    var core = EmbeddedCore()
    core.probe = Probe(afterRules: rules) { trees.append("\($0)") }
    return (core.settle(one), trees)
  }

  @Test("a late read between two settled reads with a rate change trues both sides up")
  func lateRead() {
    // 1 to 5 June, 40 kWh, 4 p before 3 June and 8 p after. By time 20 + 20 kWh: 80 p + 160 p.
    // The late read says 15 + 25: −5 kWh × 4 p = −20 p and +5 kWh × 8 p = +40 p.
    let (outcome, trees) = run(
      story(
        agreement([flat("4"), flat("8", from: "2026-06-03T00:00Z", named: "new")]),
        from: "2026-06-01T00:00Z", to: "2026-06-10T00:00Z",
        settle: ["2026-06-05T00:00Z", "2026-06-10T00:00Z"],
        reads: [
          read("500", "2026-06-01T00:00Z"), read("540", "2026-06-05T00:00Z"),
          read("515", "2026-06-03T00:00Z", received: "2026-06-08T00:00Z"),
        ]))
    #expect(
      outcome.statements[0].lines.map(\.summary) == ["provisional 20 kWh £0.80", "provisional 20 kWh £1.60"])
    #expect(outcome.statements[0].status == .provisional)
    #expect(outcome.statements[0].lines[0].flags.contains(.splitByTime))
    #expect(
      trees[1] == """
        2026-06-01T00:00Z to 2026-06-03T00:00Z
          billed    2026-06-01T00:00Z to 2026-06-03T00:00Z: provisional 20 kWh at 4 p/kWh = 80p \
        TAR_SPLIT_PROVISIONAL
          proposed  2026-06-01T00:00Z to 2026-06-03T00:00Z: paid 15 kWh at 4 p/kWh = 60p PAY_OK
          due       2026-06-01T00:00Z to 2026-06-03T00:00Z: adjustment -5 kWh at 4 p/kWh = -20p PAY_TRUED_UP
        2026-06-03T00:00Z to 2026-06-05T00:00Z
          billed    2026-06-03T00:00Z to 2026-06-05T00:00Z: provisional 20 kWh at 8 p/kWh = 160p \
        TAR_SPLIT_PROVISIONAL
          proposed  2026-06-03T00:00Z to 2026-06-05T00:00Z: paid 25 kWh at 8 p/kWh = 200p PAY_OK
          due       2026-06-03T00:00Z to 2026-06-05T00:00Z: adjustment 5 kWh at 8 p/kWh = 40p PAY_TRUED_UP
        """)
    #expect(outcome.statements[1].status == .adjustment)
    #expect(outcome.paid == Pence(60 + 200))
  }

  @Test("a corrected read moves energy from one advance to the next, and only that is issued")
  func correctedRead() {
    // 100 kWh and 60 kWh at 4 p before and 8 p after 11 June: 400 p + 480 p. The remote value says 95 and 65.
    let (outcome, trees) = run(
      story(
        agreement([flat("4"), flat("8", from: "2026-06-11T00:00Z", named: "new")]),
        from: "2026-06-01T00:00Z", to: "2026-07-01T00:00Z",
        settle: ["2026-06-21T00:00Z", "2026-07-01T00:00Z"],
        reads: [
          read("500", "2026-06-01T00:00Z"), read("600", "2026-06-11T00:00Z", by: .customer),
          read("660", "2026-06-21T00:00Z"),
          read("595", "2026-06-11T00:00Z", received: "2026-06-25T00:00Z"),
        ]))
    #expect(outcome.statements[0].net == Pence(880))
    #expect(
      trees[1] == """
        2026-06-01T00:00Z to 2026-06-11T00:00Z
          billed    2026-06-01T00:00Z to 2026-06-11T00:00Z: paid 100 kWh at 4 p/kWh = 400p PAY_OK
          proposed  2026-06-01T00:00Z to 2026-06-11T00:00Z: paid 95 kWh at 4 p/kWh = 380p PAY_OK
          due       2026-06-01T00:00Z to 2026-06-11T00:00Z: adjustment -5 kWh at 4 p/kWh = -20p READ_CONFLICT
        2026-06-11T00:00Z to 2026-06-21T00:00Z
          billed    2026-06-11T00:00Z to 2026-06-21T00:00Z: paid 60 kWh at 8 p/kWh = 480p PAY_OK
          proposed  2026-06-11T00:00Z to 2026-06-21T00:00Z: paid 65 kWh at 8 p/kWh = 520p PAY_OK
          due       2026-06-11T00:00Z to 2026-06-21T00:00Z: adjustment 5 kWh at 8 p/kWh = 40p READ_CONFLICT
        """)
    #expect(outcome.paid == Pence(880 + 20))
  }

  @Test("a tariff that is dated back is re-rated: the old rate comes off, the new one goes on")
  func backDated() {
    // 100 kWh at 4 p = 400 p; told on 20 June that 5 p held from 1 June: −400 p + 500 p.
    let (outcome, trees) = run(
      story(
        agreement([flat("4")]), from: "2026-06-01T00:00Z", to: "2026-06-21T00:00Z",
        settle: ["2026-06-11T00:00Z", "2026-06-21T00:00Z"],
        reads: [
          read("500", "2026-06-01T00:00Z"), read("600", "2026-06-11T00:00Z"),
          read("650", "2026-06-21T00:00Z"),
        ])
    ) { ledger, now in
      guard now >= at("2026-06-20T00:00Z") else { return }
      ledger.terms = [flat("4"), flat("5", from: "2026-06-01T00:00Z", named: "better")]
    }
    #expect(
      trees[1] == """
        2026-06-01T00:00Z to 2026-06-11T00:00Z
          billed    2026-06-01T00:00Z to 2026-06-11T00:00Z: paid 100 kWh at 4 p/kWh = 400p PAY_OK
          proposed  2026-06-01T00:00Z to 2026-06-11T00:00Z: paid 100 kWh at 5 p/kWh = 500p PAY_OK
          due       2026-06-01T00:00Z to 2026-06-11T00:00Z: adjustment -100 kWh at 4 p/kWh = -400p TAR_RERATED
          due       2026-06-01T00:00Z to 2026-06-11T00:00Z: adjustment 100 kWh at 5 p/kWh = 500p TAR_RERATED
        2026-06-11T00:00Z to 2026-06-21T00:00Z
          due       2026-06-11T00:00Z to 2026-06-21T00:00Z: paid 50 kWh at 5 p/kWh = 250p PAY_OK
        """)
    #expect(
      outcome.statements[1].lines.map(\.summary) == [
        "paid 50 kWh £2.50", "adjustment -100 kWh -£4.00", "adjustment 100 kWh £5.00",
      ])
    #expect(outcome.paid == Pence(750))
  }

  /// A meter that was faulty from 6 to 16 June, found out on 18 June.
  private func faulty(_ ledger: Ledger, _ now: Instant) {
    guard now >= at("2026-06-18T00:00Z") else { return }
    ledger.treatments.add(
      Treatment(
        .forfeit, from: at("2026-06-06T00:00Z"), to: at("2026-06-16T00:00Z"), .faultConfirmedNotPayable,
        .fault02))
  }

  @Test("a fault window that begins before the last statement takes back its part, carried where it must be")
  func faultWindow() {
    // 100 kWh by 11 June, 40 kWh by 21 June, 4 p. By time half of each lies in the window:
    // −50 kWh × 4 p = −200 p; +20 kWh × 4 p = 80 p: −120 p are carried.
    // Then 60 kWh × 4 p = 240 p less 120 p.
    let (outcome, trees) = run(
      story(
        agreement([flat("4")]), from: "2026-06-01T00:00Z", to: "2026-07-01T00:00Z",
        settle: ["2026-06-11T00:00Z", "2026-06-21T00:00Z", "2026-07-01T00:00Z"],
        reads: [
          read("500", "2026-06-01T00:00Z"), read("600", "2026-06-11T00:00Z"),
          read("640", "2026-06-21T00:00Z"), read("700", "2026-07-01T00:00Z"),
        ]), rules: faulty)
    #expect(
      trees[1] == """
        2026-06-01T00:00Z to 2026-06-11T00:00Z
          billed    2026-06-01T00:00Z to 2026-06-11T00:00Z: paid 100 kWh at 4 p/kWh = 400p PAY_OK
          proposed  2026-06-01T00:00Z to 2026-06-06T00:00Z: provisional 50 kWh at 4 p/kWh = 200p PAY_PROVISIONAL
          proposed  2026-06-06T00:00Z to 2026-06-11T00:00Z: forfeited 50 kWh FAULT_CONFIRMED_NOT_PAYABLE
          due       2026-06-01T00:00Z to 2026-06-11T00:00Z: adjustment -50 kWh at 4 p/kWh = -200p RECOUP_OVERPAID
        2026-06-16T00:00Z to 2026-06-21T00:00Z
          due       2026-06-16T00:00Z to 2026-06-21T00:00Z: provisional 20 kWh at 4 p/kWh = 80p PAY_PROVISIONAL
        """)
    #expect(
      outcome.statements[1].lines.map(\.summary) == [
        "provisional 20 kWh £0.80", "adjustment -50 kWh -£2.00",
        "forfeited FAULT_CONFIRMED_NOT_PAYABLE 70 kWh",
      ])
    #expect(outcome.statements.map(\.payable) == [Pence(400), Pence(0), Pence(120)])
    #expect(outcome.statements[1].carriedOut == Pence(-120))
    #expect(outcome.statements[2].lines.map(\.summary) == ["paid 60 kWh £2.40"])
    #expect(outcome.decision(.recoupOverpaid)?.at == at("2026-06-21T00:00Z"))
  }

  @Test("half-hours know what of an advance lies in the window: no split by time")
  func faultWindowWithHalfHours() {
    // Two sunny days of 5.16 kWh each; the second is forfeited. 5.16 kWh × 4 p = 20.64 p.
    let (outcome, _) = run(
      story(
        agreement([flat("4")]), from: "2026-06-01T00:00Z", to: "2026-06-03T00:00Z",
        reads: [read("500", "2026-06-01T00:00Z"), read("510.32", "2026-06-03T00:00Z")],
        logs: [log(sunnyDay + sunnyDay, from: "2026-06-01T00:00Z", received: "2026-06-03T00:00Z")])
    ) { ledger, _ in
      ledger.treatments.add(
        Treatment(.forfeit, from: at("2026-06-02T00:00Z"), .faultConfirmedNotPayable, .fault02))
    }
    #expect(outcome.summary == ["paid 5.16 kWh £0.21", "forfeited FAULT_CONFIRMED_NOT_PAYABLE 5.16 kWh"])
  }

  @Test("half-hours first, registers later: what half-hours were paid comes off the advance")
  func registersLater() {
    // 2 × 5.16 kWh at 4.1 p = 42.312 p, then 30 kWh by the register: 19.68 kWh more, 80.688 p.
    let days = log(sunnyDay + sunnyDay, from: "2026-06-01T00:00Z", received: "2026-06-03T00:10Z")
    let (_, trees) = run(
      story(
        agreement([flat("4.1")]), from: "2026-06-01T00:00Z", to: "2026-06-05T00:00Z",
        settle: ["2026-06-03T00:30Z", "2026-06-05T00:00Z"],
        reads: [
          read("500", "2026-06-01T00:00Z", received: "2026-06-05T00:00Z"), read("530", "2026-06-05T00:00Z"),
        ],
        logs: [days]))
    #expect(
      trees[1] == """
        2026-06-01T00:00Z to 2026-06-05T00:00Z
          billed    2026-06-01T00:00Z to 2026-06-03T00:00Z: paid 10.32 kWh at 4.1 p/kWh = 42.312p PAY_OK
          proposed  2026-06-01T00:00Z to 2026-06-05T00:00Z: paid 30 kWh at 4.1 p/kWh = 123p PAY_OK
          due       2026-06-01T00:00Z to 2026-06-05T00:00Z: paid 19.68 kWh at 4.1 p/kWh = 80.688p PAY_OK
        """)
  }

  /// A sunny day at 10 p, billed on 2 June; on 3 June other values come for 12:00Z and 12:30Z (220 and 230 Wh).
  private func correctedHalfHours(_ events: [CaseEvent]) -> (Outcome, [String]) {
    run(
      story(
        agreement([flat("10")]), from: "2026-06-01T00:00Z", to: "2026-06-04T00:00Z",
        settle: ["2026-06-02T00:00Z", "2026-06-04T00:00Z"],
        logs: [
          log(sunnyDay, from: "2026-06-01T00:00Z", received: "2026-06-02T00:00Z"),
          log([300, 330], from: "2026-06-01T12:00Z", received: "2026-06-03T09:00Z"),
        ], events: events))
  }

  @Test("half-hours whose correction was announced are replaced, and the difference is issued")
  func correctedLog() {
    // 300 + 330 − 220 − 230 = 180 Wh × 10 p = 1.8 p → 2 p.
    let announced = CaseEvent(
      EventName("half-hours-corrected"), at: at("2026-06-03T08:00Z"),
      [.from: .instant(at("2026-06-01T12:00Z")), .until: .instant(at("2026-06-01T13:00Z"))])
    let (outcome, trees) = correctedHalfHours([announced])
    #expect(
      trees[1] == """
        2026-06-01T12:00Z to 2026-06-01T13:00Z
          billed    2026-06-01T12:00Z to 2026-06-01T13:00Z: paid 0.45 kWh at 10 p/kWh = 4.5p PAY_OK
          proposed  2026-06-01T12:00Z to 2026-06-01T13:00Z: paid 0.63 kWh at 10 p/kWh = 6.3p PAY_OK
          due       2026-06-01T12:00Z to 2026-06-01T13:00Z: adjustment 0.18 kWh at 10 p/kWh = 1.8p READ_CONFLICT
        """)
    #expect(outcome.paid == Pence(52 + 2))
  }

  @Test("without the announcement the earlier values stand and the later ones are queried")
  func conflictingLog() {
    let (outcome, trees) = correctedHalfHours([])
    #expect(trees[1].isEmpty)
    #expect(outcome.paid == Pence(52))
    #expect(outcome.decision(.readConflict)?.text.hasPrefix("2 rows in 1 log read differ") == true)
  }
}
