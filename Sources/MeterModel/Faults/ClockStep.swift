// CK-02. The clock is set by a step: a synchronisation after a long time, or to a wrong time. Forward, slots
// are missing or short; back, they are logged a second time under the same stamp. The end of the fault sets
// nothing back: on a SMETS2 meter only the import supplier can (SRV 6.11).

internal import Units

/// The clock jumps at the instant of the fault.
struct ClockStep: MeterFault {
  static let declaration = FaultDeclaration(
    id: "CK-02", title: "Clock step at synchronisation", layer: .clock,
    symptoms: "a slot that is short, long, twice there or missing",
    parameters: [
      .init(
        name: "step", meaning: "by how much the clock jumps; below zero: back",
        kind: .whole(unit: "s", range: -86_400...86_400, default: -1800))
    ],
    caughtBy: ["R-READ-11", "R-VAL-08", "R-VAL-09"], detectors: [.duplicate, .gap],
    leaves: .misset.noting())
  static let kinds: [Profile.Kind] = [.electronic, .smets1, .smets2, .modbus]

  private let step: TimeSpan

  init(_ values: FaultValues) { step = .seconds(values.whole("step")) }

  static func objection(_ values: FaultValues, to profile: Profile) -> String? {
    profile.clock == nil ? "it keeps no time" : nil
  }

  func strike(_ meter: Meter) { meter.setClock(to: meter.ownReading + step) }
}
