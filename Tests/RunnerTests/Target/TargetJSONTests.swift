// The JSON of a case and of an outcome: what is written reads back to itself, and what is wrong is told with
// its place.

import Foundation
import Runner
import Scenario
import Settlement
import Testing
import Units

@Suite("The JSON of cases and outcomes")
struct TargetJSONTests {
  private func again(_ one: SettlementCase) throws -> SettlementCase {
    try TargetJSON.settlementCase(TargetJSON.parse(TargetJSON.write(one).compact, file: "case"))
  }

  private func again(_ outcome: Outcome) throws -> Outcome {
    try TargetJSON.outcome(TargetJSON.parse(TargetJSON.write(outcome).pretty, file: "outcome"))
  }

  @Test("every shipped story's case and outcome read back to themselves")
  func shipped() throws {
    var count = 0
    for file in try ShippedStoriesTests.files.get() {
      guard let one = try CaseBench.settlementCase(of: file) else { continue }
      #expect(try again(one) == one, "\(file.id)")
      var outcome = EmbeddedCore().settle(one)
      outcome.halfHours = Self.fewer(outcome.halfHours)
      #expect(try again(outcome) == outcome, "\(file.id)")
      count += 1
    }
    #expect(count >= 40)
  }

  /// Of half-hours of one sort the first two: the others are written and read by the same words.
  private static func fewer(_ rows: SettledHalfHours) -> SettledHalfHours {
    var seen: [String: Int] = [:]
    return SettledHalfHours(
      rows.filter { row in
        let sort =
          "\(row.state) \(row.quality) \(row.rate == nil) \(row.statement) \(row.energy < WattHours(0))"
        seen[sort, default: 0] += 1
        return seen[sort, default: 0] <= 2
      })
  }

  @Test("every declared event and fact, and every optional part, read back to themselves")
  func everything() throws {
    let one = CaseBench.everything(policy: Policy(name: "a", title: "A", status: .live))
    #expect(one.events.count == EventDeclaration.all.count)
    #expect(try again(one) == one)
  }

  @Test("every shipped licensee's values read back with their clauses and reasons")
  func policies() throws {
    let policies = Set(try ShippedStoriesTests.files.get().compactMap(\.policy))
    #expect(policies.count >= 8)
    for policy in policies {
      #expect(try again(CaseBench.everything(policy: policy)).policy == policy)
    }
  }

  @Test("an outcome's rarer parts read back to themselves")
  func outcome() throws {
    let cause = Cause(number: 7)
    let effects: [Treatment.Effect] = [
      .forfeit, .hold, .reduce(perMille: 500), .payer("Q Ltd"), .vat(perMille: 200),
    ]
    let outcome = Outcome(
      notifications: [
        Notification(
          at: .epoch, to: .importSupplier, code: .payOK, rule: .pay09, subject: "s", text: "t", reads: [cause]
        )
      ],
      obligations: [
        Obligation(
          "photo", of: .customer, rule: .read06, subject: "s", since: .epoch, by: CivilDate(dayNumber: 1),
          state: .met, met: Instant(seconds: 5), text: "t"),
        Obligation(
          "dno-letter", of: .dno, rule: .read06, subject: "s", since: .epoch, by: nil, state: .open, text: ""),
      ],
      treatments: effects.map { Treatment($0, from: .epoch, .payOK, .pay09, causes: [cause]) }
        + [Treatment(.hold, from: .epoch, to: Instant(seconds: 8), .payOK, .pay09)],
      touches: BoundaryTouch.Side.allCases.enumerated().map { number, _ in
        BoundaryTouch(Boundary("a.b", .pay09, ""), excess: Int64(number) - 1)
      })
    #expect(try again(outcome) == outcome)
  }

  @Test("prices and exact pence are decimal strings, energies whole Wh, instants in UTC")
  func forms() throws {
    let text = TargetJSON.write(CaseBench.everything(policy: Policy(name: "a"))).compact
    for part in [
      #""flat":"4.100001""#, #""otherwise":"-0.000005""#, #""capacityW":"3950.001""#, #""wh":12345"#,
      #""at":"1970-01-01T00:01Z""#, #"["1970-01-01T00:30Z",1,"E",1]"#,
    ] { #expect(text.contains(part), "\(part)") }
  }

  @Test(
    "what is wrong in an outcome is told with its place",
    arguments: [
      // an outcome, the column of the fault, what is said
      (#"{"statements":[]}"#, 1, "the key 'decisions' is missing"),
      (#"{"statements":[],"decisions":[],"x":1}"#, 33, "unknown key 'x'"),
      (#"{"statements":null,"decisions":[]}"#, 15, "cannot be null"),
      (#"{"statements":[{"licensee":7}],"decisions":[]}"#, 28, "in quotes"),
      (
        #"{"statements":[],"decisions":[{"at":"2026-01-01","code":"PAY_OK","severity":"query","subject":"","text":""}]}"#,
        48, "an instant cannot be"
      ),
      (
        #"{"statements":[],"decisions":[{"at":"2026-01-01T00:00Z","code":"PAY_OKAY","severity":"query","subject":"","text":""}]}"#,
        64, "did you mean 'PAY_OK'?"
      ),
      (
        #"{"statements":[],"decisions":[],"halfHours":[{"start":"2026-01-01T00:10Z","quality":"A","state":"paid"}]}"#,
        46, "does not start a half-hour"
      ),
      (
        #"{"statements":[],"decisions":[],"halfHours":[{"start":"2026-01-01T00:30Z","quality":"A","state":"held"}]}"#,
        46, "held or forfeited has a reason"
      ),
      (
        #"{"statements":[],"decisions":[],"halfHours":[{"start":"2026-01-01T00:30Z","wh":"3","quality":"A","state":"paid"}]}"#,
        80, "without quotes"
      ),
      (
        #"{"statements":[],"decisions":[],"halfHours":[{"start":"2026-01-01T00:30Z","wh":1e999,"quality":"A","state":"paid"}]}"#,
        80, "whole number"
      ),
      (
        #"{"statements":[],"decisions":[],"halfHours":[{"start":"2026-01-01T00:30Z","wh":9000000000000000000,"quality":"A","state":"paid"}]}"#,
        80, "must be"
      ),
      (
        #"{"statements":[],"decisions":[],"halfHours":[{"start":"2026-01-01T00:30Z","rate":"0.0000001","quality":"A","state":"paid"}]}"#,
        82, "more than 6 decimals"
      ),
    ])
  func places(text: String, column: Int, says: String) throws {
    do {
      _ = try TargetJSON.outcome(TargetJSON.parse(text, file: "answer"))
      Issue.record("this was taken: \(text)")
    } catch let wrong as Diagnostic {
      #expect(wrong.at.column == column, "\(wrong)")
      #expect("\(wrong)".contains(says), "\(wrong)")
    }
  }

  @Test("the schema is JSON, and every part that it refers to is there")
  func schema() throws {
    for schema in [TargetJSON.schema, TargetJSON.statementSchema] {
      let whole = try #require(
        try JSONSerialization.jsonObject(with: Data(schema.pretty.utf8)) as? [String: Any])
      let parts = try #require(whole["$defs"] as? [String: Any])
      let references = schema.compact.components(separatedBy: "\"#/$defs/").dropFirst().map {
        String($0.prefix { $0 != "\"" })
      }
      #expect(!references.isEmpty)
      for name in references { #expect(parts[name] != nil, "\(name)") }
    }
    #expect(TargetJSON.schema.compact.contains("\"const\":\"meter-exchanged\""))
  }
}
