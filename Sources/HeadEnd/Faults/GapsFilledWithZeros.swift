// WN-06: half-hours that did not come are stored as zeros, and nobody can tell them from a night.

internal import Units

/// What did not come is called 0 Wh, measured.
struct GapsFilledWithZeros: HeadEndFault {
  static let declaration = FaultDeclaration(
    id: "WN-06", title: "Head-end fills gaps with zeros", layer: .wan,
    symptoms: "half-hours of 0 Wh flagged as measured; their sum falls short of the register's advance",
    caughtBy: ["R-VAL-07"], detectors: [.sum, .zero], mustNotFire: [.gap])

  init(_ values: FaultValues) {}

  func filling(known: WattHours?) -> WattHours { .zero }
}
