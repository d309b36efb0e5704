// One TCP connection: one read and one write a request. A malformed request, a reader that does not read, or
// a connection that breaks concerns nobody else.

internal import CHost
internal import Glibc
internal import Line
internal import Units

/// A connection on the loop. `onClose` is called once, when it is gone.
final class Connection: Watcher, Mouth, Guest {
  private let socket: Int32
  private let loop: EventLoop
  private let workspace: Workspace
  private let onClose: (Connection) -> Void
  private var conversation: Conversation?
  private var out = OutQueue()
  private var interest = Interest.read
  private var nextTurn: Instant?
  private var hasEnded = false

  /// Room for one read, shared by all connections of a loop.
  final class Workspace {
    /// Several requests of the largest size (260 bytes) at once.
    var bytes = [UInt8](repeating: 0, count: 16_384)
  }

  init(
    _ socket: Int32, farSide: any FarSide, loop: EventLoop, workspace: Workspace,
    onClose: @escaping (Connection) -> Void
  ) {
    (self.socket, self.loop, self.workspace, self.onClose) = (socket, loop, workspace, onClose)
    let conversation = Conversation(farSide, loop: loop, mouth: self)
    self.conversation = conversation
    loop.watch(socket, interest, self)
    conversation.begin(at: loop.clock.now)
  }

  func ready(_ events: UInt32) {
    if events & Interest.write != 0 { send(at: loop.clock.now) }
    // Everything else, hang-ups too, is found out by reading.
    if events & ~Interest.write != 0, conversation != nil { receive() }
  }

  private func receive() {
    // The room is taken out while it is used: so it has one owner, and is not copied.
    var room: [UInt8] = []
    swap(&room, &workspace.bytes)
    defer { swap(&room, &workspace.bytes) }
    let got = room.withUnsafeMutableBytes { chost_read(socket, $0.baseAddress, $0.count) }
    if got > 0 {
      conversation?.hear(room[..<got], at: loop.clock.now)
    } else if got == 0 {
      end()
    } else if got != -Int(EAGAIN) {
      close()
    }
  }

  func say(_ answers: [TimedBytes], as uart: SerialSettings?, at now: Instant) {
    // Nearly always: one answer, due now, and nothing before it.
    if answers.count == 1, answers[0].at <= now, out.isEmpty {
      let bytes = answers[0].bytes
      let done = bytes.withUnsafeBytes { chost_send(socket, $0.baseAddress, $0.count) }
      if done == bytes.count, !hasEnded { return }
      guard done >= 0 || done == -Int(EAGAIN) else { return close() }
      out.keep(bytes[max(done, 0)...])
    } else {
      for answer in answers { out.add(answer) }
    }
    send(at: now)
  }

  /// The other end has nothing more to ask; what it is owed still goes out.
  private func end() {
    hasEnded = true
    if out.isEmpty, conversation?.isIdle ?? true { return close() }
    attend()
  }

  private func takeTurn(at instant: Instant) {
    if let nextTurn, nextTurn <= instant { return }
    nextTurn = instant
    loop.schedule(at: instant) { [weak self] in
      guard let self, nextTurn == instant else { return }
      nextTurn = nil
      send(at: max(instant, loop.clock.now))
    }
  }

  private func send(at now: Instant) {
    guard conversation != nil else { return }
    if out.send(at: now, with: { chost_send(socket, $0, $1) }) < 0 { return close() }
    nextTurn = nil
    if let due = out.due { takeTurn(at: due) }
    if hasEnded, out.isEmpty, conversation?.isIdle ?? true { return close() }
    attend()
  }

  /// Listens unless the other end has ended or reads too little; asks for room when the kernel has none.
  private func attend() {
    let wanted = (hasEnded || out.isOverLimit ? 0 : Interest.read) | (out.isStuck ? Interest.write : 0)
    guard wanted != interest else { return }
    interest = wanted
    loop.change(socket, wanted)
  }

  func close() {
    guard conversation != nil else { return }
    conversation = nil
    loop.unwatch(socket)
    Glibc.close(socket)
    onClose(self)
  }
}
