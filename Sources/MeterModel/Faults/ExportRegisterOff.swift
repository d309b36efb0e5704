// ME-05. Recording reverse energy is a setting of many SMETS1 and electronic meters, and often was left off;
// to enrol the meter in the DCC does not put it on. The register stands at whatever it had, mostly 0, for
// ever.

internal import Units

/// The export register and its log take nothing; energy that flows back is counted nowhere, and is lost.
struct ExportRegisterOff: MeterFault {
  static let declaration = FaultDeclaration(
    id: "ME-05", title: "Export register not enabled", layer: .measurement,
    symptoms: "the export register stands still, its half-hours are 0", caughtBy: ["R-VAL-06"],
    detectors: [.zero],
    leaves: .miscounted)
  static let kinds: [Profile.Kind] = [.smets1, .electronic]

  init(_ values: FaultValues) {}

  static func objection(_ values: FaultValues, to profile: Profile) -> String? {
    profile.hasExportRegister ? nil : "it has no export register"
  }

  func bend(_ measuring: inout Measuring) { measuring.countsExport = false }
}
