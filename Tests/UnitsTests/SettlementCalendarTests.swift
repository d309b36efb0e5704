// The GB settlement calendar (R-SP-01 … R-SP-05) against the system's zone data and against worked days.
// Foundation is used here only, as the other hand.

import BackspinTesting
import Foundation
import Testing
import Units

struct SettlementCalendarTests {
  /// The system's own offset of Europe/London in seconds.
  private static func offset(_ zone: TimeZone, _ utcSeconds: Int) -> Int {
    zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(utcSeconds)))
  }

  @Test("every day of 1997–2037 has the periods, numbers and clock that the system's zone data give")
  func everyHalfHour() throws {
    let zone = try #require(TimeZone(identifier: "Europe/London"))
    // Walk half-hours and count them by local date: nothing of our rule is used for the expected values.
    let start = try #require(CivilDate(year: 1997, month: 1, day: 1)).dayNumber * 86_400
    let end = try #require(CivilDate(year: 2038, month: 1, day: 1)).dayNumber * 86_400
    var (localDay, number) = (start / 86_400 - 1, 0)
    var wrong: [String] = []
    var counts: [Int: Int] = [:]
    for utc in stride(from: start, to: end, by: 1800) {
      let local = utc + Self.offset(zone, utc)
      if local / 86_400 != localDay {
        if number > 0 {
          counts[number, default: 0] += 1
          let count = SettlementPeriod.count(of: CivilDate(dayNumber: localDay))
          if count != number { wrong.append("day \(localDay): \(count), not \(number) periods") }
        }
        (localDay, number) = (local / 86_400, 0)
      }
      number += 1
      let period = SettlementPeriod(HalfHour(containing: Instant(seconds: Int64(utc))))
      if period.date.dayNumber != localDay || period.number != number {
        wrong.append("\(utc): period \(period), not \(localDay)/\(number)")
      }
      if LondonClock.minuteOfDay(at: Instant(seconds: Int64(utc))) != local % 86_400 / 60 {
        wrong.append("\(utc): minute of the day")
      }
    }
    #expect(wrong.prefix(5) == [])
    // 41 years, 1997-01-01 to 2037-12-30 (the last day is not closed by the walk): 41 × 365 + 10 leap days -
    // 1 = 14,974 days, of which 41 short and 41 long.
    #expect(counts == [46: 41, 48: 14_892, 50: 41])
  }

  @Test("the clock changes at the second that the system's zone data give, and at no other near it")
  func changes() throws {
    let zone = try #require(TimeZone(identifier: "Europe/London"))
    for year in 1997...2037 {
      let summer = LondonClock.summer(of: year)
      for (edge, before, after) in [(summer.lowerBound, 0, 3600), (summer.upperBound, 3600, 0)] {
        let second = Int(edge.seconds)
        #expect(Self.offset(zone, second - 1) == before, "\(year)")
        #expect(Self.offset(zone, second) == after, "\(year)")
        #expect(LondonClock.offset(at: edge - TimeSpan(microseconds: 1)) == .seconds(Int64(before)))
        #expect(LondonClock.offset(at: edge) == .seconds(Int64(after)))
        for minute in -120...120 {
          let near = second + 60 * minute
          #expect(
            LondonClock.offset(at: Instant(seconds: Int64(near))) == .seconds(Int64(Self.offset(zone, near))))
        }
      }
    }
  }

  // R-SP-02, R-SP-03; spring 2026-03-29 and autumn 2026-10-25, change at 01:00Z.
  @Test("worked half-hours fall into their settlement period")
  func worked() {
    TextTable.each(
      """
      start               date        period   why
      2026-03-29T00:00Z   2026-03-29  1        winter still: midnight is 00:00Z
      2026-03-29T00:30Z   2026-03-29  2        the last half-hour before the change
      2026-03-29T01:00Z   2026-03-29  3        02:00 BST: period 3 starts here (R-SP-02)
      2026-03-29T22:30Z   2026-03-29  46       23:30 BST
      2026-03-29T23:00Z   2026-03-30  1        00:00 BST
      2026-07-01T22:30Z   2026-07-01  48       23:30 BST
      2026-07-01T23:30Z   2026-07-02  2        R-SP-03
      2026-10-24T23:00Z   2026-10-25  1        00:00 BST
      2026-10-25T00:00Z   2026-10-25  3        01:00 BST, the first time
      2026-10-25T00:30Z   2026-10-25  4        01:30 BST, the first time
      2026-10-25T01:00Z   2026-10-25  5        01:00 GMT, the second time
      2026-10-25T01:30Z   2026-10-25  6        01:30 GMT, the second time
      2026-10-25T23:30Z   2026-10-25  50       23:30 GMT
      2026-12-31T23:30Z   2026-12-31  48       no summer at the turn of the year
      2027-01-01T00:00Z   2027-01-01  1        _
      """
    ) { row in
      _ = try row.optional("why")
      let period = SettlementPeriod(HalfHour(containing: try row.value("start") { try Instant(parsing: $0) }))
      #expect(period.number == Int(try row.whole("period")), sourceLocation: row.sourceLocation)
      let date = try row.value("date") { try CivilDate(parsing: $0) }
      #expect(period.date == date, sourceLocation: row.sourceLocation)
    }
  }

  @Test("the half-hours of a day number from 1 to its count, and no half-hour is missing between two days")
  func whole() throws {
    for (month, day, count) in [
      (3, 28, 48), (3, 29, 46), (3, 30, 48), (10, 24, 48), (10, 25, 50), (10, 26, 48),
    ] {
      let date = try #require(CivilDate(year: 2026, month: month, day: day))
      let range = SettlementPeriod.halfHours(of: date)
      #expect(SettlementPeriod.count(of: date) == count)
      #expect(range.upperBound == SettlementPeriod.halfHours(of: date.advanced(byDays: 1)).lowerBound)
      for number in 1...count {
        let period = SettlementPeriod(range.lowerBound.advanced(by: number - 1))
        #expect(period.date == date && period.number == number)
      }
    }
  }

  @Test("two half-hours of an autumn day share a wall-clock minute and are two periods (R-SP-05)")
  func repeatedHour() throws {
    let first = try Instant(parsing: "2026-10-25T00:30Z")
    let second = try Instant(parsing: "2026-10-25T01:30Z")
    #expect(LondonClock.minuteOfDay(at: first) == 90)
    #expect(LondonClock.minuteOfDay(at: second) == 90)
    let (one, other) = (
      SettlementPeriod(HalfHour(containing: first)), SettlementPeriod(HalfHour(containing: second))
    )
    #expect(one.date == other.date && one.number == 4 && other.number == 6)
  }
}
