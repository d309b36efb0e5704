// A constant factor of a meter in good or bad order: gain, gear train, transformer ratio. Factors multiply,
// in any order, exactly; the product is made a ratio of 64 bits once, at the edge of a block.

/// A product of exact factors.
struct Gain: Hashable, Sendable {
  private(set) var exact = Fraction(1)

  static let million: Int64 = 1_000_000
  private static let billion: Int128 = 1_000_000_000

  var isOne: Bool { exact == Fraction(1) }

  /// Multiplies by 1 + ppm / 10⁶.
  mutating func add(ppm: Int64) { multiply(Self.million + ppm, over: Self.million) }

  /// Multiplies by a ratio; `denominator` is above zero. A product that 128 bits cannot hold leaves out the
  /// factor's digits beyond the billionth first.
  mutating func multiply(_ numerator: Int64, over denominator: Int64) {
    guard let factor = try? Fraction(Int128(numerator), over: Int128(denominator)) else { return }
    if let product = try? exact * factor {
      exact = product
    } else if let short = try? Fraction(rounded(exact), over: Self.billion), let product = try? short * factor
    {
      exact = product
    }
  }

  /// The ratio in 64 bits: as it is where it fits, else rounded to the billionth.
  var ratio: (numerator: Int64, denominator: Int64) {
    if let numerator = Int64(exactly: exact.numerator), let denominator = Int64(exactly: exact.denominator) {
      return (numerator, denominator)
    }
    return (Int64(clamping: rounded(exact)), Int64(Self.billion))
  }

  private func rounded(_ one: Fraction) -> Int128 {
    let whole = one.floor
    let rest = one.numerator - whole * one.denominator
    // The rest is below the denominator; dividing both keeps the product within 128 bits.
    let shift = max(0, 94 - one.denominator.leadingZeroBitCount)
    return whole * Self.billion + (rest >> Int128(shift)) * Self.billion
      / max(one.denominator >> Int128(shift), 1)
  }
}
