// RG-07. A tariff register that does not move, or a time switch that never switches: the rates no longer add
// up to the total, or all energy stands in one of them. Seen of a SMETS2 meter whose night rate stood at 0.

internal import Units

/// Registers by rate err; the total is right.
struct RateNotMoving: MeterFault {
  static let declaration = FaultDeclaration(
    id: "RG-07", title: "Tariff register not moving, or the wrong rate", layer: .register,
    symptoms: "the rates do not add up to the total, or one of them takes everything",
    parameters: [
      .init(
        name: "kind", meaning: "standing: this rate takes nothing; only: this rate takes everything",
        kind: .choice(["standing", "only"], default: "standing")),
      .init(name: "rate", meaning: "the rate", kind: .whole(unit: "rate", range: 1...48, default: 2)),
    ],
    caughtBy: ["R-VAL-07"], detectors: [.sum],
    leaves: .moved)
  static let kinds: [Profile.Kind] = [.electronic, .smets1, .smets2]

  private let isOnly: Bool
  private let rate: Int

  init(_ values: FaultValues) {
    isOnly = values.choice("kind") == "only"
    rate = Int(values.whole("rate"))
  }

  static func objection(_ values: FaultValues, to profile: Profile) -> String? {
    RateBook.switches(profile) ? nil : "it counts in one rate"
  }

  func bend(_ measuring: inout Measuring) {
    if isOnly { measuring.rates.only = rate } else { measuring.rates.standing = rate }
  }
}
