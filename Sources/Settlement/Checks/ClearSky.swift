// What a kW of solar panels makes under a cloudless sky, and how a real year is shared out over its months:
// the yardsticks of R-YIELD and R-DRIFT. Numbers of the physics reference, section 5.6: 1,782 kWh for each kW
// in a cloudless year facing south at 35° (the sunniest of four places in GB), and the monthly shares printed
// there for a cloudless year and for a measured home. No site is sunnier by more than the policy's allowance;
// most are far below.

internal import Units

enum ClearSky {
  /// Wh for each kW installed, by month.
  private static let months: [Int64] = [35, 56, 90, 107, 121, 121, 122, 114, 94, 71, 41, 27].map { $0 * 1782 }
  /// Parts per thousand of a real year, by month.
  private static let shares: [Int64] = [28, 49, 87, 117, 134, 129, 128, 113, 91, 59, 38, 27]

  /// Wh that so much installed makes in a cloudless month.
  static func energy(month: Int, _ capacity: Power) -> Int64 {
    Int64(clamping: Int128(months[floorModulo(month, 12)]) * Int128(capacity.milliwatts) / 1_000_000)
  }

  /// The part of a real year that lies in a span of days, in millionths.
  static func share(from: CivilDate, to: CivilDate) -> Int64 {
    var (sum, day) = (Int64(0), from)
    while day < to {
      sum += shares[day.month - 1] * 1000 / Int64(CivilDate.days(inMonth: day.month, of: day.year))
      day = day.advanced(byDays: 1)
    }
    return sum
  }
}
