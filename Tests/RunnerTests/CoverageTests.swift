// What a suite exercises, from stories that have been run; and how clauses are read from citations.

import Foundation
import Runner
import Settlement
import Testing

@Suite("Coverage")
struct CoverageTests {
  @Test(
    "clauses are read from the citations of rules and values",
    arguments: [
      ("BUL 5.4", ["BUL 5.4"]),
      ("OCT", ["OCT"]),
      (
        "GS, OCT, ART, BUL 3.1.5, EON 4.1.3-4.1.5",
        [
          "GS", "OCT", "ART", "BUL 3.1.5", "EON 4.1.3", "EON 4.1.4", "EON 4.1.5",
        ]
      ),
      ("EON 4.1.8.3-4", ["EON 4.1.8.3", "EON 4.1.8.4"]),
      ("BUL 3.1.7 and 8.2, EON 4.1.8.2", ["BUL 3.1.7", "BUL 8.2", "EON 4.1.8.2"]),
      ("BUL defs, 5.3 vs 2.1, 6.6", ["BUL defs", "BUL 5.3", "BUL 2.1", "BUL 6.6"]),
      ("BUL 5.1 against 5.16, EON 3.1", ["BUL 5.1", "BUL 5.16", "EON 3.1"]),
      ("OFG, ART says more than", ["OFG", "ART"]),
      (
        "EON 6.8; it points to a 6.9 that is not there, and 6.7 is meant (K-10)",
        ["EON 6.8", "EON 6.9", "EON 6.7"]
      ),
      ("our assumption", []),
    ] as [(String, [String])])
  func clauses(source: String, expected: [String]) {
    #expect(Clause.all(in: source).map(\.text) == expected)
  }

  private static func coverage(_ texts: [String]) throws -> Coverage {
    let stories = try texts.map { text in
      let file = try StoryBench.story(text)
      return (file, StoryBench.run(file))
    }
    return Coverage(stories, policies: try StoryBench.policies())
  }

  @Test(
    "a story exercises the rules that its decisions, lines, duties and treatments carry, and those it names")
  func rules() throws {
    let story = FactCheckerTests.story("{paid: £2.40}").replacingOccurrences(
      of: "title:", with: "because: [R-SP-01, R-PAY-11]\ntitle:")
    let coverage = try Self.coverage([story])
    func row(_ rule: Rule) throws -> Coverage.RuleRow {
      try #require(coverage.rules.first { $0.rule == rule })
    }
    #expect(try row(.fault01).acted == ["facts"])
    #expect(try row(.fault01).isExercised)
    // Only named: a rule that acts is not exercised by that, one that only defines is.
    #expect(try row(.pay11).named == ["facts"] && row(.pay11).acted == [])
    #expect(try row(.pay11).isExercised == false)
    #expect(try row(.sp01).definition != nil && row(.sp01).isExercised)
    #expect(try row(.tar16).isExercised == false)
    let codes = coverage.codes.filter { !$0.stories.isEmpty }.map(\.code)
    #expect(codes.contains(.whldMeterSuspect) && codes.contains(.payOK) && !codes.contains(.tarRerated))
    #expect(coverage.codes.count == ReasonCode.allCases.count)
    #expect(coverage.limits.count == Boundary.all.count)
  }

  @Test("a clause of a licensee counts only where one of its rules acts under that licensee")
  func licensees() throws {
    let ours = FactCheckerTests.story("{paid: £2.40}")
    let bulb = ours.replacingOccurrences(of: "licensee: strict-metered", with: "licensee: bulb")
    func stories(_ coverage: Coverage, _ clause: Clause) -> [String]? {
      coverage.clauses.first { $0.clause == clause }?.stories
    }
    // R-PAY-01 cites BUL 5.4.
    #expect(stories(try Self.coverage([ours]), Clause("BUL", "5.4")) == [])
    #expect(stories(try Self.coverage([bulb]), Clause("BUL", "5.4")) == ["facts"])
  }

  @Test("a story that must fail exercises nothing")
  func mustFail() throws {
    let story = FactCheckerTests.story("{paid: £9.99}").replacingOccurrences(
      of: "title:", with: "must-fail: paid\ntitle:")
    let coverage = try Self.coverage([story])
    #expect(coverage.rules.allSatisfy { $0.acted.isEmpty })
  }
}
