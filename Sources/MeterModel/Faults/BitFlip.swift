// RG-05. One bit of a register's memory turns over: a step of 2ⁿ Wh up or down, after which it counts on as
// before. A meter keeps two banks with a check over each; one that is bad falls back to the other, so only a
// flip that reaches both changes the count.

internal import Units

/// One bit of the whole Wh of a register turns over at the instant of the fault.
struct BitFlip: MeterFault {
  static let declaration = FaultDeclaration(
    id: "RG-05", title: "Bit flip", layer: .register,
    symptoms: "the register steps by a power of two of Wh",
    parameters: [
      RegisterChoice.parameter("the register that is hit"),
      .init(
        name: "bit", meaning: "the bit, 0 for 1 Wh", kind: .whole(unit: "bit", range: 0...31, default: 20)),
      .init(
        name: "bank", meaning: "both: the count changes; one: the check fails and the other bank is used",
        kind: .choice(["both", "one"], default: "both")),
    ],
    caughtBy: ["R-READ-09", "R-VAL-07"], detectors: [.spike, .decrease],
    leaves: .moved)
  static let kinds: [Profile.Kind] = [.electronic, .smets1, .smets2, .modbus]

  private let register: String
  private let mask: Int64

  init(_ values: FaultValues) {
    register = values.choice("register")
    mask = values.choice("bank") == "both" ? 1 << values.whole("bit") : 0
  }

  static func objection(_ values: FaultValues, to profile: Profile) -> String? {
    RegisterChoice.objection(values, to: profile)
  }

  func strike(_ registers: inout [Register]) {
    for index in registers.indices where RegisterChoice.covers(register, registers[index].face.role) {
      let (count, rest) = (registers[index].whole, registers[index].rest)
      registers[index].set(to: WattHours(count.value ^ mask), rest: rest)
    }
  }
}
