// A reproducer for each code of an export file: the smallest file that shows it,
// and the place that is pointed at.

import Foundation
import Scenario
import Testing
import Units

struct WrongExport: CustomTestStringConvertible, Sendable {
  var code: String
  /// `line:column`.
  var at: String
  /// What the message or its help must say.
  var says: String
  var lines: [String]
  var options = ExportOptions()
  /// Whether the last line ends with a line feed.
  var isWhole = true

  var testDescription: String { "\(code) \(says)" }
  var text: String { lines.joined(separator: "\n") + (isWhole ? "\n" : "") }
}

@Suite("Errors of export files")
struct ExportFaultsTests {
  static let may = "2026-05-01T09:00Z"

  static func map(_ text: String) -> [ExportRole: ColumnName] {
    Dictionary((try? ExportRole.columns(parsing: text)) ?? []) { first, _ in first }
  }

  static let columns: [WrongExport] = [
    WrongExport(code: "BS-IMP-01", at: "1:1", says: "no line of this file", lines: ["export_kwh", "0.336"]),
    WrongExport(
      code: "BS-IMP-01", at: "1:1", says: "comma and semicolon",
      lines: ["start_utc,x;export_kwh", "\(may),1;0"]),
    WrongExport(code: "BS-IMP-02", at: "1:1", says: "no row", lines: ["start_utc,export_kwh"]),
    WrongExport(
      code: "BS-IMP-02", at: "1:1", says: "carriage return", lines: ["start_utc,export_kwh\r\(may),1"]),
    WrongExport(
      code: "BS-IMP-03", at: "1:1", says: "there is no header", lines: ["\(may),0.336", "\(may),0.3"]),
    WrongExport(
      code: "BS-IMP-04", at: "1:1", says: "column 2 \"Consumption (kWh)\"",
      lines: ["start_utc,Consumption (kWh)", "\(may),0.336"]),
    WrongExport(
      code: "BS-IMP-04", at: "1:1", says: "generation",
      lines: ["start_utc,Generation kWh,Export cost (p)", "\(may),0.336,1.2"]),
    WrongExport(
      code: "BS-IMP-04", at: "1:1", says: "no column is said to hold export",
      lines: ["start_utc,Export register (kWh)", "\(may),15320.4"]),
    WrongExport(
      code: "BS-IMP-05", at: "1:22", says: "--map export=#2 or --map export=#3",
      lines: ["start_utc,export_kwh,export_wh", "\(may),0.336,336"]),
    WrongExport(
      code: "BS-IMP-05", at: "1:12", says: "--map start=#1 or --map start=#2",
      lines: ["from (utc),from (local),export_kwh", "2026-05-01T09:00,2026-05-01T10:00,1"]),
    WrongExport(
      code: "BS-IMP-06", at: "1:1", says: "did you mean 'export_kwh'?",
      lines: ["start_utc,export_kwh", "\(may),0.3"],
      options: ExportOptions(columns: map("export=exprt_kwh"))),
    WrongExport(
      code: "BS-IMP-06", at: "1:1", says: "#1 to #2", lines: ["start_utc,export_kwh", "\(may),0.3"],
      options: ExportOptions(columns: map("export=#3"))),
    WrongExport(
      code: "BS-IMP-07", at: "1:1", says: "both export and start",
      lines: ["start_utc,export_kwh", "\(may),0.3"],
      options: ExportOptions(columns: map("start=#1,export=#1"))),
    WrongExport(
      code: "BS-IMP-08", at: "1:1", says: "column 1 \"row\" holds numbers",
      lines: ["row,export_kwh", "1,0.3"]),
    WrongExport(
      code: "BS-IMP-08", at: "1:1", says: "a row is a day", lines: ["day,export_kwh", "2026-05-01,9.3"]),
    WrongExport(
      code: "BS-IMP-08", at: "1:1", says: "end and time together",
      lines: ["a,b,export_kwh", "\(may),09:00,1"],
      options: ExportOptions(columns: map("end=a,time=b"))),
    WrongExport(
      code: "BS-IMP-28", at: "1:1", says: "a column for each half-hour",
      lines: [
        "date," + (0..<24).map { "\($0):30" }.joined(separator: ","),
        "x" + String(repeating: ",1", count: 24),
      ]),
  ]

