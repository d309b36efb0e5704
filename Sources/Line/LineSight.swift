// What somebody who watches a line sees: whole runs of bytes with their instants, at either end. The journal
// is written from these; nothing is formatted and nothing is kept here.

public import Units

/// Which way bytes go.
public enum LineDirection: String, Hashable, Sendable, CaseIterable {
  /// From the reader to the far sides.
  case request
  /// From a far side to the reader.
  case answer
}

/// A run of bytes seen at one end of a line.
public struct LineSight: Hashable, Sendable {
  /// Where it was seen. What lies between the first two, or between the last two, is the line's doing.
  public enum Place: String, Hashable, Sendable, CaseIterable {
    /// Left the reader, as it wrote it; the instant is that of the first start bit.
    case requestSent
    /// Reached the far sides; the instant is that of the last byte.
    case requestHeard
    /// Left a far side, as it said it; the instant is that of the first start bit and may lie ahead.
    case answerSent
    /// Reached the reader's door, whether or not somebody waited; the instant is that of the last byte.
    case answerArrived
  }

  public var place: Place
  public var at: Instant
  public var bytes: [UInt8]

  public init(_ place: Place, at: Instant, bytes: [UInt8]) {
    (self.place, self.at, self.bytes) = (place, at, bytes)
  }
}
