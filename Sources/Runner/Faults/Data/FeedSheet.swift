// A file of half-hours as somebody writes it and somebody else is told to read it. Faults change the one or
// the other; then the file goes through the importer that any file goes through.

internal import Scenario
internal import Units

/// Half-hours on their way from a meter's log to the settlement party, in a file.
struct FeedSheet {
  struct Row {
    /// The end of the half-hour.
    var stamp: Instant
    var energy: WattHours
    /// What the clock of the file shows for the stamp, as if it were UTC.
    var face: Instant
  }

  enum Dates { case year, dayFirst, monthFirst }

  var rows: [Row]
  var header = "End"
  var energyHeader = "Export (kWh)"
  /// Columns after that of the energy.
  var more: [(header: String, cell: (Row) -> String)] = []
  var separator = ","
  var dates = Dates.year
  var mark = "."
  var hasByteOrderMark = false
  /// A midnight bears the date of the day that it ends.
  var midnightEndsItsDate = false
  var number: (WattHours) -> String = FeedSheet.kilowattHours
  /// How the reader is told to read it.
  var reader: ExportOptions

  init(_ log: LogRead) {
    rows = log.entries.map { entry in
      let end = log.convention == .end ? entry.stamp : entry.stamp + HalfHour.length
      return Row(stamp: end, energy: entry.energy, face: end)
    }
    let ends = rows.map(\.stamp)
    reader = ExportOptions(
      stamps: .end, zone: .utc, unit: .kilowattHours, zero: .missing,
      from: ends.min().map { $0 - HalfHour.length }, until: ends.max())
  }

  /// Three decimals of a kWh.
  @Sendable static func kilowattHours(_ energy: WattHours) -> String {
    let (whole, rest) = (energy.value / 1000, energy.value % 1000)
    return "\(whole).\(pad(rest, 3))"
  }

  /// The file.
  var text: String {
    var lines = [([header, energyHeader] + more.map(\.header)).joined(separator: separator)]
    for row in rows {
      let cells = [face(row), number(row.energy).replacing(".", with: mark)] + more.map { $0.cell(row) }
      lines.append(cells.joined(separator: separator))
    }
    return (hasByteOrderMark ? "\u{FEFF}" : "") + lines.joined(separator: "\n") + "\n"
  }

  private func face(_ row: Row) -> String {
    let minute = Int(floorModulo(row.face.seconds, 86_400) / 60)
    var day = Int(floorDivide(row.face.seconds, 86_400))
    if midnightEndsItsDate, minute == 0 { day -= 1 }
    let date = CivilDate(dayNumber: day)
    let (year, month) = (Self.pad(Int64(date.year), 4), Self.pad(Int64(date.month), 2))
    let dayOfMonth = Self.pad(Int64(date.day), 2)
    let written =
      switch dates {
      case .year: "\(year)-\(month)-\(dayOfMonth)"
      case .dayFirst: "\(dayOfMonth)/\(month)/\(year)"
      case .monthFirst: "\(month)/\(dayOfMonth)/\(year)"
      }
    return "\(written) \(Self.pad(Int64(minute / 60), 2)):\(Self.pad(Int64(minute % 60), 2))"
  }

  private static func pad(_ number: Int64, _ digits: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(digits - text.count, 0)) + text
  }
}
