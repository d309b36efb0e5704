// Export by settlement day: what the checks of days, months and quarters look at. Only days of which
// something new came are added up again.

internal import Units

struct DayTotals {
  /// One settlement day.
  struct Day: Hashable {
    /// Sum of the measured half-hours.
    var energy: Int64 = 0
    /// Half-hours that are measured, of those that the day has.
    var known: Int16 = 0
    var slots: Int16 = 0
    /// Wh × minutes of UTC since the day began, each half-hour at its middle:
    /// gives the middle of the day's export.
    var moment: Int64 = 0
    /// Minutes of UTC at which the day begins: 0, or 1380 in summer.
    var offset: Int16 = 0

    var isComplete: Bool { slots > 0 && known == slots }
    /// Minutes since the day began at which half of it lies on either side, as its centre of gravity.
    var centre: Int64? { energy > 0 ? moment / energy : nil }
  }

  /// Day number of the first day.
  private(set) var first = 0
  private(set) var days: [Day] = []

  func date(_ index: Int) -> CivilDate { CivilDate(dayNumber: first + index) }

  func index(of date: CivilDate) -> Int? {
    let index = date.dayNumber - first
    return days.indices.contains(index) ? index : nil
  }

  func start(_ index: Int) -> Instant { LondonClock.startOfDay(date(index)) }
  func end(_ index: Int) -> Instant { LondonClock.startOfDay(date(index + 1)) }

  /// Adds up the days from an instant on, as far as the table has values.
  mutating func update(_ table: HalfHourTable, from: Instant) {
    guard table.horizon > table.first else { return }
    let start = table.first.start
    if days.isEmpty { first = LondonClock.date(at: start).dayNumber }
    let low = max(LondonClock.date(at: max(from, start)).dayNumber - first, 0)
    let high = LondonClock.date(at: table.horizon.previous.start).dayNumber - first
    guard low <= high else { return }
    while days.count <= high { days.append(Day()) }
    var day = DayWalk(at: HalfHour(containing: self.start(low)))
    for index in low...high {
      days[index] = Self.add(table, day.halfHours)
      day.move(to: day.halfHours.upperBound)
    }
  }

  private static func add(_ table: HalfHourTable, _ range: Range<HalfHour>) -> Day {
    var day = Day(slots: Int16(clamping: range.lowerBound.distance(to: range.upperBound)))
    day.offset = Int16(floorModulo(range.lowerBound.index, 48) * 30)
    let start = table.first.distance(to: range.lowerBound)
    guard let columns = table.view else { return day }
    for index in max(start, 0)..<max(min(start + Int(day.slots), table.count), max(start, 0)) {
      guard table.isActual(index) else { continue }
      let energy = columns.energies[index]
      day.known += 1
      day.energy += energy
      day.moment += energy * Int64((index - start) * 30 + 15)
    }
    return day
  }

  /// Sum of a run of days; nil if one is not complete.
  func energy(_ range: Range<Int>) -> Int64? {
    guard range.lowerBound >= 0, range.upperBound <= days.count else { return nil }
    var sum: Int64 = 0
    for index in range {
      guard days[index].isComplete else { return nil }
      sum += days[index].energy
    }
    return sum
  }

  /// The days of a month, if all are here.
  func days(ofMonth month: Int) -> Range<Int>? {
    let start = CivilDate.firstDay(ofMonth: month).dayNumber - first
    let end = CivilDate.firstDay(ofMonth: month + 1).dayNumber - first
    return start >= 0 && end <= days.count ? start..<end : nil
  }
}

extension CivilDate {
  /// Months since year 0.
  var monthNumber: Int { year * 12 + month - 1 }

  static func firstDay(ofMonth number: Int) -> CivilDate {
    CivilDate(year: floorDivide(number, 12), month: floorModulo(number, 12) + 1, day: 1)
      ?? CivilDate(dayNumber: 0)
  }
}
