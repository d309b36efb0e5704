// ME-22. What comes out of a pulse output is not what the plate says: a divider of another model, an output
// that drops pulses, a worn contact that bounces. The registers of the meter itself are right.

internal import Units

/// Pulses lost, doubled, late, bouncing, or of another worth.
struct PulsesLostOrDoubled: MeterFault {
  static let declaration = FaultDeclaration(
    id: "ME-22", title: "Pulse output wrong: divider, lost or doubled pulses, bounce", layer: .measurement,
    symptoms: "what a pulse counter says parts from the register by a factor, or by a little each day",
    parameters: [
      .init(
        name: "constant", meaning: "what the constant is in truth, in thousandths of the plate's",
        kind: .whole(unit: "per mille", range: 100...10_000, default: 1000)),
      .init(
        name: "lost", meaning: "pulses that never come",
        kind: .whole(unit: "per cent", range: 0...50, default: 0)),
      .init(
        name: "doubled", meaning: "pulses that come twice, the second in full width after the shortest pause",
        kind: .whole(unit: "per cent", range: 0...100, default: 10)),
      .init(
        name: "jitter", meaning: "how early or late a pulse may be",
        kind: .whole(unit: "ms", range: 0...1000, default: 0)),
      .init(
        name: "bounces", meaning: "how often the contact closes again at the beginning of each pulse",
        kind: .whole(unit: "times", range: 0...10, default: 0)),
      .init(
        name: "gap", meaning: "from one closing to the next while it bounces",
        kind: .whole(unit: "ms", range: 1...29, default: 3)),
    ],
    caughtBy: ["R-VAL-10", "R-VAL-13"], detectors: [.unit, .balance],
    leaves: .misheard)
  static let kinds: [Profile.Kind] = [.electronic, .smets1, .smets2, .modbus]

  private let values: FaultValues

  init(_ values: FaultValues) { self.values = values }

  static func objection(_ values: FaultValues, to profile: Profile) -> String? {
    profile.pulse == nil ? "it has no pulse output" : nil
  }

  func bend(_ measuring: inout Measuring) {
    measuring.pulse.constantPerMille = values.whole("constant")
    (measuring.pulse.lost, measuring.pulse.doubled) = (values.whole("lost"), values.whole("doubled"))
    measuring.pulse.jitter = values.whole("jitter")
    measuring.pulse.bounces = (values.whole("bounces"), values.whole("gap"))
  }
}
