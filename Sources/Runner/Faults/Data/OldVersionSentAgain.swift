// DH-07: a correction is in, and then the file from before it is sent again. Who keeps the last that came
// keeps the old values.

internal import Units

/// The version before follows the new one.
struct OldVersionSentAgain: DataFault {
  static let declaration = FaultDeclaration(
    id: "DH-07", title: "Old version of a file overwrites the new", layer: .data,
    symptoms: "corrected half-hours go back to what they were before",
    parameters: [
      .init(
        name: "after", meaning: "from the new version to the old one's coming again",
        kind: .whole(unit: "min", range: 1...10_080, default: 60))
    ],
    caughtBy: ["R-READ-11"], detectors: [.late, .duplicate])

  let sendsOldAgain: TimeSpan?

  init(_ values: FaultValues) { sendsOldAgain = .minutes(values.whole("after")) }
}