  static let times: [WrongExport] = [
    WrongExport(
      code: "BS-IMP-09", at: "2:1", says: "--stamps start or --stamps end",
      lines: ["timestamp,export_kwh", "\(may),0.3"]),
    WrongExport(
      code: "BS-IMP-09", at: "2:1", says: "looks like end",
      lines: ["timestamp,export_kwh", "2026-05-01T00:30Z,0", "2026-05-02T00:00Z,0"]),
    WrongExport(
      code: "BS-IMP-10", at: "2:1", says: "--zone utc or --zone london",
      lines: ["start,export_kwh", "2026-05-01T09:00,0.3"]),
    WrongExport(
      code: "BS-IMP-11", at: "3:1", says: "day 32",
      lines: ["start_utc,export_kwh", "\(may),0.3", "2026-05-32T09:30Z,0.3"]),
    WrongExport(
      code: "BS-IMP-11", at: "3:1", says: "there is no time in this row",
      lines: ["start_utc,export_kwh", "\(may),0.3", ",0.3"]),
    WrongExport(
      code: "BS-IMP-11", at: "2:1", says: "a year has four digits",
      lines: ["start_utc,export_kwh", "01/05/26 09:00,0.3"],
      options: ExportOptions(columns: map("start=#1"))),
    WrongExport(
      code: "BS-IMP-12", at: "3:1", says: "carries no offset",
      lines: ["start,export_kwh", "\(may),0.3", "2026-05-01T09:30,0.3"]),
    WrongExport(
      code: "BS-IMP-12", at: "2:1", says: "against --zone london", lines: ["start,export_kwh", "\(may),0.3"],
      options: ExportOptions(zone: .london)),
    WrongExport(
      code: "BS-IMP-12", at: "2:1", says: "--zone utc or",
      lines: ["start,export_kwh", "2026-05-01T09:00,0.3"],
      options: ExportOptions(zone: .offset)),
    WrongExport(
      code: "BS-IMP-13", at: "2:1", says: "--dates dmy or --dates mdy",
      lines: ["start_utc,export_kwh", "04/05/2026 09:00,0.3"]),
    WrongExport(
      code: "BS-IMP-14", at: "3:1", says: "day first",
      lines: ["start_utc,export_kwh", "25/05/2026 09:00,0.3", "05/26/2026 09:30,0.3"]),
    WrongExport(
      code: "BS-IMP-14", at: "2:1", says: "month first",
      lines: ["start_utc,export_kwh", "25/05/2026 09:00,0.3"],
      options: ExportOptions(dates: .monthFirst)),
    // The clocks of 29 March 2026 go from 01:00 to 02:00, those of 25 October back from 02:00 to 01:00.
    WrongExport(
      code: "BS-IMP-15", at: "3:1", says: "--zone utc",
      lines: ["start_local,export_kwh", "2026-03-29T00:30,0", "2026-03-29T01:00,0"]),
    WrongExport(
      code: "BS-IMP-16", at: "2:1", says: "came twice",
      lines: ["start_local,export_kwh", "2026-10-25T01:00,0.1", "2026-10-25T01:30,0"]),
    WrongExport(
      code: "BS-IMP-16", at: "2:1", says: "in order",
      lines: ["start_local,export_kwh"]
        + ["01:00", "01:00", "01:30", "01:30"].map { "2026-10-25T\($0),0.1" }),
    WrongExport(
      code: "BS-IMP-17", at: "2:1", says: "not on a half-hour",
      lines: ["start_utc,export_kwh", "2026-05-01T09:15Z,0.3"]),
    WrongExport(
      code: "BS-IMP-18", at: "3:1", says: "looks like an hour",
      lines: ["start_utc,export_kwh"] + (10..<16).map { "2026-05-01T\($0):00Z,0.5" }),
    WrongExport(
      code: "BS-IMP-18", at: "2:19", says: "half an hour after its start",
      lines: ["start,end,export_kwh", "\(may),2026-05-01T10:00Z,0.5"]),
    WrongExport(
      code: "BS-IMP-29", at: "5:1", says: "in line 3",
      lines: [
        "end_utc,export_kwh", "2026-05-01 23:30,0", "2026-05-01 00:00,0", "2026-05-02 23:30,0",
        "2026-05-03 00:00,0",
      ]),
    WrongExport(
      code: "BS-IMP-30", at: "2:12", says: "1 to 46",
      lines: ["date,period,export_kwh", "2026-03-29,47,0.1"]),
  ]

