// Numbers as people and programs write them: "-0.515", "5e-05", "800/3", "166 2/3".

extension Fraction {
  /// A decimal number, exact, with the place of its last printed digit.
  struct Decimal: Hashable {
    var value: Fraction
    /// Digits after the point; below zero for "1e3".
    var decimals: Int
  }

  /// Reads "15", "-0.5", ".5", "1.25e-3"; nil for anything else or for what 128 bits do not hold.
  static func decimal(_ text: some StringProtocol) -> Decimal? {
    let parts = text.lowercased().split(separator: "e", maxSplits: 1, omittingEmptySubsequences: false)
    var exponent = 0
    if parts.count == 2 {
      guard let given = Int(parts[1]), (-30...30).contains(given) else { return nil }
      exponent = given
    }
    let negative = parts[0].hasPrefix("-")
    let digits = parts[0].drop { $0 == "-" || $0 == "+" }
    guard parts[0].count - digits.count <= 1 else { return nil }
    let halves = digits.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let fraction = halves.count == 2 ? halves[1] : ""
    let all = halves[0] + fraction
    guard !all.isEmpty, all.allSatisfy({ $0.isASCII && $0.isNumber }), let count = Int128(all) else {
      return nil
    }
    let decimals = fraction.count - exponent
    guard let scale = try? Fraction.powerOfTen(abs(decimals)) else { return nil }
    let unsigned = decimals >= 0 ? try? Fraction(count, over: scale) : try? Fraction(count) * Fraction(scale)
    guard let unsigned else { return nil }
    return Decimal(value: negative ? -unsigned : unsigned, decimals: decimals)
  }

  /// Reads a decimal number, a vulgar fraction "800/3", or a whole number and a fraction "166 2/3".
  static func ratio(_ text: some StringProtocol) -> Fraction? {
    let words = text.split(separator: " ")
    guard let last = words.last, words.count <= 2 else { return nil }
    let halves = last.split(separator: "/", omittingEmptySubsequences: false)
    guard halves.count == 2 else { return words.count == 1 ? decimal(last)?.value : nil }
    guard let over = decimal(halves[0])?.value, let under = decimal(halves[1])?.value,
      let part = try? over / under
    else { return nil }
    guard words.count == 2 else { return part }
    guard let whole = decimal(words[0])?.value, whole.whole != nil, whole.numerator >= 0, part.numerator >= 0
    else { return nil }
    return try? whole + part
  }
}

extension DiscConstant {
  /// Reads what a nameplate says in rev/kWh: "187.5", "166 2/3", "800/3". Nil unless it is a number above
  /// zero that two whole numbers of 64 bits can say.
  public init?(parsing text: String) {
    guard let ratio = Fraction.ratio(text), ratio.numerator > 0, let over = Int64(exactly: ratio.numerator),
      let under = Int64(exactly: ratio.denominator)
    else { return nil }
    self.init(numerator: over, denominator: under)
  }

  var ratio: Fraction {
    get throws(FractionError) { try Fraction(Int128(numerator), over: Int128(denominator)) }
  }
}
