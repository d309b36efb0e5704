// The calendar of bank holidays: read from the library, and slips told at their place.

import Scenario
import Settlement
import Testing
import Units

@Suite("The calendar of working days")
struct CalendarTests {
  static let text = """
    # three days of Christmas
    kind,date,title
    covers-from,2026-12-01,
    covers-to,2026-12-31,
    holiday,2026-12-25,Christmas Day
    holiday,2026-12-28,Boxing Day (substitute day)
    """

  private static func library(_ text: String?) -> Library {
    let files = text.map { ["A/calendars/england-and-wales.csv": $0] } ?? [:]
    return Library(reader: MemoryFiles(texts: files), folders: ["A"])
  }

  @Test("working days skip weekends and bank holidays, and nothing is said beyond the calendar")
  func reads() throws {
    let calendar = try #require(try Self.library(Self.text).calendar())
    func day(_ text: String) throws -> CivilDate { try CivilDate(parsing: text) }
    // Thursday 24 December; then Christmas Day, a weekend, a bank holiday; Tuesday 29 is the next.
    #expect(calendar.advanced(try day("2026-12-24"), by: 1) == (try day("2026-12-29")))
    #expect(calendar.isWorking(try day("2026-12-25")) == false)
    #expect(calendar.isWorking(try day("2027-01-04")) == nil)
    #expect(calendar.advanced(try day("2026-12-30"), by: 2) == nil)
  }

  @Test("without a file there is no calendar")
  func none() throws { #expect(try Self.library(nil).calendar() == nil) }

  @Test(
    "a broken calendar is told at the place of the slip",
    arguments: [
      ("kind,date\n", "BS-CAL-01 1:1"),
      ("", "BS-CAL-01 1:1"),
      ("kind,date,title\nholiday,25 December,x\n", "BS-CAL-02 2:9"),
      ("kind,date,title\nholidays,2026-12-25,x\n", "BS-CAL-03 2:1"),
      ("kind,date,title\ncovers-to,2026-12-25,\ncovers-to,2026-12-26,\n", "BS-CAL-03 3:1"),
      ("kind,date,title\nholiday,2026-12-25,x\n", "BS-CAL-04 1:1"),
      (
        "kind,date,title\ncovers-from,2026-01-01,\ncovers-to,2026-12-01,\nholiday,2026-12-25,x\n",
        "BS-CAL-04 1:1"
      ),
    ])
  func broken(text: String, expected: String) {
    let told = #expect(throws: Diagnostic.self) { try Self.library(text).calendar() }
    #expect(told.map { "\($0.code) \($0.at.line):\($0.at.column)" } == expected)
    #expect(told?.at.file == "A/calendars/england-and-wales.csv")
  }
}
