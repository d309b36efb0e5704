// HR-01. Two neighbouring digits change places on the way from the eye to the form: 15320 is sent as 15230.
// The difference is always a multiple of 9.

internal import Timeline
internal import Units

/// Neighbouring digits are sent the wrong way round.
struct DigitsTransposed: ReaderFault {
  static let declaration = FaultDeclaration(
    id: "HR-01", title: "Adjacent digits transposed", layer: .person,
    symptoms: "a reading is off by nine times a power of ten, and the next is right again",
    parameters: [
      ReaderChance.parameter(usual: "5000 to 20 000"),
      .init(
        name: "pair",
        meaning: "which digit changes places with the one to its left, the last is 1; 0 draws one",
        kind: .whole(unit: "digit", range: 0...11, default: 0)),
    ],
    caughtBy: ["R-READ-06", "R-READ-09", "R-VAL-02"], detectors: [.spike, .decrease])

  private let chance: ReaderChance
  private let pair: Int

  init(_ values: FaultValues) { (chance, pair) = (ReaderChance(values), Int(values.whole("pair"))) }

  func spoil(_ read: inout Read, at visit: DisplayVisit) {
    guard chance.strikes(visit) else { return }
    var figures = visit.figures(of: read.value)
    // Equal digits change nothing when they change places.
    let unequal = (1..<figures.count).filter { figures[$0] != figures[$0 - 1] }
    guard !unequal.isEmpty else { return }
    let wanted = figures.count - pair
    let right =
      pair > 0
      ? wanted : unequal[Int(visit.draws.whole(visit.draw(1), in: 0...Int64(unequal.count - 1)))]
    guard figures.indices.contains(right), right > 0 else { return }
    figures.swapAt(right - 1, right)
    read.value = visit.value(of: figures)
  }
}
