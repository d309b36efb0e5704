// ME-12. Voltage leads and current transformers of different phases on one element. A voltage and a current
// that stand 120° apart make −1/2 of the power (cos 120°) while the load is purely active; reactive load
// moves it up or down by 0.866 of itself.

internal import Units

/// Current transformers exchanged between elements.
struct PhasesCrossed: MeterFault {
  static let declaration = FaultDeclaration(
    id: "ME-12", title: "Voltages and currents of different phases", layer: .measurement,
    symptoms: "power factors about 0.5; the power of a phase halves or flips its sign",
    parameters: [
      .init(
        name: "pairing",
        meaning: "which current reaches elements 1, 2, 3: 213 exchanges the first two, 231 and 312 turn all",
        kind: .choice(["213", "132", "321", "231", "312"], default: "213")),
      .init(
        name: "reactive", meaning: "reactive power of the load as a share of its active power",
        kind: .whole(unit: "%", range: -100...100, default: 0)),
    ],
    caughtBy: ["R-VAL-11"], detectors: [.drift, .sign],
    leaves: .miscounted)
  static let kinds: [Profile.Kind] = [.electronic, .smets2, .modbus]

  private let leads: [Int]
  private let reactive: Int64

  init(_ values: FaultValues) {
    leads = values.choice("pairing").compactMap(\.wholeNumberValue).map { $0 - 1 }
    reactive = values.whole("reactive") * 10_000
  }

  static func objection(_ values: FaultValues, to profile: Profile) -> String? {
    profile.phases == 3 ? nil : "a single-phase meter has nothing to cross"
  }

  func bend(_ measuring: inout Measuring) {
    measuring.element.wiring.leads = leads
    measuring.element.wiring.reactive = reactive
  }
}
