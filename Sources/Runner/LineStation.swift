// A line of a story: the door, the reader at it, the meters on it, and what was counted while it was read.

internal import HeadEnd
internal import Line
internal import Timeline
internal import Units

/// A line in a world. Frames go into the journal as they pass; nothing else is kept of them.
final class LineStation {
  let name: String
  let path: VirtualPath
  let rules: ReaderRules
  let framing: Framing
  private(set) var attempts = 0
  private(set) var framesRefused = 0
  private(set) var silences = 0
  /// Entries of the last frames that passed.
  private(set) var lastRequest = Cause.none
  private(set) var lastAnswer = Cause.none
  /// What the meter said last, before the line did anything to it.
  private(set) var lastSaid: [UInt8] = []
  let reader: any RegisterReader
  private unowned let world: World
  private let subject: UInt16
  private var dialogues: UInt64 = 0

  init(
    name: String, path: VirtualPath, rules: ReaderRules, reader: any RegisterReader, framing: Framing,
    world: World
  ) {
    self.name = name
    self.path = path
    self.rules = rules
    self.reader = reader
    self.framing = framing
    self.world = world
    subject = world.journal.subject(name)
    path.onSight = { [unowned self] sight in note(sight) }
  }

  /// A new read: draws of faults are indexed by it.
  func beginDialogue() {
    path.beginDialogue(dialogues)
    dialogues += 1
    lastAnswer = .none
    lastSaid = []
  }

  /// Books one attempt by how it ended.
  func count(_ result: Result<[UInt16], ReadFailure>) {
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
      world.journal.append(
        .frameRefused, at: world.now, subject: subject, because: lastAnswer, bytes: fault.rawValue.utf8)
    }
  }

  private func note(_ sight: LineSight) {
    switch sight.place {
    case .requestSent:
      lastRequest = world.journal.append(
        .requestBytes, at: sight.at, subject: subject, value: Int64(sight.bytes.count), bytes: sight.bytes)
    case .answerArrived:
      lastAnswer = world.journal.append(
        .answerBytes, at: sight.at, subject: subject, value: Int64(sight.bytes.count), because: lastRequest,
        and: world.lastSeen, bytes: sight.bytes)
    case .answerSent: lastSaid = sight.bytes
    case .requestHeard: break
    }
  }
}
