// The number on the front beside the LED, as an exact ratio: a disc's 166 2/3 rev/kWh is one too.

public import Units

/// Pulses for one kWh, a ratio of whole numbers above zero.
public struct PulseConstant: Hashable, Sendable {
  /// 1 kWh in mW·µs.
  static let kilowattHour: Int128 = 3_600_000_000_000_000

  public var numerator: Int64
  public var denominator: Int64

  public init(_ numerator: Int64, over denominator: Int64 = 1) {
    (self.numerator, self.denominator) = (numerator, denominator)
  }

  /// The constant power at which pulses follow each other so, cut to whole mW: 3.6 MJ / (C t).
  public func power(of period: TimeSpan) -> Power {
    let milliwatts =
      Self.kilowattHour * Int128(denominator) / (Int128(numerator) * Int128(period.microseconds))
    return Power(milliwatts: Int64(clamping: milliwatts))
  }
}
