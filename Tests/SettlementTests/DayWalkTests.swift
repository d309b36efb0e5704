// The walk over settlement days against the calendar asked day by day.

import Testing
import Units

@testable import Settlement

@Suite("The walk over settlement days")
struct DayWalkTests {
  @Test(
    "each half-hour of thirty years lies in the day, and has the place on the clock, that the calendar says")
  func calendar() {
    let start = HalfHour(containing: at("1998-01-01T00:00Z"))
    var day = DayWalk(at: start)
    // Every seventh half-hour, so that walks begin anywhere in a day; a jump now and then.
    var halfHour = start
    var step = 0
    while halfHour < HalfHour(containing: at("2030-01-01T00:00Z")) {
      day.move(to: halfHour)
      let date = LondonClock.date(at: halfHour.start)
      guard day.date == date, day.halfHours == SettlementPeriod.halfHours(of: date),
        day.slot(halfHour) == LondonClock.minuteOfDay(at: halfHour.start) / 30
      else {
        Issue.record("\(halfHour.start): \(day)")
        return
      }
      step += 1
      halfHour = halfHour.advanced(by: step % 1000 == 0 ? 500 : 7)
    }
  }
}
