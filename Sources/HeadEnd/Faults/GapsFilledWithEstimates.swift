// WN-07: half-hours that did not come are made up from the day before, and nothing flags them. Where the days
// are alike nobody can know; else only the register tells.

internal import Units

/// What did not come is called what the same half-hour was last time, measured.
struct GapsFilledWithEstimates: HeadEndFault {
  static let declaration = FaultDeclaration(
    id: "WN-07", title: "Head-end fills gaps with estimates, unflagged", layer: .wan,
    symptoms: "a day that repeats the one before it, flagged as measured; the sum parts from the register",
    caughtBy: ["R-VAL-07"], detectors: [.sum, .estimate], mustNotFire: [.gap])

  init(_ values: FaultValues) {}

  func filling(known: WattHours?) -> WattHours { known ?? .zero }
}
