// The settlement calendar walked forward, so that a year of half-hours asks for a day's limits 365 times, not
// 17,520.

internal import Units

/// The settlement day of half-hours visited in rising order.
struct DayWalk {
  private(set) var date: CivilDate
  private(set) var halfHours: Range<HalfHour>

  init(at halfHour: HalfHour) {
    date = LondonClock.date(at: halfHour.start)
    halfHours = SettlementPeriod.halfHours(of: date)
  }

  /// 46, 48 or 50.
  var length: Int { halfHours.lowerBound.distance(to: halfHours.upperBound) }

  /// Half-hour of the London clock, 0 ..< 48, of a half-hour of this day: on the spring day 01:00 and 01:30 do not
  /// come, on the autumn day they come twice.
  func slot(_ halfHour: HalfHour) -> Int {
    let number = halfHours.lowerBound.distance(to: halfHour)
    switch length {
    case 46: return number < 2 ? number : number + 2
    case 50: return number < 4 ? number : number - 2
    default: return number
    }
  }
}
