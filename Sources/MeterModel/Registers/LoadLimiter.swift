// A load limit: more import than a threshold, for longer than a period, disables the supply; it is armed at
// once, and enabled again when a restoration period is over (GBCS 0-0:17.0.0, class 71 of IEC 62056-6-2;
// DUIS service 6.4.1, recalled). The customer's button closes it sooner.

public import Units

/// The limit as a supplier sets it; published example messages have 6900 W, 300 s and 30 s.
public struct LoadLimit: Hashable, Sendable {
  /// Import above which the limit counts.
  public var threshold: Power
  /// For how long it must be above before the switch opens.
  public var period: TimeSpan
  /// For how long the switch then stays open.
  public var restoration: TimeSpan

  public init(threshold: Power, period: TimeSpan = .seconds(300), restoration: TimeSpan = .seconds(30)) {
    (self.threshold, self.period, self.restoration) = (threshold, period, restoration)
  }
}

/// A limit at work.
struct LoadLimiter {
  let limit: LoadLimit
  /// Since when, in true ms, more has been drawn than the threshold.
  private var above: Int64?
  /// When it opened the switch; nil while it did not.
  private var opened: Int64?

  /// A limit in the place of another, or of none: a switch that the other opened is its own to close.
  init(_ limit: LoadLimit, after other: LoadLimiter? = nil) { (self.limit, opened) = (limit, other?.opened) }

  /// Whether the switch is open because of it.
  var hasOpened: Bool { opened != nil }

  /// What it does to the switch.
  enum Act { case opens, closes }

  /// The earliest time at which it may act; `now` is where its meter is.
  func edge(after now: Int64) -> Int64 {
    if let opened { return max(opened + limit.restoration.milliseconds, now + 1) }
    return max((above ?? now) + limit.period.milliseconds, now + 1)
  }

  /// Goes through a flow that ends no later than `edge`; what it then does.
  /// `isTwin`: two elements, of which one's export does not lessen the other's import.
  mutating func watch(
    _ segments: [FlowSegment], from start: Int64, _ signs: PhaseSigns, isTwin: Bool
  ) -> Act? {
    guard let end = segments.last?.endMilliseconds else { return nil }
    if let opened {
      guard end >= opened + limit.restoration.milliseconds else { return nil }
      self.opened = nil
      return .closes
    }
    var at = start
    for segment in segments where segment.endMilliseconds > at {
      let (one, two) = (segment.l1 * signs.l1, segment.l2 * signs.l2)
      let drawn = isTwin ? max(one, 0) + max(two, 0) : one + two + segment.l3 * signs.l3
      above = drawn > limit.threshold.milliwatts ? above ?? at : nil
      at = segment.endMilliseconds
    }
    guard let above, end - above >= limit.period.milliseconds else { return nil }
    (self.above, opened) = (nil, end)
    return .opens
  }

  /// The supply is gone: nothing is drawn. What it opened it still closes when there is one again.
  mutating func pause() { above = nil }

  /// Somebody else moved the switch: what it had in mind is forgotten.
  mutating func forget() { (above, opened) = (nil, nil) }
}

extension TimeSpan {
  fileprivate var milliseconds: Int64 { microseconds / 1000 }
}
