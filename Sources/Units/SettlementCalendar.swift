// The GB settlement calendar in integers only: no zone data, no Foundation.
// Source: Summer Time Order 2002 (last Sunday of March to last Sunday of October, change at 01:00 UTC);
// the rule agrees with the system's zone data for 1997–2037 (a test compares them). R-SP-01 … R-SP-05.

/// A calendar date (proleptic Gregorian), with no zone of its own.
public struct CivilDate: Hashable, Comparable, Sendable {
  public let year: Int
  public let month: Int
  public let day: Int

  /// Nothing for a date that does not exist, or a year outside 1…9999.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month) else { return nil }
    guard day >= 1, day <= Self.days(inMonth: month, of: year) else { return nil }
    (self.year, self.month, self.day) = (year, month, day)
  }

  /// Days since 1970-01-01 (Howard Hinnant's civil-from-days arithmetic, in integers).
  public init(dayNumber: Int) {
    let shifted = dayNumber + 719_468
    let era = floorDivide(shifted, 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  public var dayNumber: Int {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = floorDivide(shiftedYear, 400)
    let yearOfEra = shiftedYear - era * 400
    let monthFromMarch = month > 2 ? month - 3 : month + 9
    let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// 0 is Monday, 6 is Sunday.
  public var weekday: Int { floorModulo(dayNumber + 3, 7) }

  public static func < (left: CivilDate, right: CivilDate) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }

  public func advanced(byDays count: Int) -> CivilDate { CivilDate(dayNumber: dayNumber + count) }

  public static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  public static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

/// Europe/London clock time since 1997: UTC, and one hour more in British Summer Time.
public enum LondonClock {
  /// The instants between which BST is in force in a year: half-open.
  public static func summer(of year: Int) -> Range<Instant> {
    guard let march = CivilDate(year: year, month: 3, day: 31)?.dayNumber else { return .epoch ..< .epoch }
    // From 31 March to 31 October is the same in every year.
    return lastSunday(until: march)..<lastSunday(until: march + 214)
  }

  public static func offset(at instant: Instant) -> TimeSpan {
    let year = CivilDate(dayNumber: Int(floorDivide(instant.seconds, 86_400))).year
    return summer(of: year).contains(instant) ? .hours(1) : .zero
  }

  /// Local midnight that begins a settlement day.
  public static func startOfDay(_ date: CivilDate) -> Instant {
    let utcMidnight = Instant(seconds: Int64(date.dayNumber) * 86_400)
    // Both changes are at 01:00 UTC, so the offset at local midnight is the one at 22:00 UTC the day before
    // or after.
    let summer = summer(of: date.year)
    return summer.contains(utcMidnight - .hours(1)) ? utcMidnight - .hours(1) : utcMidnight
  }

  public static func date(at instant: Instant) -> CivilDate {
    CivilDate(dayNumber: Int(floorDivide((instant + offset(at: instant)).seconds, 86_400)))
  }

  /// Minutes since local midnight on the wall clock, 0 ..< 1440.
  public static func minuteOfDay(at instant: Instant) -> Int {
    Int(floorModulo((instant + offset(at: instant)).seconds, 86_400) / 60)
  }

  /// 01:00 UTC of the last Sunday until a day since 1970-01-01, which was a Thursday.
  private static func lastSunday(until day: Int) -> Instant {
    let sunday = day - floorModulo(day + 4, 7)
    return Instant(seconds: Int64(sunday) * 86_400 + 3600)
  }
}

/// A settlement period: the n-th half-hour of a London day of 46, 48 or 50.
public struct SettlementPeriod: Hashable, Sendable {
  public let date: CivilDate
  /// 1-based.
  public let number: Int

  public init(_ halfHour: HalfHour) {
    date = LondonClock.date(at: halfHour.start)
    number = HalfHour(containing: LondonClock.startOfDay(date)).distance(to: halfHour) + 1
  }

  /// The half-hours of a settlement day: 46 in spring, 50 in autumn, else 48.
  public static func halfHours(of date: CivilDate) -> Range<HalfHour> {
    let first = HalfHour(containing: LondonClock.startOfDay(date))
    return first..<HalfHour(containing: LondonClock.startOfDay(date.advanced(byDays: 1)))
  }

  public static func count(of date: CivilDate) -> Int {
    let range = halfHours(of: date)
    return range.lowerBound.distance(to: range.upperBound)
  }
}
