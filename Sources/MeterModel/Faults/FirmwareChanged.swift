// MF-06. A firmware update over the air that changes how the meter counts: another scaling, registers that
// begin anew. The version it reports afterwards is another one. Back to the old version is another update:
// the end of the fault.

internal import Units

/// From an update on the meter scales otherwise, or its registers began anew.
struct FirmwareChanged: MeterFault {
  static let declaration = FaultDeclaration(
    id: "MF-06", title: "Firmware update changes behaviour", layer: .memory,
    symptoms: "a step at the update: another factor, or registers from 0; another version",
    parameters: [
      .init(
        name: "change", meaning: "what the update does",
        kind: .choice(["scaling", "reset"], default: "scaling")),
      .init(
        name: "factor", meaning: "scaling: what is counted afterwards of what flows",
        kind: .whole(unit: "%", range: 1...1000, default: 200)),
      .init(
        name: "version", meaning: "the version that it reports from then on",
        kind: .whole(unit: "version", range: 1...65_535, default: 2)),
    ],
    caughtBy: ["R-READ-09", "R-VAL-02"], detectors: [.identity, .unit, .decrease],
    leaves: .miscounted.noting())
  static let kinds: [Profile.Kind] = [.smets1, .smets2]

  private let isReset: Bool
  private let percent: Int64
  private let version: Int64

  init(_ values: FaultValues) {
    isReset = values.choice("change") == "reset"
    (percent, version) = (values.whole("factor"), values.whole("version"))
  }

  func bend(_ measuring: inout Measuring) {
    measuring.firmware = "\(version)"
    if !isReset { measuring.element.gain.multiply(percent, over: 100) }
  }

  func strike(_ meter: Meter) { meter.note(.firmwareActivated, at: meter.ownReading) }

  func leave(_ meter: Meter) { meter.note(.firmwareActivated, at: meter.ownReading) }

  func strike(_ registers: inout [Register]) {
    guard isReset else { return }
    for index in registers.indices { registers[index].set(to: .zero) }
  }
}
