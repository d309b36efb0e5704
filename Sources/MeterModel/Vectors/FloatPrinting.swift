// Vectors are mostly written by programs that hold their numbers as binary floating point: the exact answer
// is rounded to 53 bits (IEEE 754 binary64, half to even), and that is printed, correctly rounded, to some
// places. With many digits before the point the last place printed is then not that of the exact number. This
// finds what such a program prints, in whole numbers alone.

extension Fraction {
  private static let significantBits = 53
  private static let mostFractionBits = 120

  /// What a correctly rounding program prints that holds the ratio as a binary64 float. Nil where more digits
  /// are asked for than 128 bits can work out, or the number is beyond them.
  func printedAsFloat(decimals: Int) -> String? {
    guard (0...12).contains(decimals), let scale = try? Self.powerOfTen(decimals) else { return nil }
    let under = denominator.magnitude
    let (whole, rest) = numerator.magnitude.quotientAndRemainder(dividingBy: under)
    guard let (mantissa, bits) = Self.rounded(whole, rest, under) else { return nil }
    let (product, isTooLarge) = mantissa.multipliedReportingOverflow(by: UInt128(scale.magnitude))
    guard !isTooLarge else { return nil }
    var (digits, left) = (product >> UInt128(bits), product & ((UInt128(1) << UInt128(bits)) - 1))
    let half = bits == 0 ? 0 : UInt128(1) << UInt128(bits - 1)
    if bits > 0, left > half || (left == half && digits % 2 == 1) { digits += 1 }
    left = 0
    var text = String(digits)
    text = String(repeating: "0", count: max(decimals + 1 - text.count, 0)) + text
    let sign = numerator < 0 ? "-" : ""
    return decimals == 0 ? sign + text : sign + text.dropLast(decimals) + "." + text.suffix(decimals)
  }

  /// `whole` + `rest` / `under` as mantissa / 2^bits, the mantissa of 53 bits, half to even.
  private static func rounded(_ whole: UInt128, _ rest: UInt128, _ under: UInt128) -> (UInt128, Int)? {
    let length = UInt128.bitWidth - whole.leadingZeroBitCount
    if length > significantBits {
      let extra = UInt128(length - significantBits)
      let left = whole & ((UInt128(1) << extra) - 1)
      let half = UInt128(1) << (extra - 1)
      var mantissa = whole >> extra
      if left > half || (left == half && (rest > 0 || mantissa % 2 == 1)) { mantissa += 1 }
      guard mantissa.leadingZeroBitCount > Int(extra) else { return nil }
      return (mantissa << extra, 0)
    }
    var (mantissa, rest, bits) = (whole, rest, 0)
    while UInt128.bitWidth - mantissa.leadingZeroBitCount < significantBits, bits < mostFractionBits {
      rest *= 2
      mantissa = mantissa * 2 + (rest >= under ? 1 : 0)
      if rest >= under { rest -= under }
      bits += 1
    }
    let twice = rest * 2
    if twice > under || (twice == under && mantissa % 2 == 1) { mantissa += 1 }
    return (mantissa, bits)
  }
}
