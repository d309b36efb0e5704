// The sun and what it gives at one instant, for a person or another tool to hold against a reference: the same
// sky, planes and arrays from which the flow is made, but at the instant itself and not between knots.

internal import Foundation
public import Timeline
public import Units

/// Sun, light and arrays at an instant. Angles in degrees, irradiance in W/m².
public struct SolarSample: Hashable, Sendable {
  /// One array in this light.
  public struct Array: Hashable, Sendable {
    /// cos of the angle between the sun and the plane's normal.
    public var cosineOfIncidence: Double
    /// W/m² on the plane, before skyline, glass and dirt.
    public var onPlane: Double
    /// °C of the cells.
    public var cell: Double
    /// W before and after the inverter.
    public var direct: Double
    public var alternating: Double
  }

  public var trueZenith: Double
  public var apparentZenith: Double
  /// Clockwise from north.
  public var azimuth: Double
  /// Minutes.
  public var equationOfTime: Double
  public var extraterrestrial: Double
  /// Relative; nil below the horizon.
  public var airMass: Double?
  /// On the horizontal; on a plane facing the sun; from the sky. Behind the clouds of the moment.
  public var global: Double
  public var beam: Double
  public var diffuse: Double
  /// Solar generators in their order.
  public var arrays: [Array]
}

/// Looks at the sun of a modelled site at any instant.
public struct SolarProbe {
  private let sky: SkyOverSite
  private let weather: Weather
  private let arrays: [PVArray]
  private var clouds: CloudCover?
  private let snow: SnowCover

  /// Nil where a site states its flow, or has no place. `stream` is the one that the site was made with.
  public init?(_ description: SiteDescription, stream: RandomStream) {
    guard case .modelled(let installation) = description.boundary, let place = installation.place else {
      return nil
    }
    weather = installation.weather
    sky = SkyOverSite(place, weather: weather)
    arrays = PVArray.all(of: installation)
    clouds = CloudCover.over(weather, stream: stream.stream("sun"))
    snow = SnowCover(weather: weather, sky: sky, arrays: arrays, clouds: clouds)
  }

  public mutating func sample(at instant: Instant) -> SolarSample {
    let seconds = Double(instant.microseconds) / 1_000_000
    let now = sky.moment(at: seconds)
    let cosineZenith = cos(now.sun.apparentZenith)
    var light = now.clear
    if let index = clouds?.index(at: instant.seconds) {
      light = Irradiance(
        split: light.global * index, cosineZenith: cosineZenith, extraterrestrial: now.extraterrestrial)
    }
    let air = weather.airTemperature(at: seconds, longitude: sky.place.longitude)
    let isSnowy = weather.isSnowy(at: instant.seconds)
    let samples = arrays.indices.map { index in
      let array = arrays[index]
      let cosineOfIncidence = array.plane.cosineOfIncidence(
        zenith: now.sun.apparentZenith, azimuth: now.sun.azimuth)
      let parts = array.plane.parts(
        light, cosineZenith: cosineZenith, cosineOfIncidence: cosineOfIncidence,
        extraterrestrial: now.extraterrestrial, onSnow: isSnowy)
      let clearance = array.skyline.clearance(
        apparentZenith: now.sun.apparentZenith, azimuth: now.sun.azimuth)
      let isCovered = isSnowy && snow.covers(index, at: instant.seconds)
      let reached =
        isCovered
        ? 0 : array.light(parts, cosineOfIncidence: cosineOfIncidence, clearance: clearance, at: seconds)
      let cell = PVArray.cellTemperature(light: reached, air: air, wind: weather.wind)
      let direct = array.directWatts(light: reached, cell: cell)
      return SolarSample.Array(
        cosineOfIncidence: cosineOfIncidence, onPlane: parts.total, cell: cell, direct: direct,
        alternating: array.alternatingWatts(direct: direct))
    }
    let degree = SolarPosition.degree
    return SolarSample(
      trueZenith: now.sun.trueZenith / degree, apparentZenith: now.sun.apparentZenith / degree,
      azimuth: now.sun.azimuth / degree, equationOfTime: now.sun.equationOfTime,
      extraterrestrial: now.extraterrestrial,
      airMass: ClearSky.relativeAirMass(apparentZenith: now.sun.apparentZenith), global: light.global,
      beam: light.beam, diffuse: light.diffuse, arrays: samples)
  }
}
