// RG-06. Four energy types are assigned to a meter's registers when it is configured. Assigned the wrong way
// round, what the home takes goes to the export register and is claimed, and what it gives is billed.

internal import Units

/// Import is counted as export, and export as import.
struct RegistersSwapped: MeterFault {
  static let declaration = FaultDeclaration(
    id: "RG-06", title: "Import and export registers swapped", layer: .register,
    symptoms: "export grows at night and stands still at noon, import the other way round",
    caughtBy: ["R-VAL-05", "R-VAL-11"], detectors: [.sign],
    leaves: .miscounted)
  static let kinds: [Profile.Kind] = [.electronic, .smets1, .smets2, .modbus]

  init(_ values: FaultValues) {}

  static func objection(_ values: FaultValues, to profile: Profile) -> String? {
    profile.register(.import) != nil && profile.register(.export) != nil
      ? nil : "it has not both registers"
  }

  func bend(_ measuring: inout Measuring) { measuring.isSwapped.toggle() }
}
