// HR-02. The red digit of tenths is read as if it counted whole units, or a form that fills from the left
// loses a leading zero: either way the reading is ten times what it should be.

internal import MeterModel
internal import Units

/// Ten times the reading.
struct DigitTooMany: ReaderFault {
  static let declaration = FaultDeclaration(
    id: "HR-02", title: "Red digit included, or leading zero lost", layer: .person,
    symptoms: "a reading is ten times too high",
    parameters: [
      ReaderChance.parameter(usual: "10 000 to 30 000"),
      .init(
        name: "how", meaning: "the digit of tenths is included, or a leading zero is left out",
        kind: .choice(["red-digit", "leading-zero"], default: "red-digit")),
    ],
    caughtBy: ["R-READ-06", "R-VAL-02"], detectors: [.unit, .maximum])

  private let chance: ReaderChance
  private let includesTenth: Bool

  init(_ values: FaultValues) {
    (chance, includesTenth) = (ReaderChance(values), values.choice("how") == "red-digit")
  }

  func spoil(_ read: inout Read, at visit: DisplayVisit) {
    guard chance.strikes(visit) else { return }
    if includesTenth {
      let showsTenth = visit.face.decimals > 0 || visit.meter.profile.faceDesign.hasTenth
      guard showsTenth, let counted = visit.meter.countedWhole(read.register) else { return }
      let modulus = RegisterFace.Rollover.digits(visit.face.digits).modulus
      let tenth = floorModulo(counted.value, modulus.value) / 100 % 10
      read.value = WattHours(read.value.value / 1000 * 10_000 + tenth * 1000)
    } else {
      let figures = visit.figures(of: read.value)
      let kept = figures.drop { $0 == 0 }
      guard !kept.isEmpty else { return }
      read.value = visit.value(
        of: Array(kept) + Array(repeating: 0, count: figures.count - kept.count))
    }
  }
}
