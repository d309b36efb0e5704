// ME-04. Some electronic meters count the magnitude of power ("power flow insensitive", meant against fraud):
// what a home exports is added to what it imports, and billed.

internal import Units

/// Import and export both go to the import register; an export register, if there is one, stands still.
struct ExportAddedToImport: MeterFault {
  static let declaration = FaultDeclaration(
    id: "ME-04", title: "Absolute mode adds export to import", layer: .measurement,
    symptoms: "import peaks at solar noon", caughtBy: ["R-BACK-05"], detectors: [.sign],
    leaves: .miscounted)
  static let kinds: [Profile.Kind] = [.electronic, .smets1]

  init(_ values: FaultValues) {}

  func bend(_ measuring: inout Measuring) { measuring.flow = .absolute }
}
