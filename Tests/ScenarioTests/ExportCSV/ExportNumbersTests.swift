// How much: numbers exactly as written, and what is left out, zero or missing.

import Scenario
import Testing
import Units

@Suite("Numbers of export files")
struct ExportNumbersTests {
  static func one(_ text: String, unit: String = "kwh", _ options: ExportOptions = ExportOptions()) throws
    -> ExportFile
  {
    try Export.file(["start_utc;export_\(unit)", "2026-05-01T12:00Z;\(text)"], options)
  }

  @Test(
    "a number is read exactly",
    arguments: [
      ("0.336", 336), ("1.315", 1315), ("0E-20", 0), ("0", 0), ("-0.002", -2), ("+0.5", 500), (".25", 250),
      ("3.36e-1", 336),
      ("0,336", 336), ("12", 12_000), (" 0.336 ", 336),
    ])
  func exact(text: String, wattHours: Int64) throws {
    let file = try Self.one(text)
    #expect(file.rows.map(\.energy.value) == [wattHours])
    #expect(file.notes.isEmpty)
  }

  // 1.3150001 kWh is 1315.0001 Wh; 0.0005 kWh is half a Wh, and half goes to the even neighbour.
  @Test(
    "what is finer than 1 Wh is rounded to the nearest, half to even, and told",
    arguments: [
      ("1.3150001", 1315, "−0.0001 Wh"), ("0.30000000000000004", 300, "−0.00000000004"),
      ("0.0005", 0, "−0.5 Wh"),
      ("0.0015", 2, "+0.5 Wh"), ("0.0025", 2, "−0.5 Wh"), ("-0.0015", -2, "−0.5 Wh"),
      ("1E-20", 0, "less than"),
      ("0.0024999", 2, "−0.4999 Wh"), ("0.00251", 3, "+0.49 Wh"),
    ])
  func rounded(text: String, wattHours: Int64, change: String) throws {
    let file = try Self.one(text)
    #expect(file.rows.map(\.energy.value) == [wattHours])
    #expect(file.notes.map(\.kind) == [.rounded])
    #expect(
      file.notes[0].text.contains(text == "0.30000000000000004" ? "less than" : change), "\(file.notes)")
    #expect(file.notes[0].text.contains("'\(text)' in line 2"))
    #expect(file.resolution == WattHours(1))
  }

  @Test("many roundings are one note with their sum and the largest of them")
  func manyRounded() throws {
    // 0.4 + 0.4 − 0.5 Wh are taken off or put on: 1.6 → 2, 2.6 → 3, 4.5 → 4.
    let file = try Export.file([
      "start_utc,export_kwh", "2026-05-01T12:00Z,0.0016", "2026-05-01T12:30Z,0.0026",
      "2026-05-01T13:00Z,0.0045",
    ])
    #expect(file.rows.map(\.energy.value) == [2, 3, 4])
    #expect(
      file.notes.map(\.text) == [
        "3 numbers are finer than 1 Wh and rounded to the nearest, half to even: +0.3 Wh together, at most −0.5 Wh "
          + "('0.0045' in line 4)"
      ])
  }

  @Test(
    "the step of a file is that of its decimals",
    arguments: [
      (["0.336", "0.4"], "kwh", 1), (["0.3", "0.4"], "kwh", 100), (["0.30", "0.4"], "kwh", 10),
      (["1", "2"], "kwh", 1000),
      (["336", "400"], "wh", 1), (["0E-20", "0.3"], "kwh", 100), (["0", "0"], "kwh", 1),
      (["0.3", "0.40001"], "kwh", 1),
    ])
  func resolution(texts: [String], unit: String, step: Int64) throws {
    let rows = texts.enumerated().map { "2026-05-01T1\($0):00Z,\($1)" }
    #expect(try Export.file(["start_utc,export_\(unit)"] + rows).resolution == WattHours(step))
  }

  @Test("a comma before three digits is decided by another number, or by a person")
  func commas() throws {
    let rows = ["start_utc;export_kwh", "2026-05-01T12:00Z;1,234", "2026-05-01T12:30Z;0,5"]
    #expect(try Export.file(rows).rows.map(\.energy.value) == [1234, 500])
    #expect(try Self.one("1,234", ExportOptions(decimal: .comma)).rows.map(\.energy.value) == [1234])
    #expect(
      Export.faults("start_utc;export_kwh\n2026-05-01T12:00Z;1,234\n", ExportOptions(decimal: .point)).map(
        \.code) == ["BS-IMP-22"])
  }

  @Test("a last line without an end is whole where its number is as long as the others")
  func lastLine() throws {
    let rows = [
      "start_utc,export_kwh", "2026-05-01T12:00Z,0.336", "2026-05-01T12:30Z,0.400", "2026-05-01T13:00Z,0.310",
    ]
    let file = try ExportFile(rows.joined(separator: "\n"), file: "half-hours.csv")
    #expect(file.rows.map(\.energy.value) == [336, 400, 310])
  }

  // MARK: Gaps

  static let sparse = ["start_utc,export_kwh", "2026-05-01T11:00Z,0.3", "2026-05-01T12:30Z,0.4"]

  @Test("half-hours without a row are missing unless it is stated that zeros are left out")
  func gaps() throws {
    let missing = try Export.file(Self.sparse)
    #expect(missing.rows.count == 2)
    #expect(missing.notes.map(\.kind) == [.missing])
    #expect(missing.notes[0].text.contains("2 half-hours have no row"))
    #expect(missing.notes[0].text.contains("--zero omitted"))
    let filled = try Export.file(Self.sparse, ExportOptions(zero: .omitted))
    #expect(
      Export.rows(filled) == [
        "2026-05-01T11:00Z 300", "2026-05-01T11:30Z 0", "2026-05-01T12:00Z 0", "2026-05-01T12:30Z 400",
      ])
    #expect(filled.rows.map(\.line) == [2, 0, 0, 3])
    #expect(filled.notes.map(\.text) == ["2 half-hours have no row: zero, as stated"])
  }

  @Test("zeros are left out over the whole span that is asked for, and an empty cell is never one of them")
  func filledSpan() throws {
    let options = ExportOptions(
      zero: .omitted, from: try Export.instant("2026-04-30T23:00Z"),
      until: try Export.instant("2026-05-01T23:00Z"))
    let file = try Export.file(Self.sparse + ["2026-05-01T13:00Z,"], options)
    #expect(file.rows.count == 48)
    #expect(file.rows.count { $0.quality == .missing } == 1)
    #expect(file.notes.map(\.kind) == [.missing, .zerosFilled])
  }

  @Test("rows outside the span are left out, and told")
  func span() throws {
    let file = try Export.file(Self.sparse, ExportOptions(until: try Export.instant("2026-05-01T12:00Z")))
    #expect(Export.rows(file) == ["2026-05-01T11:00Z 300"])
    #expect(
      file.span == (try Export.instant("2026-05-01T11:00Z"))..<(try Export.instant("2026-05-01T12:00Z")))
    #expect(file.notes.map(\.kind) == [.leftOut, .missing])
  }

  @Test("a row that stands twice with one value is handed on twice, for settlement to count once")
  func repeated() throws {
    let file = try Export.file(["start_utc,export_kwh", "2026-05-01T12:00Z,0.3", "2026-05-01T12:00Z,0.300"])
    #expect(Export.rows(file) == ["2026-05-01T12:00Z 300", "2026-05-01T12:00Z 300"])
  }
}
