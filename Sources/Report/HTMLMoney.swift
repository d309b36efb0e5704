// The money of a story: its statements line by line, and the decisions behind them.

internal import Runner
internal import Settlement
internal import Units

struct HTMLMoney {
  private let story: StoryRecord

  init(_ story: StoryRecord) { self.story = story }

  var html: String { statements + decisions }

  private var statements: String {
    story.outcome.statements.enumerated().map { index, statement in
      var rows = statement.lines.map(row)
      let due = statement.due.map { ", due \($0)" } ?? ""
      rows.append(
        HTMLText.row(
          [
            .text("net, \(statement.status.rawValue)\(due)"), "", "", .number("\(statement.exact)"),
            .number("\(statement.net)"), "",
          ], class: "total"))
      let title = "Statement \(index + 1) of \(statement.licensee) to \(statement.to), MPAN \(statement.mpan)"
      return HTMLText.element("h3", title)
        + HTMLText.table(
          ["period", .number("energy"), .number("rate"), .number("exact"), .number("amount"), "reason"], rows)
    }.joined()
  }

  private func row(_ line: StatementLine) -> String {
    let period = "\(line.from) – \(line.to)"
    let basis = line.halfHours > 0 ? "\(line.halfHours) half-hours" : line.basis.rawValue
    return HTMLText.row(
      [
        .text("\(period), \(basis)"), .number(line.energy.map { "\($0)" } ?? "unknown"),
        .number(line.rate.map { "\($0)" } ?? (line.isPayable ? "each its own" : "–")),
        .number(line.isPayable ? "\(line.exact)" : "–"),
        .number(line.isPayable ? "\(line.amount)" : line.kind.rawValue),
        .word("\(line.reason.rawValue) (\(line.rule))"),
      ], class: line.kind.rawValue)
  }

  private var decisions: String {
    let all = story.outcome.decisions
    guard !all.isEmpty else { return "" }
    let grave = all.count { $0.severity >= .query }
    let rows = all.map { one in
      HTMLText.row(
        [.word("\(one.at)"), .word(one.code.rawValue), .word(one.rule), .text(one.text)],
        class: one.severity.rawValue)
    }
    let words = grave == 0 ? "none of them a query or worse" : "\(grave) of them queries or worse"
    return HTMLText.folded(
      "\(all.count) \(all.count == 1 ? "decision" : "decisions"), \(words)", isOpen: all.count <= 12,
      HTMLText.table(["at", "code", "rule", "says"], rows, class: "decisions"))
  }
}
