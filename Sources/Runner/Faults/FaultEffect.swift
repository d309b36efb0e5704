// A fault that changed nothing proves nothing. Each fault of a story is taken away once, in memory, and what
// the readers brought home is compared: if nobody could have seen a difference, the story fails
// (FAULT_NO_EFFECT).

internal import HeadEnd
internal import Scenario
internal import Settlement
internal import Units

enum FaultEffect {
  /// The name under which the finding is listed.
  static let checker = "fault-effect"
}

extension StoryRunner {
  /// One result for each fault of the story. A story without faults is not lived again.
  func idleFaults(_ file: ScenarioFile, framing: Framing) throws -> [CheckResult] {
    let faults = file.timeline.indices.compactMap { index -> (Int, FaultOrder)? in
      if case .fault(let order) = file.timeline[index].action { (index, order) } else { nil }
    }
    guard !faults.isEmpty else { return [] }
    // Compared in memory on both sides, so that nothing but the fault differs.
    let with = try live(file, carrier: MemoryCarrier(), framing: framing)
    return try faults.map { index, order in
      var without = file
      without.timeline.remove(at: index)
      let other = try live(without, carrier: MemoryCarrier(), framing: framing)
      return result(order, file.timeline[index].position, file, hasEffect: !with.looks(like: other))
    }
  }

  private func result(
    _ order: FaultOrder, _ at: Position, _ file: ScenarioFile, hasEffect: Bool
  ) -> CheckResult {
    CheckResult(
      checker: FaultEffect.checker, finding: hasEffect ? .met : .unmet, at: at.words,
      excerpt: file.node.source.line(at.line)?.trimmed ?? "", expected: order.setting.id,
      got: hasEffect ? "changed what was seen" : "FAULT_NO_EFFECT: without it everybody sees the same")
  }
}

extension World {
  /// Whether nobody could tell two lives of a story apart: neither its readers, nor who looks at its
  /// registers, nor the settlement party.
  func looks(like other: World) -> Bool {
    evidence.isAlike(other.evidence) && askedRegisters == other.askedRegisters
      && events.map(\.withoutCause) == other.events.map(\.withoutCause)
  }
}

extension Evidence {
  /// Whether two sets of evidence say the same, whatever entries of a journal they rest on.
  public func isAlike(_ other: Evidence) -> Bool {
    attempts == other.attempts && framesRefused == other.framesRefused && silences == other.silences
      && benchBytes == other.benchBytes && benchReads.map(\.value) == other.benchReads.map(\.value)
      && benchResults.map(\.digits) == other.benchResults.map(\.digits)
      && reads.map(\.withoutCause) == other.reads.map(\.withoutCause)
      && logs.map(\.withoutCauses) == other.logs.map(\.withoutCauses)
      && failures.map(\.reason) == other.failures.map(\.reason)
  }
}

extension CaseEvent {
  fileprivate var withoutCause: CaseEvent {
    var copy = self
    copy.cause = .none
    return copy
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
