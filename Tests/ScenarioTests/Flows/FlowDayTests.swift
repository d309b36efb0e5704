// D0036 and D0379: days of half-hours, of the London clock and of UTC; and the JSON of a consumption service.

import Foundation
import Testing
import Units

@testable import Scenario

@Suite("Half-hours from flows")
struct FlowDayTests {
  private typealias Sample = FlowSample

  private func d0036(_ date: String, count: Int, quantity: String = "AE", decimals: Int = 1) throws
    -> FlowFile
  {
    try Sample.read(
      Sample.file(
        "D0036001",
        Sample.day(
          ["101|9900000000015|\(quantity)|MERT|", "102|\(date)|"], "103", count: count, decimals: decimals)))
  }

  @Test("a D0036 day has 46, 48 or 50 half-hours and begins at the London midnight")
  func london() throws {
    for (date, count, start) in [
      ("20260329", 46, "2026-03-29T00:00Z"), ("20260701", 48, "2026-06-30T23:00Z"),
      ("20261025", 50, "2026-10-24T23:00Z"), ("20260115", 48, "2026-01-15T00:00Z"),
    ] {
      let day = try #require(try d0036(date, count: count).days.first, "\(date)")
      #expect("\(day.start)" == start)
      #expect(day.rows.count == count && day.quantity == .activeExport)
      #expect(day.rows[0].energy == WattHours(100) && day.rows[10].energy == WattHours(100))
    }
  }

  @Test("a D0379 day always has 48 half-hours, of UTC, also when the clocks change")
  func utc() throws {
    for date in ["20260329", "20261025", "20260701"] {
      let text = Sample.file(
        "D0379001", Sample.day(["25B|9900000000015|AE|MERT|", "26B|\(date)|"], "66L", count: 48, decimals: 3))
      let file = try Sample.read(text)
      let day = try #require(file.days.first)
      #expect("\(day.start)" == "\(date.prefix(4))-\(date.dropFirst(4).prefix(2))-\(date.suffix(2))T00:00Z")
      #expect(file.step == WattHours(1))
      #expect(try Sample.read(text.replacingOccurrences(of: "66L", with: "66l")).days == file.days)
    }
  }

