// From what the checkers found to the verdict of a story, with its declarations taken into account.

internal import Scenario
internal import Units

enum VerdictRule {
  static func verdict(
    of file: ScenarioFile, _ results: [CheckResult], today: CivilDate
  ) -> (Verdict, String?) {
    if file.expect.isEmpty { return (.failed, "the story expects nothing: VACUOUS") }
    if let stale = staleDeclaration(file, results) { return (.failed, stale) }
    let failing = results.filter { $0.finding != .met && !isDeclared($0, in: file) }
    if let checker = file.mustFail { return mustFail(checker.rawValue, failing) }
    guard let known = file.known else { return (failing.isEmpty ? .passed : .failed, nil) }
    if failing.isEmpty {
      return (
        .failed, "declared as a known gap (\(known.because)), but everything is met: remove `known:`"
      )
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
    case .unmet: result.isIdleFault && file.declares.noEffect.contains(result.expected)
    }
  }

  /// A declaration that no longer holds would hide the day on which it matters.
  private static func staleDeclaration(_ file: ScenarioFile, _ results: [CheckResult]) -> String? {
    for kind in file.declares.vacuous.map(\.rawValue).sorted()
    where !results.contains(where: { $0.checker == kind && $0.finding == .vacuous }) {
      return "'\(kind)' is declared vacuous, but it found something to examine: take it out of `declares:`"
    }
    let faults = results.filter { $0.checker == FaultEffect.checker }
    guard !faults.isEmpty else { return nil }
    for id in file.declares.noEffect.sorted()
    where !faults.contains(where: { $0.isIdleFault && $0.expected == id }) {
      return "\(id) is declared without effect, but it changed what was seen: take it out of `declares:`"
    }
    return nil
  }

  /// A story that must fail passes only if the named checker alone fails, and fails for real.
  private static func mustFail(_ checker: String, _ failing: [CheckResult]) -> (Verdict, String?) {
    if failing.isEmpty { return (.failed, "must fail in '\(checker)', but everything is met") }
    if let other = failing.first(where: { $0.checker != checker }) {
      return (.failed, "must fail in '\(checker)' alone, but '\(other.checker)' failed too")
    }
    if failing.contains(where: { $0.finding == .vacuous }) {
      return (.failed, "must fail in '\(checker)', but it examined nothing: VACUOUS")
    }
    return (.failedAsItMust, nil)
  }
}

extension CheckResult {
  /// It says of a fault that it changed nothing.
  fileprivate var isIdleFault: Bool { checker == FaultEffect.checker && finding == .unmet }
}
