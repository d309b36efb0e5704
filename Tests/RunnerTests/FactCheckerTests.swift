// Checkers of duties, notices, treatments, lines, payments and the balance say yes and say no, over a story
// of facts alone: 24 kWh up to 1 June at 10 p/kWh are £2.40; from then on the meter is suspected, and 1 kWh is
// held.

import Runner
import Testing
import Timeline
import Units

@Suite("Checkers over facts")
struct FactCheckerTests {
  static func story(_ expect: String) -> String {
    """
    id: facts
    title: Facts alone
    from: 2026-04-30T23:00Z
    meters:
      import: {profile: disc-187.5-rev-5-digit, serial: D-1}
      export: {profile: smets2-single-element, serial: E-1, mpan: "9900000000015"}
    agreement: {licensee: strict-metered, tariff: {flat: 10 p/kWh}}
    timeline:
      - {at: 2026-05-01T00:00Z, reading: export, value: 100 kWh}
      - {at: 2026-05-20T00:00Z, event: import-meter-reported, serial: import, to: licensee}
      - {at: 2026-06-01T00:00Z, reading: export, value: 124 kWh}
      - {at: 2026-06-01T00:00Z, event: meter-suspect, serial: export}
      - {at: 2026-06-02T00:00Z, reading: export, value: 125 kWh}
      - {at: 2026-06-02T09:00Z, settle: export}
    expect:
      - \(expect)
    """
  }

  static let cases: [(expect: String, finding: CheckResult.Finding, got: String)] = [
    ("{paid: £2.40}", .met, "£2.40"),
    ("{read-count: export, equals: 3}", .met, "3"),
    // decision at: an instant, or a London day.
    ("{decision: PAY_OK, at: 2026-06-02T09:00Z}", .met, "PAY_OK"),
    ("{decision: PAY_OK, at: 2026-06-02T09:01Z}", .unmet, "PAY_OK"),
    ("{decision: WHLD_METER_SUSPECT, at: 2026-06-01, subject: export}", .met, "WHLD_METER_SUSPECT"),
    ("{decision: WHLD_METER_SUSPECT, at: 2026-06-02}", .unmet, "WHLD_METER_SUSPECT"),
    // notified
    ("{notified: licensee, code: NOTIFY_LICENSEE, subject: import, by: 2026-05-20}", .met, "told: licensee"),
    ("{notified: licensee, by: 2026-05-19}", .unmet, "not told: licensee"),
    ("{notified: [licensee, dno]}", .unmet, "not told: dno"),
    ("{notified: licensee, code: PAY_DUE}", .unmet, "not told: licensee"),
    // obligation
    ("{obligation: tell-licensee, who: customer, state: met, subject: import}", .met, "state met"),
    ("{obligation: tell-licensee, state: open}", .unmet, "state met"),
    ("{obligation: tell-licensee, who: licensee}", .unmet, "of customer"),
    ("{obligation: tell-licensee, by: 2026-01-01}", .unmet, "by "),
    ("{obligation: tea}", .unmet, "nobody owes it"),
    // treatment
    (
      "{treatment: hold, reason: WHLD_METER_SUSPECT, rule: R-FAULT-01, from: 2026-06-01T00:00Z, to: none}",
      .met,
      "to no end"
    ),
    ("{treatment: hold, from: 2026-06-01T00:30Z}", .unmet, "from 2026-06-01T00:00Z"),
    ("{treatment: forfeit}", .unmet, "no rule says so"),
    // line
    (
      "{line: paid, in-statement: 1, from: 2026-05-01T00:00Z, to: 2026-06-01T00:00Z, energy: 24 kWh, rate: 10 p/kWh}",
      .met, "energy 24 kWh"
    ),
    ("{line: paid, amount: £2.41}", .unmet, "amount £2.40"),
    ("{line: held, reason: WHLD_METER_SUSPECT, energy: 1 kWh}", .met, "energy 1 kWh"),
    ("{line: forfeited}", .unmet, "no such line"),
    ("{line: paid, in-statement: 2}", .unmet, "no such line"),
    // payment
    ("{payment: {amount: £2.40, state: paid, at: 2026-06-02}}", .met, "amount £2.40"),
    ("{payment: {amount: £2.41}}", .unmet, "amount £2.40"),
    ("{payment: {state: held}}", .unmet, "state paid"),
    // balance: 25 kWh accrued 250p, of which 240p are paid and 10p held.
    ("{balance: {accrued: 250p, paid: 240p, held: 10p, forfeited: 0p, provisional: 0p}}", .met, "held 10p"),
    ("{balance: {held: 11p}}", .unmet, "held 10p"),
    ("{balance: {unpriced: 1 Wh}}", .unmet, "unpriced 0 kWh"),
    // statement
    ("{statement: only, amount: £2.40, vat: £0.00, gross: £2.40, payable: £2.40}", .met, "VAT £0.00"),
    ("{statement: only, payable: £2.41}", .unmet, "payable £2.40"),
    // Nothing flows, so nobody can say what it was worth.
    ("{paid: equals-entitled}", .vacuous, "the site"),
  ]

  @Test("each says yes or no, and what it found", arguments: cases.indices)
  func checks(index: Int) throws {
    let (expect, finding, got) = Self.cases[index]
    let record = StoryBench.run(try StoryBench.story(Self.story(expect)))
    let check = try #require(record.checks.first, "\(record.remark ?? "")")
    #expect(check.finding == finding, "\(expect): \(check.got)")
    #expect(check.got.contains(got), "\(expect): \(check.got)")
  }

  @Test("what is stated goes to the evidence with causes of its own kind, in order of arrival")
  func causes() throws {
    let record = StoryBench.run(try StoryBench.story(Self.story("{paid: £2.40}")))
    #expect(record.verdict == .passed)
    #expect(record.money.trueValue == nil && record.divergence == nil)
    #expect(record.evidence.reads.map(\.value.value) == [100_000, 124_000, 125_000])
    for read in record.evidence.reads {
      let arrived = try #require(record.journal[read.cause])
      #expect(arrived.kind == .read)
      let stated = try #require(record.journal[arrived.first])
      #expect(stated.kind == .given && stated.value == read.value.value)
      #expect(record.journal[stated.first]?.kind == .command)
    }
    #expect(record.journal.entries.allSatisfy { $0.kind != .trueHalfHour })
  }
}
