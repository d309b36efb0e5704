// Days of UTC with their dark ends, row by row of a table: when it is certainly dark all over Great Britain
// is one question for a day, not one for a half-hour (R-VAL-05).

internal import Units

/// Walks over the days of a range of rows.
struct DarkWalk: Sequence, IteratorProtocol {
  struct Day {
    var rows: Range<Int>
    /// Rows that end before the sun may rise, and that begin when it must have set.
    var morning: Range<Int>
    var evening: Range<Int>
  }

  private let first: HalfHour
  private let end: Int
  private var place: Int

  init(_ first: HalfHour, _ rows: Range<Int>) {
    (self.first, place, end) = (first, rows.lowerBound, rows.upperBound)
  }

  mutating func next() -> Day? {
    guard place < end else { return nil }
    let halfHour = first.advanced(by: place)
    let day = Int(floorDivide(Int64(halfHour.index), 48))
    // Row of the first half-hour of the day; it may lie before the table.
    let start = first.distance(to: HalfHour(index: Int32(day * 48)))
    let rows = place..<Swift.min(end, start + 48)
    place = rows.upperBound
    let light = Darkness.halfHours(ofDay: day)
    return Day(
      rows: rows, morning: rows.clamped(to: Int.min..<(start + light.lowerBound)),
      evening: rows.clamped(to: (start + light.upperBound)..<Int.max))
  }
}

extension Darkness {
  /// Half-hours of a day of UTC, from 0 to 48, in which the sun may be up somewhere in GB: those before and
  /// after are dark from end to end.
  static func halfHours(ofDay day: Int) -> Range<Int> {
    let light = minutes(ofDay: day)
    return Int(light.lowerBound / 30)..<Int((light.upperBound + 29) / 30)
  }
}
