// Working Days: Monday to Friday, not a bank or public holiday in England and Wales (R-PAY-04). A calendar
// says how far it reaches; beyond that nothing is guessed.

public import Units

/// A calendar of bank holidays over a span of dates.
public struct WorkingDays: Hashable, Sendable {
  /// First and last date it speaks of.
  public var covered: ClosedRange<CivilDate>
  public var holidays: Set<CivilDate>

  public init(covered: ClosedRange<CivilDate>, holidays: Set<CivilDate>) {
    (self.covered, self.holidays) = (covered, holidays)
  }

  /// Nil for a date outside the calendar.
  public func isWorking(_ date: CivilDate) -> Bool? {
    guard covered.contains(date) else { return nil }
    return date.weekday < 5 && !holidays.contains(date)
  }

  /// The working day so many working days after a date; nil where the calendar does not reach.
  public func advanced(_ date: CivilDate, by count: Int) -> CivilDate? {
    var (day, left) = (date, count)
    while left > 0 {
      day = day.advanced(byDays: 1)
      guard let works = isWorking(day) else { return nil }
      if works { left -= 1 }
    }
    return day
  }
}
