// HR-08. The photograph is not of this reading: an old one sent again, or one of another meter.

internal import MeterModel
internal import Timeline
internal import Units

/// An old photograph, or a neighbour's meter.
struct WrongPhotoSent: ReaderFault {
  static let declaration = FaultDeclaration(
    id: "HR-08", title: "Old or foreign photograph", layer: .person,
    symptoms: "the photograph shows another value or another serial number than what is said",
    parameters: [
      ReaderChance.parameter(usual: "unknown: our assumption 10 000"),
      .init(
        name: "photo", meaning: "the one that was sent last time, or one of another meter",
        kind: .choice(["old", "other-meter"], default: "old")),
      .init(
        name: "behind", meaning: "how much less an old photograph shows where none was sent before",
        kind: .whole(unit: "Wh", range: 1000...100_000_000, default: 500_000)),
    ],
    caughtBy: ["R-READ-06"], detectors: [.photo, .identity])

  private let chance: ReaderChance
  private let isOld: Bool
  private let behind: WattHours

  init(_ values: FaultValues) {
    (chance, isOld) = (ReaderChance(values), values.choice("photo") == "old")
    behind = WattHours(values.whole("behind"))
  }

  func spoil(_ read: inout Read, at visit: DisplayVisit) {
    guard chance.strikes(visit) else { return }
    guard isOld else {
      let kilowattHours = visit.draws.whole(visit.draw(1), in: 1000...89_999)
      read.photo = Photo(
        serial: Self.other(visit.meter.serial), register: read.register,
        value: WattHours(kilowattHours * 1000))
      return
    }
    let earlier = visit.past.compactMap(\.photo).last
    let value = earlier?.value ?? max(read.value - behind, .zero)
    read.photo = Photo(serial: earlier?.serial ?? visit.meter.serial, register: read.register, value: value)
  }

  /// The number of the meter that was made next.
  private static func other(_ serial: String) -> String {
    guard let last = serial.last else { return "1" }
    let next = last.wholeNumberValue.map { String(($0 + 1) % 10) } ?? (last == "Z" ? "Y" : "Z")
    return serial.dropLast() + next
  }
}
