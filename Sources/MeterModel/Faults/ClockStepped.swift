// CK-02. A synchronisation sets the clock wrong: one half-hour comes out short or long, and stamps are
// doubled or left out. It happens in an instant; the end of the fault does not set the clock right.

internal import Units

/// The clock jumps at the instant of the fault.
struct ClockStepped: MeterFault {
  static let declaration = FaultDeclaration(
    id: "CK-02", title: "Clock steps at a synchronisation", layer: .clock,
    symptoms: "a short, long, doubled or missing half-hour; stamps off by the step afterwards",
    parameters: [
      .init(
        name: "step", meaning: "by how much the clock is set ahead; negative: back",
        kind: .whole(unit: "s", range: -86_400...86_400, default: 3600))
    ],
    caughtBy: ["R-VAL-09", "R-VAL-06"])
  static let kinds: [Profile.Kind] = [.smets1, .smets2]

  private let step: TimeSpan

  init(_ values: FaultValues) { step = .seconds(values.whole("step")) }

  static func objection(_ values: FaultValues, to profile: Profile) -> String? {
    profile.clock == nil ? "it keeps no time" : nil
  }

  func strike(_ meter: Meter) {
    guard step != .zero else { return }
    meter.setClock(to: meter.clock(at: meter.now) + step)
  }
}
