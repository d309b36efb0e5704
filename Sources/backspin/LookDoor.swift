// When a meter can have taken a value that it sent: after the last thing that it was asked before the value
// came, and before the value was here. A whole dialogue lasts seconds, of which a sign-on is the most.

internal import Line
internal import Units

/// A door that knows when a register's value came.
final class LookDoor: Door {
  private let inner: any Door
  /// What stands before the value in a text protocol; empty: the whole dialogue counts.
  private let marks: [[UInt8]]
  private var tail: [UInt8] = []
  private var asked: Instant
  private let began: Instant
  private var found: (from: Instant, through: Instant)?

  /// - Parameter address: `1.8.0`; nil where values are not found by a text.
  init(_ inner: any Door, address: String?) {
    self.inner = inner
    marks = address.map { address in ["\(address)(", "\(address)*255("].map { Array($0.utf8) } } ?? []
    (began, asked) = (inner.now, inner.now)
  }

  /// The look: that at the value where it was found, else the whole dialogue up to now.
  var look: (from: Instant, through: Instant) { found ?? (began, inner.now) }

  var now: Instant { inner.now }
  var settings: SerialSettings? { inner.settings }
  var trouble: String? { inner.trouble }

  func write(_ bytes: [UInt8]) {
    asked = inner.now
    tail = []
    inner.write(bytes)
  }

  func wait(until patience: Instant) -> [UInt8] {
    let bytes = inner.wait(until: patience)
    guard !bytes.isEmpty, !marks.isEmpty else { return bytes }
    let longest = marks.map(\.count).max() ?? 0
    let heard = tail + bytes.map { $0 & 0x7F }
    if marks.contains(where: { Self.holds(heard, $0) }) { found = (asked, inner.now) }
    tail = Array(heard.suffix(longest - 1))
    return bytes
  }

  private static func holds(_ bytes: [UInt8], _ mark: [UInt8]) -> Bool {
    guard bytes.count >= mark.count else { return false }
    return (0...bytes.count - mark.count).contains { bytes[$0..<$0 + mark.count].elementsEqual(mark) }
  }

  func flush() { inner.flush() }
  func tune(to settings: SerialSettings) -> Bool { inner.tune(to: settings) }
}
