// When it is certainly dark all over Great Britain, in whole minutes of UTC: no sun arithmetic, no floating
// point. For each half-month, the earliest sunrise and the latest sunset (sun 0.833° below a sea-level
// horizon, the convention of almanacs) at ten places on the rim of GB, from the Scillies (49.86° N, 6.4° W)
// to Unst (60.86° N) and from St Kilda (8.6° W) to Lowestoft (1.76° E), in 2024–2027; then at least 2 minutes
// outwards, to 5 minutes. Computed once with the NOAA solar equations, which agree with the SPA algorithm
// within 4 s for Aberdeen, London, Norwich and Cardiff. A place well inside has more darkness than this table
// says: the check misses some, and never calls daylight dark. The table is our assumption; the rule is
// R-VAL-05.

internal import Units

enum Darkness {
  /// Minutes of UTC between which the sun may be up somewhere in GB: two rows a month, days 1–15 and 16 to
  /// the end.
  private static let daylight: [ClosedRange<Int64>] = [
    465...1020, 450...1045, 425...1070, 395...1090, 360...1125, 325...1160, 280...1190, 235...1225,
    195...1255, 160...1285, 145...1305, 145...1305, 150...1305, 175...1285, 215...1255, 250...1220,
    290...1180, 325...1135, 350...1095, 375...1060, 400...1030, 430...1005, 450...990, 470...1000,
  ]

  /// Whether the sun is down everywhere in GB from `from` until `to`.
  static func covers(_ from: Instant, _ to: Instant) -> Bool {
    guard from < to, to - from < .hours(18) else { return false }
    let day = Int(floorDivide(from.seconds, 86_400))
    // The night that begins before or after the noon next to `from`.
    return (day...day + 1).allSatisfy { isOutside(daylightOf: $0, from, to) }
  }

  /// Minutes of UTC between which the sun may be up somewhere in GB, on a day since 1970.
  static func minutes(ofDay day: Int) -> ClosedRange<Int64> {
    let date = CivilDate(dayNumber: day)
    return daylight[(date.month - 1) * 2 + (date.day > 15 ? 1 : 0)]
  }

  private static func isOutside(daylightOf day: Int, _ from: Instant, _ to: Instant) -> Bool {
    let light = minutes(ofDay: day)
    let midnight = Instant(seconds: Int64(day) * 86_400)
    return to <= midnight + .minutes(light.lowerBound) || from >= midnight + .minutes(light.upperBound)
  }
}
