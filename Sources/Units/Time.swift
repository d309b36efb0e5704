// Instants and lengths of time are different types, so that they cannot be mixed up. Both are whole
// microseconds: characters on a line need them; a flow has its edges on whole milliseconds.

/// A point in time, in whole microseconds since 1970-01-01T00:00:00Z. Always UTC.
public struct Instant: Hashable, Comparable, Sendable {
  public var microseconds: Int64

  public init(microseconds: Int64) { self.microseconds = microseconds }
  public init(seconds: Int64) { microseconds = seconds * 1_000_000 }
  public init(milliseconds: Int64) { microseconds = milliseconds * 1000 }

  /// Whole milliseconds since the epoch, cut towards the past.
  public var milliseconds: Int64 { floorDivide(microseconds, 1000) }
  /// Whole seconds since the epoch, cut towards the past.
  public var seconds: Int64 { floorDivide(microseconds, 1_000_000) }

  public static let epoch = Instant(microseconds: 0)
  public static let distantFuture = Instant(microseconds: Int64.max)

  public static func < (left: Instant, right: Instant) -> Bool { left.microseconds < right.microseconds }
  public static func + (at: Instant, span: TimeSpan) -> Instant {
    Instant(microseconds: at.microseconds + span.microseconds)
  }
  public static func - (at: Instant, span: TimeSpan) -> Instant {
    Instant(microseconds: at.microseconds - span.microseconds)
  }
  public static func - (later: Instant, earlier: Instant) -> TimeSpan {
    TimeSpan(microseconds: later.microseconds - earlier.microseconds)
  }
}

/// A length of time in whole microseconds, positive or negative.
public struct TimeSpan: Hashable, Sendable {
  public var microseconds: Int64

  public init(microseconds: Int64) { self.microseconds = microseconds }

  public static func milliseconds(_ count: Int64) -> TimeSpan { TimeSpan(microseconds: count * 1000) }
  public static func seconds(_ count: Int64) -> TimeSpan { TimeSpan(microseconds: count * 1_000_000) }
  public static func minutes(_ count: Int64) -> TimeSpan { .seconds(count * 60) }
  public static func hours(_ count: Int64) -> TimeSpan { .seconds(count * 3600) }
  /// A day of exactly 24 h; a settlement day may have 23 or 25 (`CivilDate.settlementPeriods`).
  public static func days(_ count: Int64) -> TimeSpan { .hours(count * 24) }
}

extension TimeSpan: WholeQuantity {
  public var raw: Int64 {
    get { microseconds }
    set { microseconds = newValue }
  }
  public init(raw: Int64) { microseconds = raw }
}

/// A half-hour of UTC, named by its number since 1970-01-01T00:00Z. Local wall time is never a key (R-SP-05).
public struct HalfHour: Hashable, Comparable, Sendable {
  public static let length = TimeSpan.minutes(30)

  public var index: Int32

  public init(index: Int32) { self.index = index }

  /// The half-hour that contains an instant; a boundary belongs to the half-hour it starts.
  public init(containing at: Instant) {
    index = Int32(floorDivide(at.microseconds, Self.length.microseconds))
  }

  public var start: Instant { Instant(microseconds: Int64(index) * Self.length.microseconds) }
  public var end: Instant { start + Self.length }
  public var next: HalfHour { HalfHour(index: index + 1) }
  public var previous: HalfHour { HalfHour(index: index - 1) }

  public static func < (left: HalfHour, right: HalfHour) -> Bool { left.index < right.index }

  public func advanced(by count: Int) -> HalfHour { HalfHour(index: index + Int32(count)) }
  public func distance(to other: HalfHour) -> Int { Int(other.index) - Int(index) }
}
