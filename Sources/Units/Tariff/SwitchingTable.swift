// When a smart meter counts import where: the Tariff Switching Table, which GBCS maps to an activity calendar
// with its special days (IEC 62056-6-2, classes 20 and 11, at 0-0:13.0.0 and 0-1:11.0.0; of a second element
// at 13.0.1 and 11.0.1). Days say what happens when, weeks name seven days, seasons name weeks. All times are
// UTC. How many of each fit is what the DUIS schema 5.4 lets a supplier send.

/// Where import goes from some time of day on. GBCS knows each by the number of a script (0-0:10.0.100).
public enum TariffAction: Hashable, Sendable {
  /// One of the time-of-use registers: 1…48, of a second element 1…4.
  case register(Int)
  /// The blocks of one of eight times of use, 1…8.
  case blocks(Int)

  /// The script's number on the primary element: 1…48, 101…108.
  public var script: Int {
    switch self {
    case .register(let number): number
    case .blocks(let number): 100 + number
    }
  }

  /// For people: "tou 2", "block tou 1".
  public var words: String {
    switch self {
    case .register(let number): "tou \(number)"
    case .blocks(let number): "block tou \(number)"
    }
  }
}

/// A day of the year, of each year or of one.
public struct TariffDate: Hashable, Sendable {
  /// Nil for each year.
  public var year: Int?
  /// 1…12, and 1…31.
  public var month: Int
  public var day: Int

  public init(year: Int? = nil, month: Int, day: Int) {
    (self.year, self.month, self.day) = (year, month, day)
  }

  /// Whether it is a day that comes: 29 February only of a leap year (our assumption).
  public var exists: Bool { CivilDate(year: year ?? 2025, month: month, day: day) != nil }

  func falls(on date: CivilDate) -> Bool {
    date.day == day && date.month == month && (year.map { $0 == date.year } ?? true)
  }

  /// The last time it came up to a date; nil if it has not.
  func latest(upTo date: CivilDate) -> CivilDate? {
    let years = year.map { [$0] } ?? [date.year, date.year - 1]
    return years.lazy.compactMap { CivilDate(year: $0, month: month, day: day) }.first { $0 <= date }
  }
}

/// Rules that put each half-hour of import into one register or block.
public struct SwitchingTable: Hashable, Sendable {
  /// From a minute of the UTC day on (a whole half-hour: our assumption), energy goes here.
  public struct Switch: Hashable, Sendable {
    /// 0…1410.
    public var minute: Int
    public var action: TariffAction

    public init(minute: Int, action: TariffAction) { (self.minute, self.action) = (minute, action) }
  }

  /// From a date on, a week holds.
  public struct Season: Hashable, Sendable {
    public var start: TariffDate
    /// From 1.
    public var week: Int

    public init(start: TariffDate, week: Int) { (self.start, self.week) = (start, week) }
  }

  /// A date whose day is another than its week says.
  public struct SpecialDay: Hashable, Sendable {
    public var date: TariffDate
    /// From 1.
    public var day: Int

    public init(date: TariffDate, day: Int) { (self.date, self.day) = (date, day) }
  }

  /// Each in order of time, the first switch at midnight (our assumption).
  public var days: [[Switch]]
  /// Seven numbers of days each, Monday first.
  public var weeks: [[Int]]
  public var seasons: [Season]
  public var specialDays: [SpecialDay]

  /// Where weeks are left out, each day is the first; where seasons are, the first week always holds.
  public init(
    days: [[Switch]], weeks: [[Int]] = [], seasons: [Season] = [], specialDays: [SpecialDay] = []
  ) {
    (self.days, self.specialDays) = (days, specialDays)
    self.weeks = weeks.isEmpty ? [Array(repeating: 1, count: 7)] : weeks
    self.seasons = seasons.isEmpty ? [Season(start: TariffDate(month: 1, day: 1), week: 1)] : seasons
  }

  /// All in the first register, always.
  public static let single = SwitchingTable(days: [[Switch(minute: 0, action: .register(1))]])

  /// What holds at an instant. Before the first season comes, the first one of the table holds, and what a
  /// table with objections leaves open goes to the first register (our assumptions).
  public func action(at instant: Instant) -> TariffAction {
    let date = CivilDate(dayNumber: Int(floorDivide(instant.seconds, 86_400)))
    let minute = Int(floorModulo(instant.seconds, 86_400) / 60)
    let day = specialDays.first { $0.date.falls(on: date) }?.day ?? ordinaryDay(date)
    guard days.indices.contains(day - 1) else { return .register(1) }
    return days[day - 1].last { $0.minute <= minute }?.action ?? .register(1)
  }

  private func ordinaryDay(_ date: CivilDate) -> Int {
    var held = seasons.first
    var since: CivilDate?
    for season in seasons {
      guard let start = season.start.latest(upTo: date), since.map({ $0 <= start }) ?? true else { continue }
      (held, since) = (season, start)
    }
    guard let week = held?.week, weeks.indices.contains(week - 1),
      weeks[week - 1].indices.contains(date.weekday)
    else { return 0 }
    return weeks[week - 1][date.weekday]
  }
}
