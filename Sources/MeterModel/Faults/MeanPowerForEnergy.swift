// MF-07. Some SMETS1 meters keep the mean power of a half-hour in kW, and the head-end halves it. Where that
// step is lost (reported of migrations to the DCC), each half-hour is twice its energy; the registers stay
// right, so the sum of half-hours is twice the advance.

internal import Units

/// Each logged half-hour is read as its mean power in W, taken for Wh.
struct MeanPowerForEnergy: MeterFault {
  static let declaration = FaultDeclaration(
    id: "MF-07", title: "Mean kW reported as kWh", layer: .register,
    symptoms: "each half-hour is twice its energy; registers are right", caughtBy: ["R-VAL-07"])
  static let kinds: [Profile.Kind] = [.smets1]

  init(_ values: FaultValues) {}

  static func objection(_ values: FaultValues, to profile: Profile) -> String? {
    profile.logs == .none ? "it keeps no log" : nil
  }

  func recall(_ entries: inout [LogRead.Entry], of role: RegisterRole) {
    for index in entries.indices { entries[index].energy.value *= 2 }
  }
}
