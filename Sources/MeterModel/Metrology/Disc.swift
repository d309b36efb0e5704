// A Ferraris disc in exact arithmetic: how far it turns for a power held for a time, and what its register
// gains.

/// A disc under a constant power.
struct Disc {
  /// rev/kWh, above zero.
  var constant: Fraction
  /// The meter's error as a share: 0.015 registers 1.5 % too much.
  var error: Fraction

  /// Energy of one revolution: 1000 / C.
  var wattHoursPerRevolution: Fraction {
    get throws(FractionError) { try Fraction(1000) / constant }
  }

  /// What the register gains in kWh, with the sign of the power: P t (1 + e).
  func advance(watts: Fraction, seconds: Fraction) throws(FractionError) -> Fraction {
    try watts * seconds / Fraction(3_600_000) * (Fraction(1) + error)
  }

  /// Revolutions, backwards below zero.
  func revolutions(watts: Fraction, seconds: Fraction) throws(FractionError) -> Fraction {
    try advance(watts: watts, seconds: seconds) * constant
  }

  /// Seconds of one revolution either way: 3 600 000 / (C |P| (1 + e)); nil while the disc stands.
  func secondsPerRevolution(watts: Fraction) throws(FractionError) -> Fraction? {
    guard watts.numerator != 0 else { return nil }
    return try Fraction(3_600_000) / (constant * watts.magnitude * (Fraction(1) + error))
  }
}
