// What a live meter's world takes for the time while the wall clock runs. The line itself always lives in
// wall time, since its other end is a real program; only the world behind the meter may run faster, or by
// hand.

public import Units

/// A mapping from wall time to the virtual time of a live meter's world.
public struct LiveClock: Sendable {
  public enum Rate: Hashable, Sendable {
    /// A second is a second.
    case real
    /// So many virtual seconds in a wall second (at least 1).
    case times(Int64)
    /// Only `advance` moves time.
    case manual

    /// Reads `real`, `manual` or `x60`.
    public init?(parsing text: some StringProtocol) {
      switch text {
      case "real": self = .real
      case "manual": self = .manual
      default:
        guard text.first == "x", let times = Int64(text.dropFirst()), times >= 1 else { return nil }
        self = .times(times)
      }
    }
  }

  public let rate: Rate
  private let wallStart: Instant
  private var start: Instant

  /// Virtual time is `start` when the wall shows `wall`.
  public init(_ rate: Rate, start: Instant, wall: Instant) {
    (self.rate, self.start, wallStart) = (rate, start, wall)
  }

  /// Virtual time at a wall instant; never before the start.
  public func virtual(at wall: Instant) -> Instant {
    let passed = max(wall - wallStart, TimeSpan(microseconds: 0))
    switch rate {
    case .real: return start + passed
    case .times(let times):
      let (product, overflow) = passed.microseconds.multipliedReportingOverflow(by: times)
      return overflow ? .distantFuture : start + TimeSpan(microseconds: product)
    case .manual: return start
    }
  }

  /// Moves virtual time forward by hand (any rate). False, and nothing happens, when `span` is negative.
  public mutating func advance(by span: TimeSpan) -> Bool {
    guard span.microseconds >= 0 else { return false }
    start = start + span
    return true
  }
}
