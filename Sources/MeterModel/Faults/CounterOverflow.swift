// RG-10. A counter is narrower than its life: 16 bits of 0.1 kWh come round after a year of solar power, 31
// bits of Wh after 2 147 483 kWh; and a float of 24 significant bits stops telling 1 Wh apart from
// 16 777 216 Wh on. The display is sound; what is read is not.

internal import Units

/// What is read comes round early, or in coarser steps.
struct CounterOverflow: MeterFault {
  static let declaration = FaultDeclaration(
    id: "RG-10", title: "Counter of 16 or 32 bits overflows", layer: .register,
    symptoms: "the register falls back to 0 early; or it stands still and then moves by several units",
    parameters: [
      RegisterChoice.parameter("the register that is too narrow"),
      .init(
        name: "width",
        meaning: "u16, s32 and u32: how many bits count; float32: 24 significant bits",
        kind: .choice(["u16", "s32", "u32", "float32"], default: "u16")),
      .init(
        name: "step", meaning: "what one count is worth",
        kind: .whole(unit: "Wh", range: 1...1000, default: 100)),
    ],
    caughtBy: ["R-READ-09", "R-VAL-12"], detectors: [.rollover, .stuck])
  static let kinds: [Profile.Kind] = [.electronic, .modbus]

  private let register: String
  private let width: String
  private let step: Int64

  init(_ values: FaultValues) {
    (register, width, step) = (values.choice("register"), values.choice("width"), values.whole("step"))
  }

  static func objection(_ values: FaultValues, to profile: Profile) -> String? {
    RegisterChoice.objection(values, to: profile)
  }

  func spoil(_ value: WattHours, of role: RegisterRole, sample: Int) -> WattHours {
    guard RegisterChoice.covers(register, role) else { return value }
    let count = floorDivide(value.value, step)
    switch width {
    case "u16": return WattHours(floorModulo(count, 1 << 16) * step)
    case "s32": return WattHours(floorModulo(count, 1 << 31) * step)
    case "u32": return WattHours(floorModulo(count, 1 << 32) * step)
    default: return WattHours(Int64(Float(count).rounded()) * step)
    }
  }
}
