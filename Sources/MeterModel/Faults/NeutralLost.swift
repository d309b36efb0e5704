// ME-13. The meter's own neutral is open, and its star point drifts towards one phase by some volts. Each
// element then multiplies with a voltage that is wrong by the same phasor; the sum is wrong by that voltage
// times the neutral current (Blondel), so a balanced load is still counted well and an unbalanced one is not.
// (A home that loses its neutral sees up to 400 V on a phase as well;
// what that does to appliances is the site's.)

internal import Units

/// The meter's neutral stands towards phase 1.
struct NeutralLost: MeterFault {
  static let declaration = FaultDeclaration(
    id: "ME-13", title: "Neutral of the meter lost", layer: .measurement,
    symptoms: "phase voltages far apart; unbalanced load counted too high or too low",
    parameters: [
      .init(
        name: "offset", meaning: "how far the star point moves towards phase 1",
        kind: .whole(unit: "V", range: 0...230, default: 90))
    ],
    caughtBy: ["R-VAL-02"], detectors: [.status, .maximum],
    leaves: .miscounted)
  static let kinds: [Profile.Kind] = [.electronic, .smets2, .modbus]

  private let ppm: Int64

  init(_ values: FaultValues) {
    ppm = scaleRounded(values.whole("offset") * 1000, Gain.million, over: DiscTorque.nominalMillivolts)
  }

  static func objection(_ values: FaultValues, to profile: Profile) -> String? {
    profile.phases == 3 ? nil : "a single-phase meter without a neutral is off"
  }

  func bend(_ measuring: inout Measuring) { measuring.element.wiring.neutral = ppm }
}
