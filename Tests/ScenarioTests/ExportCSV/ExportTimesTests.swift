// When: ends and starts, UTC and London, days of 46 and 50 half-hours, and midnights that two dates claim.

import Scenario
import Testing
import Units

@Suite("Times of export files")
struct ExportTimesTests {
  /// Half-hours of a London day as the clock shows them, by start.
  static func faces(_ day: String, _ first: Int = 0, skipping gap: Range<Int> = 0..<0) -> [String] {
    (first..<48).filter { !gap.contains($0) }.map { slot in
      "\(day)T\(slot < 20 ? "0" : "")\(slot / 2):\(slot % 2 == 0 ? "00" : "30")"
    }
  }

  static func starts(_ file: ExportFile) -> [String] { file.rows.map { "\($0.halfHour.start)" } }

  @Test("a spring day by the London clock has 46 half-hours without a gap, 01:00 to 02:00 missing")
  func spring() throws {
    let rows = Self.faces("2026-03-29", skipping: 2..<4).map { "\($0),0.1" }
    let file = try Export.file(["start_local,export_kwh"] + rows)
    let day = try #require(CivilDate(year: 2026, month: 3, day: 29))
    #expect(file.rows.map(\.halfHour) == Export.halfHours(of: day))
    #expect(file.rows.count == 46)
    #expect(file.notes.isEmpty)
  }

  @Test("an autumn day by the London clock has 50 half-hours; order tells 01:00 BST from 01:00 GMT")
  func autumn() throws {
    let day = Self.faces("2026-10-25")
    let faces = day[..<4] + day[2..<4] + day[4...]
    let rows = faces.enumerated().map { "\($1),\($0)" }
    let date = try #require(CivilDate(year: 2026, month: 10, day: 25))
    for lines in [rows, rows.reversed()] {
      let file = try Export.file(["start,export_wh"] + lines)
      #expect(file.rows.map(\.halfHour) == Export.halfHours(of: date))
      #expect(file.rows.map(\.energy.value) == Array(0..<50))
      #expect(file.mapping["zone"] == "London clock")
      #expect(file.notes.map(\.kind) == [.repeatedHour])
    }
  }

  @Test("the same autumn hour with offsets needs no order")
  func autumnWithOffsets() throws {
    let file = try Export.file([
      "start,export_wh", "2026-10-25T01:30:00+00:00,4", "2026-10-25T01:00:00+01:00,1",
      "2026-10-25T01:00:00+00:00,3", "2026-10-25T01:30:00+01:00,2",
    ])
    #expect(file.rows.map(\.energy.value) == [1, 2, 3, 4])
    #expect(Self.starts(file).first == "2026-10-25T00:00Z")
  }

