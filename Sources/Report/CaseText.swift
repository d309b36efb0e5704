// A story of facts, settled: what the settlement said, what stands at the end, and what the story expected.

public import Runner

/// Tells one settled story.
public struct CaseText {
  private let story: StoryRecord
  private let title: String

  /// `licensee` is whose terms apply, for people.
  public init(_ story: StoryRecord, licensee: String) { (self.story, title) = (story, licensee) }

  public func text(halfHours: Bool, colour: Bool) -> String {
    let rows = CitedRows(story.journal)
    let settled = SettlementText(title: title, story.outcome) { rows.words($0) }
    var text = "\(story.id): \(story.title)\n"
    if story.verdict != .error { text += settled.money(halfHours: halfHours) + settled.standing + expected }
    return text + "\n" + TerminalText(colour: colour).story(story)
  }

  private var expected: String {
    guard !story.checks.isEmpty else { return "" }
    return "\nexpected\n"
      + story.checks.map { "  \($0.finding.rawValue)  \($0.checker): \($0.expected)\n" }.joined()
  }
}
