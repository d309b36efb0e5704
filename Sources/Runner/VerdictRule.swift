// From what the checkers found to the verdict of a story, with its declarations taken into account.

internal import Scenario
internal import Units

enum VerdictRule {
  static func verdict(of file: ScenarioFile, _ results: [CheckResult], today: CivilDate) -> (Verdict, String?) {
    if results.isEmpty { return (.failed, "the story expects nothing: VACUOUS") }
    let failing = results.filter { $0.finding != .met && !isDeclared($0, in: file) }
    if let checker = file.mustFail { return mustFail(checker.rawValue, failing) }
    guard let known = file.known else { return (failing.isEmpty ? .passed : .failed, nil) }
    if failing.isEmpty {
      return (.failed, "declared as a known gap (\(known.because)), but everything is met: remove `known:`")
    }
    if known.until < today {
      return (.failed, "the known gap was declared until \(known.until): \(known.because)")
    }
    return (.knownGap, known.because)
  }

  private static func isDeclared(_ result: CheckResult, in file: ScenarioFile) -> Bool {
    switch result.finding {
    case .met: true
    case .vacuous: file.declares.vacuous.contains { $0.rawValue == result.checker }
    case .unmet: result.checker == FaultEffect.checker && file.declares.noEffect.contains(result.expected)
    }
  }

  /// A story that must fail passes only if the named checker alone fails, and fails for real.
  private static func mustFail(_ checker: String, _ failing: [CheckResult]) -> (Verdict, String?) {
    if failing.isEmpty { return (.failed, "must fail in '\(checker)', but everything is met") }
    if let other = failing.first(where: { $0.checker != checker }) {
      return (.failed, "must fail in '\(checker)' alone, but '\(other.checker)' failed too")
    }
    return (.failedAsItMust, nil)
  }
}
