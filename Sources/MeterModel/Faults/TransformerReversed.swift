// ME-09. A current transformer put on the wrong way round, or a phase of a polyphase meter wired so: its
// power has the wrong sign before phases are summed, so its import becomes export.

internal import Units

/// One phase, or all, measured with the wrong sign.
struct TransformerReversed: MeterFault {
  static let declaration = FaultDeclaration(
    id: "ME-09", title: "Current transformer reversed", layer: .measurement,
    symptoms: "import of that phase becomes export, and export import; reversed on one phase of several, it "
      + "cannot be known from settlement data",
    parameters: [
      .init(
        name: "phase", meaning: "the phase whose current is reversed",
        kind: .choice(["1", "2", "3", "all"], default: "all"))
    ],
    caughtBy: ["R-VAL-11"], detectors: [.sign, .net],
    leaves: .miscounted)
  // The catalogue names polyphase and Modbus meters; a smart or other electronic meter can be polyphase too.
  static let kinds: [Profile.Kind] = [.modbus, .electronic, .smets1, .smets2]

  private let phase: String

  init(_ values: FaultValues) { phase = values.choice("phase") }

  static func objection(_ values: FaultValues, to profile: Profile) -> String? {
    if profile.connection != .currentTransformer, profile.phases == 1 {
      return "it is a single-phase whole-current meter and has no transformer (ME-14 reverses line and load)"
    }
    let phase = values.choice("phase")
    return profile.phases == 1 && (phase == "2" || phase == "3") ? "it has no phase \(phase)" : nil
  }

  func bend(_ measuring: inout Measuring) {
    if phase == "1" || phase == "all" { measuring.signs.l1 *= -1 }
    if phase == "2" || phase == "all" { measuring.signs.l2 *= -1 }
    if phase == "3" || phase == "all" { measuring.signs.l3 *= -1 }
  }
}
