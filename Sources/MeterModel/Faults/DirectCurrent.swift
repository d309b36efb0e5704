// ME-08. Direct current in the load (a half-wave rectifier, a transformerless inverter that leaks) drives the
// core of a current transformer into saturation, and the meter under-reads. Shunts have no core. That the
// error grows evenly with the current is our assumption.

internal import Units

/// Every transformer gives too little.
struct DirectCurrent: MeterFault {
  static let declaration = FaultDeclaration(
    id: "ME-08", title: "Direct current saturates the transformers", layer: .measurement,
    symptoms: "all registers too low by a share that stays while the rectifier runs",
    parameters: [
      .init(
        name: "current", meaning: "direct current in the load",
        kind: .whole(unit: "mA", range: 0...5000, default: 2000)),
      .init(
        name: "error", meaning: "the error at 5 A",
        kind: .whole(unit: "%", range: -30...0, default: -30)),
    ],
    caughtBy: ["R-VAL-10"], detectors: [.drift],
    leaves: .miscounted)
  static let kinds: [Profile.Kind] = [.electronic, .smets1, .smets2, .modbus]

  private let ppm: Int64

  init(_ values: FaultValues) {
    ppm = scaleRounded(values.whole("error") * 10_000, values.whole("current"), over: 5000)
  }

  static func objection(_ values: FaultValues, to profile: Profile) -> String? {
    profile.connection == .currentTransformer || profile.phases == 3
      ? nil : "it measures over a shunt, which has no core to saturate (our assumption for one phase)"
  }

  func bend(_ measuring: inout Measuring) { measuring.element.gain.add(ppm: ppm) }
}
