// What rules say of spans of time, as the engine applies it: hold and release, reduced rates, another payer,
// VAT, edges inside half-hours and advances, the end. Pence by hand.

import Testing
import Units

@testable import Settlement

@Suite("Treatments of time")
struct TreatmentTests {
  private func run(
    _ one: SettlementCase, _ treatments: @escaping (_ now: Instant) -> [Treatment]
  ) -> Outcome {
    var core = EmbeddedCore()
    core.probe = Probe(afterRules: { ledger, now in treatments(now).forEach { ledger.treatments.add($0) } })
    let outcome = core.settle(one)
    #expect(outcome.balance.isEven, "\(outcome.balance)")
    return outcome
  }

  /// 100 kWh in June and 50 kWh in July 2026 at 4 p; settled on 1 July and 1 August.
  private func summer(_ settle: [String] = ["2026-07-01T00:00Z", "2026-08-01T00:00Z"]) -> SettlementCase {
    story(
      agreement([flat("4")]), from: "2026-06-01T00:00Z", to: "2026-08-01T00:00Z", settle: settle,
      reads: [
        read("500", "2026-06-01T00:00Z"), read("600", "2026-07-01T00:00Z"), read("650", "2026-08-01T00:00Z"),
      ])
  }

  @Test("what is held accrues, and is paid when the hold is lifted")
  func holdAndRelease() {
    let outcome = run(summer()) { now in
      now < at("2026-07-15T00:00Z")
        ? [Treatment(.hold, from: at("2026-06-01T00:00Z"), .whldMeterSuspect, .fault01)] : []
    }
    #expect(outcome.statements[0].lines.map(\.summary) == ["held WHLD_METER_SUSPECT 100 kWh"])
    #expect(outcome.statements[0].status == .held)
    // 150 kWh × 4 p.
    #expect(outcome.statements[1].lines.map(\.summary) == ["paid 150 kWh £6.00"])
    #expect(outcome.balance.paid == NanoPence(Pence(600)))
  }

