// Shapes whose answers are one formula: disc, dials, clock.

/// A disc under a constant power.
enum DiscVector: VectorKind {
  static let shape = VectorCheck.Shape.disc
  static let columns = [
    "disc_constant_rev_per_kwh", "power_w", "error_percent", "duration_s", "wh_per_rev", "seconds_per_rev",
    "revolutions", "register_advance_kwh",
  ]

  static func answers(_ row: VectorRow) throws(VectorError) -> [VectorAnswer] {
    let constant = try row.ratio("disc_constant_rev_per_kwh")
    guard constant.numerator > 0 else {
      throw row.outOfRange("disc_constant_rev_per_kwh", "a disc constant is above zero")
    }
    let (watts, percent) = (try row.number("power_w"), try row.number("error_percent"))
    let seconds = try row.notNegative("duration_s")
    return try row.exactly { () throws(FractionError) in
      let disc = Disc(constant: constant, error: try percent / Fraction(100))
      let turn = try disc.secondsPerRevolution(watts: watts)
      return [
        VectorAnswer("wh_per_rev", try disc.wattHoursPerRevolution),
        VectorAnswer("seconds_per_rev", turn.map { .number($0) } ?? .none),
        VectorAnswer("revolutions", try disc.revolutions(watts: watts, seconds: seconds)),
        VectorAnswer("register_advance_kwh", try disc.advance(watts: watts, seconds: seconds)),
      ]
    }
  }
}

/// Pointer dials and their misreadings.
enum DialsVector: VectorKind {
  static let shape = VectorCheck.Shape.dials
  private static let pointers = ["pos_10000", "pos_1000", "pos_100", "pos_10", "pos_1"]
  static let columns =
    ["energy_kwh"] + pointers + [
      "pos_tenth", "correct_reading", "nearest_digit_misread", "mirror_odd_dials_misread",
      "with_tenth_dial_misread",
    ]

  static func answers(_ row: VectorRow) throws(VectorError) -> [VectorAnswer] {
    let energy = try row.number("energy_kwh")
    return try row.exactly { () throws(FractionError) in
      let dials = try PointerDials(kilowattHours: energy)
      return zip(pointers, dials.positions).map { VectorAnswer($0, $1) } + [
        VectorAnswer("pos_tenth", dials.tenth),
        VectorAnswer("correct_reading", .text(dials.correct)),
        VectorAnswer("nearest_digit_misread", .text(try dials.nearestDigit)),
        VectorAnswer("mirror_odd_dials_misread", .text(try dials.oddDialsMirrored)),
        VectorAnswer("with_tenth_dial_misread", .text(dials.withTenth)),
      ]
    }
  }
}

/// A clock that drifts.
enum ClockVector: VectorKind {
  static let shape = VectorCheck.Shape.clock
  static let columns = [
    "drift_ppm", "seconds_per_day", "days", "offset_s", "step_from_kw", "step_to_kw",
    "misallocated_kwh_at_one_boundary",
  ]

  static func answers(_ row: VectorRow) throws(VectorError) -> [VectorAnswer] {
    let (ppm, days) = (try row.number("drift_ppm"), try row.number("days"))
    let (from, to) = (try row.number("step_from_kw"), try row.number("step_to_kw"))
    return try row.exactly { () throws(FractionError) in
      let drift = DriftSum(ppm: ppm)
      return [
        VectorAnswer("seconds_per_day", try drift.secondsPerDay),
        VectorAnswer("offset_s", try drift.offset(days: days)),
        VectorAnswer(
          "misallocated_kwh_at_one_boundary",
          try drift.misallocated(days: days, stepKilowatts: to - from)),
      ]
    }
  }
}
