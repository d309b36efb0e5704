// RG-02. A disc meter that was fitted in spring starts near 00000, and a home with panels exports more than
// it takes: the drums run back through zero and show 99 9xx. It looks like a rollover the wrong way round;
// the old reading is nowhere near nine tenths of the range, so a rollover must not be believed.

internal import Units

/// The register stands at a low count and the disc runs backwards.
struct BackThroughZero: MeterFault {
  static let declaration = FaultDeclaration(
    id: "RG-02", title: "Backwards through zero", layer: .register,
    symptoms: "a reading of 99 9xx after a sunny first month",
    parameters: [
      .init(
        name: "start", meaning: "where the register stands when the fault begins",
        kind: .whole(unit: "kWh", range: 0...9999, default: 12))
    ],
    caughtBy: ["R-READ-09", "R-BACK-01", "R-BACK-04"], detectors: [.decrease], mustNotFire: [.rollover],
    leaves: .miscounted)
  static let kinds: [Profile.Kind] = [.analogue]

  private let start: WattHours

  init(_ values: FaultValues) { start = WattHours(values.whole("start") * 1000) }

  func bend(_ measuring: inout Measuring) { measuring.flow = .backwards }

  func strike(_ registers: inout [Register]) {
    for index in registers.indices { registers[index].set(to: start) }
  }
}
