// MF-04. The check over a memory bank fails, or a cell is worn out (10⁵ to 10⁶ writes), and the meter says so
// in a status bit. What it shows instead of the register is all zeros or all ones.

internal import Units

/// Reads give all zeros or all ones.
struct MemoryErrorFlag: MeterFault {
  static let declaration = FaultDeclaration(
    id: "MF-04", title: "Memory error", layer: .memory,
    symptoms: "a status bit; registers read as zeros, or as the highest number they have",
    parameters: [
      RegisterChoice.parameter("the register whose memory is bad"),
      .init(
        name: "shows", meaning: "what stands there instead",
        kind: .choice(["zeros", "ones"], default: "zeros")),
    ],
    caughtBy: ["R-READ-09", "R-VAL-02"], detectors: [.status],
    leaves: [FaultResidue(.events, "the log of events keeps its entry")])
  static let kinds: [Profile.Kind] = [.electronic, .smets1, .smets2, .modbus]

  private let register: String
  private let isZeros: Bool

  init(_ values: FaultValues) {
    register = values.choice("register")
    isZeros = values.choice("shows") == "zeros"
  }

  static func objection(_ values: FaultValues, to profile: Profile) -> String? {
    RegisterChoice.objection(values, to: profile)
  }

  func spoil(_ value: WattHours, of role: RegisterRole, sample: Int) -> WattHours {
    guard RegisterChoice.covers(register, role) else { return value }
    return isZeros ? .zero : WattHours(-1)
  }

  func displayed(_ count: Int128, of role: RegisterRole) -> Int128 {
    guard RegisterChoice.covers(register, role) else { return count }
    return isZeros ? 0 : -1
  }

  func strike(_ meter: Meter) { meter.noteMemoryError() }
}
