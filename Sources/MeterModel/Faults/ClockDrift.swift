// CK-01. A quartz that runs fast or slow: half-hours end too early or too late, so energy moves between
// neighbours by the offset times the step of power; totals are right. The end of the fault stops the drift,
// not the offset: a clock that is wrong stays wrong until it is set (on SMETS2 only the import supplier can
// set it, SRV 6.11).

internal import Units

/// The meter's clock gains or loses evenly.
struct ClockDrift: MeterFault {
  static let declaration = FaultDeclaration(
    id: "CK-01", title: "Clock drift", layer: .clock,
    symptoms: "half-hours shifted against UTC by a growing amount",
    parameters: [
      .init(
        name: "ppm", meaning: "what the clock gains in a million; negative: loses",
        kind: .whole(unit: "ppm", range: -250...250, default: 100))
    ],
    caughtBy: ["R-VAL-09"], detectors: [.clock, .shift],
    leaves: .misset)
  static let kinds: [Profile.Kind] = [.electronic, .smets1, .smets2, .modbus]

  private let partsPerBillion: Int64

  init(_ values: FaultValues) { partsPerBillion = values.whole("ppm") * 1000 }

  static func objection(_ values: FaultValues, to profile: Profile) -> String? {
    profile.clock == nil ? "it keeps no time" : nil
  }

  func bend(_ measuring: inout Measuring) { measuring.driftPartsPerBillion += partsPerBillion }
}
