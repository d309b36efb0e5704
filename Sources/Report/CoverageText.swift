// Coverage of a suite for people and for machines: rules, clauses, codes, limits.

public import Runner
internal import Settlement

/// Tells what a suite exercises.
public struct CoverageText {
  private let coverage: Coverage
  /// Only what is missing is told.
  private let onlyMissing: Bool

  public init(_ coverage: Coverage, onlyMissing: Bool = false) {
    (self.coverage, self.onlyMissing) = (coverage, onlyMissing)
  }

  public var text: String {
    [rules, definitions, clauses, codes, limits].filter { !$0.isEmpty }.joined(separator: "\n")
  }

  // MARK: Rules

  private var rules: String {
    let acting = coverage.rules.filter { $0.definition == nil }
    let count = acting.count(where: \.isExercised)
    var text = "rules that act: \(count) of \(acting.count) exercised\n"
    for row in acting where !(onlyMissing && row.isExercised) {
      text += rule(row, row.acted, none: row.named.isEmpty ? "missed" : "only named by \(list(row.named))")
    }
    return text
  }

  private var definitions: String {
    let all = coverage.rules.filter { $0.definition != nil }
    var text = "rules without a consequence in money or codes: \(all.count(where: \.isExercised)) of "
    text += "\(all.count) named by a story\n"
    for row in all where !(onlyMissing && row.isExercised) {
      text += rule(row, row.named, none: "no story is about it (\(row.definition ?? ""))")
    }
    return text
  }

  private func rule(_ row: Coverage.RuleRow, _ stories: Coverage.Stories, none: String) -> String {
    let told = stories.isEmpty ? none : "\(stories.count): \(list(stories))"
    return "  " + TerminalText.pad(row.rule.rawValue, to: 12) + told + "\n"
  }

  // MARK: Clauses, codes, limits

  private var clauses: String {
    let all = coverage.clauses
    var text = "clauses: \(all.count { !$0.stories.isEmpty }) of \(all.count) exercised\n"
    for row in all where !(onlyMissing && !row.stories.isEmpty) {
      let rules = row.rules.map(\.rawValue).joined(separator: ", ")
      let told = row.stories.isEmpty ? "missed, for \(rules)" : "\(row.stories.count): \(list(row.stories))"
      text += "  " + TerminalText.pad(row.clause.text, to: 16) + told + "\n"
    }
    return text
  }

  private var codes: String {
    let all = coverage.codes
    var text = "reason codes: \(all.count { !$0.stories.isEmpty }) of \(all.count) emitted\n"
    for row in all where !(onlyMissing && !row.stories.isEmpty) {
      let told = row.stories.isEmpty ? "not emitted" : "\(row.stories.count): \(list(row.stories))"
      text += "  " + TerminalText.pad(row.code.rawValue, to: 30) + told + "\n"
    }
    return text
  }

  private var limits: String {
    let all = coverage.limits
    var text = "limits: \(all.count(where: \.isMet)) of \(all.count) met on both sides\n"
    for row in all where !(onlyMissing && row.isMet) {
      let sides = [(BoundaryTouch.Side.limit, "at the limit"), (.past, "one step past it")].map {
        side, words in
        row.isMet(side) ? "\(words) \(list(row.stories[side] ?? []))" : "never \(words)"
      }
      text += "  " + TerminalText.pad(row.limit.name, to: 40) + sides.joined(separator: "; ") + "\n"
      if onlyMissing { text += "    \(row.limit.rule.rawValue): \(row.limit.meaning)\n" }
    }
    return text
  }

  private func list(_ stories: Coverage.Stories) -> String {
    let most = 3
    let shown = stories.prefix(most).joined(separator: ", ")
    return stories.count > most ? "\(shown) and \(stories.count - most) more" : shown
  }

  // MARK: JSON

  public var json: JSONText {
    .object([
      ("backspin", .whole(RunJSON.version)), ("rules", .list(coverage.rules.map(json))),
      (
        "clauses",
        .list(
          coverage.clauses.map { row in
            .object([
              ("clause", .text(row.clause.text)), ("rules", .list(row.rules.map { .text($0.rawValue) })),
              ("stories", names(row.stories)),
            ])
          })
      ),
      (
        "codes",
        .list(
          coverage.codes.map {
            .object([("code", .text($0.code.rawValue)), ("stories", names($0.stories))])
          })
      ),
      ("limits", .list(coverage.limits.map(json))),
    ])
  }

  private func json(_ row: Coverage.RuleRow) -> JSONText {
    .object([
      ("rule", .text(row.rule.rawValue)), ("meaning", .text(row.rule.meaning)),
      ("source", .text(row.rule.source)), ("acted", names(row.acted)), ("named", names(row.named)),
      ("definition", row.definition.map(JSONText.text) ?? .null),
    ])
  }

  private func json(_ row: Coverage.LimitRow) -> JSONText {
    .object(
      [
        ("name", .text(row.limit.name)), ("rule", .text(row.limit.rule.rawValue)),
        ("meaning", .text(row.limit.meaning)),
      ] + BoundaryTouch.Side.allCases.map { ($0.rawValue, names(row.stories[$0] ?? [])) })
  }

  private func names(_ stories: Coverage.Stories) -> JSONText { .list(stories.map(JSONText.text)) }
}
