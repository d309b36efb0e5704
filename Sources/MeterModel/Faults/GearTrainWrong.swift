// ME-19. The register of a disc meter is geared for one disc constant. A train of 266 2/3 rev/kWh in a case
// of 166 2/3 counts 0.625 of the energy; the other way round 1.6. The disc turns as it should, so a stopwatch
// at the disc finds nothing.

internal import Units

/// The register counts by a ratio of gears.
struct GearTrainWrong: MeterFault {
  static let declaration = FaultDeclaration(
    id: "ME-19", title: "Wrong gear train for the disc constant", layer: .measurement,
    symptoms: "the register is a constant factor off while the disc is right",
    parameters: [
      .init(
        name: "factor", meaning: "what the register counts of the energy",
        kind: .choice(["0.625", "0.75", "1.333", "1.6"], default: "0.625"))
    ],
    caughtBy: ["R-VAL-13"], detectors: [.unit, .drift],
    leaves: .miscounted)
  static let kinds: [Profile.Kind] = [.analogue]

  /// 166 2/3 over 266 2/3, 3/4, 4/3, and 266 2/3 over 166 2/3.
  private static let ratios: [String: (Int64, Int64)] = [
    "0.625": (5, 8), "0.75": (3, 4), "1.333": (4, 3), "1.6": (8, 5),
  ]

  private let ratio: (numerator: Int64, denominator: Int64)

  init(_ values: FaultValues) { ratio = Self.ratios[values.choice("factor")] ?? (1, 1) }

  func bend(_ measuring: inout Measuring) {
    measuring.element.gain.multiply(ratio.numerator, over: ratio.denominator)
  }
}
