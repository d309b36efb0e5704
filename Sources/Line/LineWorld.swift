// What a line asks of the world it lies in. Time is the world's: a line puts actions down, and a reader that
// waits lets the world run.

public import Timeline
public import Units

/// The time of one world, and its agenda. A line holds its world unowned: the world must outlive it.
public protocol LineWorld: AnyObject {
  var now: Instant { get }
  /// Runs everything due up to and including an instant, and leaves the time there.
  func run(until instant: Instant)
  /// Puts an action down. What is due at one instant runs in the order in which it was put down.
  func schedule(at instant: Instant, _ action: @escaping () -> Void)
}

/// A world that is a clock and nothing else: for tests, benches and a desk without a story.
public final class ClockWorld: LineWorld {
  public let clock: VirtualClock

  public init(_ clock: VirtualClock) { self.clock = clock }

  public convenience init(at start: Instant) { self.init(VirtualClock(at: start)) }

  public var now: Instant { clock.now }

  public func run(until instant: Instant) { clock.run(until: instant) }

  public func schedule(at instant: Instant, _ action: @escaping () -> Void) {
    clock.schedule(at: instant, action)
  }
}