  @Test("a hold that is lifted in part pays that part as an adjustment, named as released")
  func partRelease() {
    // Held from 16 June: 15 of 30 days by time, 50 kWh × 4 p = 200 p paid provisionally; then all of it.
    let outcome = run(summer()) { now in
      now < at("2026-07-15T00:00Z")
        ? [Treatment(.hold, from: at("2026-06-16T00:00Z"), .whldMeterSuspect, .fault01)] : []
    }
    #expect(
      outcome.statements[0].lines.map(\.summary) == [
        "provisional 50 kWh £2.00", "held WHLD_METER_SUSPECT 50 kWh",
      ])
    #expect(outcome.statements[0].flags == ["partly-held"])
    #expect(outcome.statements[0].lines[0].rule == "R-FAULT-01")
    // +50 kWh × 4 p for June, now firm, and 50 kWh × 4 p for July.
    #expect(outcome.statements[1].lines.map(\.summary) == ["paid 50 kWh £2.00", "adjustment 50 kWh £2.00"])
    #expect(outcome.paid == Pence(600))
  }

  @Test("a reduced rate pays its part, and the rest counts as forfeited")
  func reduced() {
    // 40 % of 4 p is 1.6 p: 100 kWh × 1.6 p = 160 p, and 240 p are not payable; July in full, 200 p.
    let outcome = run(summer()) { _ in
      [
        Treatment(
          .reduce(perMille: 400), from: at("2026-06-01T00:00Z"), to: at("2026-07-01T00:00Z"), .payResumed,
          .whld02)
      ]
    }
    let line = outcome.statements[0].lines[0]
    #expect(line.summary == "paid 100 kWh £1.60")
    #expect((line.rate, line.reason, line.flags.names) == (pence("1.6"), .payResumed, ["reduced", "first"]))
    #expect(outcome.balance.paid == NanoPence(Pence(360)))
    #expect(outcome.balance.forfeited == NanoPence(Pence(240)))
  }

  @Test("another payer gets a statement of its own; one reading, two payers, no half-hour lost")
  func payers() {
    // Handed over on 16 July: 15 of 31 days by time, 24.193 kWh (cut to whole Wh) and 25.807 kWh.
    let outcome = run(summer()) { _ in
      [Treatment(.payer("Heir Energy"), from: at("2026-07-16T00:00Z"), .licAssigned, .lic05)]
    }
    #expect(outcome.statements.map(\.payer) == ["test", "test", "Heir Energy"])
    #expect(outcome.statements[1].lines.map(\.summary) == ["provisional 24.193 kWh £0.97"])
    #expect(outcome.statements[2].lines.map(\.summary) == ["provisional 25.807 kWh £1.03"])
    #expect(outcome.statements[2].from == outcome.statements[1].from)
  }

  @Test("VAT is put on the rounded net of its rate, half up, and stands beside the net")
  func vat() {
    // June 400 p + 20 % = 80 p. Registered from 1 July only: June without VAT.
    let all = run(summer(["2026-07-01T00:00Z"])) { _ in
      [Treatment(.vat(perMille: 200), from: at("2026-01-01T00:00Z"), .vatSelfBilled, .vat02)]
    }
    #expect(all.statements[0].net == Pence(400))
    #expect((all.statements[0].vat, all.statements[0].gross) == (Pence(80), Pence(480)))
    #expect(all.paid == Pence(400))
    let july = run(summer()) { _ in
      [Treatment(.vat(perMille: 200), from: at("2026-07-01T00:00Z"), .vatSelfBilled, .vat02)]
    }
    // July 200 p + 40 p.
    #expect(july.statements.map(\.vat) == [Pence(0), Pence(40)])
  }

  @Test("VAT of half a penny goes up")
  func vatHalf() {
    // 12.5 kWh × 1 p = 12.5 p → 13 p; 20 % of 13 p = 2.6 p → 3 p; 5 % of 10 p = 0.5 p → 1 p.
    func vat(_ close: String, _ perMille: Int) -> Pence {
      run(
        story(
          agreement([flat("1")]), from: "2026-06-01T00:00Z", to: "2026-07-01T00:00Z",
          reads: [read("500", "2026-06-01T00:00Z"), read(close, "2026-07-01T00:00Z")])
      ) { _ in [Treatment(.vat(perMille: perMille), from: at("2026-01-01T00:00Z"), .vatSelfBilled, .vat02)] }
      .statements[0].vat
    }
    #expect(vat("512.5", 200) == Pence(3))
    #expect(vat("510", 50) == Pence(1))
    #expect(vat("509", 50) == Pence(0))
  }

  @Test("forfeit goes before hold, hold before reduction")
  func precedence() {
    let whole = (from: at("2026-06-01T00:00Z"), to: at("2026-07-01T00:00Z"))
    let outcome = run(summer(["2026-07-01T00:00Z"])) { _ in
      [
        Treatment(.reduce(perMille: 500), from: whole.from, to: whole.to, .payResumed, .whld02),
        Treatment(.hold, from: whole.from, to: whole.to, .whldError, .whld01),
        Treatment(.forfeit, from: whole.from, to: whole.to, .chgDecommissioned, .chg08),
      ]
    }
    #expect(outcome.summary == ["forfeited CHG_DECOMMISSIONED 100 kWh"])
  }

  @Test("an edge inside a half-hour shares it out by elapsed time, provisionally")
  func insideHalfHour() {
    // 12:00Z–12:30Z holds 220 Wh; 12:20Z: 146 Wh (cut) before, 74 Wh after. 5160 Wh in all; rows 12 … 23 and
    // 146 Wh before: 100 … 210 = 1860 Wh, 2006 Wh together; 3154 Wh after. 10 p:
    // 18.6 p and 1.46 p → 19 p and 1 p.
    let outcome = run(
      story(
        agreement([flat("10")]), from: "2026-06-01T00:00Z", to: "2026-06-02T00:00Z",
        logs: [log(sunnyDay, from: "2026-06-01T00:00Z", received: "2026-06-02T00:00Z")])
    ) { _ in [Treatment(.forfeit, from: at("2026-06-01T12:20Z"), .chgOwner, .chg06)] }
    #expect(
      outcome.summary.sorted() == [
        "forfeited CHG_OWNER 3.154 kWh", "paid 1.86 kWh £0.19", "provisional 0.146 kWh £0.01",
      ])
  }

  @Test("an agreement that has ended, with all before its end settled, gets a final statement")
  func final() {
    func end(_ now: Instant) -> [Treatment] {
      now < at("2026-07-01T00:00Z")
        ? [] : [Treatment(.forfeit, from: at("2026-07-01T00:00Z"), .swiEffective, .swi02)]
    }
    let outcome = run(summer(), end)
    #expect(outcome.statements.map(\.status) == [.final, .final])
    #expect(outcome.statements[1].lines.map(\.summary) == ["forfeited SWI_EFFECTIVE 50 kWh"])
    // Forfeited energy is told once, and nobody is asked for readings after the end.
    let later = run(summer(["2026-07-01T00:00Z", "2026-08-01T00:00Z", "2026-08-01T01:00Z"]), end)
    #expect(later.statements.count == 2 || later.statements[2].lines.isEmpty)
    #expect(!later.codes.contains("READ_REQUESTED"))
  }

  @Test(
    "half-hours under a hold are held, and released without a word of ours: the family that held them speaks")
  func heldHalfHours() {
    let outcome = run(
      story(
        agreement([evening("30", otherwise: "5")]), from: "2026-06-01T00:00Z", to: "2026-06-03T00:00Z",
        settle: ["2026-06-02T00:00Z", "2026-06-03T00:00Z"],
        logs: [log(sunnyDay, from: "2026-06-01T00:00Z", received: "2026-06-02T00:00Z")])
    ) { now in
      now < at("2026-06-03T00:00Z")
        ? [Treatment(.hold, from: at("2026-06-01T00:00Z"), .whldError, .whld01)] : []
    }
    #expect(outcome.statements[0].lines.map(\.summary) == ["held WHLD_ERROR 5.16 kWh"])
    // 15:00Z–18:00Z is 16:00–19:00 BST: 280 … 330 = 1830 Wh × 30 p = 54.9 p; 3330 Wh × 5 p = 16.65 p.
    #expect(outcome.statements[1].net == Pence(55 + 17))
    #expect(!outcome.codes.contains("PAY_RELEASED"))
    #expect(outcome.halfHours[20].statement == 1)
  }
}
