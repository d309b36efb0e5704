// What a person sees while a suite runs and when it ends: one line a story, each failure with its place, what
// was expected, what was got, why, and the money between them.

public import Runner
internal import Settlement
public import Units

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
    var text =
      mark(story.verdict) + " " + Self.pad(story.id, to: 44) + " "
      + Self.padLeft("paid \(Self.pounds(story.money.paid))", to: 16) + "  " + Self.gap(story.money) + "\n"
    if let remark = story.remark { text += "    \(remark)\n" }
    guard story.verdict == .failed || story.verdict == .error || story.verdict == .knownGap else { return text }
    for check in story.unmet { text += failure(check) }
    if let divergence = story.divergence { text += "    " + Self.sentence(divergence) + "\n" }
    return text
  }

  /// The last lines: how many ended how, and what the differences cost.
  public func summary(_ run: RunRecord) -> String {
    var parts: [String] = []
    for verdict in Verdict.allCases {
      let count = run.stories.count { $0.verdict == verdict }
      if count > 0 { parts.append("\(count) \(Self.words[verdict] ?? verdict.rawValue)") }
    }
    let core = run.stories.compactMap { Self.core($0.money) }.reduce(Int128(0), +)
    let metering = run.stories.compactMap { Self.metering($0.money) }.reduce(Int128(0), +)
    return """
      \(parts.joined(separator: ", "))
      paid − entitled \(Self.pounds(NanoPence(core))), entitled − true value \
      \(Self.pounds(NanoPence(metering))) over all stories

      """
  }

  private func failure(_ check: CheckResult) -> String {
    var text = "    \(check.at): \(check.checker) \(check.finding == .vacuous ? "examined nothing (VACUOUS)" : "unmet")\n"
    if !check.excerpt.isEmpty { text += "      | \(check.excerpt)\n" }
    text += "      expected  \(check.expected)\n      got       \(check.got)\n"
    for reason in check.why { text += "      why       \(reason)\n" }
    return text
  }

  private static let words: [Verdict: String] = [
    .passed: "met", .failed: "failed", .knownGap: "known gaps", .failedAsItMust: "failed as they must",
    .error: "could not be run",
  ]

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

  static func core(_ money: Money) -> Int128? { money.entitled.map { NanoPence(money.paid).value - $0.value } }

  static func metering(_ money: Money) -> Int128? {
    guard let entitled = money.entitled, let trueValue = money.trueValue else { return nil }
    return entitled.value - trueValue.value
  }

  private static func gap(_ money: Money) -> String {
    guard let entitled = money.entitled else { return "entitled unknown" }
    let gap = NanoPence(NanoPence(money.paid).value - entitled.value).roundedHalfUp
    let text = "entitled \(pounds(entitled.roundedHalfUp))"
    return gap == Pence(0) ? text : text + "  paid − entitled \(pounds(gap))"
  }

  static func sentence(_ belief: Belief) -> String {
    "first divergence: \(belief.layer.rawValue) at \(belief.at): true export \(belief.truth), "
      + "believed \(belief.believed)"
  }

  public static func pounds(_ money: Pence) -> String { "\(money)" }

  public static func pounds(_ money: NanoPence) -> String { "\(money.roundedHalfUp)" }

  static func pad(_ text: String, to width: Int) -> String {
    text.count >= width ? text : text + String(repeating: " ", count: width - text.count)
  }

  static func padLeft(_ text: String, to width: Int) -> String {
    text.count >= width ? text : String(repeating: " ", count: width - text.count) + text
  }
}
