// The sun's place among the stars, a UTC day at a time: Meeus' low-precision series (Astronomical Algorithms,
// 2nd edition, chapters 25 and 28) with the five largest disturbances by Venus, Jupiter and the moon (the
// same author's Astronomical Formulae for Calculators, chapter 18). Within 0.005° of the Solar Position
// Algorithm (Reda & Andreas 2004) from 2000 to 2036. It is computed at three instants of a day and taken from
// a parabola between them, which is off by less than a hundred-thousandth of a degree:
// no place needs it more often.

internal import Foundation
internal import Units

/// Where the sun is, for all places alike. It remembers the day asked for last: one for each thread.
final class SunCourse {
  /// At an instant.
  struct Place {
    /// A unit vector to the sun: towards the vernal equinox, 90° east of it, and towards the pole.
    var toEquinox: Double
    var toEast: Double
    var toPole: Double
    /// How far Greenwich has turned from the equinox, radians.
    var greenwich: Double
    /// How far a sundial is ahead of a clock, minutes.
    var equationOfTime: Double
    /// W/m² on a plane that faces the sun above the air.
    var extraterrestrial: Double
  }

  /// A day: a parabola for each coordinate and the equation of time, by the part of the day gone by.
  private struct Day {
    var number = Int.min
    var start = 0.0
    var constant = SIMD4<Double>.zero
    var linear = SIMD4<Double>.zero
    var square = SIMD4<Double>.zero
    var greenwich = 0.0
    var extraterrestrial = 0.0
  }

  /// TT − UT, s, about the 2020s; a minute more or less moves the sun by 0.0007°.
  private static let dynamicalAhead = 69.0
  private static let degree = SolarPosition.degree
  /// How far the Earth turns in a UTC day, radians.
  private static let turn = 360.985_647_366_29 * degree

  private var day = Day()

  /// At seconds since 1970.
  func place(at seconds: Double) -> Place {
    var today = day
    var part = (seconds - today.start) / 86_400
    if today.number == .min || part < 0 || part >= 1 {
      today = Self.day(Int((seconds / 86_400).rounded(.down)))
      day = today
      part = (seconds - today.start) / 86_400
    }
    let now = today.constant + part * (today.linear + part * today.square)
    return Place(
      toEquinox: now.x, toEast: now.y, toPole: now.z, greenwich: today.greenwich + part * Self.turn,
      equationOfTime: now.w, extraterrestrial: today.extraterrestrial)
  }

  private static func day(_ number: Int) -> Day {
    let start = Double(number) * 86_400
    let days = Double(number) + 2_440_587.5 - 2_451_545
    let (first, middle, last) = (
      sun(days: days).sun, sun(days: days + 0.5).sun, sun(days: days + 1).sun
    )
    var day = Day(number: number, start: start)
    day.constant = first
    day.linear = 4 * middle - 3 * first - last
    day.square = 2 * (first + last) - 4 * middle
    let centuries = days / 36_525
    let turned = 280.460_618_37 + 360.985_647_366_29 * days + 0.000_387_933 * centuries * centuries
    day.greenwich =
      (turned + sun(days: days + 0.5).nutation).truncatingRemainder(dividingBy: 360) * degree
    day.extraterrestrial = ClearSky.extraterrestrial(dayOfYear: ClearSky.dayOfYear(dayNumber: number))
    return day
  }

  /// The three coordinates and the equation of time in minutes, and the equinox's own nod in degrees, at days
  /// of universal time since the noon that began 2000.
  private static func sun(days: Double) -> (sun: SIMD4<Double>, nutation: Double) {
    let t = (days + dynamicalAhead / 86_400) / 36_525
    let meanLongitude = 280.46646 + t * (36_000.76983 + t * 0.0003032)
    let anomaly = (357.52911 + t * (35_999.05029 - 0.0001537 * t)) * degree
    let node = (125.04 - 1934.136 * t) * degree
    let centre =
      sin(anomaly) * (1.914602 - t * (0.004817 + 0.000014 * t))
      + sin(2 * anomaly) * (0.019993 - 0.000101 * t) + sin(3 * anomaly) * 0.000289
    let nod = -0.00478 * sin(node)
    // Aberration, nutation, and the planets and the moon.
    let longitude =
      (meanLongitude + centre - 0.00569 + nod + disturbances(sinceNineteenHundred: t + 1)) * degree
    let obliquity =
      (23.439291 - t * (0.0130042 + t * (0.00000016 - t * 0.000000504)) + 0.00256 * cos(node)) * degree
    let toEquinox = cos(longitude)
    let toEast = cos(obliquity) * sin(longitude)
    let toPole = sin(obliquity) * sin(longitude)
    let rightAscension = atan2(toEast, toEquinox) / degree
    let ahead = meanLongitude - 0.0057183 - rightAscension + nod * cos(obliquity)
    let minutes = 4 * (ahead - 360 * (ahead / 360).rounded())
    return (SIMD4(toEquinox, toEast, toPole, minutes), nod * cos(obliquity))
  }

  /// Degrees of longitude: Venus twice, Jupiter, the moon, and one of long period.
  private static func disturbances(sinceNineteenHundred t: Double) -> Double {
    0.00134 * cos((153.23 + 22_518.7541 * t) * degree) + 0.00154 * cos((216.57 + 45_037.5082 * t) * degree)
      + 0.00200 * cos((312.69 + 32_964.3577 * t) * degree)
      + 0.00179 * sin((350.74 + 445_267.1142 * t - 0.00144 * t * t) * degree)
      + 0.00178 * sin((231.19 + 20.20 * t) * degree)
  }
}
