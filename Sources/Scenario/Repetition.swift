// `every: day, at: "00:10Z"`: a repetition, written out into instants.

internal import Units

/// A rhythm, and the stretch in which it runs; both ends are included.
struct Repetition: Hashable {
  enum Rhythm: Hashable {
    /// At a time of each so many-th day.
    case days(Int, ClockTime)
    /// On each multiple of this since 1970: half-hours at :00 and :30, hours at :00.
    case grid(TimeSpan)
    /// Each so long from the start on.
    case span(TimeSpan)
  }

  /// Instants that one row may have: our limit.
  static let most = 1_000_000

  var rhythm: Rhythm
  var from: Instant
  var to: Instant

  /// All instants, or nothing where there would be more than `most`.
  var instants: [Instant]? {
    switch rhythm {
    case .grid(let step):
      let index = floorDivide(from.microseconds - 1, step.microseconds) + 1
      return steps(from: Instant(microseconds: index * step.microseconds), by: step)
    case .span(let step): return steps(from: from, by: step)
    case .days(let count, let time): return days(count, time)
    }
  }

  private func steps(from first: Instant, by step: TimeSpan) -> [Instant]? {
    guard first <= to else { return [] }
    let count = (to - first).microseconds / step.microseconds
    guard count < Int64(Self.most) else { return nil }
    return (0...count).map { first + step * $0 }
  }

  private func days(_ count: Int, _ time: ClockTime) -> [Instant]? {
    var instants: [Instant] = []
    // A day early: the first day by the London clock may begin before midnight UTC.
    var date = CivilDate(dayNumber: Int(floorDivide(from.seconds, 86_400)) - 1)
    while true {
      let instant = time.instant(on: date)
      if instant > to { return instants }
      if instant >= from {
        instants.append(instant)
        guard instants.count <= Self.most else { return nil }
        date = date.advanced(byDays: count)
      } else {
        date = date.advanced(byDays: 1)
      }
    }
  }
}

extension ClockTime {
  /// The instant at which a clock shows this time on a date. In the repeated hour of autumn the first of the
  /// two; in the missing hour of spring the instant an hour later by the wall.
  func instant(on date: CivilDate) -> Instant {
    let asUTC = Instant(seconds: Int64(date.dayNumber) * 86_400) + .minutes(Int64(minuteOfDay))
    guard zone == .london else { return asUTC }
    let ifSummer = asUTC - .hours(1)
    return LondonClock.offset(at: ifSummer) == .hours(1) ? ifSummer : asUTC
  }
}
