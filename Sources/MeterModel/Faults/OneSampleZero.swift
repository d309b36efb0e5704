// RG-11. One read of a counter that never falls comes back as 0, and the next is right again: seen with
// electronic and Modbus meters that answer while they start. The register itself is sound.

internal import Units

/// Chosen reads of a register give 0.
struct OneSampleZero: MeterFault {
  static let declaration = FaultDeclaration(
    id: "RG-11", title: "One read gives 0", layer: .register,
    symptoms: "the register drops to 0 and is back at the next read",
    parameters: [
      RegisterChoice.parameter("the register that is read as 0"),
      .init(
        name: "read", meaning: "the first read that is spoilt, counted from the beginning of the fault",
        kind: .whole(unit: "read", range: 1...1_000_000, default: 1)),
      .init(
        name: "repeat", meaning: "how many reads in a row are spoilt",
        kind: .whole(unit: "reads", range: 1...3, default: 1)),
    ],
    caughtBy: ["R-READ-09"], detectors: [.decrease], mustNotFire: [.exchange])
  static let kinds: [Profile.Kind] = [.electronic, .smets1, .modbus]

  private let register: String
  private let spoilt: Range<Int>

  init(_ values: FaultValues) {
    register = values.choice("register")
    let first = Int(values.whole("read"))
    spoilt = first..<first + Int(values.whole("repeat"))
  }

  static func objection(_ values: FaultValues, to profile: Profile) -> String? {
    RegisterChoice.objection(values, to: profile)
  }

  func spoil(_ value: WattHours, of role: RegisterRole, sample: Int) -> WattHours {
    RegisterChoice.covers(register, role) && spoilt.contains(sample) ? WattHours(0) : value
  }
}
