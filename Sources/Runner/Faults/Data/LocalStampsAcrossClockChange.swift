// DH-03: stamps of the London clock without an offset. In spring an hour is not there, in autumn one stands
// twice. Seen in a real price file. A reader that takes them for UTC is an hour out all summer and meets two
// values for one half-hour in October.

internal import Scenario
internal import Units

/// London's clock, without saying so.
struct LocalStampsAcrossClockChange: DataFault {
  static let declaration = FaultDeclaration(
    id: "DH-03", title: "Local stamps across the clock change", layer: .data,
    symptoms: "an hour that is missing in March and stands twice in October",
    parameters: [
      .init(
        name: "read-as", meaning: "the clock that the reader takes the stamps for",
        kind: .choice(["utc", "london"], default: "utc"))
    ],
    caughtBy: ["R-VAL-08", "R-READ-11"], detectors: [.slot, .duplicate])

  private let zone: ExportOptions.Zone

  init(_ values: FaultValues) { zone = values.choice("read-as") == "utc" ? .utc : .london }

  func spoil(_ sheet: inout FeedSheet, of source: FeedSource) {
    sheet.reader.zone = zone
    for index in sheet.rows.indices { sheet.rows[index].face = sheet.rows[index].stamp.londonFace }
  }
}
