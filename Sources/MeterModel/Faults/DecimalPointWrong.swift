// RG-08. A display or protocol with the decimal point in the wrong place: a setting for another transformer,
// a scaler that was lost. The count inside is right; everything that is read is a power of ten off.

internal import Units

/// Reads and display are a power of ten off.
struct DecimalPointWrong: MeterFault {
  static let declaration = FaultDeclaration(
    id: "RG-08", title: "Decimal point or scaler wrong", layer: .register,
    symptoms: "all readings are a factor of 10, 100 or 1000 off, to whoever looks",
    parameters: [
      RegisterChoice.parameter("the register that is shown wrongly"),
      .init(
        name: "exponent", meaning: "the power of ten that readings are multiplied by",
        kind: .whole(unit: "digits", range: -3...3, default: 1)),
    ],
    caughtBy: ["R-VAL-02", "R-VAL-07"], detectors: [.unit])
  static let kinds: [Profile.Kind] = [.electronic, .smets1, .smets2, .modbus]

  private let register: String
  private let times: Int64
  private let over: Int64

  init(_ values: FaultValues) {
    register = values.choice("register")
    let exponent = values.whole("exponent")
    let power = (0..<abs(exponent)).reduce(Int64(1)) { value, _ in value * 10 }
    (times, over) = exponent < 0 ? (1, power) : (power, 1)
  }

  static func objection(_ values: FaultValues, to profile: Profile) -> String? {
    RegisterChoice.objection(values, to: profile)
  }

  func spoil(_ value: WattHours, of role: RegisterRole, sample: Int) -> WattHours {
    guard RegisterChoice.covers(register, role) else { return value }
    return WattHours(floorDivide(value.value * times, over))
  }

  func displayed(_ count: Int128, of role: RegisterRole) -> Int128 {
    RegisterChoice.covers(register, role) ? floorDivide(count * Int128(times), Int128(over)) : count
  }
}
