// The clock inside a meter, by which it stamps its logs. It starts right and, by default, stays right: the
// ideal world is the default.

/// The clock of a make of meter.
public struct ClockFace: Hashable, Sendable {
  /// How much it gains in a billion: 5787 is half a second a day. −1 000 000…1 000 000 (1000 ppm).
  public var driftPartsPerBillion: Int64

  public init(driftPartsPerBillion: Int64 = 0) { self.driftPartsPerBillion = driftPartsPerBillion }
}
