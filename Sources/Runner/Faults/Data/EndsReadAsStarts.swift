// CK-07: the file stamps the end of each half-hour, and its reader takes the stamps for starts. Everything
// moves by half an hour; sums stay right.

internal import Scenario
internal import Units

/// Each half-hour counts as the one after it.
struct EndsReadAsStarts: DataFault {
  static let declaration = FaultDeclaration(
    id: "CK-07", title: "End-of-period stamps read as starts", layer: .data,
    symptoms: "the whole curve lies half an hour late; the total is right",
    caughtBy: [], detectors: [.shift])

  init(_ values: FaultValues) {}

  func spoil(_ sheet: inout FeedSheet, of source: FeedSource) {
    sheet.header = "Stamp"
    sheet.reader.stamps = .start
    // What was asked for is no longer what the file seems to cover.
    sheet.reader.from = sheet.reader.from.map { $0 + HalfHour.length }
    sheet.reader.until = sheet.reader.until.map { $0 + HalfHour.length }
  }
}
