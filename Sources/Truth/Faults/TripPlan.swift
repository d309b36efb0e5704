// When over-voltage protection takes generation off the network on a bad day: so many times, spread over the
// hours of high sun, each for a while. What is drawn depends on the day alone.

internal import Timeline
internal import Units

/// The trips of a site, a day at a time; any instant can be asked for.
struct TripPlan {
  /// How often, and for how long.
  struct Habit: Hashable {
    var count: Int64
    /// Shortest and longest time off, s.
    var off: ClosedRange<Int64>
  }

  /// Seconds of the UTC day in which the sun is high over Great Britain.
  private static let highSun: Range<Int64> = 10 * 3600..<14 * 3600

  /// Whether a millisecond lies in those hours.
  static func isHighSun(_ milliseconds: Int64) -> Bool {
    highSun.contains(floorModulo(floorDivide(milliseconds, 1000), 86_400))
  }

  private let habits: [Habit]
  private let draws: RandomStream
  private var day = Int64.min
  private var pauses: [Range<Int64>] = []

  init(_ habits: [Habit], stream: RandomStream) {
    (self.habits, draws) = (habits, stream.stream("trips"))
  }

  /// Whether generation is off at a millisecond.
  mutating func isOff(at milliseconds: Int64) -> Bool {
    guard !habits.isEmpty else { return false }
    let second = floorDivide(milliseconds, 1000)
    let today = floorDivide(second, 86_400)
    if today != day {
      day = today
      pauses = habits.flatMap { plan($0, from: today * 86_400 + Self.highSun.lowerBound) }
    }
    return pauses.contains { $0.contains(second) }
  }

  /// One trip in each part of the hours, so that the comb has its teeth apart.
  private func plan(_ habit: Habit, from start: Int64) -> [Range<Int64>] {
    guard habit.count > 0 else { return [] }
    let part = Int64(Self.highSun.count) / habit.count
    return (0..<habit.count).map { number in
      let draw = UInt64(bitPattern: day &* 128 &+ number &* 2)
      let from = start + number * part + draws.whole(draw, in: 0...max(part - habit.off.upperBound, 1) - 1)
      return from..<from + draws.whole(draw &+ 1, in: habit.off)
    }
  }
}
