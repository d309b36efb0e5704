// Each checker says yes, says no, and says that it found nothing to examine. One day of 1 kW of export, read
// each hour over Modbus and settled once: 24 h × 1 kW = 24 kWh, at 10 p/kWh = £2.40.

import BackspinTesting
import Runner
import Testing

@Suite("Checkers")
struct CheckerTests {
  /// `rows` are more rows of the timeline, `expect` the only expectation.
  static func story(
    _ expect: String, rows: [String] = [], more: String = "", settles: Bool = true, reads: Bool = true
  ) -> String {
    """
    id: checked
    title: A day of 1 kW of export
    from: 2026-05-01T00:00Z
    until: 2026-05-02T00:30Z
    site: {flow: -1 kW}
    \(more)
    meters:
      export: {profile: eastron-sdm120, mpan: "9900000000015"}
      import: {profile: disc-187.5-rev-5-digit, reads: 500 kWh}
    agreement:
      licensee: synthetic-sub-meter
      installation: {technology: hydro, capacity: 4 kW}
      tariff: {flat: 10 p/kWh}
    timeline:
      \(reads ? "- {every: hour, polls: export, registers: export}" : "")
      - {at: \(settles ? "2026-05-02T00:15Z" : "2026-05-01T00:00Z"), settle: export}
    \(rows.map { "  - " + $0 }.joined(separator: "\n"))
    expect:
      - \(expect)
    """
  }

  struct Case: CustomTestStringConvertible, Sendable {
    var expect: String
    var finding: CheckResult.Finding
    /// A part of what it says it got.
    var got: String
    var rows: [String] = []
    var settles = true
    var reads = true

    var testDescription: String { "\(expect): \(finding.rawValue)" }
  }

