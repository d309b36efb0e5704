// Sun and clear sky over one place at any instant: the one computation from which both a site's flow and a
// sample for a person are made.

internal import Foundation
internal import Units

/// The sky over a place.
struct SkyOverSite {
  /// The sky at an instant.
  struct Moment {
    var sun: SolarPosition
    /// W/m² on a plane facing the sun, above the air.
    var extraterrestrial: Double
    /// What a sky without clouds lets through.
    var clear: Irradiance
  }

  let place: SiteDescription.Place
  private let horizon: SolarPosition.Horizon
  private let air: AirColumn
  private let clearSky: ClearSky
  private let course = SunCourse()

  init(_ place: SiteDescription.Place, weather: Weather) {
    self.place = place
    horizon = SolarPosition.Horizon(place)
    air = AirColumn(altitude: place.altitude)
    clearSky = ClearSky(
      altitude: place.altitude, air: air, model: weather.clearSky, turbidity: weather.turbidity)
  }

  /// At seconds since 1970, of UTC.
  func moment(at seconds: Double) -> Moment {
    let course = course.place(at: seconds)
    let sun = SolarPosition(course, horizon, air: air)
    let clear = clearSky.irradiance(of: sun, extraterrestrial: course.extraterrestrial)
    return Moment(sun: sun, extraterrestrial: course.extraterrestrial, clear: clear)
  }
}
