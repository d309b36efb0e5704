// `statement`: what one statement says.

internal import Scenario
internal import Settlement
internal import Units

enum StatementChecker {
  static func judge(_ expected: ExpectedStatement, of story: LivedStory) -> Judgement {
    let statements = story.outcome.statements
    guard let statement = pick(expected.which, of: statements) else {
      return .met(
        if: false, expected: name(expected.which), got: "\(statements.count) statements",
        why: DecisionChecker.heard(story))
    }
    let rows = compare(expected, statement)
    let wrong = rows.filter { $0.wanted != $0.got }
    return .met(
      if: wrong.isEmpty, expected: rows.map { "\($0.what) \($0.wanted)" }.joined(separator: ", "),
      got: rows.map { "\($0.what) \($0.got)" }.joined(separator: ", "),
      why: statement.lines.prefix(6).map(sentence))
  }

  private static func compare(
    _ expected: ExpectedStatement, _ statement: Statement
  ) -> [(what: String, wanted: String, got: String)] {
    var rows: [(what: String, wanted: String, got: String)] = []
    if let amount = expected.amount { rows.append(("amount", "\(amount)", "\(statement.net)")) }
    if let exact = expected.exact { rows.append(("exact", "\(exact)", "\(statement.exact)")) }
    if let energy = expected.energy {
      let payable = statement.lines.filter(\.isPayable).compactMap(\.energy).reduce(.zero, +)
      rows.append(("energy", "\(energy)", "\(payable)"))
    }
    if let lines = expected.lines { rows.append(("lines", "\(lines)", "\(statement.lines.count)")) }
    if let status = expected.status { rows.append(("status", status.rawValue, statement.status.rawValue)) }
    if let due = expected.due {
      rows.append(("due", "\(due)", statement.due.map { "\($0)" } ?? "not stated"))
    }
    return rows
  }

  static func sentence(_ line: StatementLine) -> String {
    let energy = line.energy.map { "\($0)" } ?? "unknown energy"
    let rate = line.rate.map { " at \($0)" } ?? ""
    let amount = line.isPayable ? " = \(line.exact) → \(line.amount)" : " held"
    let why = "[\(line.reason.rawValue), \(line.basis.rawValue)]"
    return "\(line.from) – \(line.to): \(energy)\(rate)\(amount) \(why)"
  }

  private static func pick(_ which: ExpectedStatement.Which, of statements: [Statement]) -> Statement? {
    switch which {
    case .only: statements.count == 1 ? statements[0] : nil
    case .first: statements.first
    case .last: statements.last
    case .number(let number): statements.indices.contains(number - 1) ? statements[number - 1] : nil
    }
  }

  private static func name(_ which: ExpectedStatement.Which) -> String {
    switch which {
    case .only: "exactly one statement"
    case .first: "a first statement"
    case .last: "a last statement"
    case .number(let number): "statement \(number)"
    }
  }
}
