// HR-03. Pointer dials misread: each pointer taken for the figure that it is nearest to, not for the one that
// it has passed; or the dials that go round anticlockwise read as if they went clockwise.

internal import MeterModel
internal import Units

/// Pointers taken for other figures.
struct DialMisread: ReaderFault {
  static let declaration = FaultDeclaration(
    id: "HR-03", title: "Dial misread", layer: .person,
    symptoms: "a reading of pointer dials is off by one in some places, or mirrored in every second",
    parameters: [
      ReaderChance.parameter(usual: "20 000 to 100 000 on pointer dials"),
      .init(
        name: "how", meaning: "the nearest figure, or the direction of the anticlockwise dials",
        kind: .choice(DialMistake.allCases.map(\.rawValue), default: DialMistake.nearest.rawValue)),
    ],
    caughtBy: ["R-READ-06", "R-READ-09", "R-VAL-02"], detectors: [.spike])
  static let kinds: [Profile.Kind] = [.analogue]

  private let chance: ReaderChance
  private let mistake: DialMistake

  init(_ values: FaultValues) {
    (chance, mistake) = (ReaderChance(values), DialMistake(rawValue: values.choice("how")) ?? .nearest)
  }

  func spoil(_ read: inout Read, at visit: DisplayVisit) {
    guard chance.strikes(visit), let face = visit.meter.face(page: DisplayPage(read.register)),
      let figures = face.figures(mistaken: mistake)
    else { return }
    read.value = visit.value(of: figures)
  }
}
