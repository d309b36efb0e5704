// `decision`: one with this code, by this rule, about this subject, in time. `no-decision`: none of these.

internal import Scenario
internal import Settlement
internal import Units

enum DecisionChecker {
  static func judge(_ expected: ExpectedDecision, of story: LivedStory) -> Judgement {
    var wanted = "\(expected.code.rawValue)"
    if let rule = expected.rule { wanted += " under \(rule.rawValue)" }
    if let subject = expected.subject { wanted += " about \(subject)" }
    if let says = expected.says { wanted += " saying “\(says)”" }
    if let by = expected.by { wanted += " by \(by)" }
    if let at = expected.at { wanted += " at \(at)" }
    let sameCode = story.outcome.decisions.filter { $0.code == expected.code }
    let found = sameCode.first { decision in
      (expected.rule.map { $0.rawValue == decision.rule } ?? true)
        && story.isAbout(expected.subject, decision.subject)
        && (expected.by.map { decision.at <= $0 } ?? true)
        && (expected.notBefore.map { decision.at >= $0 } ?? true)
        && (expected.at.map { $0.contains(decision.at) } ?? true)
        && (expected.says.map { decision.text.contains($0) } ?? true)
    }
    if let found { return .met(if: true, expected: wanted, got: sentence(found)) }
    let nearest = sameCode.first.map(sentence) ?? "no such decision"
    return .met(if: false, expected: wanted, got: nearest, why: DecisionChecker.heard(story))
  }

  /// What settlement did say, in short.
  static func heard(_ story: LivedStory) -> [String] {
    let decisions = story.outcome.decisions
    guard !decisions.isEmpty else { return ["settlement decided nothing at all"] }
    var codes: [String] = []
    for code in decisions.map(\.code.rawValue) where !codes.contains(code) { codes.append(code) }
    return ["settlement said: \(codes.joined(separator: ", "))"]
  }

  static func sentence(_ decision: Decision) -> String {
    "\(decision.code.rawValue) (\(decision.rule)) at \(decision.at): \(decision.text)"
  }
}

enum NoDecisionChecker {
  static func judge(_ unwanted: UnwantedDecision, of story: LivedStory) -> Judgement {
    let wanted: String
    let isUnwanted: (Decision) -> Bool
    switch unwanted.what {
    case .codes(let codes):
      wanted = "no \(codes.map(\.rawValue).joined(separator: ", "))"
      isUnwanted = { codes.contains($0.code) }
    case .severity(let severity):
      wanted = "nothing as grave as \(severity.rawValue)"
      isUnwanted = { $0.severity >= severity }
    }
    guard !story.outcome.decisions.isEmpty else {
      return .vacuous(expected: wanted, because: "settlement decided nothing at all")
    }
    let found = story.outcome.decisions.filter {
      isUnwanted($0) && story.isAbout(unwanted.subject, $0.subject)
    }
    return .met(
      if: found.isEmpty, expected: wanted, got: found.first.map(DecisionChecker.sentence) ?? "none",
      why: found.dropFirst().prefix(3).map(DecisionChecker.sentence))
  }
}
