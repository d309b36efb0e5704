// A calendar of bank holidays as a file (Profiles/calendars/england-and-wales.csv): the first and last date
// it speaks of, and the holidays between.
//
//   kind,date,title
//   covers-from,2019-01-01,
//   covers-to,2027-12-31,
//   holiday,2019-04-19,Good Friday

internal import Settlement
internal import Truth
internal import Units

extension WorkingDays {
  /// Reads a calendar; `file` names it in errors. Throws a `Diagnostic`: BS-CAL-01 … -04.
  init(csv text: String, file: String) throws {
    let table: CSVTable
    do {
      table = try CSVTable(parsing: text)
    } catch {
      throw Diagnostic(
        code: "BS-CAL-01", at: Position(file: file, line: error.line, column: error.column),
        message: "this is no calendar: \(error.message)", help: error.help)
    }
    let names = table.header.map(\.text)
    guard names == ["kind", "date", "title"] else {
      throw Self.wrong(
        "BS-CAL-01", table.header[0], file, "a calendar has other columns", help: "name them kind,date,title")
    }
    var ends: [String: CivilDate] = [:]
    var holidays: Set<CivilDate> = []
    for row in table.rows {
      guard let date = try? CivilDate(parsing: row[1].text) else {
        throw Self.wrong("BS-CAL-02", row[1], file, "'\(row[1].text)' is no date", help: "as 2026-12-25")
      }
      switch row[0].text {
      case "holiday": holidays.insert(date)
      case "covers-from", "covers-to":
        guard ends.updateValue(date, forKey: row[0].text) == nil else {
          throw Self.wrong("BS-CAL-03", row[0], file, "'\(row[0].text)' stands twice", help: "remove one")
        }
      default:
        throw Self.wrong(
          "BS-CAL-03", row[0], file, "'\(row[0].text)' is nothing that a calendar says",
          help: "one of: covers-from, covers-to, holiday")
      }
    }
    guard let first = ends["covers-from"], let last = ends["covers-to"], first <= last,
      holidays.allSatisfy({ (first...last).contains($0) })
    else {
      throw Self.wrong(
        "BS-CAL-04", table.header[0], file, "it is not said of which dates this calendar speaks",
        help: "add rows `covers-from` and `covers-to` around all holidays")
    }
    self.init(covered: first...last, holidays: holidays)
  }

  private static func wrong(
    _ code: String, _ cell: CSVTable.Cell, _ file: String, _ message: String, help: String
  ) -> Diagnostic {
    Diagnostic(
      code: code, at: Position(file: file, line: cell.line, column: cell.column), message: message, help: help
    )
  }
}
