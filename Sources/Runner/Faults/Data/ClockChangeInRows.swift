// CK-05, as data shows it: whoever writes the rows keeps 48 to a day. On the long day of October the hour
// that comes twice is written once, or both are added into it.

internal import Scenario
internal import Units

/// 48 rows on a day of 50 half-hours.
struct ClockChangeInRows: DataFault {
  static let declaration = FaultDeclaration(
    id: "CK-05", title: "Summer time handled by who writes the rows", layer: .data,
    symptoms: "48 rows on the day of 50 half-hours; an hour is missing, or counts double",
    parameters: [
      .init(
        name: "repeated",
        meaning: "the hour that comes twice: its second time is left out, or added to the first",
        kind: .choice(["dropped", "added"], default: "dropped")),
      .init(
        name: "read-as", meaning: "the clock that the reader of the file takes the stamps for",
        kind: .choice(["utc", "london"], default: "london")),
    ],
    caughtBy: ["R-VAL-08"], detectors: [.slot, .duplicate])

  private let adds: Bool
  private let zone: ExportOptions.Zone

  init(_ values: FaultValues) {
    adds = values.choice("repeated") == "added"
    zone = values.choice("read-as") == "utc" ? .utc : .london
  }

  func spoil(_ sheet: inout FeedSheet, of source: FeedSource) {
    sheet.reader.zone = zone
    var rows: [FeedSheet.Row] = []
    var places: [Instant: Int] = [:]
    for var row in sheet.rows {
      row.face = row.stamp.londonFace
      if let place = places[row.face] {
        if adds { rows[place].energy = rows[place].energy + row.energy }
        continue
      }
      places[row.face] = rows.count
      rows.append(row)
    }
    sheet.rows = rows
  }
}

extension Instant {
  /// What a London clock shows at the end of a half-hour that ends here, as if it were UTC: the clock of the
  /// half-hour itself, so that the hour before it goes back ends at 02:00.
  var londonFace: Instant { self + LondonClock.offset(at: self - HalfHour.length) }
}
