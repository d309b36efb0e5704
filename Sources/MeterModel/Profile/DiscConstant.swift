// The constant on a disc meter's nameplate. GB nameplates write vulgar fractions (166 2/3): 166.67 instead
// would be wrong by 2 kWh in 100 000.

/// Revolutions of the disc for one kWh, as a ratio of whole numbers above zero.
public struct DiscConstant: Hashable, Sendable {
  public var numerator: Int64
  public var denominator: Int64

  public init(numerator: Int64, denominator: Int64 = 1) {
    (self.numerator, self.denominator) = (numerator, denominator)
  }
}
