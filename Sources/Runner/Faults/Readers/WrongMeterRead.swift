// HR-05. The meter beside it was read: the one that counts what the panels make. What is sent as export is
// generation, self-use and all.

internal import MeterModel
internal import Units

/// The generation meter read in place of the export register.
struct WrongMeterRead: ReaderFault {
  static let declaration = FaultDeclaration(
    id: "HR-05", title: "Generation meter read for export", layer: .person,
    symptoms: "what is sent as export is what the generation meter shows",
    parameters: [
      ReaderChance.parameter(usual: "20 000 to 50 000"),
      .init(
        name: "shows", meaning: "what the generation meter shows, in a story that has no other meter",
        kind: .whole(unit: "Wh", range: 0...999_999_000, default: 12_000_000)),
    ],
    caughtBy: ["R-READ-06", "R-VAL-02", "R-VAL-10"], detectors: [.fraction, .identity])

  private let chance: ReaderChance
  private let stated: WattHours

  init(_ values: FaultValues) { (chance, stated) = (ReaderChance(values), WattHours(values.whole("shows"))) }

  func spoil(_ read: inout Read, at visit: DisplayVisit) {
    guard chance.strikes(visit) else { return }
    // A generation meter has one register: what goes through it forwards.
    let other = visit.beside.first { !$0.profile.hasExportRegister } ?? visit.beside.first
    let serial = other?.serial ?? ("G" + visit.meter.serial)
    read.value = other?.sight(of: .import) ?? stated
    if read.photo != nil { read.photo = Photo(serial: serial, register: .generation, value: read.value) }
  }
}
