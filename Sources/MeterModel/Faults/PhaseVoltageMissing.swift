// ME-11. A blown potential fuse or a loose link: the meter sees little or no voltage on one phase and counts
// that phase's energy for little or nothing. The current flows on, so the home notices nothing.

internal import Units

/// One voltage path gives too little.
struct PhaseVoltageMissing: MeterFault {
  static let declaration = FaultDeclaration(
    id: "ME-11", title: "Phase voltage missing", layer: .measurement,
    symptoms: "one third of the energy is lost, or what that phase carries; a status flag on many makes",
    parameters: [
      .init(
        name: "phase", meaning: "the phase whose voltage is missing",
        kind: .choice(["1", "2", "3"], default: "1")),
      .init(
        name: "voltage", meaning: "what the meter still sees of it",
        kind: .whole(unit: "V", range: 0...30, default: 0)),
    ],
    caughtBy: ["R-VAL-13"], detectors: [.drift, .status],
    leaves: .miscounted)
  static let kinds: [Profile.Kind] = [.electronic, .smets1, .smets2, .modbus]

  private let phase: String
  private let volts: Int64

  init(_ values: FaultValues) { (phase, volts) = (values.choice("phase"), values.whole("voltage")) }

  static func objection(_ values: FaultValues, to profile: Profile) -> String? {
    profile.phases == 3 ? nil : "a single-phase meter without voltage is off"
  }

  func bend(_ measuring: inout Measuring) {
    let ppm = scaleRounded(volts * 1000, Gain.million, over: DiscTorque.nominalMillivolts)
    for index in PhaseChoice.indices(phase) { measuring.element.wiring.scaleVoltage(index, ppm: ppm) }
  }
}
