// A fault that changed nothing proves nothing. Each fault of a story is taken away once, in memory, and what the
// readers brought home is compared: if nobody could have seen a difference, the story fails (FAULT_NO_EFFECT).

internal import HeadEnd
internal import Scenario
internal import Units

enum FaultEffect {
  /// The name under which the finding is listed.
  static let checker = "fault-effect"
}

extension StoryRunner {
  /// One result for each fault of the story.
  func idleFaults(_ file: ScenarioFile, _ lived: World) throws -> [CheckResult] {
    var results: [CheckResult] = []
    var whole: World?
    for (index, command) in file.timeline.enumerated() {
      guard case .fault(let order) = command.action else { continue }
      // Compared in memory on both sides, so that nothing but the fault differs.
      let with = try whole ?? live(file, carrier: MemoryCarrier())
      whole = with
      var without = file
      without.timeline.remove(at: index)
      let other = try live(without, carrier: MemoryCarrier())
      let changed = !with.evidence.isAlike(other.evidence)
      results.append(
        CheckResult(
          checker: FaultEffect.checker, finding: changed ? .met : .unmet,
          at: "\(command.position.file):\(command.position.line):\(command.position.column)",
          expected: order.setting.id,
          got: changed ? "changed what was read" : "FAULT_NO_EFFECT: without it the readers bring home the same"))
    }
    return results
  }
}

extension Evidence {
  /// Whether two sets of evidence say the same, whatever entries of a journal they rest on.
  func isAlike(_ other: Evidence) -> Bool {
    attempts == other.attempts && framesRefused == other.framesRefused && silences == other.silences
      && reads.map(\.withoutCause) == other.reads.map(\.withoutCause)
      && logs.map(\.withoutCauses) == other.logs.map(\.withoutCauses)
      && failures.map(\.reason) == other.failures.map(\.reason)
  }
}

extension Read {
  fileprivate var withoutCause: Read {
    var copy = self
    copy.cause = .none
    return copy
  }
}

extension LogRead {
  fileprivate var withoutCauses: LogRead {
    var copy = self
    copy.cause = .none
    for index in copy.entries.indices { copy.entries[index].cause = .none }
    return copy
  }
}
