// ME-14. Supply and load cables of a whole-current meter swapped (or line and neutral crossed so that current
// runs the wrong way): the twin of a reversed transformer. A meter of both directions sees import as export;
// one that counts only import counts what is exported.

internal import Units

/// Every phase measured with the wrong sign.
struct LineAndLoadReversed: MeterFault {
  static let declaration = FaultDeclaration(
    id: "ME-14", title: "Line and load reversed", layer: .measurement,
    symptoms: "import is counted as export, and export as import",
    caughtBy: ["R-VAL-05", "R-VAL-11"], detectors: [.sign, .night],
    leaves: .miscounted)
  static let kinds: [Profile.Kind] = [.electronic, .smets1, .smets2, .modbus]

  init(_ values: FaultValues) {}

  static func objection(_ values: FaultValues, to profile: Profile) -> String? {
    profile.connection == .wholeCurrent
      ? nil : "no line current goes through a transformer-connected meter (ME-09 reverses a transformer)"
  }

  func bend(_ measuring: inout Measuring) {
    measuring.signs.l1 *= -1
    measuring.signs.l2 *= -1
    measuring.signs.l3 *= -1
  }
}
