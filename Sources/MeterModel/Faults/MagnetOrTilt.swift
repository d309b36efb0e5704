// ME-17. A strong magnet at the case brakes the disc, or saturates the transformers of a static meter; a disc
// meter that hangs askew rubs. Either way the meter counts less while it lasts.

internal import Units

/// Everything counted by a share too low, and a tilted disc held by friction.
struct MagnetOrTilt: MeterFault {
  static let declaration = FaultDeclaration(
    id: "ME-17", title: "Magnet or tilt", layer: .measurement,
    symptoms: "days on which everything is too low",
    parameters: [
      .init(
        name: "error", meaning: "what the magnet takes",
        kind: .whole(unit: "%", range: -60...0, default: -30)),
      .init(
        name: "tilt",
        meaning: "how far a disc meter hangs askew; from 3° on each degree more adds 1 W of friction",
        kind: .whole(unit: "deg", range: 0...45, default: 0)),
    ],
    caughtBy: ["R-VAL-10"], detectors: [.drift, .status],
    leaves: .miscounted.noting())
  static let kinds: [Profile.Kind] = [.analogue, .electronic, .modbus]

  private let ppm: Int64
  private let friction: Int64

  init(_ values: FaultValues) {
    ppm = values.whole("error") * 10_000
    friction = max(values.whole("tilt") - 3, 0) * 1000
  }

  static func objection(_ values: FaultValues, to profile: Profile) -> String? {
    if profile.kind != .analogue, values.whole("tilt") > 0 { return "a meter without a disc may hang askew" }
    if profile.kind != .analogue, profile.connection != .currentTransformer {
      return "it has no transformer core that a magnet could saturate (our assumption)"
    }
    return nil
  }

  func strike(_ meter: Meter) {
    if ppm < 0, meter.profile.kind != .analogue { meter.note(.strongField, at: meter.ownReading) }
  }

  func bend(_ measuring: inout Measuring) {
    measuring.element.gain.add(ppm: ppm)
    guard friction > 0 else { return }
    var torque = measuring.element.torque ?? .ideal
    torque.friction += friction
    torque.stiction += friction
    measuring.element.torque = torque
  }
}
