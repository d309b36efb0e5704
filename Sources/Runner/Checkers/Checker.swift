// The checkers, as a table: one function per kind of expectation. Each says what it examined; one that
// examined nothing is vacuous, and a vacuous check fails its story.

internal import Scenario

/// What a checker says of one expectation.
struct Judgement {
  var finding: CheckResult.Finding
  var expected: String
  var got: String
  var why: [String] = []

  static func met(if isMet: Bool, expected: String, got: String, why: [String] = []) -> Judgement {
    Judgement(finding: isMet ? .met : .unmet, expected: expected, got: got, why: isMet ? [] : why)
  }

  static func vacuous(expected: String, because: String) -> Judgement {
    Judgement(finding: .vacuous, expected: expected, got: because)
  }
}

enum Checker {
  static func judge(_ check: Expectation.Check, of story: LivedStory) -> Judgement {
    switch check {
    case .decision(let expected): DecisionChecker.judge(expected, of: story)
    case .noDecision(let unwanted): NoDecisionChecker.judge(unwanted, of: story)
    case .notified(let expected): NotifiedChecker.judge(expected, of: story)
    case .obligation(let expected): ObligationChecker.judge(expected, of: story)
    case .treatment(let expected): TreatmentChecker.judge(expected, of: story)
    case .statement(let expected): StatementChecker.judge(expected, of: story)
    case .line(let expected): LineChecker.judge(expected, of: story)
    case .payment(let expected): PaymentChecker.judge(expected, of: story)
    case .balance(let expected): BalanceChecker.judge(expected, of: story)
    case .paidEqualsEntitled(let within): PaidChecker.judgeEntitled(within: within, of: story)
    case .paid(let amount, let within): PaidChecker.judge(amount, within: within, of: story)
    case .register(let expected): RegisterChecker.judge(expected, of: story)
    case .readCount(let expected, let source): CountChecker.judgeReads(expected, source: source, of: story)
    case .halfHourCount(let expected, let state):
      CountChecker.judgeHalfHours(expected, state: state, of: story)
    case .framesRefused(let line, let range): CountChecker.judgeRefused(line, range, of: story)
    case .crossRead(let expected): CrossReadChecker.judge(expected, of: story)
    case .benchResult(let expected): BenchResultChecker.judge(expected, of: story)
    case .firstDivergence(let expected): DivergenceChecker.judge(expected, of: story)
    }
  }

  static func result(_ expectation: Expectation, of story: LivedStory) -> CheckResult {
    let judgement = judge(expectation.check, of: story)
    return CheckResult(
      checker: expectation.check.kind.rawValue, finding: judgement.finding,
      at: expectation.at.words, excerpt: expectation.excerpt.trimmed, expected: judgement.expected,
      got: judgement.got, why: judgement.why)
  }
}

extension String {
  /// Without blanks at either end.
  var trimmed: String {
    let head = drop { $0.isWhitespace }
    return String(head.reversed().drop { $0.isWhitespace }.reversed())
  }
}
