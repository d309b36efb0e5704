// Temperature and age of a meter, day by day. The meter hangs in a porch or a cupboard under the stairs of a
// home in Great Britain; its temperature by month is our assumption. What matters is the difference between
// seasons: a meter that reads 0.03 %/K more when warm is 0.4 % higher in July than in January.

internal import Units

/// How errors follow the calendar.
struct Climate: Hashable, Sendable {
  /// ppm for each kelvin above 23 °C.
  var perKelvin: Int64 = 0
  /// ppm for each year of 365.25 days since `fitted`.
  var perYear: Int64 = 0
  /// What age had made of it by then, in ppm.
  var inherited: Int64 = 0
  /// Days since 1970 on which the meter was new.
  var fitted: Int64 = 0

  static let day: Int64 = 86_400_000
  /// At which errors are stated (IEC 62052-11 reference conditions).
  static let reference: Int64 = 23
  /// °C by month, January first.
  static let celsius: [Int64] = [5, 5, 7, 10, 13, 16, 18, 18, 15, 12, 8, 6]

  var isNone: Bool { perKelvin == 0 && perYear == 0 && inherited == 0 }

  /// The error on a UTC day, in ppm, rounded to whole ppm.
  func error(onDay day: Int64) -> Int64 {
    let month = CivilDate(dayNumber: Int(day)).month
    let warmth = perKelvin * (Self.celsius[month - 1] - Self.reference)
    return inherited + warmth + scaleRounded(perYear, (day - fitted) * 4, over: 1461)
  }
}
