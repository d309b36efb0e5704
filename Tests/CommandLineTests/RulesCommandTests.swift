// `backspin rules` and `backspin schema` as a user meets them.

import Foundation
import Testing

@Suite("backspin rules and schema")
struct RulesCommandTests {
  @Test("the list has each rule with its source")
  func list() throws {
    let ending = try CommandLine.backspin(["rules"])
    #expect(ending.code == 0 && ending.lines.count == 183)
    #expect(ending.lines.contains { $0.hasPrefix("R-PAY-03") && $0.contains("EON 6.8") })
  }

  @Test("a rule is shown with values by licensee, events, and the stories that exercise it")
  func show() throws {
    let ending = try CommandLine.backspin(["rules", "show", "r-pay-03", "--stories", "Scenarios/reads"])
    #expect(ending.code == 0, "\(ending)")
    for text in [
      "R-PAY-03: ", "  source  EON 6.8", "value payment-due", "25 working days           EON 6.8 (eon-next)",
      "60 calendar days          BUL 5.4 (bulb)", "payment-requested", "stories in which it acts",
      "working-days",
    ] { #expect(ending.output.contains(text), "\(text) is not in \(ending.output)") }
    let wrong = try CommandLine.backspin(["rules", "show", "R-PAY-99"])
    #expect(wrong.code == 2 && wrong.errors.contains("no rule is called 'R-PAY-99'"))
  }

  @Test("coverage tells rules, clauses, codes and limits, exits with 0, and says what is missing if asked")
  func coverage() throws {
    let all = try CommandLine.backspin(["rules", "--coverage", "Scenarios/reads"])
    #expect(all.code == 0, "\(all)")
    for text in [
      "rules that act: ", "clauses: ", "reason codes: ", "limits: ", "R-PAY-04    1: working-days",
    ] {
      #expect(all.output.contains(text), "\(text) is not in \(all.output)")
    }
    let missing = try CommandLine.backspin(["rules", "--coverage", "--missing", "Scenarios/reads"])
    #expect(missing.output.contains("not emitted") && !missing.output.contains("R-PAY-04    1:"))
    let json = try CommandLine.backspin(["rules", "--coverage", "--json", "Scenarios/reads"])
    let whole = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    #expect((whole?["rules"] as? [Any])?.count == 183)
    let stray = try CommandLine.backspin(["rules", "Scenarios/reads"])
    #expect(stray.code == 2)
  }

  @Test("each schema is JSON", arguments: ["statement", "target", "case", "events", "policy"])
  func schema(name: String) throws {
    let ending = try CommandLine.backspin(["schema", name])
    #expect(ending.code == 0)
    let whole = try JSONSerialization.jsonObject(with: Data(ending.output.utf8)) as? [String: Any]
    #expect(whole?["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
  }
}
