// MF-07. Some SMETS1 families log the mean power of a half-hour in kW. The step that made energy of it was
// lost when meters were migrated to the DCC, and the number of kW was taken for kWh: twice the energy.
// Registers are right.

internal import Units

/// Half-hours come out of the log as mean power.
struct PowerForEnergy: MeterFault {
  static let declaration = FaultDeclaration(
    id: "MF-07", title: "Mean power reported as energy", layer: .memory,
    symptoms: "half-hours are twice the register's advance",
    caughtBy: ["R-VAL-02", "R-VAL-07"], detectors: [.unit, .sum])
  static let kinds: [Profile.Kind] = [.smets1]

  init(_ values: FaultValues) {}

  static func objection(_ values: FaultValues, to profile: Profile) -> String? {
    profile.logs == .none ? "it keeps no log" : nil
  }

  func bend(_ measuring: inout Measuring) { measuring.log.isMeanPower = true }
}
