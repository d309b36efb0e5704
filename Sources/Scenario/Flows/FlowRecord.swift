// One line of a flow file: fields between pipes. An error names the file, the line and the field.

internal import Units

/// A record of a data-transfer flow (DTC user file format; rule book, section 15).
struct FlowRecord {
  let file: String
  /// From 1.
  let line: Int
  /// The line without its line end.
  let text: String
  /// What stands between the pipes; blanks at both ends are no part of it.
  let fields: [String]
  /// Where each field begins, in characters from 1.
  private let columns: [Int]

  init(_ text: Substring, file: String, line: Int) {
    (self.text, self.file, self.line) = (String(text), file, line)
    var (fields, columns, column) = ([String](), [Int](), 1)
    for part in text.split(separator: "|", omittingEmptySubsequences: false) {
      let lead = part.prefix(while: \.isWhitespace).count
      fields.append(String(part).trimmed)
      columns.append(column + (lead == part.count ? 0 : lead))
      column += part.count + 1
    }
    (self.fields, self.columns) = (fields, columns)
  }

  /// What kind of record it is, in capitals: `026`, `66L`, `ZPT`.
  var kind: String { fields[0].uppercased() }

  /// A field by its place after the kind, from 1; empty where the line ends before it.
  subscript(field: Int) -> String { field < fields.count ? fields[field] : "" }

  func needed(_ field: Int, _ what: String) throws -> String {
    let text = self[field]
    guard !text.isEmpty else { throw fault("BS-FLOW-03", field, "\(what) is missing") }
    return text
  }

  /// One of some letters, in capitals.
  func word(_ field: Int, _ what: String, among known: [String]) throws -> String {
    let text = try needed(field, what).uppercased()
    guard known.contains(text) else {
      throw fault(
        "BS-FLOW-08", field, "'\(self[field])' is no \(what)",
        help: "one of: \(known.joined(separator: ", "))")
    }
    return text
  }

  func mpan(_ field: Int) throws -> String {
    let text = try needed(field, "the MPAN")
    do {
      return try MPAN(parsing: text).core
    } catch {
      throw fault("BS-FLOW-05", field, "'\(text)' is no MPAN: \(error.message)")
    }
  }

  /// A date written 20260501.
  func date(_ field: Int) throws -> CivilDate {
    let text = try needed(field, "the date")
    guard let date = Self.date(text) else {
      throw fault("BS-FLOW-06", field, "'\(text)' is no date", help: "a date is written YYYYMMDD")
    }
    return date
  }

  /// A time written 20260501093000, as a clock on UTC would show it.
  func face(_ field: Int) throws -> Instant {
    let text = try needed(field, "the time")
    let parts = stride(from: 8, to: 14, by: 2).map { Int(text.dropFirst($0).prefix(2)) ?? 99 }
    guard text.utf8.count == 14, text.allSatisfy({ $0.isASCII && $0.isNumber }),
      let date = Self.date(String(text.prefix(8))), parts[0] < 24, parts[1] < 60, parts[2] < 60
    else {
      throw fault("BS-FLOW-06", field, "'\(text)' is no time", help: "a time is written YYYYMMDDhhmmss")
    }
    let seconds = Int64(date.dayNumber) * 86_400 + Int64(parts[0] * 3600 + parts[1] * 60 + parts[2])
    return Instant(seconds: seconds)
  }

  /// kWh as written, in whole Wh, with the step of its decimals: one decimal is specified, three are seen.
  func energy(_ field: Int) throws -> (energy: WattHours, step: WattHours) {
    let text = try needed(field, "the value")
    guard let number = try? DecimalText(parsing: text) else {
      throw fault("BS-FLOW-07", field, "'\(text)' is no number of kWh")
    }
    guard let whole = number.whole(timesTenTo: 3) else {
      throw fault("BS-FLOW-07", field, "'\(text)' kWh is finer than 1 Wh, or too large")
    }
    guard let value = Int64(exactly: whole), value.magnitude <= Self.mostEnergy else {
      throw fault("BS-FLOW-07", field, "'\(text)' kWh is more than any register shows")
    }
    let steps: [Int64] = [1000, 100, 10]
    return (WattHours(value), WattHours(steps.indices.contains(number.decimals) ? steps[number.decimals] : 1))
  }

  /// A petawatt-hour is no reading of anything.
  private static let mostEnergy: UInt64 = 1_000_000_000_000_000

  func fault(_ code: String, _ field: Int, _ message: String, help: String = "") -> Diagnostic {
    let column = field < columns.count ? columns[field] : text.count + 1
    return Diagnostic(
      code: code, at: Position(file: file, line: line, column: column),
      message: "field \(field) of \(kind): \(message)", help: help, excerpt: text.count > 400 ? nil : text,
      width: max(self[field].count, 1))
  }

  private static func date(_ text: String) -> CivilDate? {
    guard text.utf8.count == 8, text.allSatisfy({ $0.isASCII && $0.isNumber }),
      let year = Int(text.prefix(4)), let month = Int(text.dropFirst(4).prefix(2)),
      let day = Int(text.suffix(2))
    else { return nil }
    return CivilDate(year: year, month: month, day: day)
  }
}
