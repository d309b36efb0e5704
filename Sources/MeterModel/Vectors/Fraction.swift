// Exact ratios of whole numbers, for what whole Wh and ms cannot say: a disc constant of 166 2/3, 5.787037
// ppm of drift, an error of 1.5 %. Each operation says when 128 bits are too few; none is rounded.

/// Why a ratio cannot be had.
enum FractionError: Error, Hashable {
  case tooLarge
  case divisionByZero
}

/// A ratio in lowest terms; the denominator is above zero.
struct Fraction: Hashable, Sendable {
  let numerator: Int128
  let denominator: Int128

  init(_ whole: Int128) { (numerator, denominator) = (whole, 1) }

  init(_ numerator: Int128, over denominator: Int128) throws(FractionError) {
    guard denominator != 0 else { throw .divisionByZero }
    guard numerator != .min, denominator != .min else { throw .tooLarge }
    let divisor = Self.greatestCommonDivisor(numerator, denominator)
    let sign: Int128 = denominator < 0 ? -1 : 1
    self.numerator = numerator / divisor * sign
    self.denominator = denominator / divisor * sign
  }

  static let zero = Fraction(0)

  static func + (left: Fraction, right: Fraction) throws(FractionError) -> Fraction {
    let divisor = greatestCommonDivisor(left.denominator, right.denominator)
    let scale = right.denominator / divisor
    let first = try checked(left.numerator.multipliedReportingOverflow(by: scale))
    let second = try checked(right.numerator.multipliedReportingOverflow(by: left.denominator / divisor))
    return try Fraction(
      checked(first.addingReportingOverflow(second)),
      over: checked(left.denominator.multipliedReportingOverflow(by: scale)))
  }

  static func - (left: Fraction, right: Fraction) throws(FractionError) -> Fraction { try left + -right }

  static prefix func - (one: Fraction) -> Fraction {
    Fraction(reduced: -one.numerator, over: one.denominator)
  }

  static func * (left: Fraction, right: Fraction) throws(FractionError) -> Fraction {
    let first = greatestCommonDivisor(left.numerator, right.denominator)
    let second = greatestCommonDivisor(right.numerator, left.denominator)
    return Fraction(
      reduced: try checked(
        (left.numerator / first).multipliedReportingOverflow(by: right.numerator / second)),
      over: try checked(
        (left.denominator / second).multipliedReportingOverflow(by: right.denominator / first)))
  }

  static func / (left: Fraction, right: Fraction) throws(FractionError) -> Fraction {
    try left * Fraction(right.denominator, over: right.numerator)
  }

  var magnitude: Fraction { numerator < 0 ? -self : self }

  /// The whole number at or below.
  var floor: Int128 {
    let quotient = numerator / denominator
    return numerator % denominator < 0 ? quotient - 1 : quotient
  }

  /// What is left over a whole multiple of `by`, in 0 ..< `by`.
  func modulo(_ by: Int128) throws(FractionError) -> Fraction {
    let divisor = Fraction(by)
    return try self - Fraction(try (self / divisor).floor) * divisor
  }

  /// The ratio as a whole number; nil if it is none.
  var whole: Int128? { denominator == 1 ? numerator : nil }

  /// Whether the ratio, in units of 10^−decimals, lies within half a unit of `other`: both neighbours of a
  /// tie do.
  func prints(as other: Fraction, decimals: Int) throws(FractionError) -> Bool {
    let distance = try (self - other).magnitude
    let scaled = try distance * Fraction(Self.powerOfTen(decimals))
    return scaled.numerator <= scaled.denominator - scaled.numerator
  }

  /// In decimal, rounded to nearest, a tie away from zero: "-0.515000".
  func printed(decimals: Int) throws(FractionError) -> String {
    let scaled = try magnitude * Fraction(Self.powerOfTen(decimals))
    let rounded = try (scaled + Fraction(1, over: 2)).floor
    var digits = String(rounded)
    let sign = numerator < 0 && rounded != 0 ? "-" : ""
    guard decimals > 0 else { return sign + digits }
    digits = String(repeating: "0", count: max(decimals + 1 - digits.count, 0)) + digits
    return sign + digits.dropLast(decimals) + "." + digits.suffix(decimals)
  }

  static func powerOfTen(_ exponent: Int) throws(FractionError) -> Int128 {
    guard (0...37).contains(exponent) else { throw .tooLarge }
    return (0..<exponent).reduce(1) { power, _ in power * 10 }
  }

  private init(reduced numerator: Int128, over denominator: Int128) {
    (self.numerator, self.denominator) = (numerator, denominator)
  }

  private static func checked(_ result: (partialValue: Int128, overflow: Bool)) throws(FractionError)
    -> Int128
  {
    guard !result.overflow, result.partialValue != .min else { throw .tooLarge }
    return result.partialValue
  }

  static func greatestCommonDivisor(_ left: Int128, _ right: Int128) -> Int128 {
    var (left, right) = (abs(left), abs(right))
    while right != 0 { (left, right) = (right, left % right) }
    return max(left, 1)
  }

  /// The least number that both divide; both above zero.
  static func leastCommonMultiple(_ left: Int128, _ right: Int128) throws(FractionError) -> Int128 {
    try checked((left / greatestCommonDivisor(left, right)).multipliedReportingOverflow(by: right))
  }
}
