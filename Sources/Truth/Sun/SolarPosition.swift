// Where the sun stands in the sky of a place: its course among the stars turned to the place's horizon, seen
// from the ground and not from the Earth's middle, and lifted by the air.

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
  /// Of the apparent zenith, and of the azimuth.
  private(set) var sine: Double
  private(set) var cosine: Double
  private(set) var sineAzimuth: Double
  private(set) var cosineAzimuth: Double

  static let degree = Double.pi / 180
  /// The Earth's radius as seen from the sun: 8.794″.
  private static let parallax = 8.794 / 3600 * degree

  init(at seconds: Double, place: SiteDescription.Place, air: AirColumn) {
    self.init(SunCourse().place(at: seconds), Horizon(place), air: air)
  }

  /// `horizon` holds what does not change at a place.
  init(_ sun: SunCourse.Place, _ horizon: Horizon, air: AirColumn) {
    equationOfTime = sun.equationOfTime
    let turned = sun.greenwich + horizon.longitude
    let (sineTurned, cosineTurned) = (sin(turned), cos(turned))
    // In the plane of the equator: towards the place's meridian, and east of it.
    let toMeridian = cosineTurned * sun.toEquinox + sineTurned * sun.toEast
    let east = cosineTurned * sun.toEast - sineTurned * sun.toEquinox
    let north = sun.toPole * horizon.cosine - toMeridian * horizon.sine
    let up = sun.toPole * horizon.sine + toMeridian * horizon.cosine
    let level = max((east * east + north * north).squareRoot(), 1e-12)
    trueZenith = atan2(level, up) + Self.parallax * level
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
    /// Radians east.
    let longitude: Double

    init(_ place: SiteDescription.Place) {
      let latitude = place.latitude * SolarPosition.degree
      (sine, cosine, longitude) = (sin(latitude), cos(latitude), place.longitude * SolarPosition.degree)
    }
  }
}
