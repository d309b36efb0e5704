// The network's voltage at a boundary, and the limits by which a meter watches it. Both cross borders: a site
// has the one, its meters measure it; a distributor sends the other over the WAN, a meter keeps it.

/// The voltage at a boundary for a while: to neutral, alike on all phases.
public struct VoltageSegment: Hashable, Sendable {
  /// End of the segment in ms since 1970 (exclusive); its start is the end of the one before.
  public var endMilliseconds: Int64
  /// RMS, 0…600 000.
  public var millivolts: Int64

  public init(endMilliseconds: Int64, millivolts: Int64) {
    (self.endMilliseconds, self.millivolts) = (endMilliseconds, millivolts)
  }

  /// Nominal voltage in Great Britain, to neutral (BS EN 50160).
  public static let nominalMillivolts: Int64 = 230_000
}

/// By what a SMETS2 meter judges its voltage (GBCS objects 1-0:32.31.0.4, 1-0:32.35.0.4 and 0-0:17.0.1 to
/// 17.0.4; written by DUIS service 6.5, recalled). Usual values are those of published example messages.
public struct VoltageLimits: Hashable, Sendable {
  /// A threshold that counts once the voltage has been beyond it for a while, and is over once it has been
  /// back for as long.
  public struct Threshold: Hashable, Sendable {
    /// mV.
    public var millivolts: Int64
    public var period: TimeSpan

    public init(_ millivolts: Int64, for period: TimeSpan = .seconds(30)) {
      (self.millivolts, self.period) = (millivolts, period)
    }
  }

  /// Each average is taken over this, on a UTC grid by the meter's own clock: 1 s to a day.
  public var averagePeriod = TimeSpan.minutes(30)
  /// mV; an average above, or below, is counted.
  public var averageOver: Int64 = 264_000
  public var averageUnder: Int64 = 200_000
  public var extremeOver = Threshold(287_000)
  public var extremeUnder = Threshold(180_000)
  public var swell = Threshold(253_000)
  public var sag = Threshold(216_000)

  public init() {}
}
