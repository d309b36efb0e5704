// What a person sees while a suite runs and when it ends: one line a story, each failure with its place, what
// was expected, what was got, why, and the money between them.

public import Runner
internal import Settlement
internal import Units

/// Lines for a terminal, with colour where the terminal wants it.
public struct TerminalText: Sendable {
  public var colour: Bool

  public init(colour: Bool) { self.colour = colour }

  /// The head of a run: seed and depth come first, so that any run can be repeated.
  public func head(depth: String, seed: UInt64, stories: Int) -> String {
    "\(stories) \(stories == 1 ? "story" : "stories") · depth \(depth) · seed \(seed)\n"
  }

  /// One story, one line; then what was not met.
  public func story(_ story: StoryRecord) -> String {
    var text = mark(story.verdict) + " " + Self.pad(story.id, to: 44) + " " + Self.money(story) + "\n"
    if let remark = story.remark { text += "    \(remark)\n" }
    guard !story.verdict.isFine || story.verdict == .knownGap else { return text }
    for check in story.unmet { text += failure(check) }
    if let divergence = story.divergence { text += "    " + Self.sentence(divergence) + "\n" }
    return text
  }

  /// The last lines: how many ended how, and what the differences cost.
  public func summary(_ run: RunRecord) -> String {
    var parts: [String] = []
    for verdict in Verdict.allCases {
      let count = run.stories.count { $0.verdict == verdict }
      if count > 0 { parts.append("\(count) \(Self.words(verdict))") }
    }
    let money = run.stories.map(\.money)
    let core = money.compactMap(\.core).reduce(NanoPence.zero, +).roundedHalfUp
    let metering = money.compactMap(\.metering).reduce(NanoPence.zero, +).roundedHalfUp
    return """
      \(parts.joined(separator: ", "))
      paid − entitled \(core), entitled − true value \(metering) over all stories

      """
  }

  private func failure(_ check: CheckResult) -> String {
    let finding = check.finding == .vacuous ? "examined nothing (VACUOUS)" : "unmet"
    var text = "    \(check.at): \(check.checker) \(finding)\n"
    if !check.excerpt.isEmpty { text += "      | \(check.excerpt)\n" }
    text += "      expected  \(check.expected)\n      got       \(check.got)\n"
    for reason in check.why { text += "      why       \(reason)\n" }
    return text
  }

  /// What a verdict says of some stories.
  static func words(_ verdict: Verdict) -> String {
    switch verdict {
    case .passed: "met"
    case .failed: "failed"
    case .knownGap: "known gaps"
    case .failedAsItMust: "failed as they must"
    case .error: "could not be run"
    }
  }

  private func mark(_ verdict: Verdict) -> String {
    let (sign, code) =
      switch verdict {
      case .passed: ("✓", "32")
      case .failedAsItMust: ("✓", "36")
      case .knownGap: ("~", "33")
      case .failed: ("✗", "31")
      case .error: ("!", "31")
      }
    return colour ? "\u{1B}[\(code)m\(sign)\u{1B}[0m" : sign
  }

  /// What was paid, beside what the story is entitled to where that differs.
  private static func money(_ story: StoryRecord) -> String {
    let money = story.money
    if story.outcome.statements.isEmpty, money.entitled == nil { return padLeft("nothing settled", to: 16) }
    let paid = padLeft("paid \(money.paid)", to: 16)
    guard let entitled = money.entitled, let core = money.core?.roundedHalfUp else {
      return paid + "  entitled unknown"
    }
    let text = paid + "  entitled \(entitled.roundedHalfUp)"
    return core == .zero ? text : text + "  paid − entitled \(core)"
  }

  static func sentence(_ belief: Belief) -> String {
    "first divergence: \(belief.layer.rawValue) at \(belief.at): true export \(belief.truth), "
      + "believed \(belief.believed)"
  }

  static func pad(_ text: String, to width: Int) -> String {
    text.count >= width ? text : text + String(repeating: " ", count: width - text.count)
  }

  static func padLeft(_ text: String, to width: Int) -> String {
    text.count >= width ? text : String(repeating: " ", count: width - text.count) + text
  }
}
