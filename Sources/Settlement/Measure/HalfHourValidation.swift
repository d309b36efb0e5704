// The checks of half-hours over whole columns (R-VAL-01, -02, -05, -08, -12): they say where something is odd, and the
// rules then look at those days alone. Most days have nothing.

internal import Units

enum HalfHourValidation {
  /// A day in which something may be odd.
  struct OddDay {
    var day: DarkWalk.Day
    /// A value below zero, or above the most that can be.
    var isOutside = false
    /// More than creeps in the dark.
    var isDark = false
  }

  /// Days with values below zero, above the most that can be, or above `night` in the dark. `limits` says for the
  /// rows of a day the most that can be, and whether the dark matters.
  static func oddDays(
    _ table: HalfHourTable, night: Int64, limits: (Range<Int>) -> (most: Int64, isDarkOdd: Bool)
  ) -> [OddDay] {
    guard let columns = table.view else { return [] }
    var odd: [OddDay] = []
    for day in DarkWalk(table.first, table.reach) {
      var one = OddDay(day: day)
      let (most, isDarkOdd) = limits(day.rows)
      one.isOutside = HalfHourKernel.isOutside(columns.energies, day.rows, most: most)
      if isDarkOdd {
        one.isDark =
          HalfHourKernel.exceeds(columns.energies, day.morning, night)
          || HalfHourKernel.exceeds(columns.energies, day.evening, night)
      }
      if one.isOutside || one.isDark { odd.append(one) }
    }
    return odd
  }

  /// Runs of at least so many equal values above zero.
  static func equalRuns(_ table: HalfHourTable, least: Int) -> [Range<Int>] {
    guard let columns = table.view else { return [] }
    var runs: [Range<Int>] = []
    let rows = table.reach
    var start = rows.lowerBound
    while start < rows.upperBound {
      let value = columns.energies[start]
      var end = start + 1
      while end < rows.upperBound, columns.energies[end] == value { end += 1 }
      if end - start >= least, value > 0 { runs.append(start..<end) }
      start = end
    }
    return runs
  }
}
