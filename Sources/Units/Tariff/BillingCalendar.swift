// When a smart meter closes a billing period by itself (DUIS 6.8, GBCS use case ECS30): each day, each week,
// each month, or each three, six or twelve months from a month on, at one UTC time of day. Days of the month
// are 1…28, so that each month has them.

/// The rhythm of a meter's billing data log.
public struct BillingCalendar: Hashable, Sendable {
  public enum Period: Hashable, Sendable {
    case daily
    /// 1 is Monday, 7 Sunday.
    case weekly(Int)
    /// Each so many months (1, 3, 6 or 12) on a day 1…28, counted from a month 1…12.
    case months(Int, day: Int, from: Int)
  }

  public var period: Period
  /// Minutes after UTC midnight: a whole half-hour (our assumption), 0…1410.
  public var minute: Int

  public init(_ period: Period, minute: Int = 0) { (self.period, self.minute) = (period, minute) }

  /// The next time it falls due, later than an instant; nil for a calendar that never does.
  public func next(after instant: Instant) -> Instant? {
    let today = Int(floorDivide(instant.seconds, 86_400))
    for number in today...(today + 366) where falls(on: CivilDate(dayNumber: number)) {
      let due = Instant(seconds: Int64(number) * 86_400 + Int64(minute) * 60)
      if due > instant { return due }
    }
    return nil
  }

  private func falls(on date: CivilDate) -> Bool {
    switch period {
    case .daily: true
    case .weekly(let day): date.weekday == day - 1
    case .months(let step, let day, let first):
      date.day == day && floorModulo(date.month - first, max(step, 1)) == 0
    }
  }

  /// Why no meter takes it; nil where it can be.
  public var objection: String? {
    guard (0..<1440).contains(minute), minute % 30 == 0 else { return "it falls due inside a half-hour" }
    switch period {
    case .daily: return nil
    case .weekly(let day): return (1...7).contains(day) ? nil : "days of the week are 1…7"
    case .months(let step, let day, let first):
      guard [1, 3, 6, 12].contains(step) else { return "it falls due each 1, 3, 6 or 12 months" }
      guard (1...28).contains(day) else { return "days of the month are 1…28" }
      return (1...12).contains(first) ? nil : "months are 1…12"
    }
  }
}
