// ME-01. A meter whose constant is off: an adjuster that moved, a shunt that aged, a calibration that went
// wrong. What it counts is a constant share too much or too little; the law allows +2.5 % and −3.5 % in
// service (Electricity Act 1989, Schedule 7).

internal import Units

/// All energy counted by a constant factor.
struct GainError: MeterFault {
  static let declaration = FaultDeclaration(
    id: "ME-01", title: "Gain error", layer: .measurement,
    symptoms: "all registers and half-hours are a constant share too high or too low",
    parameters: [
      .init(
        name: "error", meaning: "the share, in millionths: 30000 counts 3 % too much",
        kind: .whole(unit: "ppm", range: -100_000...100_000, default: 30_000))
    ],
    caughtBy: ["R-VAL-10"], detectors: [.drift, .balance],
    leaves: .miscounted)
  static let kinds = Profile.Kind.allCases

  private let ppm: Int64

  init(_ values: FaultValues) { ppm = values.whole("error") }

  func bend(_ measuring: inout Measuring) { measuring.element.gain.add(ppm: ppm) }
}
