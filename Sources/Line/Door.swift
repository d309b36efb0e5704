// The two sides of a line as their users see them. A reader stands at a door; a meter stands at the far side.
// Neither knows what lies between: wire time, noise, a kernel pseudo-terminal, or nothing at all.

public import Units

/// A reader's end of a line: write bytes; wait for bytes until an instant.
///
/// In a suite *only waiting moves time*: `wait` runs the world until bytes come or patience ends, so a silent
/// meter costs microseconds and no load on the machine can turn an answer into a time-out.
public protocol Door: AnyObject {
  /// The instant at which the reader lives.
  var now: Instant { get }
  /// Sends bytes; they take their wire time, which passes while somebody waits.
  func write(_ bytes: [UInt8])
  /// Waits until at least one byte has arrived or `patience` is over, and returns what arrived (empty:
  /// silence).
  func wait(until patience: Instant) -> [UInt8]
  /// Waits until `count` bytes have arrived: the first by `first`, and each further one at most `between`
  /// after the one before it. Returns what came (fewer: patience ended; more: they were there too). A
  /// `between` of zero means that all must have come by `first`.
  func wait(for count: Int, first: Instant, between: TimeSpan) -> [UInt8]
  /// Drops what has arrived and nobody took: done before each request, or a late answer is taken for the next
  /// one's.
  func flush()
  /// How the reader's own UART stands; nil where there is none (a TCP stream).
  var settings: SerialSettings? { get }
  /// Sets the reader's UART anew, once all that was written has left the wire (that wait moves time). False
  /// where the port cannot stand so, and nothing has changed: a pseudo-terminal has no 7-bit characters, and
  /// many optical heads none either; parity is then the reader's own work, in bit 7 of 8N1.
  func tune(to settings: SerialSettings) -> Bool
  /// Why nothing will come any more, in the system's own words; nil while the line stands. A lost line is
  /// silence to `wait`: who gets silence asks here before it calls the meter silent.
  var trouble: String? { get }
}

extension Door {
  public var settings: SerialSettings? { nil }
  public func tune(to settings: SerialSettings) -> Bool { false }
  public var trouble: String? { nil }

  public func wait(for count: Int, first: Instant, between: TimeSpan) -> [UInt8] {
    var bytes: [UInt8] = []
    var patience = first
    while bytes.count < count {
      let more = wait(until: patience)
      if more.isEmpty { break }
      bytes += more
      if between > .zero { patience = now + between }
    }
    return bytes
  }
}

/// Bytes with the instant at which the first of them may start on the wire.
public struct TimedBytes: Hashable, Sendable {
  public var at: Instant
  public var bytes: [UInt8]

  public init(at: Instant, bytes: [UInt8]) { (self.at, self.bytes) = (at, bytes) }
}

/// A meter's end of a line: bytes heard → bytes with their instants. Pure: it never waits and reads no clock.
///
/// It is called in a loop by whoever owns the line: `hear` when bytes come; `speak` at each instant in
/// `wakes` (the end of a silence that closes a frame, the end of a turnaround) and after each `hear`.
public protocol FarSide: AnyObject {
  /// Bytes heard, the last of them complete at `at`.
  func hear(_ bytes: ArraySlice<UInt8>, at: Instant)
  /// When it next has something to do though nothing is heard; nil when it only listens.
  var wakes: Instant? { get }
  /// Appends what it has decided to say by `at`.
  func speak(at: Instant, into answers: inout [TimedBytes])
  /// How its UART stands now: for what it hears, and for what it says in the next `speak`. Nil: as the line
  /// was set. A far side that changes its speed says before the change only what leaves at the old one.
  ///
  /// With seven bits and parity it hears and says seven-bit bytes; a character with a wrong parity bit is
  /// heard as 0, and one is said by setting bit 7 (`SerialSettings.wire`).
  var settings: SerialSettings? { get }
  /// The reader in the middle of a session has gone and another has come: what the line knows where it is no
  /// real one (a pseudo-terminal). Back to where a session begins.
  func abandon(at: Instant)
}

extension FarSide {
  public var settings: SerialSettings? { nil }
  public func abandon(at: Instant) {}
}
