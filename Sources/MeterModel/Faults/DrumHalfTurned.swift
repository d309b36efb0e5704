// DP-03. While the lowest drum goes from 9 to 0 it carries the next drum with it: two figures are half
// visible there, and a person may take the one that comes though the lowest still shows 9: one too many of a
// higher place. With play in the train the next drum is still on its way when the lowest shows 0, and who
// takes the figure that leaves reads one too few.

internal import Timeline
internal import Units

/// A drum between two figures, taken for the wrong one.
struct DrumHalfTurned: MeterFault {
  static let declaration = FaultDeclaration(
    id: "DP-03", title: "Half-turned drum", layer: .display,
    symptoms:
      "a read is one too high, or too low, in a higher place about the lowest drum's passing from 9 to 0",
    parameters: [
      .init(
        name: "carry-from",
        meaning: "from which thousandth of the lowest drum's turn it carries the next drum",
        kind: .whole(unit: "thousandth", range: 900...970, default: DrumTrain.usualCarry)),
      .init(
        name: "takes",
        meaning: "coming: the figure that comes, before the lowest drum has passed 0; leaving: the one that "
          + "leaves, on drums that move so much late",
        kind: .choice(["coming", "leaving"], default: "coming")),
    ],
    caughtBy: ["R-BACK-01", "R-READ-09"], detectors: [.decrease, .spike])
  static let kinds: [Profile.Kind] = [.analogue]

  private let carryFrom: Int64
  private let isLate: Bool

  init(_ values: FaultValues) {
    (carryFrom, isLate) = (values.whole("carry-from"), values.choice("takes") == "leaving")
  }

  static func objection(_ values: FaultValues, to profile: Profile) -> String? {
    profile.faceDesign.style == .drums ? nil : "it has no drums"
  }

  func bend(_ display: inout DisplayFlaws, of profile: Profile, draws: RandomStream) {
    (display.carryFrom, display.takesComing, display.drumsAreLate) = (carryFrom, !isLate, isLate)
  }
}
