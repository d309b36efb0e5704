// An energy of a load point with its relative variance, from what a meter showed.

internal import Units

/// An energy in Wh, exact, and how well it is known.
struct TestEnergy {
  let wattHours: ExactRatio
  /// The relative variance in whole (10⁻⁸)², rounded up.
  let variance: Int128

  init(_ energy: MeterTestPoint.Energy, time: DecimalText?) throws(MeterTestError) {
    switch energy {
    case .registers(let start, let end):
      wattHours = try ExactRatio(end, timesTenTo: 3) - ExactRatio(start, timesTenTo: 3)
      // Each reading is cut off: two rectangles of the coarser last digit, r²/6 together.
      let digit = try Self.lastDigit(min(start.decimals, end.decimals), kilo: true)
      variance = try Self.relative(digit, to: wattHours, parts: 6)
    case .pulses(let count, let constant, let gated):
      let quantum = try ExactRatio(1000 * Int128(constant.denominator), over: Int128(constant.numerator))
      wattHours = try ExactRatio(Int128(count)) * quantum
      variance = gated ? 0 : try Self.relative(quantum, to: wattHours, parts: 6)
    case .shown(let energy):
      wattHours = try ExactRatio(energy, timesTenTo: 3)
      variance = try Self.relative(Self.lastDigit(energy.decimals, kilo: true), to: wattHours, parts: 12)
    case .power(let power):
      guard let time else { throw .noEnergy }
      let watts = try ExactRatio(power)
      wattHours = try watts * ExactRatio(time) / ExactRatio(3600)
      variance = try Self.relative(Self.lastDigit(power.decimals, kilo: false), to: watts, parts: 12)
    }
  }

  /// In Wh to a thousandth.
  var text: DecimalText {
    get throws(MeterTestError) { DecimalText(mantissa: try wattHours.rounded(decimals: 3), decimals: 3) }
  }

  /// What one step of the last digit is: of kWh in Wh, or of W.
  private static func lastDigit(_ decimals: Int, kilo: Bool) throws(MeterTestError) -> ExactRatio {
    try ExactRatio(DecimalText(mantissa: 1, decimals: decimals), timesTenTo: kilo ? 3 : 0)
  }

  private static func relative(_ width: ExactRatio, to whole: ExactRatio, parts: Int128)
    throws(MeterTestError)
    -> Int128
  {
    try variance(width / whole, parts: parts)
  }

  /// width² / parts in (10⁻⁸)², rounded up. Widths are taken to ten decimals, rounded up: less than what
  /// the result shows.
  static func variance(_ width: ExactRatio, parts: Int128) throws(MeterTestError) -> Int128 {
    let magnitude = width.isPositive ? width : try ExactRatio(-width.numerator, over: width.denominator)
    let steps = try magnitude.roundedUp(decimals: 10)
    guard steps < 1_000_000_000_000_000 else { throw .tooLarge }
    // (10⁻¹⁰)² is 10⁻⁴ of (10⁻⁸)².
    return (steps * steps + 10_000 * parts - 1) / (10_000 * parts)
  }
}
