// Estimates and logged half-hours: strict policies hold, a provisional one pays and corrects (R-EST-01, -02,
// -03). Hydro, 10 p from 16:00 to 19:00 London time and 5 p otherwise, in winter.

import BackspinTesting
import Settlement
import Testing
import Units

@Suite("Estimates and logged half-hours")
struct EstimateTests {
  private let home = agreement([evening("10", otherwise: "5")], technology: .hydro)

  private var provisional: Policy {
    var policy = Policy(name: "provisional")
    policy.estimates = .clause(.provisional, "EON 7.4")
    return policy
  }

  private func outcome(_ logs: [LogRead], _ policy: Policy, settle times: [String]) -> Outcome {
    settle(
      story(
        home, from: "2026-01-10T00:00Z", to: "2026-01-12T00:00Z", settle: times, logs: logs, policy: policy))
  }

  /// 40 actual half-hours of 100 Wh, then 8 estimated ones of 200 Wh from 20:00.
  private var partly: [LogRead] {
    [
      log(constant(100, 40), from: "2026-01-10T00:00Z", received: "2026-01-11T00:00Z"),
      log(constant(200, 8), from: "2026-01-10T20:00Z", received: "2026-01-11T00:00Z", quality: .estimated),
    ]
  }

  @Test("strict: an estimate is held, and its day is complete all the same")
  func strict() {
    let result = outcome(partly, Policy(name: "strict"), settle: ["2026-01-11T00:00Z"])
    // 34 × 100 Wh × 5 p = 17 p; 6 × 100 Wh × 10 p = 6 p.
    #expect(result.summary == ["paid 3.4 kWh £0.17", "paid 0.6 kWh £0.06", "held WHLD_ESTIMATE 1.6 kWh"])
    #expect(result.codes.isSuperset(of: ["READ_ESTIMATED_HH", "WHLD_ESTIMATE"]))
  }

