// HR-09. More is claimed than the register shows: the advance since the last reading, raised by a share.

internal import MeterModel
internal import Units

/// A deliberate excess.
struct ReadingInflated: ReaderFault {
  static let declaration = FaultDeclaration(
    id: "HR-09", title: "Deliberate inflation", layer: .person,
    symptoms: "more export is claimed than the meter shows, or than the sun could give",
    parameters: [
      ReaderChance.parameter(usual: "unknown: our assumption 1000"),
      .init(
        name: "excess", meaning: "how much is added to the advance since the last reading",
        kind: .whole(unit: "per cent", range: 5...300, default: 50)),
    ],
    caughtBy: ["R-READ-06", "R-VAL-02", "R-VAL-03", "R-VAL-10"], detectors: [.yield, .balance])

  private let chance: ReaderChance
  private let excess: Int64

  init(_ values: FaultValues) { (chance, excess) = (ReaderChance(values), values.whole("excess")) }

  func spoil(_ read: inout Read, at visit: DisplayVisit) {
    guard chance.strikes(visit) else { return }
    let base = visit.before(read.register).value
    let advance = max(read.value.value - base, 0)
    let step = visit.face.resolution.value
    read.value = WattHours((base + advance + advance * excess / 100) / step * step)
  }
}
