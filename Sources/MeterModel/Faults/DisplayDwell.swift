// DP-05. A page stands still for as long as it is shown though the register moves on: what a person reads or
// photographs may be some seconds older than what a port answers at the same moment.

internal import Timeline
internal import Units

/// The shown value is renewed only every so many seconds.
struct DisplayDwell: MeterFault {
  static let declaration = FaultDeclaration(
    id: "DP-05", title: "Value stands while it is shown", layer: .display,
    symptoms: "a photograph and a read over the port at the same moment differ by less than one unit",
    parameters: [
      .init(
        name: "dwell", meaning: "how long a shown value stands",
        kind: .whole(unit: "s", range: 6...15, default: 10)
      )
    ],
    caughtBy: [])
  static let kinds: [Profile.Kind] = [.electronic, .smets1, .smets2, .modbus]

  private let dwell: Int64

  init(_ values: FaultValues) { dwell = values.whole("dwell") }

  static func objection(_ values: FaultValues, to profile: Profile) -> String? {
    profile.display == nil ? "it has no display" : nil
  }

  /// What stands there is what stood there when it began.
  func strike(_ meter: Meter) { meter.refreshDisplay() }

  func bend(_ display: inout DisplayFlaws, of profile: Profile, draws: RandomStream) {
    display.dwellSeconds = dwell
  }
}
