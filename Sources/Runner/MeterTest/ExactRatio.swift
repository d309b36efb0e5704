// Ratios of whole numbers for a meter test: readings, constants and shares of them, without rounding. Where
// 128 bits are too few the caller is told; a test never goes on with a number that it made up.

internal import Units

/// A ratio in lowest terms; the denominator is above zero.
struct ExactRatio: Hashable, Sendable {
  let numerator: Int128
  let denominator: Int128

  init(_ numerator: Int128, over denominator: Int128 = 1) throws(MeterTestError) {
    guard denominator > 0, numerator > -Int128.max else { throw .tooLarge }
    let divisor = Self.divisor(numerator, denominator)
    (self.numerator, self.denominator) = (numerator / divisor, denominator / divisor)
  }

  /// A decimal number times a power of ten.
  init(_ decimal: DecimalText, timesTenTo power: Int = 0) throws(MeterTestError) {
    let shift = power - decimal.decimals
    let factor = try Self.power(of: abs(shift))
    if shift < 0 {
      try self.init(decimal.mantissa, over: factor)
    } else {
      try self.init(Self.checked(decimal.mantissa.multipliedReportingOverflow(by: factor)))
    }
  }

  static func + (left: ExactRatio, right: ExactRatio) throws(MeterTestError) -> ExactRatio {
    let first = try checked(left.numerator.multipliedReportingOverflow(by: right.denominator))
    let second = try checked(right.numerator.multipliedReportingOverflow(by: left.denominator))
    return try ExactRatio(
      checked(first.addingReportingOverflow(second)),
      over: checked(left.denominator.multipliedReportingOverflow(by: right.denominator)))
  }

  static func - (left: ExactRatio, right: ExactRatio) throws(MeterTestError) -> ExactRatio {
    try left + ExactRatio(-right.numerator, over: right.denominator)
  }

  static func * (left: ExactRatio, right: ExactRatio) throws(MeterTestError) -> ExactRatio {
    let first = divisor(left.numerator, right.denominator)
    let second = divisor(right.numerator, left.denominator)
    return try ExactRatio(
      checked((left.numerator / first).multipliedReportingOverflow(by: right.numerator / second)),
      over: checked((left.denominator / second).multipliedReportingOverflow(by: right.denominator / first)))
  }

  static func / (left: ExactRatio, right: ExactRatio) throws(MeterTestError) -> ExactRatio {
    guard right.numerator != 0 else { throw .noEnergy }
    let sign: Int128 = right.numerator < 0 ? -1 : 1
    return try left * ExactRatio(sign * right.denominator, over: sign * right.numerator)
  }

  var isPositive: Bool { numerator > 0 }

  /// The whole number of `10^(−decimals)` that is nearest, half to even.
  func rounded(decimals: Int) throws(MeterTestError) -> Int128 {
    let scaled = try self * ExactRatio(Self.power(of: decimals))
    let whole = floorDivide(scaled.numerator, scaled.denominator)
    let rest = scaled.numerator - whole * scaled.denominator
    let half = rest - (scaled.denominator - rest)
    return half > 0 || (half == 0 && whole % 2 != 0) ? whole + 1 : whole
  }

  /// The smallest whole number of `10^(−decimals)` that is not below it.
  func roundedUp(decimals: Int) throws(MeterTestError) -> Int128 {
    let scaled = try self * ExactRatio(Self.power(of: decimals))
    return -floorDivide(-scaled.numerator, scaled.denominator)
  }

  static func power(of count: Int) throws(MeterTestError) -> Int128 {
    guard count <= 36 else { throw .tooLarge }
    return (0..<count).reduce(Int128(1)) { power, _ in power * 10 }
  }

  /// The smallest whole number whose square is not below a number.
  static func rootUp(_ number: Int128) -> Int128 {
    guard number > 0 else { return 0 }
    var (low, high) = (Int128(0), Int128(1) << 63)
    while low < high {
      let middle = (low + high) / 2
      if middle * middle >= number { high = middle } else { low = middle + 1 }
    }
    return low
  }

  private static func checked(_ result: (partialValue: Int128, overflow: Bool)) throws(MeterTestError)
    -> Int128
  {
    guard !result.overflow else { throw .tooLarge }
    return result.partialValue
  }

  private static func divisor(_ one: Int128, _ other: Int128) -> Int128 {
    var (a, b) = (one.magnitude, other.magnitude)
    while b != 0 { (a, b) = (b, a % b) }
    return max(Int128(a), 1)
  }
}

/// Why a load point cannot be worked out.
enum MeterTestError: Error, Hashable {
  /// More digits than 128 bits hold.
  case tooLarge
  /// A division by an energy, power or time of nothing.
  case noEnergy
}
