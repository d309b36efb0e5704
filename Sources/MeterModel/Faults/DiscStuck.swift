// ME-21. A chip in the gap of the brake magnet, a worm that jammed, a bearing without oil: the disc stands
// below some power, or always.

internal import Units

/// The disc does not turn up to a power.
struct DiscStuck: MeterFault {
  static let declaration = FaultDeclaration(
    id: "ME-21", title: "Stuck disc", layer: .measurement,
    symptoms: "the register does not advance, or only under heavy load",
    parameters: [
      .init(
        name: "below", meaning: "the power up to which it stands; 0 for always",
        kind: .whole(unit: "W", range: 0...3000, default: 0))
    ],
    caughtBy: ["R-VAL-13"], detectors: [.stuck],
    leaves: .miscounted)
  static let kinds: [Profile.Kind] = [.analogue]

  private let milliwatts: Int64

  init(_ values: FaultValues) {
    let watts = values.whole("below")
    milliwatts = watts == 0 ? .max : watts * 1000
  }

  func bend(_ measuring: inout Measuring) {
    measuring.element.stuck = max(measuring.element.stuck, milliwatts)
  }
}