  @Test("provisional: an estimate is paid on a line of its own, and corrected by the actual value")
  func trueUp() {
    let actual = log(constant(150, 8), from: "2026-01-10T20:00Z", received: "2026-01-11T12:00Z")
    let next = log(constant(100, 48), from: "2026-01-11T00:00Z", received: "2026-01-12T00:00Z")
    let result = outcome(
      partly + [actual, next], provisional, settle: ["2026-01-11T00:00Z", "2026-01-12T00:00Z"])
    // 8 × 200 Wh × 5 p = 8 p provisionally.
    #expect(
      result.statements[0].lines.map(\.summary) == [
        "paid 3.4 kWh £0.17", "paid 0.6 kWh £0.06", "provisional 1.6 kWh £0.08",
      ])
    // 8 × −50 Wh × 5 p = −2 p; the next day 42 × 100 Wh × 5 p = 21 p and 6 × 100 Wh × 10 p = 6 p.
    #expect(
      result.statements[1].lines.map(\.summary) == [
        "paid 4.2 kWh £0.21", "paid 0.6 kWh £0.06", "adjustment -0.4 kWh -£0.02",
      ])
    #expect(result.paid == Pence(17 + 6 + 8 + 21 + 6 - 2))
  }

  @Test("a correction may make a statement negative, but nobody pays back: it is carried to the next one")
  func correctionIsCarried() {
    let actual = log(constant(0, 8), from: "2026-01-10T20:00Z", received: "2026-01-11T12:00Z")
    let next = log(constant(100, 48), from: "2026-01-11T00:00Z", received: "2026-01-11T23:59Z")
    let result = outcome(
      partly + [actual, next], provisional,
      settle: ["2026-01-11T00:00Z", "2026-01-11T12:00Z", "2026-01-12T00:00Z"])
    // 31 p; then 8 × −200 Wh × 5 p = −8 p, which is carried; then 27 p less 8 p.
    #expect(result.statements.map(\.net) == [Pence(31), Pence(-8), Pence(27)])
    #expect(result.statements.map(\.payable) == [Pence(31), Pence(0), Pence(27 - 8)])
    #expect(result.statements[1].status == .adjustment)
    #expect(result.statements[1].carriedOut == Pence(-8))
    #expect(result.decision(.recoupOverpaid)?.at == at("2026-01-11T12:00Z"))
  }

  @Test("a policy that pays estimates and fills no gaps leaves a gap open")
  func gap() {
    var torn = log(constant(100), from: "2026-01-10T00:00Z", received: "2026-01-11T00:00Z")
    torn.entries.remove(at: 5)
    let result = outcome([torn], provisional, settle: ["2026-01-11T00:00Z"])
    #expect(result.paid == Pence(0))
    #expect(result.codes.contains("READ_GAP_HH"))
  }

  // MARK: Half-hours made from reads of a cumulative register (R-MET-06)

  private var logging: Policy {
    var policy = Policy(name: "logging")
    policy.acceptLoggedHalfHours = .ours(true, "for this test")
    return policy
  }

  /// Reads at :00 and :30 from 16:00 to 20:00, 0.4 kWh apart, `late` seconds after the half-hour.
  private func reads(late: Int64 = 0) -> [Read] {
    (0...8).map { number in
      let when = at("2026-01-10T16:00Z") + .minutes(30 * Int64(number)) + .seconds(late)
      return Read(
        serial: "S2", register: .export, value: WattHours(500_000 + 400 * Int64(number)), at: when,
        source: .remote)
    }
  }

  private func fourHours(_ reads: [Read], _ policy: Policy, derived: LogRead? = nil) -> Outcome {
    settle(
      story(
        home, from: "2026-01-10T16:00Z", to: "2026-01-10T21:00Z",
        settle: ["2026-01-10T20:00Z", "2026-01-10T20:30Z"],
        reads: reads, logs: derived.map { [$0] } ?? [], policy: policy))
  }

  @Test("reads at :00 and :30 make half-hours where the policy accepts them")
  func loggedAccepted() {
    // 16:00–19:00: 6 × 400 Wh × 10 p = 24 p; 19:00–20:00: 2 × 400 Wh × 5 p = 4 p.
    #expect(
      fourHours(reads(), logging).statements[0].lines.map(\.summary) == [
        "paid 2.4 kWh £0.24", "paid 0.8 kWh £0.04",
      ])
    // The last read comes a minute after the settlement at 20:00: its half-hour is paid at 20:30.
    let late = fourHours(reads(late: 60), logging)
    #expect(late.paid == Pence(28))
    #expect(late.statements.map(\.net) == [Pence(26), Pence(2)])
  }

  @Test("a read further from the half-hour than the tolerance bounds nothing: a gap, not a guess")
  func loggedTolerance() {
    #expect(fourHours(reads(late: 61), logging).paid == Pence(0))
    var torn = reads()
    torn.remove(at: 3)
    let result = fourHours(torn, logging)
    #expect(result.paid == Pence(0))
    #expect(result.summary.prefix(2) == ["held VAL_PERIOD_COUNT 2.4 kWh", "held READ_GAP_HH 0.8 kWh"])
  }

  @Test("where they are not accepted they are held as measured, whoever made them")
  func loggedRefused() {
    let mine = fourHours(reads(), Policy(name: "strict"))
    #expect(mine.statements[0].lines.map(\.summary) == ["held READ_LOGGED_HH 3.2 kWh"])
    let theirs = fourHours(
      [], Policy(name: "strict"),
      derived: log(constant(400, 8), from: "2026-01-10T16:00Z", received: "2026-01-10T20:00Z", derived: true))
    #expect(theirs.statements[0].lines.map(\.summary) == ["held READ_LOGGED_HH 3.2 kWh"])
    // The meter's own log replaces them.
    let own = settle(
      story(
        home, from: "2026-01-10T16:00Z", to: "2026-01-10T20:00Z", reads: reads(),
        logs: [log(constant(400, 8), from: "2026-01-10T16:00Z", received: "2026-01-10T20:00Z")]))
    #expect(own.paid == Pence(28))
  }

  @Test("the oldest days that a log has lost are held, with what the register says they hold")
  func lostDays() {
    // Two days lost, then one day of 48 × 100 Wh; the register says 12 kWh in all: 7.2 kWh lie in the gap.
    let result = settle(
      story(
        home, from: "2026-01-08T00:00Z", to: "2026-01-11T00:00Z",
        reads: [read("500", "2026-01-08T00:00Z"), read("512", "2026-01-11T00:00Z")],
        logs: [log(constant(100), from: "2026-01-10T00:00Z", received: "2026-01-11T00:00Z")]))
    // 42 × 100 Wh × 5 p = 21 p; 6 × 100 Wh × 10 p = 6 p.
    #expect(result.summary == ["held READ_GAP_HH 7.2 kWh", "paid 4.2 kWh £0.21", "paid 0.6 kWh £0.06"])
    #expect(result.decision(.readGapHH)?.text.contains("96 half-hours") == true)
    #expect(result.statements[0].status == .payable)
  }
}
