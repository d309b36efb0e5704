// RG-01. A register comes round to zero and the advance looks like a large fall. It is no fault of the meter,
// but of whoever takes it for one: 5 digits are enough for one phase (100 A × 230 V × 4000 h = 92 000 kWh), 4
// were common on old dials, 6 are on three-phase meters.

internal import Units

/// The register stands near the end of its digits; their number may be another than the profile's.
struct FewerDigits: MeterFault {
  static let declaration = FaultDeclaration(
    id: "RG-01", title: "Rollover", layer: .register,
    symptoms: "a large negative difference between two reads; the next advance is as always",
    parameters: [
      RegisterChoice.parameter("the register that comes round"),
      .init(
        name: "left", meaning: "how much is left to the end when the fault begins",
        kind: .whole(unit: "kWh", range: 0...9999, default: 100)),
      .init(
        name: "digits", meaning: "whole digits of kWh of register and display; own: those of its make",
        kind: .choice(["own", "4", "5", "6", "7"], default: "own")),
      .init(
        name: "decimals", meaning: "digits after the point of the display, where `digits` is not own",
        kind: .whole(unit: "digits", range: 0...3, default: 0)),
    ],
    caughtBy: ["R-READ-09"], detectors: [.rollover], mustNotFire: [.decrease],
    leaves: .moved)
  static let kinds = Profile.Kind.allCases

  private let register: String
  private let left: WattHours
  private let digits: Int?
  private let decimals: Int

  init(_ values: FaultValues) {
    register = values.choice("register")
    left = WattHours(values.whole("left") * 1000)
    (digits, decimals) = (Int(values.choice("digits")), Int(values.whole("decimals")))
  }

  static func objection(_ values: FaultValues, to profile: Profile) -> String? {
    RegisterChoice.objection(values, to: profile)
  }

  func bend(_ measuring: inout Measuring) {
    guard let digits else { return }
    measuring.rollover = .digits(digits)
    measuring.display = DisplayFace(digits: digits, decimals: decimals)
  }

  func strike(_ registers: inout [Register]) {
    for index in registers.indices where RegisterChoice.covers(register, registers[index].face.role) {
      let end = digits.map { RegisterFace.Rollover.digits($0) } ?? registers[index].face.rollover
      registers[index].set(to: end.modulus - left)
    }
  }
}
