// The clock inside a meter, by which it stamps its logs. It starts right and, by default, stays right: the
// ideal world is the default.

public import Units

/// The clock of a make of meter.
public struct ClockFace: Hashable, Sendable {
  /// How much it gains in a billion: 5787 is half a second a day. −1 000 000…1 000 000 (1000 ppm).
  public var driftPartsPerBillion: Int64

  /// How long the clock goes on without supply: about 48 h on a super-capacitor. Nil: as long as it takes, on
  /// a lithium cell.
  public var backup: TimeSpan?

  public init(driftPartsPerBillion: Int64 = 0, backup: TimeSpan? = nil) {
    (self.driftPartsPerBillion, self.backup) = (driftPartsPerBillion, backup)
  }
}
