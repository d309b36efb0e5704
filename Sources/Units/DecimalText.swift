// Decimal numbers as people write them, kept exactly: a whole mantissa and how many of its digits are
// decimals.

/// An exact decimal number: `mantissa × 10^(−decimals)`.
public struct DecimalText: Hashable, Sendable {
  public var mantissa: Int128
  /// Digits after the point; negative only for a number written with a positive exponent.
  public var decimals: Int

  /// More digits than any quantity here has; 36 fit in 128 bits with room for scaling up by a hundred.
  static let mostDigits = 36
  /// The widest exponent accepted ("0E-20" is seen in real export files).
  static let widestExponent = 40

  public init(mantissa: Int128, decimals: Int) { (self.mantissa, self.decimals) = (mantissa, decimals) }

  /// Parses "12.30", "-4", "0.000001"; with `exponent` also "0E-20" and "1.5e3".
  /// A digit must stand on both sides of the point; no thousands separators.
  public init(parsing text: some StringProtocol, exponent: Bool = false) throws(UnitsError) {
    var scanner = TextScanner(text)
    self = try DecimalText(&scanner)
    if exponent, scanner.take("E") || scanner.take("e") {
      let start = scanner.at
      let power = try DecimalText(&scanner)
      guard power.decimals == 0, abs(power.mantissa) <= Int128(Self.widestExponent) else {
        throw scanner.failure(start..<scanner.at, "an exponent is a whole number of at most ±40")
      }
      decimals -= Int(power.mantissa)
    }
    try scanner.expectEnd("a number ends here; digits and one point are all it may hold")
  }

  /// Reads a number and leaves the scanner behind it.
  init(_ scanner: inout TextScanner) throws(UnitsError) {
    let start = scanner.at
    let negative = scanner.take("-")
    if !negative { _ = scanner.take("+") }
    guard let first = scanner.digit() else {
      throw scanner.failure(scanner.at..<scanner.at + 1, "a digit is wanted here")
    }
    var value = Int128(first)
    var count = first == 0 ? 0 : 1
    var decimals = 0
    func append(_ digit: UInt8) {
      value = count < Self.mostDigits ? value * 10 + Int128(digit) : value
      count += value == 0 ? 0 : 1
    }
    while let digit = scanner.digit() { append(digit) }
    if scanner.take(".") {
      guard let first = scanner.digit() else {
        throw scanner.failure(scanner.at..<scanner.at + 1, "a digit is wanted after the point")
      }
      append(first)
      decimals = 1
      while let digit = scanner.digit() {
        append(digit)
        decimals += 1
      }
    }
    if scanner.next == UInt8(ascii: ",") {
      throw scanner.failure(
        scanner.at..<scanner.at + 1, "no commas in numbers: write 1234.5, with a point before the decimals")
    }
    guard count <= Self.mostDigits else {
      throw scanner.failure(start..<scanner.at, "more than \(Self.mostDigits) digits")
    }
    (mantissa, self.decimals) = (negative ? -value : value, decimals)
  }

  /// The number times `10^power`, if that is a whole number that 128 bits hold.
  public func whole(timesTenTo power: Int) -> Int128? {
    guard mantissa != 0 else { return 0 }
    let steps = power - decimals
    guard abs(steps) <= Self.mostDigits + 2 else { return nil }
    guard let factor = Self.power(of: abs(steps)) else { return nil }
    if steps < 0 { return mantissa % factor == 0 ? mantissa / factor : nil }
    let (product, overflow) = mantissa.multipliedReportingOverflow(by: factor)
    return overflow ? nil : product
  }

  private static func power(of count: Int) -> Int128? {
    var factor: Int128 = 1
    for _ in 0..<count {
      let (next, overflow) = factor.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      factor = next
    }
    return factor
  }

  /// A whole number of `10^(−decimals)` as decimal text, without needless zeros but with at least `keep`
  /// decimals.
  static func print(_ value: Int128, decimals: Int, keep: Int = 0) -> String {
    let digits = String(value.magnitude)
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    var fraction = padded.suffix(decimals)
    while fraction.count > keep, fraction.last == "0" { fraction.removeLast() }
    let whole = (value < 0 ? "-" : "") + padded.dropLast(decimals)
    return fraction.isEmpty ? whole : "\(whole).\(fraction)"
  }
}

extension DecimalText: CustomStringConvertible {
  /// As written, without an exponent.
  public var description: String {
    guard decimals < 0 else { return Self.print(mantissa, decimals: decimals, keep: decimals) }
    return String(mantissa) + String(repeating: "0", count: mantissa == 0 ? 0 : -decimals)
  }
}

/// The units in which a quantity may be written, each with its power of ten over the smallest unit kept.
struct UnitTable: Sendable {
  /// What the quantity is, for errors: "energy".
  let what: String
  /// "kWh" → 3, where the value is kept in Wh.
  let units: [(symbol: String, power: Int)]
  /// Symbols that look right and are not, each with the reason and, where a rule says so, its reason code.
  var traps: [(symbol: String, message: String, code: String?)] = []
  /// The smallest step, for errors: "whole Wh".
  let step: String

  /// Reads "number unit" to the end of the text.
  func parse(_ scanner: inout TextScanner) throws(UnitsError) -> Int128 {
    let start = scanner.at
    let number = try DecimalText(&scanner)
    let numberEnd = scanner.at
    scanner.skipBlanks()
    let power = try power(&scanner)
    return try value(number, power: power, in: scanner, at: start..<numberEnd)
  }

  /// The power of ten of the unit that stands at the cursor and ends the text.
  func power(_ scanner: inout TextScanner) throws(UnitsError) -> Int {
    let symbol = scanner.rest
    if let unit = units.first(where: { $0.symbol == symbol }) { return unit.power }
    let choices = units.map(\.symbol).joined(separator: ", ")
    if symbol.isEmpty {
      throw scanner.failure(from: scanner.at, "a unit of \(what) is wanted here: \(choices)")
    }
    if let trap = traps.first(where: { $0.symbol == symbol }) {
      throw scanner.failure(from: scanner.at, trap.message, code: trap.code)
    }
    throw scanner.failure(from: scanner.at, "'\(symbol)' is no unit of \(what); write one of: \(choices)")
  }

  func value(
    _ number: DecimalText, power: Int, in scanner: TextScanner, at part: Range<Int>
  ) throws(UnitsError) -> Int128 {
    if let value = number.whole(timesTenTo: power) { return value }
    let isFine = number.decimals > power
    throw scanner.failure(part, isFine ? "finer than \(step), which is the smallest step kept" : "too large")
  }
}
