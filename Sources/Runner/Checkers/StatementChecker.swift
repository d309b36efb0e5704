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
    return .met(
      if: rows.allSatisfy(\.isMet), expected: rows.wanted, got: rows.got,
      why: statement.lines.prefix(6).map(sentence))
  }

  private static func compare(_ expected: ExpectedStatement, _ one: Statement) -> [Row] {
    let energy = one.lines.filter(\.isPayable).compactMap(\.energy).reduce(.zero, +)
    return Row.of("amount", expected.amount, one.net) + Row.of("exact", expected.exact, one.exact)
      + Row.of("energy", expected.energy, energy) + Row.of("lines", expected.lines, one.lines.count)
      + Row.of("status", expected.status?.rawValue, one.status.rawValue)
      + Row.of("due", expected.due, one.due, "not stated") + Row.of("VAT", expected.vat, one.vat)
      + Row.of("gross", expected.gross, one.gross) + Row.of("payable", expected.payable, one.payable)
      + Row.of("carried out", expected.carriedOut, one.carriedOut)
      + Row.of("payer", expected.payer, one.payer)
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
