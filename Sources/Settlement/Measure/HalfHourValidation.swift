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

  /// Days with values below zero, above `most`, or above `night` while it is dark; nil: nobody looks at the night.
  static func oddDays(_ table: HalfHourTable, most: Int64, night: Int64?) -> [OddDay] {
    guard let columns = table.view else { return [] }
    var odd: [OddDay] = []
    for day in DarkWalk(table.first, table.reach) {
      var one = OddDay(day: day)
      one.isOutside = HalfHourKernel.isOutside(columns.energies, day.rows, most: most)
      if let night {
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
