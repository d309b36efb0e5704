// `line`: some statement has this line. `payment`: this payment was made, or stands so. `balance`: so much is
// paid, held, forfeited at the last settlement.

internal import Scenario
internal import Settlement
internal import Units

enum LineChecker {
  static func judge(_ expected: ExpectedLine, of story: LivedStory) -> Judgement {
    let statements = story.outcome.statements.enumerated().filter { number, _ in
      expected.statement.map { $0 == number + 1 } ?? true
    }
    let lines = statements.flatMap(\.element.lines)
    let place = expected.statement.map { " of statement \($0)" } ?? ""
    return .any(
      lines.filter { $0.kind == expected.kind }, named: "a line\(place) that is \(expected.kind.rawValue)",
      missing: "no such line", why: lines.prefix(6).map(StatementChecker.sentence)
    ) { one in
      Row.of("reason", expected.reason?.rawValue, one.reason.rawValue)
        + Row.of("from", expected.from, one.from) + Row.of("to", expected.to, one.to)
        + Row.of("energy", expected.energy, one.energy, "unknown")
        + Row.of("rate", expected.rate, one.rate)
        + Row.of("exact", expected.exact, one.exact) + Row.of("amount", expected.amount, one.amount)
        + Row.of("basis", expected.basis?.rawValue, one.basis.rawValue)
        + Row.of("rule", expected.rule?.rawValue, one.rule) + Row.of("tariff", expected.tariff, one.tariff)
    }
  }
}

enum PaymentChecker {
  static func judge(_ expected: ExpectedPayment, of story: LivedStory) -> Judgement {
    let all = story.outcome.payments
    return .any(all, named: "a payment", missing: "no payment", why: all.prefix(6).map(\.description)) {
      one in
      Row.of("state", expected.state?.rawValue, one.state.rawValue)
        + Row.of("amount", expected.amount, one.amount)
        + Row.of("at", expected.at.map { "\($0)" }, expected.at?.words(of: one.at))
        + Row.of("due", expected.due, one.due, "no day")
        + Row.of("by", expected.method?.rawValue, one.method.rawValue)
        + Row.of("paid", expected.paid.map { "\($0)" }, one.paid.flatMap { expected.paid?.words(of: $0) })
        + Row.of("reason", expected.reason?.rawValue, one.reason.rawValue)
        + Row.of("payer", expected.payer, one.payer)
    }
  }
}

enum BalanceChecker {
  static func judge(_ expected: ExpectedBalance, of story: LivedStory) -> Judgement {
    guard !story.outcome.statements.isEmpty else {
      return .vacuous(expected: "a balance", because: "nobody settled: there is no statement")
    }
    let found = story.outcome.balance
    let rows =
      Row.of("accrued", expected.accrued, found.accrued) + Row.of("paid", expected.paid, found.paid)
      + Row.of("provisional", expected.provisional, found.provisional)
      + Row.of("held", expected.held, found.held) + Row.of("forfeited", expected.forfeited, found.forfeited)
      + Row.of("unpriced", expected.unpriced, found.unpriced)
    return .met(
      if: rows.allSatisfy(\.isMet), expected: rows.wanted, got: rows.got,
      why: story.outcome.statements.flatMap(\.lines).prefix(6).map(StatementChecker.sentence))
  }
}
