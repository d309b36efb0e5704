// HR-07. The reading lay about for days and was sent with the date of its sending: the register stood so
// once, not then.

internal import Units

/// A reading with a later date.
struct ReadingMisdated: ReaderFault {
  static let declaration = FaultDeclaration(
    id: "HR-07", title: "Wrong date", layer: .person,
    symptoms: "energy of some days falls into the next period; the total is right in the end",
    parameters: [
      ReaderChance.parameter(usual: "unknown: our assumption 50 000"),
      .init(
        name: "days", meaning: "by how many days the date is too late",
        kind: .whole(unit: "days", range: 0...60, default: 7)),
    ],
    caughtBy: ["R-VAL-02", "R-VAL-03"], detectors: [.maximum, .yield])

  private let chance: ReaderChance
  private let delay: TimeSpan

  init(_ values: FaultValues) {
    (chance, delay) = (ReaderChance(values), .days(values.whole("days")))
  }

  func spoil(_ read: inout Read, at visit: DisplayVisit) {
    guard chance.strikes(visit) else { return }
    read.at = read.at + delay
    read.received = read.received + delay
  }
}
