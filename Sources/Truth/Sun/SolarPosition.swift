// Where the sun stands. Meeus' low-precision series (Astronomical Algorithms, 2nd edition, chapters 25 and
// 28) in the form that NOAA publishes: within 0.012° of the Solar Position Algorithm (Reda & Andreas 2004)
// over Great Britain. Universal time is used for terrestrial time: 69 s, less than 0.001° of the sun's place
// among the stars.

internal import Foundation

/// The sun as seen from a place at an instant. Angles in radians.
struct SolarPosition {
  /// From the vertical, of the sun's true place.
  var trueZenith: Double
  /// From the vertical, as refraction lifts it.
  var apparentZenith: Double
  /// Clockwise from north.
  var azimuth: Double
  /// How far a sundial is ahead of a clock, minutes.
  var equationOfTime: Double

  static let degree = Double.pi / 180

  init(at seconds: Double, place: SiteDescription.Place, air: AirColumn) {
    let days = seconds / 86_400 + 2_440_587.5 - 2_451_545
    let declination: Double
    (declination, equationOfTime) = Self.sun(centuries: days / 36_525)
    let minutes = (seconds / 86_400 - (seconds / 86_400).rounded(.down)) * 1440
    let trueSolarMinutes = minutes + equationOfTime + 4 * place.longitude
    let hourAngle = (trueSolarMinutes / 4 - 180) * Self.degree
    let latitude = place.latitude * Self.degree
    let east = -cos(declination) * sin(hourAngle)
    let north = sin(declination) * cos(latitude) - cos(declination) * sin(latitude) * cos(hourAngle)
    let up = sin(declination) * sin(latitude) + cos(declination) * cos(latitude) * cos(hourAngle)
    trueZenith = atan2((east * east + north * north).squareRoot(), up)
    azimuth = atan2(east, north)
    if azimuth < 0 { azimuth += 2 * .pi }
    apparentZenith = trueZenith - air.refraction(elevation: .pi / 2 - trueZenith)
  }

  /// Declination in radians and equation of time in minutes.
  private static func sun(centuries t: Double) -> (declination: Double, equationOfTime: Double) {
    let meanLongitude = (280.46646 + t * (36_000.76983 + t * 0.0003032)) * degree
    let meanAnomaly = (357.52911 + t * (35_999.05029 - 0.0001537 * t)) * degree
    let eccentricity = 0.016708634 - t * (0.000042037 + 0.0000001267 * t)
    let centre =
      sin(meanAnomaly) * (1.914602 - t * (0.004817 + 0.000014 * t))
      + sin(2 * meanAnomaly) * (0.019993 - 0.000101 * t) + sin(3 * meanAnomaly) * 0.000289
    let node = (125.04 - 1934.136 * t) * degree
    let longitude = meanLongitude + (centre - 0.00569 - 0.00478 * sin(node)) * degree
    let meanObliquity = 23.439291 - t * (0.0130042 + t * (0.00000016 - t * 0.000000504))
    let obliquity = (meanObliquity + 0.00256 * cos(node)) * degree
    let declination = asin(sin(obliquity) * sin(longitude))
    let y = tan(obliquity / 2) * tan(obliquity / 2)
    let equation =
      y * sin(2 * meanLongitude) - 2 * eccentricity * sin(meanAnomaly)
      + 4 * eccentricity * y * sin(meanAnomaly) * cos(2 * meanLongitude)
      - 0.5 * y * y * sin(4 * meanLongitude) - 1.25 * eccentricity * eccentricity * sin(2 * meanAnomaly)
    return (declination, 4 * equation / degree)
  }
}

/// The air above a place: its pressure, and how it bends light.
struct AirColumn {
  /// Pascal.
  let pressure: Double
  /// Degrees Celsius, for refraction only: our assumption for the year round.
  static let refractionTemperature = 10.0

  /// Standard atmosphere at an altitude in metres.
  init(altitude: Double) {
    pressure = 100 * pow((44_331.514 - altitude) / 11_880.516, 1 / 0.1902632)
  }

  /// How much an object at a true elevation (radians) is lifted: Bennett's form as in the Solar Position
  /// Algorithm (equation 42), nothing once the whole disc is below the horizon.
  func refraction(elevation: Double) -> Double {
    let degrees = elevation / SolarPosition.degree
    guard degrees >= -(0.26667 + 0.5667) else { return 0 }
    let bend = 1.02 / (60 * tan((degrees + 10.3 / (degrees + 5.11)) * SolarPosition.degree))
    return pressure / 101_000 * 283 / (273 + Self.refractionTemperature) * bend * SolarPosition.degree
  }
}
