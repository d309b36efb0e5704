// What a clock that drifts does to half-hours, in exact arithmetic. `MeterClock` is the same in whole µs.

/// A clock that gains `ppm` in a million.
struct DriftSum {
  var ppm: Fraction

  /// Seconds gained in a day: ppm × 0.0864.
  var secondsPerDay: Fraction { get throws(FractionError) { try offset(days: Fraction(1)) } }

  /// Seconds by which it is ahead after some days.
  func offset(days: Fraction) throws(FractionError) -> Fraction {
    try ppm * days * Fraction(86_400, over: 1_000_000)
  }

  /// kWh that fall into the wrong half-hour at a boundary where power steps: |offset| × |step|.
  func misallocated(days: Fraction, stepKilowatts: Fraction) throws(FractionError) -> Fraction {
    try offset(days: days).magnitude * stepKilowatts.magnitude / Fraction(3600)
  }
}
