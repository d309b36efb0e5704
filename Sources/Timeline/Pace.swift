// The two drivers of a clock: as fast as possible for suites,
// in step with a wall clock for people and hardware.

public import Units

/// Holds a caller back until an instant of virtual time may begin.
public protocol Pace {
  /// Returns when `instant` may be lived. A free-running pace returns at once.
  func hold(until instant: Instant)
}

/// As fast as possible: only waiting moves time.
public struct FreeRunning: Pace, Sendable {
  public init() {}
  public func hold(until instant: Instant) {}
}

extension VirtualClock {
  /// As `run(until:)`, but each action waits for its turn by `pace`.
  public func run(until end: Instant, pace: some Pace) {
    while let at = nextDue, at <= end {
      pace.hold(until: at)
      runNext()
    }
    pace.hold(until: end)
    run(until: end)
  }
}
