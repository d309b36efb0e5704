// The tables themselves: codes, rules, darkness.

import BackspinTesting
import Testing
import Units

@testable import Settlement

@Suite("Tables")
struct CodesAndTablesTests {
  @Test("every code has a meaning, a family and a severity; every rule a meaning and a source")
  func complete() {
    for code in ReasonCode.allCases {
      #expect(!code.meaning.isEmpty, "\(code.rawValue)")
      #expect(code.rawValue.hasPrefix(code.family + "_"))
      #expect(code.rawValue.allSatisfy { $0.isUppercase || $0.isNumber || $0 == "_" })
    }
    for rule in Rule.allCases {
      #expect(!rule.meaning.isEmpty, "\(rule.rawValue)")
      #expect(!rule.source.isEmpty, "\(rule.rawValue)")
      #expect(rule.rawValue.hasPrefix("R-"))
    }
  }

  @Test("severity follows the family, and neutral codes are information")
  func severity() {
    // Rule book, section 18: "ELIG/MPAN/FLOW error; WHLD/FAULT/SWI_*_PENDING hold; VAL query;
    // the rest information".
    TextTable.each(
      """
      | code                        | severity    |
      | ELIG_METER_NOT_HH           | error       |
      | MPAN_BAD_CHECK              | error       |
      | FLOW_COUNT                  | error       |
      | WHLD_ESTIMATE               | hold        |
      | FAULT_CONFIRMED_NOT_PAYABLE | hold        |
      | SWI_FINAL_PENDING_READ      | hold        |
      | VAL_STUCK                   | query       |
      | METER_FAULT_REPORTED        | information |
      | SWI_READ_CONFLICT           | information |
      | READ_GAP_HH                 | information |
      | ONB_STALLED                 | information |
      # Neutral by section 18: all tests passed.
      | ELIG_OK                     | information |
      | PAY_OK                      | information |
      | SP_DAY_46                   | information |
      | SP_DAY_50                   | information |
      # Their own rows say so: proof answers the query (R-READ-07), a hint may be promoted to one (R-VAL-13).
      | VAL_PROVEN                  | information |
      | VAL_HINT                    | information |
      """
    ) { row in
      let code = try row.value("code") { ReasonCode(rawValue: $0) }
      let severity = try row.value("severity") { Severity(rawValue: $0) }
      #expect(code.severity == severity, sourceLocation: row.sourceLocation)
    }
  }

  @Test("each family of section 18 has its severity, code by code, and there are no others")
  func families() {
    let errors = ["ELIG", "MPAN", "FLOW"]
    let holds = ["WHLD", "FAULT"]
    let queries = ["VAL"]
    let information = [
      "ONB", "COOLING", "LIC", "TAR", "RATE", "READ", "EST", "METER", "IMP", "NOTIFY", "AD", "PAY", "RECOUP",
      "VAT", "CHARGE", "SWI", "CHG", "TERM", "NOTICE", "DSP", "LIA", "DATA", "CAL", "SP", "ADVICE", "INFO",
    ]
    #expect(Set(ReasonCode.allCases.map(\.family)) == Set(errors + holds + queries + information))
    let neutral: Set = ["ELIG_OK", "VAL_PROVEN", "VAL_HINT"]
    for code in ReasonCode.allCases {
      let expected: Severity =
        if neutral.contains(code.rawValue) {
          .information
        } else if errors.contains(code.family) {
          .error
        } else if holds.contains(code.family) || code.rawValue == "SWI_FINAL_PENDING_READ" {
          .hold
        } else {
          queries.contains(code.family) ? .query : .information
        }
      #expect(code.severity == expected, "\(code.rawValue)")
    }
  }

  @Test(
    "a file whose count lies, or that came twice, is an error; a day of the wrong length a query"
  )
  func files() {
    let rows: [(ReasonCode, Severity)] = [
      (.flowCount, .error), (.flowDuplicate, .error), (.valPeriodCount, .query),
    ]
    for (code, severity) in rows {
      let event = CaseEvent.flowNoted(code, file: "a.usr", text: "odd", at: at("2026-06-01T12:00Z"))
      let outcome = settle(
        story(agreement([flat("4")]), from: "2026-06-01T00:00Z", to: "2026-06-02T00:00Z", events: [event]))
      #expect(outcome.decision(code)?.severity == severity, "\(code.rawValue)")
    }
  }

  @Test("three codes are ours, the rest are the rule book's; 195 codes and 183 rules in all")
  func whose() {
    let ours = ReasonCode.allCases.filter(\.isOurs).map(\.rawValue)
    #expect(ours.sorted() == ["IMP_PAID_TWICE", "READ_LOGGED_HH", "READ_RESTART"])
    // Counted in the rule book: 192 codes; 183 rows with a rule id.
    #expect(ReasonCode.allCases.count == 192 + 3)
    #expect(Rule.allCases.count == 183)
  }

  @Test("dark means: the sun is down from Unst to the Scillies; sunrise and sunset as an almanac gives them")
  func darkness() {
    // Sun 0.833° below the horizon (SPA): Aberdeen 2025-06-21 rises 03:12Z, London 2025-12-21 rises 08:03Z
    // and sets 15:53Z, London 2025-06-21 rises 03:43Z and sets 20:22Z. None of these daylight minutes may be
    // called dark.
    func dark(_ from: String, _ to: String) -> Bool { Darkness.covers(at(from), at(to)) }
    #expect(!dark("2025-06-21T03:00Z", "2025-06-21T03:30Z"))
    #expect(!dark("2025-06-21T20:00Z", "2025-06-21T20:30Z"))
    #expect(!dark("2025-12-21T08:00Z", "2025-12-21T08:30Z"))
    #expect(!dark("2025-12-21T15:30Z", "2025-12-21T16:00Z"))
    #expect(dark("2025-06-21T00:00Z", "2025-06-21T00:30Z"))
    #expect(dark("2025-06-21T22:00Z", "2025-06-21T22:30Z"))
    #expect(dark("2025-12-21T17:00Z", "2025-12-21T17:30Z"))
    #expect(dark("2025-12-21T06:00Z", "2025-12-21T06:30Z"))
    // Over midnight and over the new year, and never a whole day.
    #expect(dark("2025-06-21T23:30Z", "2025-06-22T00:30Z"))
    #expect(dark("2025-12-31T17:30Z", "2026-01-01T07:30Z"))
    #expect(!dark("2025-12-21T12:00Z", "2025-12-22T12:00Z"))
    #expect(!dark("2025-12-21T17:00Z", "2025-12-22T12:00Z"))
  }
}
