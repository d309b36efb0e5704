// `notified`: who had to be told was told. `obligation`: this is owed, and so it stands at the end.
// `treatment`: this is what rules make of a span of time.

internal import Scenario
internal import Settlement
internal import Units

enum NotifiedChecker {
  static func judge(_ expected: ExpectedNotification, of story: LivedStory) -> Judgement {
    let names = expected.parties.map(\.rawValue).joined(separator: ", ")
    var wanted = "told: \(names)"
    if let code = expected.code { wanted += " of \(code.rawValue)" }
    if let subject = expected.subject { wanted += " about \(subject)" }
    if let by = expected.by { wanted += " by \(by)" }
    let missing = expected.parties.filter { party in
      !story.outcome.notifications.contains { one in
        one.to == party && one.at <= expected.by ?? .distantFuture
          && (expected.code.map { $0 == one.code } ?? true) && story.isAbout(expected.subject, one.subject)
      }
    }
    let got = missing.isEmpty ? wanted : "not told: \(missing.map(\.rawValue).joined(separator: ", "))"
    let told = story.outcome.notifications.prefix(6).map { "\($0.at) \($0.to.rawValue): \($0.code.rawValue)" }
    return .met(
      if: missing.isEmpty, expected: wanted, got: got, why: Array(told) + DecisionChecker.heard(story))
  }
}

enum ObligationChecker {
  static func judge(_ expected: ExpectedObligation, of story: LivedStory) -> Judgement {
    let all = story.outcome.obligations
    let owed = all.map { "\($0.what) of \($0.who.rawValue)" }
    return .any(
      all.filter { $0.what == expected.what && story.isAbout(expected.subject, $0.subject) },
      named: "'\(expected.what)' is owed", missing: "nobody owes it",
      why: owed.isEmpty ? ["nothing at all is owed"] : ["owed: \(owed.joined(separator: ", "))"]
    ) { one in
      Row.of("by", expected.by?.words, one.by.map { "\($0)" } ?? "no day")
        + Row.of("of", expected.who?.rawValue, one.who.rawValue)
        + Row.of("state", expected.state?.rawValue, one.state.rawValue)
        + Row.of("rule", expected.rule?.rawValue, one.rule)
    }
  }
}

extension ExpectedObligation.Day {
  fileprivate var words: String {
    switch self {
    case .date(let date): "\(date)"
    case .none: "no day"
    }
  }
}

enum TreatmentChecker {
  static func judge(_ expected: ExpectedTreatment, of story: LivedStory) -> Judgement {
    let all = story.outcome.treatments
    return .any(
      all.filter { $0.effect.word == expected.effect }, named: "rules say \(expected.effect.rawValue)",
      missing: "no rule says so", why: all.prefix(6).map(sentence)
    ) { one in
      Row.of("reason", expected.reason?.rawValue, one.reason.rawValue)
        + Row.of("rule", expected.rule?.rawValue, one.rule.rawValue)
        + Row.of("from", expected.from, one.from) + Row.of("to", expected.to.map(end), end(one.to))
        + Row.of("parts per thousand", expected.part, one.effect.part)
        + Row.of("paid by", expected.firm, one.effect.firm)
    }
  }

  static func sentence(_ one: Treatment) -> String {
    let part = one.effect.part.map { " \($0) ‰" } ?? one.effect.firm.map { " \($0)" } ?? ""
    return "\(one.effect.word.rawValue)\(part) from \(one.from) to \(end(one.to)): \(one.reason.rawValue) "
      + "(\(one.rule.rawValue))"
  }

  private static func end(_ instant: Instant) -> String {
    instant == .distantFuture ? "no end" : "\(instant)"
  }
}

extension Treatment.Effect {
  fileprivate var word: ExpectedTreatment.Effect {
    switch self {
    case .forfeit: .forfeit
    case .hold: .hold
    case .reduce: .reduce
    case .payer: .payer
    case .vat: .vat
    }
  }

  fileprivate var part: Int? {
    switch self {
    case .reduce(let perMille), .vat(let perMille): perMille
    case .forfeit, .hold, .payer: nil
    }
  }

  fileprivate var firm: String? { if case .payer(let firm) = self { firm } else { nil } }
}
