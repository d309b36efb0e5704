// The same story says the same at every depth: same reads, decisions, statements, money and verdict. Frames
// differ, and so do the journals.

import Runner
import Scenario
import Settlement
import Testing
import Units

/// Runs a story at every depth it means something at; gives the records,
/// the first of them in memory if it may be.
@discardableResult
func assertSameAtEveryDepth(
  _ file: ScenarioFile, checksFaults: Bool = false, sourceLocation: SourceLocation = #_sourceLocation
) -> [StoryRecord] {
  let depths = ScenarioFile.Depth.allCases.filter(file.depths.contains)
  let records = depths.map { StoryBench.run(file, depth: $0, checksFaults: checksFaults) }
  guard let first = records.first else { return [] }
  for other in records.dropFirst() {
    let pair = "\(file.id): \(first.depth) and \(other.depth)"
    func same(_ what: String, _ isSame: Bool) {
      if !isSame { Issue.record("\(pair) differ in \(what)", sourceLocation: sourceLocation) }
    }
    same("what was read", first.evidence.isAlike(other.evidence))
    same("decisions", first.outcome.decisions.map(\.bare) == other.outcome.decisions.map(\.bare))
    same("statements", first.outcome.statements.map(\.bare) == other.outcome.statements.map(\.bare))
    same("half-hours", first.outcome.halfHours.map(\.bare) == other.outcome.halfHours.map(\.bare))
    same("money", first.money == other.money)
    same("checks", first.checks.map(\.finding) == other.checks.map(\.finding))
    same("the first divergence", first.divergence?.bare == other.divergence?.bare)
    same("the verdict: \(other.remark ?? "")", first.verdict == other.verdict)
  }
  return records
}

// Without the numbers of journal entries.

extension Decision {
  fileprivate var bare: Decision {
    var copy = self
    copy.reads = []
    return copy
  }
}

extension Statement {
  fileprivate var bare: Statement {
    var copy = self
    for index in copy.lines.indices { copy.lines[index].reads = [] }
    return copy
  }
}

extension SettledHalfHour {
  fileprivate var bare: SettledHalfHour {
    var copy = self
    copy.cause = .none
    return copy
  }
}

extension Belief {
  fileprivate var bare: Belief {
    var copy = self
    copy.cause = .none
    return copy
  }
}
