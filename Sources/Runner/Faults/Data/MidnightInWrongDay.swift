// DH-08: the half-hour that ends at midnight bears the date of the day that it ends. In the order of time a
// reader can see that; sorted by their text, rows put midnight first, and it lands a day early.

internal import Scenario
internal import Units

/// 00:00 under the date that it ends.
struct MidnightInWrongDay: DataFault {
  static let declaration = FaultDeclaration(
    id: "DH-08", title: "Midnight in the wrong day", layer: .data,
    symptoms: "one half-hour of each day lies 24 hours early: there twice, here missing",
    parameters: [
      .init(
        name: "order", meaning: "as the rows came, or sorted by their text as a spreadsheet does",
        kind: .choice(["time", "sorted"], default: "sorted"))
    ],
    caughtBy: ["R-VAL-08", "R-READ-11"], detectors: [.slot])

  private let isSorted: Bool

  init(_ values: FaultValues) { isSorted = values.choice("order") == "sorted" }

  func spoil(_ sheet: inout FeedSheet, of source: FeedSource) {
    sheet.midnightEndsItsDate = true
    guard isSorted else { return }
    func written(_ row: FeedSheet.Row) -> Int64 {
      let isMidnight = floorModulo(row.face.seconds, 86_400) == 0
      return row.face.seconds - (isMidnight ? 86_400 : 0)
    }
    sheet.rows.sort { written($0) < written($1) }
    (sheet.reader.from, sheet.reader.until) = (sheet.reader.from.map { $0 - .days(1) }, sheet.reader.until)
  }
}
