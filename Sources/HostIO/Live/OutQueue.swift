// Bytes on their way to a descriptor: answers that wait for their instant, and what the kernel did not take
// yet. Bytes never overtake each other.

internal import CHost
internal import Glibc
internal import Line
internal import Units

/// The way out of one descriptor. The caller asks for a turn at `due`, and when the descriptor is writable.
struct OutQueue {
  private var waiting: [TimedBytes] = []
  private var unsent: [UInt8] = []

  /// What a reader that does not read may pile up before it is no longer listened to.
  static let limit = 1 << 20

  var isEmpty: Bool { waiting.isEmpty && unsent.isEmpty }
  /// The kernel is full: wait until the descriptor is writable.
  var isStuck: Bool { !unsent.isEmpty }
  var isOverLimit: Bool { unsent.count > Self.limit }
  /// When the next answer may go.
  var due: Instant? { waiting.first?.at }

  mutating func add(_ answer: TimedBytes) {
    var answer = answer
    if let last = waiting.last { answer.at = max(answer.at, last.at) }
    waiting.append(answer)
  }

  /// Keeps what the kernel did not take of bytes that were sent with nothing before them.
  mutating func keep(_ rest: ArraySlice<UInt8>) { unsent += rest }

  /// Sends what is due with as few calls as the kernel allows. Returns 0, or a negative error number.
  mutating func send(at now: Instant, with write: (UnsafeRawPointer?, Int) -> Int) -> Int32 {
    let ready = waiting.prefix { $0.at <= now }.count
    for answer in waiting.prefix(ready) { unsent += answer.bytes }
    waiting.removeFirst(ready)
    guard !unsent.isEmpty else { return 0 }
    let done = unsent.withUnsafeBytes { write($0.baseAddress, $0.count) }
    guard done >= 0 || done == -Int(EAGAIN) else { return Int32(done) }
    unsent.removeFirst(max(done, 0))
    return 0
  }
}
