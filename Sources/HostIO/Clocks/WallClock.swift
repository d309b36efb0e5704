// The wall clock of people and hardware, as instants. It is anchored once to the time of day and then follows
// CLOCK_MONOTONIC: a step of the system's clock (NTP, an operator) never moves a live line back or forth.

internal import CHost
public import Units

/// Wall time since one anchor; never goes back.
public struct WallClock: Sendable {
  private let realAnchor: Int64
  private let monotonicAnchor: Int64

  /// Anchors the clock to the system's time of day.
  public init() {
    realAnchor = chost_realtime()
    monotonicAnchor = chost_monotonic()
  }

  public var now: Instant {
    Instant(microseconds: (realAnchor + chost_monotonic() - monotonicAnchor) / 1000)
  }

  /// The nanoseconds of CLOCK_MONOTONIC at an instant; the far future stays in range.
  func monotonic(of instant: Instant) -> Int64 {
    let limit = Int64.max / 2000
    let nanoseconds = min(max(instant.microseconds, -limit), limit) * 1000
    return monotonicAnchor + (nanoseconds - realAnchor)
  }

  /// Sleeps until an instant; returns at once when it has passed.
  public func sleep(until instant: Instant) { chost_sleep_until(monotonic(of: instant)) }
}
