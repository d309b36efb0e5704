// DP-06. The sensor over the LED or the disc's mark sees other light (sun through a cupboard door, a lamp
// that flickers), misses a flash, or counts one twice. The meter itself is right.

internal import Units

/// A sensor that sees more, or less, than the meter shows.
struct StrayLight: MeterFault {
  static let declaration = FaultDeclaration(
    id: "DP-06", title: "Stray light on the pulse sensor, double count", layer: .measurement,
    symptoms: "pulses without energy; a pulse counter parts from the register, most by day",
    parameters: [
      .init(
        name: "flashes", meaning: "flashes of other light that are taken for pulses, in an hour",
        kind: .whole(unit: "per hour", range: 0...18_000, default: 60)),
      .init(
        name: "unseen", meaning: "pulses that the sensor does not see",
        kind: .whole(unit: "per cent", range: 0...100, default: 0)),
      .init(
        name: "twice", meaning: "pulses that the sensor counts again when they end",
        kind: .whole(unit: "per cent", range: 0...100, default: 0)),
    ],
    caughtBy: ["R-VAL-10"], detectors: [.balance],
    leaves: .misheard)
  static let kinds: [Profile.Kind] = Profile.Kind.allCases

  private let values: FaultValues

  init(_ values: FaultValues) { self.values = values }

  static func objection(_ values: FaultValues, to profile: Profile) -> String? {
    profile.pulse == nil ? "it has no pulse output" : nil
  }

  func bend(_ measuring: inout Measuring) {
    measuring.pulse.flashes = values.whole("flashes")
    (measuring.pulse.unseen, measuring.pulse.seenTwice) = (values.whole("unseen"), values.whole("twice"))
  }
}
