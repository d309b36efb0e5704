// CK-08. The load profile was configured for slots of 15 or 60 minutes. A reader that takes stamps on the
// half-hour gets a quarter of an hour's energy in each (half of what flowed), or an hour's energy in each
// second one. The registers are right.

internal import Units

/// Slots of another length than half an hour.
struct SlotLengthWrong: MeterFault {
  static let declaration = FaultDeclaration(
    id: "CK-08", title: "Slot length wrong", layer: .clock,
    symptoms: "half-hours hold half of the energy, or each second one is missing and the other holds both",
    parameters: [
      .init(
        name: "slot", meaning: "length of a slot in seconds",
        kind: .choice(["900", "3600"], default: "900"))
    ],
    caughtBy: ["R-VAL-07", "R-VAL-08"], detectors: [.unit, .slot],
    leaves: [FaultResidue(.log, "slots of its time stay logged at the length they had")])
  static let kinds: [Profile.Kind] = [.electronic, .smets1, .modbus]

  private let slot: TimeSpan

  init(_ values: FaultValues) { slot = .seconds(Int64(values.choice("slot")) ?? 1800) }

  static func objection(_ values: FaultValues, to profile: Profile) -> String? {
    profile.logs == .none ? "it keeps no log" : nil
  }

  func bend(_ measuring: inout Measuring) { measuring.slot = slot }
}
