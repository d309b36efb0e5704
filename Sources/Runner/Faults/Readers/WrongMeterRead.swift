// HR-05. The meter beside it was read: the one that counts what the panels make. What is sent as export is
// generation, self-use and all.

internal import MeterModel
internal import Units

/// The generation meter read in place of the export register.
struct WrongMeterRead: ReaderFault {
  static let declaration = FaultDeclaration(
    id: "HR-05", title: "Generation meter read for export", layer: .person,
    symptoms: "what is sent as export is what the generation meter shows",
    parameters: [ReaderChance.parameter(usual: "20 000 to 50 000")],
    caughtBy: ["R-READ-06", "R-VAL-02", "R-VAL-10"], detectors: [.fraction, .identity])

  private let chance: ReaderChance

  init(_ values: FaultValues) { chance = ReaderChance(values) }

  static func objection(among meters: [Meter]) -> String? {
    meters.contains { $0.profile.register(.generation) != nil }
      ? nil : "no generation meter hangs here: add one with `place: generation`"
  }

  func spoil(_ read: inout Read, at visit: DisplayVisit) {
    guard chance.strikes(visit),
      let other = visit.beside.first(where: { $0.profile.register(.generation) != nil }),
      let shown = other.sight(of: .generation)
    else { return }
    read.value = shown
    if read.photo != nil { read.photo = Photo(serial: other.serial, register: .generation, value: shown) }
  }
}
