// MF-06. New firmware is activated and does something else than the old: registers begin at 0, or are told in
// another step. The meter says that it has another version; nobody told the supplier what changed. The end of
// the fault puts the old firmware back: what was set to 0 stays so.

internal import Units

/// Other firmware, from the instant of the fault.
struct FirmwareChanged: MeterFault {
  static let declaration = FaultDeclaration(
    id: "MF-06", title: "Firmware update changes scaling or resets registers", layer: .register,
    symptoms: "a step, or a constant factor, from one instant on; another version on the meter",
    parameters: [
      .init(
        name: "effect", meaning: "what the new firmware does: registers at 0, or told times a factor",
        kind: .choice(["reset"] + factors.map(\.name), default: "reset")),
      .init(
        name: "version", meaning: "the number that the new firmware gives itself",
        kind: .whole(unit: "number", range: 1...Int64(UInt32.max), default: 2)),
    ],
    caughtBy: ["R-READ-09", "R-VAL-02"])
  static let kinds: [Profile.Kind] = [.smets1, .smets2]

  private static let factors: [(name: String, times: Int64, over: Int64)] = [
    ("tenfold", 10, 1), ("thousandfold", 1000, 1), ("tenth", 1, 10), ("thousandth", 1, 1000),
  ]

  private let factor: (name: String, times: Int64, over: Int64)?
  private let version: UInt32

  init(_ values: FaultValues) {
    let effect = values.choice("effect")
    factor = Self.factors.first { $0.name == effect }
    version = UInt32(clamping: values.whole("version"))
  }

  func strike(_ meter: Meter) {
    meter.firmware = version
    meter.note(.firmwareChanged, at: meter.clock(at: meter.now))
    guard factor == nil else { return }
    for face in meter.profile.registers { meter.set(face.role, to: .zero) }
  }

  func heal(_ meter: Meter) {
    meter.firmware = Meter.firstFirmware
    meter.note(.firmwareChanged, at: meter.clock(at: meter.now))
  }

  func spoil(_ value: WattHours, of role: RegisterRole, sample: Int) -> WattHours { scaled(value) }

  func recall(_ entries: inout [LogRead.Entry], of role: RegisterRole) {
    for index in entries.indices { entries[index].energy = scaled(entries[index].energy) }
  }

  private func scaled(_ value: WattHours) -> WattHours {
    guard let factor else { return value }
    return WattHours(floorDivide(value.value * factor.times, factor.over))
  }
}
