// An energy of a load point with what is not known of it, from what a meter showed.

internal import Units

/// An energy in Wh, exact, and how well it is known.
struct TestEnergy {
  let wattHours: ExactRatio
  /// What is cut off, in Wh: one step of the last digit, or a quantum; nothing where all is known.
  private let width: ExactRatio
  /// The variance is width² over this: 12 for one reading that is cut off, 6 for the difference of two.
  private let parts: Int128

  init(_ energy: MeterTestPoint.Energy, time: DecimalText?) throws(MeterTestError) {
    switch energy {
    case .registers(let start, let end):
      wattHours = try ExactRatio(end, timesTenTo: 3) - ExactRatio(start, timesTenTo: 3)
      (width, parts) = (try Self.lastDigit(min(start.decimals, end.decimals), timesTenTo: 3), 6)
    case .pulses(let count, let constant, let gated):
      let quantum = try ExactRatio(1000 * Int128(constant.denominator), over: Int128(constant.numerator))
      wattHours = try ExactRatio(Int128(count)) * quantum
      (width, parts) = (gated ? try ExactRatio(0) : quantum, 6)
    case .shown(let energy):
      wattHours = try ExactRatio(energy, timesTenTo: 3)
      (width, parts) = (try Self.lastDigit(energy.decimals, timesTenTo: 3), 12)
    case .power(let power):
      guard let time else { throw .noEnergy }
      let hours = try ExactRatio(time) / ExactRatio(3600)
      wattHours = try ExactRatio(power) * hours
      (width, parts) = (try Self.lastDigit(power.decimals, timesTenTo: 0) * hours, 12)
    }
  }

  /// In Wh to a thousandth.
  var text: DecimalText {
    get throws(MeterTestError) { DecimalText(mantissa: try wattHours.rounded(decimals: 3), decimals: 3) }
  }

  /// The variance relative to an energy, in whole (10⁻⁸)², rounded up.
  func variance(relativeTo whole: ExactRatio) throws(MeterTestError) -> Int128 {
    try Self.variance(width / whole, parts: parts)
  }

  private static func lastDigit(_ decimals: Int, timesTenTo power: Int) throws(MeterTestError) -> ExactRatio {
    try ExactRatio(DecimalText(mantissa: 1, decimals: decimals), timesTenTo: power)
  }

  /// width² / parts in (10⁻⁸)², rounded up. Widths are taken to ten decimals, rounded up: less than what the
  /// result shows.
  static func variance(_ width: ExactRatio, parts: Int128) throws(MeterTestError) -> Int128 {
    let steps = try width.roundedUp(decimals: 10)
    guard steps.magnitude < 1_000_000_000_000_000 else { throw .tooLarge }
    // (10⁻¹⁰)² is 10⁻⁴ of (10⁻⁸)².
    return (steps * steps + 10_000 * parts - 1) / (10_000 * parts)
  }
}
