// HR-04. The display has a page for each register, and the import page was up: import is sent as export. A
// photograph shows that page.

internal import MeterModel
internal import Units

/// One register read in place of the other.
struct WrongPageRead: ReaderFault {
  static let declaration = FaultDeclaration(
    id: "HR-04", title: "Import register read for export", layer: .person,
    symptoms: "what is sent as export is what the import register shows",
    parameters: [ReaderChance.parameter(usual: "20 000 to 50 000")],
    caughtBy: ["R-READ-06", "R-READ-09", "R-VAL-02"], detectors: [.balance, .sign])
  static let kinds: [Profile.Kind] = [.electronic, .smets1, .smets2, .modbus]

  private let chance: ReaderChance

  init(_ values: FaultValues) { chance = ReaderChance(values) }

  func spoil(_ read: inout Read, at visit: DisplayVisit) {
    let page: RegisterRole = read.register == .import ? .export : .import
    guard chance.strikes(visit), let shown = visit.meter.sight(of: page) else { return }
    read.value = shown
    if let photo = read.photo { read.photo = Photo(serial: photo.serial, register: page, value: shown) }
  }
}
