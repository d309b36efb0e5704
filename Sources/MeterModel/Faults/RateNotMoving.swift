// RG-07. A tariff register that does not move, a time switch that never switches, or one that is off: the
// rates no longer add up to the total, all energy stands in one of them, or hours of one in another.
// Seen of a SMETS2 meter whose night rate stood at 0.

internal import Units

/// Registers by rate err; the total is right.
struct RateNotMoving: MeterFault {
  static let declaration = FaultDeclaration(
    id: "RG-07", title: "Tariff register not moving, or the wrong rate", layer: .register,
    symptoms: "the rates do not add up to the total, or one of them takes what belongs to another",
    parameters: [
      .init(
        name: "kind",
        meaning: "standing: this rate takes nothing; only: this rate takes everything; late: the time switch "
          + "is off",
        kind: .choice(["standing", "only", "late"], default: "standing")),
      .init(
        name: "rate", meaning: "standing and only: the rate",
        kind: .whole(unit: "rate", range: 1...48, default: 2)),
      .init(
        name: "by",
        meaning: "late: how much later rates switch than they should, to whole half-hours; "
          + "negative: earlier",
        kind: .whole(unit: "min", range: -720...720, default: 60)),
    ],
    caughtBy: ["R-VAL-07"], detectors: [.sum],
    leaves: .moved)
  static let kinds: [Profile.Kind] = [.electronic, .smets1, .smets2]

  private let kind: String
  private let rate: Int
  private let halfHours: Int

  init(_ values: FaultValues) {
    (kind, rate) = (values.choice("kind"), Int(values.whole("rate")))
    halfHours = Int(values.whole("by") / 30)
  }

  static func objection(_ values: FaultValues, to profile: Profile) -> String? {
    RateBook.switches(profile) ? nil : "it counts in one rate"
  }

  func bend(_ measuring: inout Measuring) {
    switch kind {
    case "only": measuring.rates.only = rate
    case "late": measuring.rates.late = halfHours
    default: measuring.rates.standing = rate
    }
  }
}
