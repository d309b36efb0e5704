// The settlement calendar walked forward, so that a year of half-hours asks for a day's limits 365 times, not
// 17,520, and for the changes of the clock once.

internal import Units

/// The settlement day of half-hours visited in rising order.
struct DayWalk {
  /// Days since 1970-01-01.
  private var number: Int
  private(set) var halfHours: Range<HalfHour>
  /// The year whose summer is known.
  private var year: Range<HalfHour>
  private var summer: Range<Instant>

  init(at halfHour: HalfHour) {
    let date = LondonClock.date(at: halfHour.start)
    number = date.dayNumber
    halfHours = SettlementPeriod.halfHours(of: date)
    summer = LondonClock.summer(of: date.year)
    year = Self.halfHours(ofYear: date.year)
  }

  private static func halfHours(ofYear year: Int) -> Range<HalfHour> {
    func start(_ year: Int) -> HalfHour {
      let first = CivilDate(year: year, month: 1, day: 1) ?? CivilDate(dayNumber: 0)
      return HalfHour(containing: LondonClock.startOfDay(first))
    }
    return start(year)..<max(start(year), start(year + 1))
  }

  var date: CivilDate { CivilDate(dayNumber: number) }

  /// Moves on to the day of a half-hour.
  mutating func move(to halfHour: HalfHour) {
    guard !halfHours.contains(halfHour) else { return }
    guard halfHour == halfHours.upperBound, year.contains(halfHour) else {
      self = DayWalk(at: halfHour)
      return
    }
    number += 1
    // Within a year the clock goes forward on one day and back on another; both do so after midnight.
    let midnight = halfHour.start
    let isSummer = summer.contains(midnight)
    let tomorrow = summer.contains(midnight + .hours(24))
    let length = isSummer == tomorrow ? 48 : tomorrow ? 46 : 50
    halfHours = halfHour..<halfHour.advanced(by: length)
  }

  /// 46, 48 or 50.
  var length: Int { halfHours.lowerBound.distance(to: halfHours.upperBound) }

  /// Half-hour of the London clock, 0 ..< 48, of a half-hour of this day: on the spring day 01:00 and 01:30
  /// do not come, on the autumn day they come twice.
  func slot(_ halfHour: HalfHour) -> Int {
    let number = halfHours.lowerBound.distance(to: halfHour)
    switch length {
    case 46: return number < 2 ? number : number + 2
    case 50: return number < 4 ? number : number - 2
    default: return number
    }
  }
}
