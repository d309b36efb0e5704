// MF-03. The pointer to the oldest entry of the ring is off by some slots: stamps, which the meter works out
// from the pointer, no longer belong to their values.

internal import Units

/// Values of the log stand some slots away from their stamps.
struct ProfilePointerCorrupt: MeterFault {
  static let declaration = FaultDeclaration(
    id: "MF-03", title: "Profile pointer corrupt", layer: .memory,
    symptoms: "half-hours in a wrong order: the day's curve is shifted, and wraps",
    parameters: [
      .init(
        name: "slots", meaning: "how many slots a value stands too late; below zero: too early",
        kind: .whole(unit: "slots", range: -48...48, default: 4))
    ],
    caughtBy: ["R-VAL-13"], detectors: [.shift, .duplicate])
  static let kinds: [Profile.Kind] = [.electronic, .smets1]

  private let slots: Int

  init(_ values: FaultValues) { slots = Int(values.whole("slots")) }

  static func objection(_ values: FaultValues, to profile: Profile) -> String? {
    profile.logs == .none ? "it keeps no log" : nil
  }

  func bend(_ measuring: inout Measuring) { measuring.log.slots = slots }
}
