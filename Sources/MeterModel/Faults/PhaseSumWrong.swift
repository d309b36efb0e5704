// ME-15. Makers offer the ways of summing phases as factory options of one model, and owners cannot tell
// which they have. A home with a single-phase inverter is paid for export by one, and only has its import
// lowered by another. What one way counts more, it counts more on both registers alike.

internal import Units

/// Phases are summed in another way than everybody thinks.
struct PhaseSumWrong: MeterFault {
  static let declaration = FaultDeclaration(
    id: "ME-15", title: "Another phase sum than expected", layer: .measurement,
    symptoms: "export higher or lower, and import by the same amount",
    parameters: [
      .init(
        name: "sum", meaning: "how the meter sums in truth",
        kind: .choice(PhaseSum.allCases.map(\.rawValue), default: PhaseSum.perPhase.rawValue))
    ],
    caughtBy: ["R-VAL-13"], detectors: [.net],
    leaves: .miscounted)
  static let kinds: [Profile.Kind] = [.electronic, .smets1, .smets2, .modbus]

  private let sum: PhaseSum

  init(_ values: FaultValues) { sum = PhaseSum(rawValue: values.choice("sum")) ?? .perPhase }

  static func objection(_ values: FaultValues, to profile: Profile) -> String? {
    guard profile.phases == 3 else { return "one phase has nothing to sum" }
    return profile.phaseSum.rawValue == values.choice("sum") ? "it sums its phases so by itself" : nil
  }

  func bend(_ measuring: inout Measuring) { measuring.phaseSum = sum }
}
