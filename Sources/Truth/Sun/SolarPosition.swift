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

  /// Of the apparent zenith, and of the azimuth.
  private(set) var sine: Double
  private(set) var cosine: Double
  private(set) var sineAzimuth: Double
  private(set) var cosineAzimuth: Double

  init(at seconds: Double, place: SiteDescription.Place, air: AirColumn) {
    self.init(at: seconds, Horizon(place), air: air)
  }

  /// `horizon` holds what does not change at a place.
  init(at seconds: Double, _ horizon: Horizon, air: AirColumn) {
    let days = seconds / 86_400 + 2_440_587.5 - 2_451_545
    let course = Self.course(centuries: days / 36_525)
    equationOfTime = course.equationOfTime
    let minutes = (seconds / 86_400 - (seconds / 86_400).rounded(.down)) * 1440
    let trueSolarMinutes = minutes + equationOfTime + 4 * horizon.longitude
    let hourAngle = (trueSolarMinutes / 4 - 180) * Self.degree
    let (sineHour, cosineHour) = (sin(hourAngle), cos(hourAngle))
    let east = -course.cosine * sineHour
    let north = course.sine * horizon.cosine - course.cosine * horizon.sine * cosineHour
    let up = course.sine * horizon.sine + course.cosine * horizon.cosine * cosineHour
    let level = max((east * east + north * north).squareRoot(), 1e-12)
    trueZenith = atan2(level, up)
    azimuth = atan2(east, north)
    if azimuth < 0 { azimuth += 2 * .pi }
    (sineAzimuth, cosineAzimuth) = (east / level, north / level)
    apparentZenith = trueZenith - air.refraction(elevation: .pi / 2 - trueZenith)
    (sine, cosine) = (sin(apparentZenith), cos(apparentZenith))
  }

  /// A place's latitude and longitude, as the sun's course needs them.
  struct Horizon {
    let sine: Double
    let cosine: Double
    /// Degrees east.
    let longitude: Double

    init(_ place: SiteDescription.Place) {
      let latitude = place.latitude * SolarPosition.degree
      (sine, cosine, longitude) = (sin(latitude), cos(latitude), place.longitude)
    }
  }

  /// Sine and cosine of the declination, and the equation of time in minutes.
  private static func course(
    centuries t: Double
  ) -> (sine: Double, cosine: Double, equationOfTime: Double) {
    let meanLongitude = (280.46646 + t * (36_000.76983 + t * 0.0003032)) * degree
    let meanAnomaly = (357.52911 + t * (35_999.05029 - 0.0001537 * t)) * degree
    let eccentricity = 0.016708634 - t * (0.000042037 + 0.0000001267 * t)
    let node = (125.04 - 1934.136 * t) * degree
    // Multiples of an angle follow from its sine and cosine.
    let (sineAnomaly, cosineAnomaly) = (sin(meanAnomaly), cos(meanAnomaly))
    let sineTwiceAnomaly = 2 * sineAnomaly * cosineAnomaly
    let sineThriceAnomaly = sineAnomaly * (3 - 4 * sineAnomaly * sineAnomaly)
    let (sineLongitude, cosineLongitude) = (sin(meanLongitude), cos(meanLongitude))
    let sineTwiceLongitude = 2 * sineLongitude * cosineLongitude
    let cosineTwiceLongitude = 1 - 2 * sineLongitude * sineLongitude

    let centre =
      sineAnomaly * (1.914602 - t * (0.004817 + 0.000014 * t))
      + sineTwiceAnomaly * (0.019993 - 0.000101 * t) + sineThriceAnomaly * 0.000289
    let longitude = meanLongitude + (centre - 0.00569 - 0.00478 * sin(node)) * degree
    let meanObliquity = 23.439291 - t * (0.0130042 + t * (0.00000016 - t * 0.000000504))
    let obliquity = (meanObliquity + 0.00256 * cos(node)) * degree
    let (sineObliquity, cosineObliquity) = (sin(obliquity), cos(obliquity))
    let sine = sineObliquity * sin(longitude)
    // tan² of half the obliquity
    let y = (1 - cosineObliquity) / (1 + cosineObliquity)
    let equation =
      y * sineTwiceLongitude - 2 * eccentricity * sineAnomaly
      + 4 * eccentricity * y * sineAnomaly * cosineTwiceLongitude
      - y * y * sineTwiceLongitude * cosineTwiceLongitude
      - 1.25 * eccentricity * eccentricity * sineTwiceAnomaly
    return (sine, (1 - sine * sine).squareRoot(), 4 * equation / degree)
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