  static let cases: [Case] = [
    // decision: of a code; by whom, when, about what.
    Case(expect: "{decision: PAY_OK}", finding: .met, got: "£2.40 is paid for 24 kWh"),
    Case(expect: "{decision: PAY_OK, by: 2026-05-02}", finding: .met, got: "PAY_OK"),
    Case(expect: "{decision: PAY_OK, by: 2026-05-01}", finding: .unmet, got: "2026-05-02T00:15Z"),
    Case(expect: "{decision: PAY_OK, not-before: 2026-05-02T00:15Z}", finding: .met, got: "PAY_OK"),
    Case(expect: "{decision: PAY_OK, not-before: 2026-05-02T00:16Z}", finding: .unmet, got: "PAY_OK"),
    Case(expect: "{decision: PAY_OK, rule: R-TAR-01}", finding: .met, got: "PAY_OK"),
    Case(expect: "{decision: PAY_OK, rule: R-PAY-01}", finding: .unmet, got: "PAY_OK"),
    Case(expect: "{decision: PAY_OK, says: 24 kWh}", finding: .met, got: "PAY_OK"),
    Case(expect: "{decision: PAY_OK, says: 25 kWh}", finding: .unmet, got: "PAY_OK"),
    // A meter by its name in the story stands for its serial number.
    Case(expect: "{decision: READ_REMOTE, subject: export}", finding: .met, got: "READ_REMOTE"),
    Case(expect: "{decision: READ_REMOTE, subject: import}", finding: .unmet, got: "READ_REMOTE"),
    Case(expect: "{decision: IMP_RUNS_BACKWARDS}", finding: .unmet, got: "no such decision"),
    // no-decision
    Case(expect: "{no-decision: any, severity: query}", finding: .met, got: "none"),
    Case(expect: "{no-decision: PAY_OK}", finding: .unmet, got: "PAY_OK"),
    Case(expect: "{no-decision: [PAY_OK, READ_ROLLOVER]}", finding: .unmet, got: "PAY_OK"),
    Case(expect: "{no-decision: READ_REMOTE, subject: import}", finding: .met, got: "none"),
    // notified: 15 kWh taken off the import dial, and photographed.
    Case(
      expect: "{notified: [licensee]}", finding: .met, got: "told: licensee",
      rows: [
        "{at: 2026-05-01T01:00Z, customer-reads: import, photo: true}",
        "{at: 2026-05-02T00:00Z, customer-reads: import, photo: true}",
      ]),
    Case(
      expect: "{notified: [licensee, import-supplier]}", finding: .unmet,
      got: "not told: licensee, import-supplier"),
    // statement: what it says, each part by itself.
    Case(expect: "{statement: only, amount: £2.40}", finding: .met, got: "amount £2.40"),
    Case(expect: "{statement: only, amount: £2.41}", finding: .unmet, got: "amount £2.40"),
    Case(expect: "{statement: first, exact: 240p, energy: 24 kWh, lines: 1}", finding: .met, got: "lines 1"),
    Case(expect: "{statement: last, energy: 23 kWh}", finding: .unmet, got: "energy 24 kWh"),
    Case(expect: "{statement: only, status: payable, due: 2026-07-01}", finding: .met, got: "due 2026-07-01"),
    Case(expect: "{statement: only, status: held}", finding: .unmet, got: "status payable"),
    Case(expect: "{statement: 2, lines: 1}", finding: .unmet, got: "1 statements"),
    // paid: against an amount, against what the story is entitled to, and exactly.
    Case(expect: "{paid: £2.40}", finding: .met, got: "£2.40"),
    Case(expect: "{paid: £2.43, within: 2p}", finding: .unmet, got: "a difference of -3p"),
    Case(expect: "{paid: £2.43, within: 3p}", finding: .met, got: "£2.40"),
    Case(expect: "{paid: equals-entitled}", finding: .met, got: "£2.40"),
    // Settled at the start, when nothing has been read: a statement of nothing.
    Case(expect: "{paid: £0.00}", finding: .met, got: "£0.00", settles: false),
    // register
    Case(expect: "{register: export, role: export, value: 24.5 kWh}", finding: .met, got: "24.5 kWh"),
    Case(
      expect: "{register: export, role: export, value: 12 kWh, at: 2026-05-01T12:00Z}", finding: .met,
      got: "12 kWh"),
    Case(
      expect: "{register: export, role: export, value: 24.4 kWh, within: 100 Wh}", finding: .met,
      got: "24.5"),
    Case(
      expect: "{register: export, role: export, value: 24.4 kWh, within: 99 Wh}", finding: .unmet, got: "24.5"
    ),
    // The disc turns back: 500 − 24.5 kWh, cut to whole kWh.
    Case(expect: "{register: import, value: 475 kWh}", finding: .met, got: "475 kWh"),
    // read-count: 25 polls from 00:00 to 00:00, both included.
    Case(expect: "{read-count: export, equals: 25}", finding: .met, got: "25"),
    Case(expect: "{read-count: export, equals: 24}", finding: .unmet, got: "25"),
    Case(expect: "{read-count: export, at-least: 26}", finding: .unmet, got: "25"),
    Case(expect: "{read-count: export, source: remote, at-most: 25}", finding: .met, got: "25"),
    Case(expect: "{read-count: export, source: customer, equals: 0}", finding: .met, got: "0"),
    Case(expect: "{read-count: import, equals: 0}", finding: .vacuous, got: "nobody reads 'import'"),
    Case(expect: "{read-count: export, equals: 0}", finding: .vacuous, got: "nobody reads", reads: false),
    // half-hour-count: settled by registers, so each half-hour of the day is paid as part of an advance.
    Case(expect: "{half-hour-count: export, equals: 0}", finding: .met, got: "0"),
    Case(expect: "{half-hour-count: export, state: paid, at-least: 1}", finding: .unmet, got: "0"),
    // frames-refused
    Case(expect: "{frames-refused: bus, equals: 0}", finding: .met, got: "0"),
    Case(expect: "{frames-refused: bus, at-least: 1}", finding: .unmet, got: "0"),
    Case(
      expect: "{frames-refused: bus, equals: 0}", finding: .vacuous, got: "nothing was read", reads: false),
    // first-divergence
    Case(expect: "{first-divergence: none}", finding: .met, got: "no divergence"),
    Case(expect: "{first-divergence: meter}", finding: .unmet, got: "no divergence"),
    Case(
      expect: "{first-divergence: meter, at: 2026-05-01T10:30Z}", finding: .met, got: "meter at",
      rows: ["{from: 2026-05-01T10:00Z, fault: RG-03, on: export}"]),
    Case(
      expect: "{first-divergence: meter, at: 2026-05-01T11:00Z, within: 29m}", finding: .unmet,
      got: "meter at 2026-05-01T10:30Z", rows: ["{from: 2026-05-01T10:00Z, fault: RG-03, on: export}"]),
    Case(
      expect: "{first-divergence: line}", finding: .unmet, got: "meter at",
      rows: ["{from: 2026-05-01T10:00Z, fault: RG-03, on: export}"]),
  ]

  @Test("each says what it found", arguments: cases)
  func judges(one: Case) throws {
    let record = try StoryBench.run(
      Self.story(one.expect, rows: one.rows, settles: one.settles, reads: one.reads))
    let check = try #require(record.checks.first)
    #expect(check.finding == one.finding, "expected \(check.expected), got \(check.got)")
    #expect(check.got.contains(one.got), "\(check.got)")
    #expect(check.excerpt == "- " + one.expect)
    #expect(check.at.hasSuffix(":5"), "it points at its place in the file: \(check.at)")
    #expect(record.verdict == (one.finding == .met ? .passed : .failed))
  }

  @Test("one that is not met says what was heard instead")
  func why() throws {
    let record = try StoryBench.run(Self.story("{decision: READ_ROLLOVER}"))
    #expect(record.checks.first?.why.first?.contains("settlement said: ELIG_OK") == true)
  }

  @Test("a missing price leaves nobody who can say what the story is entitled to")
  func entitledUnknown() throws {
    let text = Self.story("{paid: equals-entitled}").replacing(
      "tariff: {flat: 10 p/kWh}", with: "tariff: {flat: 10 p/kWh, from: 2026-05-01T12:00Z}")
    let check = try #require(try StoryBench.run(text).checks.first)
    #expect(check.finding == .vacuous)
    #expect(check.got.contains("a price is missing"))
  }
}
