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

  /// Moves on to the day of a half-hour; true when it is another day than before.
  @discardableResult
  mutating func move(to halfHour: HalfHour) -> Bool {
    guard !halfHours.contains(halfHour) else { return false }
    self = DayWalk(at: halfHour)
    return true
  }
}