  @Test("a day of another number of half-hours is left out and told, for nobody can say which one is missing")
  func wrongCount() throws {
    for (date, count, wanted) in [
      ("20260329", 48, 46), ("20261025", 48, 50), ("20260701", 47, 48), ("20260701", 49, 48),
    ] {
      let file = try d0036(date, count: count)
      #expect(file.days == [])
      #expect(file.notes.map(\.kind) == [.periodCount])
      #expect(
        file.notes[0].text.contains("has \(count) half-hours") && file.notes[0].text.contains("has \(wanted)")
      )
    }
  }

  @Test("quantities, indicators, signs and steps are kept")
  func parts() throws {
    var records = Sample.day(["101|9900000000015|ai|MERT|", "102|20260701|"], "103", count: 48)
    records[2] = "103|E|-0.5|"
    records[3] = "103|a|0.123|"
    let file = try Sample.read(Sample.file("D0036001", records))
    let rows = try #require(file.days.first?.rows)
    #expect(rows[0].energy == WattHours(-500) && rows[0].quality == .estimated)
    #expect(rows[1].energy == WattHours(123) && rows[1].quality == .actual)
    #expect(file.days[0].quantity == .activeImport && file.step == WattHours(1))
    #expect(try d0036("20260701", count: 48).step == WattHours(100))
  }

  @Test("several supplies, quantities and days stand in one file")
  func several() throws {
    let one = Sample.day(["101|9900000000015|AE|M|", "102|20260701|"], "103", count: 48)
    let two = Sample.day(["102|20260702|"], "103", count: 48)
    let three = Sample.day(["101|9900000000060|RE|M|", "102|20260701|"], "103", count: 48)
    let file = try Sample.read(Sample.file("D0036001", one + two + three))
    #expect(
      file.days.map { "\($0.mpan) \($0.quantity.rawValue) \($0.date)" } == [
        "9900000000015 AE 2026-07-01", "9900000000015 AE 2026-07-02", "9900000000060 RE 2026-07-01",
      ])
    #expect(file.notes == [])
  }

  @Test(
    "a malformed half-hour is refused with its line and field",
    arguments: [
      ("103|X|0.1|", "in/flow.usr:4:5", "is no indicator"),
      ("103|A||", "in/flow.usr:4:7", "the value is missing"),
      ("103|A|0,1|", "in/flow.usr:4:7", "is no number of kWh"),
      ("102|2026070|", "in/flow.usr:4:5", "is no date"),
      ("101|9900000000015|AX|", "in/flow.usr:4:19", "is no quantity; one of: AI, AE, RI, RE"),
    ])
  func malformed(record: String, place: String, says: String) throws {
    var records = Sample.day(["101|9900000000015|AE|M|", "102|20260701|"], "103", count: 48)
    records[2] = record
    do {
      _ = try Sample.read(Sample.file("D0036001", records))
      Issue.record("this was taken: \(record)")
    } catch let wrong as Diagnostic {
      #expect("\(wrong)".hasPrefix(place + ":") && "\(wrong)".contains(says), "\(wrong)")
    }
  }

  @Test("the JSON of a consumption service is read by its offsets, over the change of clocks")
  func consumption() throws {
    // Newest first, as services answer; 01:30+01:00 and 01:00+00:00 follow one another in autumn.
    let text = """
      {"count": 3, "next": null, "previous": null, "results": [
      {"consumption": 0.063, "interval_start": "2026-10-25T01:00:00Z", "interval_end": "2026-10-25T01:30:00Z"},
      {"consumption": 1.5e-1, "interval_start": "2026-10-25T01:30:00+01:00", "interval_end": "2026-10-25T01:00:00Z"},
      {"consumption": 0.0005, "interval_start": "2026-10-25T01:00:00+01:00", "interval_end": "2026-10-25T01:30:00+01:00"}]}
      """
    let file = try ExportFile(text, file: "c.json")
    #expect(
      file.rows.map { "\($0.halfHour.start) \($0.energy.value)" } == [
        "2026-10-25T00:00Z 0", "2026-10-25T00:30Z 150", "2026-10-25T01:00Z 63",
      ])
    // 0.5 Wh is half: to the even Wh, which is zero.
    #expect(file.notes.map(\.kind) == [.rounded])
    #expect(file.resolution == WattHours(1) && file.convention == .start)
  }

  @Test(
    "JSON of half-hours that is wrong is refused with its place",
    arguments: [
      (
        #"[{"consumption": 1, "interval_start": "2026-10-25T01:10:00Z"}]"#, "c.json:1:2",
        "is not on a half-hour"
      ),
      (
        #"[{"consumption": 1, "interval_start": "2026-10-25T01:00:00Z", "interval_end": "2026-10-25T02:00:00Z"}]"#,
        "c.json:1:79", "is no half-hour"
      ),
      (
        #"[{"consumption": "x", "interval_start": "2026-10-25T01:00:00Z"}]"#, "c.json:1:18",
        "is no number of kWh"
      ),
      (#"[{"interval_start": "2026-10-25T01:00:00Z"}]"#, "c.json:1:2", "'consumption' is missing"),
      (#"[{"consumption": 1, "interval_start": "2026-10-25T01:00:00"}]"#, "c.json:1:39", "is no instant"),
      (#"{"detail": "no"}"#, "c.json:1:1", "there are no `results`"), (#"[]"#, "c.json:1:1", "at least one"),
      (
        #"[{"consumption": 1, "interval_start": "2026-10-25T01:00:00Z"}, {"consumption": 2, "interval_start": "2026-10-25T01:00:00Z"}]"#,
        "c.json:1:64", "above"
      ),
    ])
  func wrongJSON(text: String, place: String, says: String) throws {
    do {
      _ = try ExportFile(text, file: "c.json")
      Issue.record("this was taken: \(text)")
    } catch {
      #expect("\(error)".hasPrefix(place + ":") && "\(error)".contains(says), "\(error)")
    }
  }
}
