// What passed on a line, kept: every chunk of bytes with its instant and direction, every change of how a
// UART stood, and notes of whoever kept it. A trace of a real meter is evidence and a test meter at once: it
// can be read by people, compared line by line, served back, and opened in Wireshark.

public import Units

/// A timed, two-way record of one dialogue, or of several in a row.
public struct Trace: Hashable, Sendable {
  /// The version of the file form that this code writes.
  public static let version = 1

  /// The instant from which all events count.
  public var origin: Instant
  /// How the line stood at the origin; nil for a stream (TCP).
  public var line: SerialSettings?
  public var tongue: TraceTongue
  /// Other words of the head, in order: where it was recorded, by what program.
  public var marks: [TraceMark]
  /// In order of time.
  public var events: [TraceEvent]
  /// The file ended in the midst of an event, which is left out: whoever recorded was cut off.
  public var isCut = false

  public init(
    origin: Instant, line: SerialSettings?, tongue: TraceTongue = .unknown, marks: [TraceMark] = [],
    events: [TraceEvent] = []
  ) {
    (self.origin, self.line, self.tongue) = (origin, line, tongue)
    (self.marks, self.events) = (marks, events)
  }

  /// From the origin to the last event.
  public var length: TimeSpan { events.last?.at ?? .zero }

  /// Bytes that went one way.
  public func count(_ direction: LineDirection) -> Int {
    events.reduce(0) { sum, event in
      if case .bytes(direction, let bytes) = event.what { sum + bytes.count } else { sum }
    }
  }
}

/// A word of a trace's head with its value.
public struct TraceMark: Hashable, Sendable {
  /// Small letters, digits and `-`.
  public var key: String
  /// One line.
  public var value: String

  public init(_ key: String, _ value: String) {
    self.key = key
    self.value = TraceEvent.oneLine(value)
  }
}

/// One thing that happened.
public struct TraceEvent: Hashable, Sendable {
  /// Whose UART.
  public enum End: String, Hashable, Sendable, CaseIterable { case reader, meter }

  public enum What: Hashable, Sendable {
    /// A chunk as it was handed over, at least one byte. With 7 data bits they are seven-bit bytes.
    case bytes(LineDirection, [UInt8])
    /// From now on that end stands so.
    case settings(End, SerialSettings)
    /// A word of whoever recorded; one line, not empty.
    case note(String)
  }

  /// Since the trace's origin: when the bytes were given to the line, or had come from it.
  public var at: TimeSpan
  public var what: What

  public init(at: TimeSpan, _ what: What) {
    self.at = at
    if case .note(let text) = what { self.what = .note(Self.oneLine(text)) } else { self.what = what }
  }

  /// A text without line ends and other control characters, and without blanks at its ends.
  static func oneLine(_ text: String) -> String {
    let plain = String(text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : Character($0) })
    return String(plain.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
