// Dates: against Python's proleptic Gregorian calendar (`datetime.date`),
// and against a naive day-by-day walk.

import BackspinTesting
import Testing
import Units

struct CivilDateTests {
  // Expected values: (date - date(1970, 1, 1)).days and date.weekday() of Python 3.11.
  @Test("day numbers and weekdays are those of the proleptic Gregorian calendar")
  func known() {
    TextTable.each(
      """
      year   month  day  number    weekday
      1      1      1    -719162   0
      1582   10     15   -141427   4
      1600   2      29   -135081   1
      1700   3      1    -98556    0
      1900   2      28   -25509    2
      1900   3      1    -25508    3
      1969   12     31   -1        2
      1970   1      1    0         3
      1997   3      30   9950      6
      2000   2      29   11016     1
      2024   12     31   20088     1
      2026   5      1    20574     4
      2037   10     25   24769     6
      2100   3      1    47541     0
      9999   12     31   2932896   4
      """
    ) { row in
      let (year, month, day) = try (row.whole("year"), row.whole("month"), row.whole("day"))
      let date = try #require(CivilDate(year: Int(year), month: Int(month), day: Int(day)))
      let number = try Int(row.whole("number"))
      #expect(date.dayNumber == number, sourceLocation: row.sourceLocation)
      #expect(CivilDate(dayNumber: number) == date, sourceLocation: row.sourceLocation)
      #expect(date.weekday == Int(try row.whole("weekday")), sourceLocation: row.sourceLocation)
    }
  }

  @Test("each day from 1600 to 2400 follows the one before, and both ways agree")
  func walk() throws {
    // A naive calendar of its own: the month lengths written out, a leap day every 4, not 100, but 400 years.
    let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    var number = try #require(CivilDate(year: 1600, month: 1, day: 1)).dayNumber
    var wrong = 0
    for year in 1600...2400 {
      let leap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
      for month in 1...12 {
        for day in 1...(month == 2 && leap ? 29 : lengths[month - 1]) {
          let date = CivilDate(dayNumber: number)
          if (date.year, date.month, date.day) != (year, month, day) || date.dayNumber != number {
            wrong += 1
          }
          number += 1
        }
      }
    }
    #expect(wrong == 0)
    // 1600-01-01 to 2401-01-01: 801 years of 365 days and 195 leap days (801 / 4 = 201 less 1700, 1800, 1900,
    // 2100, 2200, 2300, and 1600 is one of the 201).
    #expect(number - (-135_140) == 801 * 365 + 195)
  }

  @Test(
    "a date that does not exist is nothing",
    arguments: [
      (2026, 2, 29), (2024, 2, 30), (1900, 2, 29), (2026, 4, 31), (2026, 13, 1), (2026, 0, 1), (2026, 1, 0),
      (2026, 1, 32), (0, 1, 1), (10_000, 1, 1), (2026, -1, 1),
    ])
  func impossible(year: Int, month: Int, day: Int) {
    #expect(CivilDate(year: year, month: month, day: day) == nil)
  }

  @Test("dates order by year, then month, then day, and step over month and leap ends")
  func order() throws {
    let last = try #require(CivilDate(year: 2024, month: 2, day: 28))
    let leap = try #require(CivilDate(year: 2024, month: 2, day: 29))
    let first = try #require(CivilDate(year: 2024, month: 3, day: 1))
    #expect(last < leap && leap < first && !(first < last))
    #expect(last.advanced(byDays: 1) == leap)
    #expect(last.advanced(byDays: 2) == first)
    #expect(first.advanced(byDays: -366) == CivilDate(year: 2023, month: 3, day: 1))
  }
}
