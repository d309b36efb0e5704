// CK-07: the file stamps the end of each half-hour, and its reader takes the stamps for starts; or the other
// way round. Everything moves by half an hour; sums stay right.

internal import Scenario
internal import Units

/// Each half-hour counts as the one after it, or before it.
struct EndsReadAsStarts: DataFault {
  static let declaration = FaultDeclaration(
    id: "CK-07", title: "End-of-period stamps read as starts", layer: .data,
    symptoms: "the whole curve lies half an hour late, or early; the total is right",
    parameters: [
      .init(
        name: "moves",
        meaning:
          "later: ends are read as starts, 30 min late; earlier: starts are read as ends, 30 min early",
        kind: .choice(["later", "earlier"], default: "later"))
    ],
    caughtBy: ["R-VAL-13"], detectors: [.shift])

  private let isLater: Bool

  init(_ values: FaultValues) { isLater = values.choice("moves") == "later" }

  func spoil(_ sheet: inout FeedSheet, of source: FeedSource) {
    let shift = isLater ? HalfHour.length : .zero - HalfHour.length
    if isLater {
      sheet.header = "Stamp"
      sheet.reader.stamps = .start
    } else {
      for index in sheet.rows.indices { sheet.rows[index].face = sheet.rows[index].face + shift }
    }
    // What was asked for is no longer what the file seems to cover.
    sheet.reader.from = sheet.reader.from.map { $0 + shift }
    sheet.reader.until = sheet.reader.until.map { $0 + shift }
  }
}
