// RG-12. One read of a counter is far above the truth, and the next is right again. The register itself is
// sound.

internal import Units

/// One chosen read of a register is multiplied, or raised.
struct OneSampleSpike: MeterFault {
  static let declaration = FaultDeclaration(
    id: "RG-12", title: "One read far too high", layer: .register,
    symptoms: "the register leaps up and is back at the next read",
    parameters: [
      RegisterChoice.parameter("the register that is read too high"),
      .init(
        name: "read", meaning: "which read is spoilt, counted from the beginning of the fault",
        kind: .whole(unit: "read", range: 1...1_000_000, default: 1)),
      .init(
        name: "factor", meaning: "what the value is multiplied by, where nothing is added",
        kind: .whole(unit: "times", range: 2...1000, default: 10)),
      .init(
        name: "add", meaning: "what is added instead of multiplying; 0 multiplies",
        kind: .whole(unit: "Wh", range: 0...1_000_000_000, default: 0)),
    ],
    caughtBy: ["R-VAL-02"], detectors: [.maximum, .spike])
  static let kinds: [Profile.Kind] = [.electronic, .smets1, .modbus]

  private let register: String
  private let read: Int
  private let factor: Int64
  private let added: WattHours

  init(_ values: FaultValues) {
    register = values.choice("register")
    read = Int(values.whole("read"))
    factor = values.whole("factor")
    added = WattHours(values.whole("add"))
  }

  static func objection(_ values: FaultValues, to profile: Profile) -> String? {
    RegisterChoice.objection(values, to: profile)
  }

  func spoil(_ value: WattHours, of role: RegisterRole, sample: Int) -> WattHours {
    guard RegisterChoice.covers(register, role), sample == read else { return value }
    return added > .zero ? value + added : value * factor
  }
}
