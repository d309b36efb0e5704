// A line of a story: the door, the reader at it, the meters on it, and what was counted while it was read.

internal import HeadEnd
internal import Line
internal import Units

/// A line in a world.
final class LineStation {
  let name: String
  let path: VirtualPath
  let rules: ReaderRules
  let reader: any RegisterReader
  let trace: LineTrace
  private(set) var attempts = 0
  private(set) var framesRefused = 0
  private(set) var silences = 0
  private unowned let world: World
  /// Reads of the same thing that fell due at the same instant.
  private var twins: [UInt64: UInt64] = [:]
  private var latestDue = Instant.epoch

  init(
    name: String, path: VirtualPath, rules: ReaderRules, reader: any RegisterReader, trace: LineTrace,
    world: World
  ) {
    (self.name, self.path, self.rules, self.reader) = (name, path, rules, reader)
    (self.trace, self.world) = (trace, world)
    path.onSight = { [unowned trace] in trace.see($0) }
  }

  var framing: Framing { trace.form.framing }

  /// One read with its retries. Draws of faults are indexed by what is read and when it fell due, so that
  /// taking another read out of the story moves none of them.
  func read(
    _ request: RegisterRequest, due: Instant, because cause: Cause
  ) -> Result<[UInt16], ReadFailure> {
    path.beginDialogue(dialogue(of: request, due: due))
    trace.beginDialogue(because: cause)
    let poll = RegisterPoll(reader: reader, rules: rules, world: world)
    return poll.read(request) { [self] in count($0.outcome) }.outcome
  }

  private func dialogue(of request: RegisterRequest, due: Instant) -> UInt64 {
    let what =
      UInt64(bitPattern: due.microseconds) &* 0x9e37_79b9_7f4a_7c15
      ^ (UInt64(request.unit) << 24 | UInt64(request.function) << 16 | UInt64(request.address))
    if due != latestDue { twins.removeAll(keepingCapacity: true) }
    latestDue = due
    twins[what, default: 0] += 1
    return what ^ (twins[what, default: 1] - 1) << 40
  }

  /// Books one attempt by how it ended.
  private func count(_ result: Result<[UInt16], ReadFailure>) {
    attempts += 1
    world.evidence.attempts += 1
    switch result {
    case .success, .failure(.exception), .failure(.port): break
    case .failure(.silence):
      silences += 1
      world.evidence.silences += 1
    case .failure(.frame(let fault)):
      framesRefused += 1
      world.evidence.framesRefused += 1
      trace.refuse(fault.rawValue)
    }
  }
}
