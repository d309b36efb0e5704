// DP-03. While the lowest drum goes from 9 to 0 it carries the next drum with it: two figures are half
// visible there, and a person may take the one that comes though the lowest still shows 9: one too many of a
// higher place.

internal import Timeline
internal import Units

/// A drum between two figures, taken for the one that comes.
struct DrumHalfTurned: MeterFault {
  static let declaration = FaultDeclaration(
    id: "DP-03", title: "Half-turned drum", layer: .display,
    symptoms: "a read is one too high in a higher place while the lowest drum goes from 9 to 0",
    parameters: [
      .init(
        name: "carry-from",
        meaning: "from which thousandth of the lowest drum's turn it carries the next drum",
        kind: .whole(unit: "thousandth", range: 900...970, default: DrumTrain.usualCarry))
    ],
    caughtBy: ["R-BACK-01", "R-READ-09"], detectors: [.decrease, .spike])
  static let kinds: [Profile.Kind] = [.analogue]

  private let carryFrom: Int64

  init(_ values: FaultValues) { carryFrom = values.whole("carry-from") }

  static func objection(_ values: FaultValues, to profile: Profile) -> String? {
    profile.faceDesign.style == .drums ? nil : "it has no drums"
  }

  func bend(_ display: inout DisplayFlaws, of profile: Profile, draws: RandomStream) {
    (display.carryFrom, display.takesComing) = (carryFrom, true)
  }
}