  static let values: [WrongExport] = [
    WrongExport(
      code: "BS-IMP-19", at: "1:11", says: "--unit kWh", lines: ["start_utc,export", "\(may),0.336"]),
    WrongExport(
      code: "BS-IMP-20", at: "1:11", says: "a million times less",
      lines: ["start_utc,export_mwh", "\(may),0.336"]),
    WrongExport(
      code: "BS-IMP-20", at: "1:11", says: "power", lines: ["start_utc,export_kw", "\(may),0.336"]),
    WrongExport(
      code: "BS-IMP-21", at: "2:19", says: "--decimal comma",
      lines: ["start_utc,export_kwh", "\(may),\"1,234\""]),
    WrongExport(
      code: "BS-IMP-21", at: "3:19", says: "after a comma and after a point",
      lines: ["start_utc;export_kwh", "\(may);0,336", "2026-05-01T09:30Z;0.336"]),
    WrongExport(
      code: "BS-IMP-22", at: "3:19", says: "'0.3x' is not a number",
      lines: ["start_utc,export_kwh", "\(may),0.3", "2026-05-01T09:30Z,0.3x"]),
    WrongExport(
      code: "BS-IMP-22", at: "2:19", says: "'NULL'", lines: ["start_utc,export_kwh", "\(may),NULL"]),
    WrongExport(
      code: "BS-IMP-23", at: "2:19", says: "more than can be counted",
      lines: ["start_utc,export_kwh", "\(may),1e30"]),
    WrongExport(
      code: "BS-IMP-24", at: "3:24", says: "0.3 kWh in line 2",
      lines: ["start_utc,export_kwh", "\(may),0.3", "2026-05-01T10:00+01:00,0.4"].map {
        $0.replacing("start_utc", with: "start")
      }),
    WrongExport(
      code: "BS-IMP-25", at: "2:23", says: "--map quality=none",
      lines: ["start_utc,export_kwh,status", "\(may),0.3,guessed"]),
    WrongExport(
      code: "BS-IMP-26", at: "4:19", says: "3 decimals",
      lines: ["start_utc,export_kwh", "\(may),0.336", "2026-05-01T09:30Z,0.400", "2026-05-01T10:00Z,0.3"],
      isWhole: false),
    WrongExport(
      code: "BS-CSV-06", at: "3:1", says: "torn",
      lines: ["start_utc,export_kwh", "\(may),0.336", "2026-05-01T09:3"], isWhole: false),
    WrongExport(
      code: "BS-CSV-07", at: "2:19", says: "quote", lines: ["start_utc,export_kwh", "\(may),\"0.336"],
      isWhole: false),
    WrongExport(
      code: "BS-IMP-27", at: "3:1", says: "--mpan",
      lines: ["mpan,start_utc,export_kwh", "9900000000015,\(may),0.3", "9900000000024,\(may),0.3"]),
    WrongExport(
      code: "BS-IMP-32", at: "3:1", says: "is a year wrong?",
      lines: ["start_utc,export_kwh", "\(may),0.3", "2062-05-01T09:30Z,0.3"]),
    WrongExport(
      code: "BS-IMP-31", at: "1:1", says: "the rows are from 2026-05-01T09:00Z to 2026-05-01T09:30Z",
      lines: ["start_utc,export_kwh", "\(may),0.3"],
      options: ExportOptions(from: LondonClock.startOfDay(CivilDate(dayNumber: 20_600)))),
  ]

  @Test("each error is told at its place, with what to do", arguments: columns + times + values)
  func fault(wrong: WrongExport) throws {
    let faults = Export.faults(wrong.text, wrong.options)
    let fault = try #require(faults.first, "nothing was found wrong")
    #expect(faults.count == 1, "\(faults)")
    #expect(fault.code == wrong.code, "\(fault)")
    #expect("\(fault.at.line):\(fault.at.column)" == wrong.at, "\(fault)")
    #expect("\(fault)".contains(wrong.says), "\(fault)")
    #expect(fault.at.file == "half-hours.csv")
  }

  @Test("every code of an export file has its reproducer")
  func complete() {
    let shown = Set((Self.columns + Self.times + Self.values).map(\.code))
    let codes = Diagnostic.importMeanings.keys.filter { $0 < "BS-IMP-40" }
    #expect(codes.filter { !shown.contains($0) }.sorted() == [])
  }

  @Test("many wrong rows are told together, the first twenty of them in full")
  func many() {
    let rows = (0..<48).map { "2026-05-01T\($0 < 20 ? "0" : "1")\($0 % 10):00Z,x" }
    let faults = Export.faults((["start_utc,export_kwh"] + rows).joined(separator: "\n"))
    #expect(faults.count == 20)
    #expect(faults.allSatisfy { $0.code == "BS-IMP-22" })
    #expect(faults.last?.help.contains("28 more rows") == true)
  }
}

@Suite("The page about settling files")
struct SettlePageTests {
  @Test("docs/settle.md has each code with its sentence")
  func codes() throws {
    let page = try String(
      decoding: Data(contentsOf: ErrorsTests.root.appendingPathComponent("docs/settle.md")), as: UTF8.self)
    let rows = Diagnostic.importMeanings.sorted { $0.key < $1.key }.map { "| \($0.key) | \($0.value) |\n" }
    #expect(page.hasSuffix(rows.joined()))
  }
}
