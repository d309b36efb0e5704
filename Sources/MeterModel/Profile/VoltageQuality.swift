// Whether a make of meter watches its voltage, by which limits at first, and how many averages it keeps.

public import Units

/// Voltage quality of a make of meter (SMETS2 5.x: average RMS voltage profile data log, thresholds and
/// counters; GBCS use case ECS23).
public struct VoltageQuality: Hashable, Sendable {
  /// As it leaves its maker; a distributor may write others.
  public var limits: VoltageLimits
  /// Averages kept of each phase: 4320, which are 90 days of half-hours.
  public var entries: Int

  public init(limits: VoltageLimits = VoltageLimits(), entries: Int = 4320) {
    (self.limits, self.entries) = (limits, entries)
  }
}
