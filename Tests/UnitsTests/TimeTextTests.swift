// Texts of dates, instants, lengths of time and times of day. Seconds since 1970 from `date -u +%s -d …`.

import Testing
import Units

@Suite("Written times")
struct TimeTextTests {
  @Test(
    "an instant is parsed with its offset and printed in UTC",
    arguments: [
      ("2026-05-01T09:00Z", 1_777_626_000_000_000, "2026-05-01T09:00Z"),
      ("2026-05-01T09:00:00Z", 1_777_626_000_000_000, "2026-05-01T09:00Z"),
      ("2026-05-01T10:00+01:00", 1_777_626_000_000_000, "2026-05-01T09:00Z"),
      ("2026-05-01T03:30-05:30", 1_777_626_000_000_000, "2026-05-01T09:00Z"),
      ("2026-05-01T09:00:07.25Z", 1_777_626_007_250_000, "2026-05-01T09:00:07.25Z"),
      ("1970-01-01T00:00Z", 0, "1970-01-01T00:00Z"),
      ("1969-12-31T23:59:59.999999Z", -1, "1969-12-31T23:59:59.999999Z"),
      ("2024-02-29T12:00Z", 1_709_208_000_000_000, "2024-02-29T12:00Z"),
    ])
  func instant(text: String, microseconds: Int64, printed: String) throws {
    let instant = try Instant(parsing: text)
    #expect(instant.microseconds == microseconds)
    #expect("\(instant)" == printed)
    #expect(try Instant(parsing: printed) == instant)
  }

  @Test(
    "a wrong time is refused at the wrong part",
    arguments: [
      ("2026-05-01T09:00", 16..<16), ("2026-05-01", 10..<10), ("2026-02-30T09:00Z", 8..<10),
      ("2025-02-29T00:00Z", 8..<10), ("2026-13-01T00:00Z", 5..<7), ("2026-05-01T24:00Z", 11..<13),
      ("2026-05-01T09:60Z", 14..<16), ("2026-05-01T09:00:60Z", 17..<19), ("2026-5-01T09:00Z", 5..<7),
      ("2026-05-01 09:00Z", 10..<11), ("2026-05-01T09:00+15:00", 16..<22), ("2026-05-01T09:00Zulu", 17..<20),
      ("0000-01-01T00:00Z", 0..<4), ("2026-05-01T09:00:00.0000001Z", 20..<27),
    ])
  func wrongInstant(text: String, part: Range<Int>) {
    let error = #expect(throws: UnitsError.self) { try Instant(parsing: text) }
    #expect(error?.offending == part)
  }

  @Test(
    "a length of time is parsed in its unit and printed in the largest that divides it, or in seconds",
    arguments: [
      ("30m", 1_800_000_000, "30m"), ("90 s", 90_000_000, "90s"), ("250ms", 250_000, "250ms"),
      ("2h", 7_200_000_000, "2h"), ("1 day", 86_400_000_000, "1 day"), ("3 days", 259_200_000_000, "3 days"),
      ("1.5h", 5_400_000_000, "90m"), ("7us", 7, "7us"), ("0s", 0, "0s"),
      ("-15 minutes", -900_000_000, "-15m"),
      ("0.1 ms", 100, "100us"), ("21601250us", 21_601_250, "21.60125s"), ("1500ms", 1_500_000, "1.5s"),
      ("-1000001us", -1_000_001, "-1.000001s"), ("999999us", 999_999, "999999us"),
    ])
  func span(text: String, microseconds: Int64, printed: String) throws {
    let span = try TimeSpan(parsing: text)
    #expect(span.microseconds == microseconds)
    #expect("\(span)" == printed)
    #expect(try TimeSpan(parsing: printed) == span)
  }

  @Test(
    "a length without unit, too fine or too long is refused",
    arguments: [("30", 2..<2), ("30 fortnights", 3..<13), ("0.1us", 0..<3), ("999999999999 days", 0..<12)])
  func wrongSpan(text: String, part: Range<Int>) {
    let error = #expect(throws: UnitsError.self) { try TimeSpan(parsing: text) }
    #expect(error?.offending == part)
  }

  @Test("a date that does not exist is refused, and one that does prints back")
  func date() throws {
    #expect("\(try CivilDate(parsing: "2024-02-29"))" == "2024-02-29")
    #expect(throws: UnitsError.self) { try CivilDate(parsing: "2023-02-29") }
    #expect(throws: UnitsError.self) { try CivilDate(parsing: "2026-05-01T00:00Z") }
  }

  @Test("a time of day says which clock it is read on")
  func timeOfDay() throws {
    #expect(try ClockTime(parsing: "00:10Z") == ClockTime(minuteOfDay: 10, zone: .utc))
    #expect(try ClockTime(parsing: "16:00") == ClockTime(minuteOfDay: 960, zone: .london))
    #expect(try ClockTime(parsing: "24:00") == ClockTime(minuteOfDay: 1440, zone: .london))
    #expect("\(try ClockTime(parsing: "24:00"))" == "24:00")
    #expect(throws: UnitsError.self) { try ClockTime(parsing: "24:30") }
    #expect(throws: UnitsError.self) { try ClockTime(parsing: "09:00:30") }
  }
}
