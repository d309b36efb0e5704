// Working Days: Monday to Friday, 09:00-17:00, not a bank or public holiday in England and Wales (EON defs,
// R-PAY-04). A calendar says how far it reaches; beyond that nothing is guessed. The same calendar serves
// homes in Scotland: the law that governs an agreement does not move its holidays (R-LAW-01),
// so 2 January counts.

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

/// The hours of a Working Day, and what becomes of that which arrives outside them;
/// no source fixes the latter.
struct WorkingHours: Hashable {
  /// Since midnight on the London clock.
  var begins: TimeSpan
  var ends: TimeSpan
  var earlyCountsSameDay: Bool
  var lateCountsNextDay: Bool

  init(_ terms: Policy.PaymentTerms) {
    (begins, ends) = (terms.workingDayBegins.value, terms.workingDayEnds.value)
    earlyCountsSameDay = terms.earlyCountsSameDay.value
    lateCountsNextDay = terms.lateCountsNextDay.value
  }

  /// How far the London clock has gone since midnight: 09:00 is nine hours,
  /// also on the day of a clock change.
  static func sinceMidnight(_ at: Instant) -> TimeSpan {
    let local = at + LondonClock.offset(at: at)
    return TimeSpan(microseconds: floorModulo(local.microseconds, TimeSpan.days(1).microseconds))
  }

  /// Whether what arrives on a Working Day counts on that day.
  /// 09:00:00 and 17:00:00 themselves are within hours.
  func isInTime(_ at: Instant) -> Bool {
    let clock = Self.sinceMidnight(at)
    if clock > ends { return !lateCountsNextDay }
    if clock < begins { return earlyCountsSameDay }
    return true
  }
}

extension WorkingDays {
  /// The Working Day on which an arrival counts: its own day if that is one and it came within hours, else
  /// the next. Nil where the calendar does not reach.
  func dayCounted(for at: Instant, _ hours: WorkingHours) -> CivilDate? {
    let date = LondonClock.date(at: at)
    guard let works = isWorking(date) else { return nil }
    return works && hours.isInTime(at) ? date : advanced(date, by: 1)
  }
}
