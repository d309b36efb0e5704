// ME-10. The meter was told another ratio than its current transformers have: 200/5 on the bars, 100/5 in the
// settings, and all it says is half. On one phase it is a transformer of another ratio than its neighbours.

internal import Units

/// A constant factor on one phase or all.
struct TransformerRatio: MeterFault {
  static let declaration = FaultDeclaration(
    id: "ME-10", title: "Current transformer ratio wrong", layer: .measurement,
    symptoms: "a constant factor between the truth and all the meter says: 0.5, 1.25, 2",
    parameters: [
      .init(
        name: "fitted", meaning: "primary current of the transformers that are fitted",
        kind: .whole(unit: "A", range: 5...6000, default: 200)),
      .init(
        name: "set", meaning: "primary current that the meter was told",
        kind: .whole(unit: "A", range: 5...6000, default: 100)),
      .init(
        name: "phase", meaning: "the phase whose transformer it is",
        kind: .choice(["1", "2", "3", "all"], default: "all")),
    ],
    caughtBy: ["R-VAL-02", "R-VAL-10"], detectors: [.unit],
    leaves: .miscounted)
  static let kinds: [Profile.Kind] = [.electronic, .smets2, .modbus]

  private let set: Int64
  private let fitted: Int64
  private let phase: String

  init(_ values: FaultValues) {
    (set, fitted, phase) = (values.whole("set"), values.whole("fitted"), values.choice("phase"))
  }

  static func objection(_ values: FaultValues, to profile: Profile) -> String? {
    guard profile.connection == .currentTransformer else {
      return "it is a whole-current meter and has no transformer"
    }
    return PhaseChoice.objection(values, to: profile)
  }

  func bend(_ measuring: inout Measuring) {
    guard phase != "all" else {
      measuring.element.gain.multiply(set, over: fitted)
      return
    }
    for index in PhaseChoice.indices(phase) {
      measuring.element.wiring.scaleCurrent(index, by: set, over: fitted)
    }
  }
}
