// RG-09. A program that rounds a register down when it is read or reset, and stores what it rounded: what
// stood below the step is gone. One read a day loses little;
// a poll each minute loses nearly everything of a small flow.

internal import Units

/// Each read cuts the register itself to its step.
struct RemainderLost: MeterFault {
  static let declaration = FaultDeclaration(
    id: "RG-09", title: "Remainder lost at each read", layer: .register,
    symptoms: "a slow deficit that grows with the number of reads",
    parameters: [
      RegisterChoice.parameter("the register that loses"),
      .init(
        name: "most", meaning: "the most that one read loses",
        kind: .whole(unit: "Wh", range: 0...999, default: 999)),
    ],
    caughtBy: ["R-VAL-07"], detectors: [.sum],
    leaves: .miscounted)
  static let kinds: [Profile.Kind] = [.electronic, .smets1, .smets2, .modbus]

  private let register: String
  private let most: WattHours

  init(_ values: FaultValues) {
    register = values.choice("register")
    most = WattHours(values.whole("most"))
  }

  static func objection(_ values: FaultValues, to profile: Profile) -> String? {
    RegisterChoice.objection(values, to: profile)
  }

  func touch(_ register: inout Register) {
    guard RegisterChoice.covers(self.register, register.face.role) else { return }
    register.lose(upTo: most, below: WattHours(1000))
  }
}
