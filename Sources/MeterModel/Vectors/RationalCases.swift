// Cases whose numbers no meter can live through, for they are finer than a mW or a ms, or longer than a life:
// the same sums in exact ratios. What a meter can live through is lived through (`VectorBench`,
// `RegisterVector`); the two agree, and a test holds them together.

internal import Units

/// A register under net steps, as a ratio of kWh.
struct RationalRegister {
  var imported: Fraction
  var exported = Fraction.zero

  init(start: Fraction) { imported = start }

  mutating func step(_ net: Fraction, _ flow: FlowMode) throws(FractionError) {
    switch flow {
    case .backwards: imported = try imported + net
    case .absolute: imported = try imported + net.magnitude
    case .bidirectional where net.numerator < 0: exported = try exported - net
    case .bidirectional, .importOnly, .backstop:
      if net.numerator > 0 { imported = try imported + net }
    }
  }
}

extension DisplayFace {
  /// The digits that a count in kWh shows: cut, wrapped, never rounded.
  func text(ofKilowattHours count: Fraction) throws(FractionError) -> String {
    let whole = try Fraction.powerOfTen(digits)
    let places = try Fraction.powerOfTen(decimals)
    let steps = String(try (count.modulo(whole) * Fraction(places)).floor)
    let padded = String(repeating: "0", count: max(digits + decimals - steps.count, 0)) + steps
    guard decimals > 0 else { return padded }
    return padded.dropLast(decimals) + "." + padded.suffix(decimals)
  }
}

/// Energies of a square wave, in Wh.
struct RationalNetting {
  private(set) var imported = Fraction.zero
  private(set) var exported = Fraction.zero
  private(set) var bucketImported = Fraction.zero
  private(set) var bucketExported = Fraction.zero
  private(set) var held = Fraction.zero
  private(set) var net = Fraction.zero

  /// Constant power in each half of `cycles` cycles; `halves` in Wh, a bucket of `quantum` Wh.
  init(halves: [Fraction], cycles: Int, quantum: Fraction) throws(FractionError) {
    let count = Fraction(Int128(cycles))
    for half in halves {
      let whole = try half * count
      if half.numerator > 0 { imported = try imported + whole } else { exported = try exported - whole }
      net = try net + whole
    }
    for _ in 0..<cycles {
      for half in halves {
        held = try held + half
        let quanta = try held.magnitude / quantum
        guard quanta.floor > 0 else { continue }
        let moved = try Fraction(quanta.floor) * quantum
        if held.numerator > 0 {
          (bucketImported, held) = (try bucketImported + moved, try held - moved)
        } else {
          (bucketExported, held) = (try bucketExported + moved, try held + moved)
        }
      }
    }
  }
}