  @Test("end stamps by the London clock hold on days of change, however the change is written")
  func endsInAutumn() throws {
    // By the clock at the end the two hours end 01:00, 01:30 twice; by the clock of the start plus half an
    // hour, 01:30, 02:00 twice. Half-hours 23:00Z to 02:00Z, of 1 to 6 Wh.
    let byEnd = ["00:30", "01:00", "01:30", "01:00", "01:30", "02:00"]
    let byStart = ["00:30", "01:00", "01:30", "02:00", "01:30", "02:00"]
    for (faces, kinds) in [
      (byEnd, [ImportNote.Kind.repeatedHour]), (byStart, [.repeatedHour, .endsByStart]),
    ] {
      let rows = faces.enumerated().map { "2026-10-25T\($1),\($0 + 1)" }
      let file = try Export.file(["end_local,export_wh"] + rows)
      #expect(
        Export.rows(file) == [
          "2026-10-24T23:00Z 1", "2026-10-24T23:30Z 2", "2026-10-25T00:00Z 3", "2026-10-25T00:30Z 4",
          "2026-10-25T01:00Z 5", "2026-10-25T01:30Z 6",
        ])
      #expect(file.notes.map(\.kind) == kinds)
    }
  }

  @Test("an end stamp of 00:00 belongs to the day before, and so does 24:00")
  func midnight() throws {
    for (header, last) in [
      ("end_utc", "2026-01-02T00:00"), ("end_utc", "2026-01-01T24:00"), ("stamp_utc", "2026-01-01 24:00"),
    ] {
      let file = try Export.file(["\(header),export_wh", "2026-01-01T23:30,1", "\(last),2"])
      #expect(Export.rows(file) == ["2026-01-01T23:00Z 1", "2026-01-01T23:30Z 2"])
      #expect(SettlementPeriod(file.rows[1].halfHour).number == 48)
      #expect(SettlementPeriod(file.rows[1].halfHour).date.day == 1)
      #expect(file.convention == .end)
    }
  }

  @Test("00:00 after 23:30 of its own date ends that date, oldest or newest first")
  func lateMidnight() throws {
    let rows = ["2026-01-01 23:30,1", "2026-01-01 00:00,2", "2026-01-02 00:30,3", "2026-01-02 01:00,4"]
    for lines in [rows, rows.reversed()] {
      let file = try Export.file(["end_utc,export_wh"] + lines)
      #expect(
        Self.starts(file) == [
          "2026-01-01T23:00Z", "2026-01-01T23:30Z", "2026-01-02T00:00Z", "2026-01-02T00:30Z",
        ])
      #expect(file.rows.map(\.energy.value) == [1, 2, 3, 4])
      #expect(file.notes.map(\.kind) == [.lateMidnight])
    }
  }

  @Test("without an offset, the zone is taken from what only one zone can show")
  func zones() throws {
    let winter = try Export.file(["start,export_wh", "2026-01-15T12:00,1"])
    #expect(winter.mapping["zone"] == "UTC")
    // 01:00 of 29 March is no London time, so the clock was UTC, and 12:00 is 13:00 BST.
    let utc = try Export.file(["start,export_wh", "2026-03-29T01:00,0", "2026-03-29T12:00,1"])
    #expect(Self.starts(utc) == ["2026-03-29T01:00Z", "2026-03-29T12:00Z"])
    let london = try Export.file(["start,export_wh", "2026-05-01T12:00,1"], ExportOptions(zone: .london))
    #expect(Self.starts(london) == ["2026-05-01T11:00Z"])
    #expect(
      try Self.starts(Export.file(["start,export_wh", "2026-05-01T12:00Z,1"], ExportOptions(zone: .utc))) == [
        "2026-05-01T12:00Z"
      ])
  }

  @Test("a day over 12 tells day/month from month/day for the whole column")
  func dates() throws {
    let file = try Export.file(["start_utc,export_wh", "04/05/2026 12:00,1", "13/05/2026 12:00,2"])
    #expect(Self.starts(file) == ["2026-05-04T12:00Z", "2026-05-13T12:00Z"])
    let other = try Export.file(["start_utc,export_wh", "04/05/2026 12:00,1", "04/13/2026 12:00,2"])
    #expect(Self.starts(other) == ["2026-04-05T12:00Z", "2026-04-13T12:00Z"])
    #expect(other.mapping["dates"] == "month first")
  }

  @Test("settlement periods follow the London day: 46 and 50 of them, and 23:30Z in summer is period 2")
  func periods() throws {
    func first(_ date: String, _ period: Int) throws -> String {
      Self.starts(try Export.file(["date,sp,export_wh", "\(date),\(period),1"]))[0]
    }
    #expect(try first("2026-03-29", 3) == "2026-03-29T01:00Z")
    #expect(try first("2026-03-29", 46) == "2026-03-29T22:30Z")
    #expect(try first("2026-10-25", 5) == "2026-10-25T01:00Z")
    #expect(try first("2026-10-25", 50) == "2026-10-25T23:30Z")
    #expect(try first("2026-07-02", 2) == "2026-07-01T23:30Z")
  }

  @Test(
    "stamps are read in every form that is known",
    arguments: [
      "2026-05-01T12:00Z", "2026-05-01T12:00:00.000Z", "2026-05-01 12:00:00 UTC", "2026-05-01 13:00 BST",
      "2026/05/01 12:00Z", "20260501 12:00Z", "01-May-2026 12:00 GMT", "1 may 2026 12:00Z",
      "2026-05-01T14:00+02:00",
      "2026-05-01, 12:00Z", "2026-05-01T07:00-05", "2026.05.01 12:00:00Z", "1 September 2026 12:00Z",
    ])
  func stamps(text: String) throws {
    let file = try Export.file(["start;export_wh", "\(text);1"])
    #expect(Self.starts(file) == [text.contains("Sep") ? "2026-09-01T12:00Z" : "2026-05-01T12:00Z"])
  }

  @Test(
    "what is no stamp is refused",
    arguments: [
      "2026-05-01T25:00Z", "2026-05-01T12:60Z", "2026-05-01T24:30Z", "2026-02-29T12:00Z",
      "2026-05-01T12:00:00.5Z",
      "2026-05-01T12:00+25:00", "2026-05-01T12:00 CET", "2026-05-01T12", "2026-13-01T12:00Z",
      "1 Mai 2026 12:00Z",
      "13/13/2026 12:00", "0/1/2026 12:00", "2026-05-01T13:00 PMZ", "46143.5",
    ])
  func noStamps(text: String) {
    let faults = Export.faults("start;export_wh\n2026-05-01T12:00Z;1\n\(text);1\n")
    #expect(faults.map(\.code) == ["BS-IMP-11"], "\(faults)")
  }
}
