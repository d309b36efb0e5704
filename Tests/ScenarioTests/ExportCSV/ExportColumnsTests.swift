// Files as they come: separators, headers, orders of columns, and how each was understood.

import Scenario
import Testing
import Units

@Suite("Columns of export files")
struct ExportColumnsTests {
  struct Shape: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var lines: [String]
    var options = ExportOptions()
    /// What the mapping must say.
    var mapped: [String: String]
  }

  static let noon = "2026-05-01T12:00Z 336"

  static let shapes: [Shape] = [
    Shape(
      testDescription: "kWh, UTC start", lines: ["start_utc,export_kwh", "2026-05-01T12:00:00Z,0.336"],
      mapped: ["start": "column 1 \"start_utc\"", "unit": "kWh", "zone": "UTC"]),
    Shape(
      testDescription: "blanks in the header, start and end with offset, several columns",
      lines: [
        "Consumption (kwh), Export (kWh), Estimated Cost Inc. Tax (p), Start, End",
        "0.1,0.336,2.31, 2026-05-01T13:00:00+01:00, 2026-05-01T13:30:00+01:00",
      ],
      mapped: [
        "export": "column 2 \"Export (kWh)\"", "import": "column 1 \"Consumption (kwh)\"",
        "start": "column 4 \"Start\"", "end": "column 5 \"End\"", "zone": "each with its offset",
        "not used": "column 3 \"Estimated Cost Inc. Tax (p)\"",
      ]),
    Shape(
      testDescription: "byte-order mark, semicolons, decimal comma, quotes, CRLF",
      lines: ["\u{FEFF}\"Period end (UTC)\";\"Export kWh\"\r", "\"01/05/2026 12:30\";\"0,336\"\r"],
      options: ExportOptions(dates: .dayFirst),
      mapped: [
        "stamps": "end of the half-hour", "decimals": "after a comma", "file": "1 rows, semicolon-separated",
      ]),
    Shape(
      testDescription: "tabs, Wh, camel case",
      lines: ["intervalStart\texportWh", "2026-05-01 12:00+00:00\t336"],
      mapped: ["unit": "Wh", "file": "1 rows, tab-separated"]),
    Shape(
      testDescription: "MWh, written so", lines: ["start_utc,Export (MWh)", "2026-05-01T12:00Z,0.000336"],
      mapped: ["unit": "MWh"]),
    Shape(
      testDescription: "an offset without a colon",
      lines: ["from,export_kwh", "2026-05-01T13:00:00+0100,0.336"],
      mapped: ["zone": "each with its offset"]),
    Shape(
      testDescription: "12-hour times, month first",
      lines: ["Start (UTC),Export (kWh)", "5/1/2026 12:00 PM,.336"],
      options: ExportOptions(dates: .monthFirst),
      mapped: ["dates": "month first"]),
    Shape(
      testDescription: "month names", lines: ["Start GMT,Export kWh", "1 May 2026 12:00,0.336"],
      mapped: ["zone": "UTC"]),
    Shape(
      testDescription: "date and time apart, London time",
      lines: ["Date,Start time (local),Export (kWh)", "2026-05-01,13:00,0.336"],
      mapped: [
        "date": "column 1 \"Date\"", "time": "column 2 \"Start time (local)\"", "zone": "London clock",
      ]),
    // 12:00Z is 13:00 BST, which begins period 27 (R-SP-01).
    Shape(
      testDescription: "date and settlement period",
      lines: ["Settlement Date,Settlement Period,AE (kWh)", "01/05/2026,27,0.336"],
      options: ExportOptions(dates: .dayFirst),
      mapped: ["period": "column 2 \"Settlement Period\"", "zone": "settlement days, by the London clock"]),
    Shape(
      testDescription: "a neutral stamp, stated to be the end",
      lines: ["timestamp,export_kwh", "2026-05-01T12:30Z,0.336"],
      options: ExportOptions(stamps: .end), mapped: ["stamps": "end of the half-hour"]),
    Shape(
      testDescription: "a column that does not say export, stated to be it",
      lines: ["start_utc,Consumption (kWh)", "2026-05-01T12:00Z,0.336"],
      options: ExportOptions(columns: [.export: .header("consumption (kwh)")]),
      mapped: ["export": "column 2 \"Consumption (kWh)\""]),
    Shape(
      testDescription: "a column by its place, its unit stated",
      lines: ["start_utc,a,b", "2026-05-01T12:00Z,9,336"],
      options: ExportOptions(columns: [.export: .number(3)], unit: .wattHours),
      mapped: ["export": "column 3 \"b\"", "unit": "Wh"]),
    Shape(
      testDescription: "of several supplies the one asked for",
      lines: [
        "MPAN,start_utc,export_kwh", "9900000000024,2026-05-01T12:00Z,9",
        "9900000000015,2026-05-01T12:00Z,0.336",
      ], options: ExportOptions(mpan: try? MPAN(parsing: "9900000000015")),
      mapped: ["mpan": "column 1 \"MPAN\""]),
    Shape(
      testDescription: "notes above and blank lines within",
      lines: ["# made by hand", "start_utc,export_kwh", "", "2026-05-01T12:00Z,0.336"], mapped: [:]),
  ]

  @Test("336 Wh at noon are found in every shape", arguments: shapes)
  func shape(one: Shape) throws {
    let file = try Export.file(one.lines, one.options)
    #expect(Export.rows(file) == [Self.noon], "\(file.mapping.choices)")
    for (what, value) in one.mapped { #expect(file.mapping[what] == value) }
  }

  @Test("the import column becomes a log of the same meter's import register")
  func bothRegisters() throws {
    let file = try Export.file(["start_utc,export_kwh,import_wh", "2026-05-01T12:00Z,0.336,50"])
    let logs = file.logs(serial: "M1", received: try Export.instant("2026-05-02T00:00Z"))
    #expect(logs.map(\.register) == [.export, .import])
    #expect(logs[1].entries.map(\.energy) == [WattHours(50)])
    let alone = try Export.file(
      ["start_utc,export_kwh,import_wh", "2026-05-01T12:00Z,0.336,50"],
      ExportOptions(columns: [.import: .none]))
    #expect(alone.logs(serial: "M1", received: .epoch).map(\.register) == [.export])
  }

  @Test("a column that is stated to be export is not taken for import too")
  func statedOnce() throws {
    let lines = ["start_utc,Consumption (kWh)", "2026-05-01T12:00Z,0.336"]
    let file = try Export.file(lines, ExportOptions(columns: [.export: .number(2)]))
    #expect(file.logs(serial: "M1", received: .epoch).map(\.register) == [.export])
    #expect(file.mapping["import"] == nil)
  }

  @Test("an entry's cause is the number of its line, and its quality is kept")
  func provenance() throws {
    let file = try Export.file([
      "start_utc,export_kwh,quality", "2026-05-01T12:00Z,0.336,A", "2026-05-01T12:30Z,0.2,Estimated",
      "2026-05-01T13:00Z,,", "2026-05-01T13:30Z,0.1,M",
    ])
    let entries = file.logs(serial: "M1", received: .epoch)[0].entries
    #expect(entries.map(\.cause.number) == [2, 3, 4, 5])
    #expect(entries.map(\.quality) == [.actual, .estimated, .missing, .missing])
    #expect(file.notes.contains { $0.kind == .missing })
  }

  @Test("a stated unit or stamp that contradicts the header is obeyed, and told")
  func overruled() throws {
    let file = try Export.file(
      ["start_utc,export_kwh", "2026-05-01T12:30Z,336"], ExportOptions(stamps: .end, unit: .wattHours))
    #expect(Export.rows(file) == [Self.noon])
    #expect(file.notes.map(\.kind) == [.overruled, .overruled])
  }

  @Test("columns are named by header, place or none, and a header may hold a comma")
  func names() throws {
    let columns = try Export.columns("start=Begin, UTC,export=#4,quality=none")
    #expect(columns == [.start: .header("Begin, UTC"), .export: .number(4), .quality: .none])
    for (text, says) in [
      ("exprot=a", "did you mean 'export'?"), ("start", "names no column"), ("start=", "names no column"),
      ("start=a,start=b", "given twice"),
    ] {
      let error = #expect(throws: ColumnMapError.self) { try ExportRole.columns(parsing: text) }
      #expect(error?.description.contains(says) == true, "\(text): \(error.map { "\($0)" } ?? "")")
    }
  }
}
