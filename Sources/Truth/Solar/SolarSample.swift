// The sun and what it gives at one instant, for a person or another tool to hold against a reference: the
// same sky, planes and arrays from which the flow is made, but at the instant itself and not between knots.

public import Timeline
public import Units

/// Sun, light and arrays at an instant. Angles in degrees, irradiance in W/m².
public struct SolarSample: Hashable, Sendable {
  /// One array in this light.
  public struct Array: Hashable, Sendable {
    /// cos of the angle between the sun and the plane's normal.
    public var cosineOfIncidence = 0.0
    /// W/m² on the plane, before skyline, glass and dirt.
    public var onPlane = 0.0
    /// °C of the cells.
    public var cell = 0.0
    /// W before and after the inverter.
    public var direct = 0.0
    public var alternating = 0.0
  }

  public var trueZenith = 0.0
  public var apparentZenith = 0.0
  /// Clockwise from north.
  public var azimuth = 0.0
  /// Minutes.
  public var equationOfTime = 0.0
  public var extraterrestrial = 0.0
  /// Relative; nil below the horizon.
  public var airMass: Double?
  /// On the horizontal; on a plane facing the sun; from the sky. Behind the clouds of the moment.
  public var global = 0.0
  public var beam = 0.0
  public var diffuse = 0.0
  /// Solar generators in their order.
  public var arrays: [Array] = []

  public init() {}
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
    clouds = CloudCover.over(weather, at: place, stream: stream.stream("sun"))
    snow = SnowCover(weather: weather, sky: sky, arrays: arrays, clouds: clouds)
  }

  public mutating func sample(at instant: Instant) -> SolarSample {
    var sample = SolarSample()
    self.sample(at: instant, into: &sample)
    return sample
  }

  /// The same into a sample that is used again.
  public mutating func sample(at instant: Instant, into sample: inout SolarSample) {
    let seconds = Double(instant.microseconds) / 1_000_000
    let now = sky.moment(at: seconds)
    var light = now.clear
    if light.global > 0, let index = clouds?.index(at: instant.seconds) {
      light = Irradiance(
        split: light.global * index, cosineZenith: now.sun.cosine, extraterrestrial: now.extraterrestrial)
    }
    let degree = SolarPosition.degree
    sample.trueZenith = now.sun.trueZenith / degree
    sample.apparentZenith = now.sun.apparentZenith / degree
    sample.azimuth = now.sun.azimuth / degree
    sample.equationOfTime = now.sun.equationOfTime
    sample.extraterrestrial = now.extraterrestrial
    sample.airMass = ClearSky.relativeAirMass(of: now.sun)
    (sample.global, sample.beam, sample.diffuse) = (light.global, light.beam, light.diffuse)
    if sample.arrays.count != arrays.count {
      sample.arrays = Array(repeating: SolarSample.Array(), count: arrays.count)
    }
    let air = weather.airTemperature(at: seconds, longitude: sky.place.longitude)
    let isSnowy = weather.isSnowy(at: instant.seconds)
    for index in arrays.indices {
      let isCovered = isSnowy && snow.covers(index, at: instant.seconds)
      look(
        at: arrays[index], now, light, air: air, isSnowy, isCovered, at: seconds, into: &sample.arrays[index])
    }
  }

  private func look(
    at array: PVArray, _ now: SkyOverSite.Moment, _ light: Irradiance, air: Double, _ isSnowy: Bool,
    _ isCovered: Bool, at seconds: Double, into seen: inout SolarSample.Array
  ) {
    seen.cosineOfIncidence = array.plane.cosineOfIncidence(of: now.sun)
    guard light.global > 0 else {
      (seen.onPlane, seen.cell, seen.direct, seen.alternating) = (0, air, 0, 0)
      return
    }
    let parts = array.plane.parts(
      light, cosineZenith: now.sun.cosine, cosineOfIncidence: seen.cosineOfIncidence,
      extraterrestrial: now.extraterrestrial, onSnow: isSnowy)
    seen.onPlane = parts.total
    var reached = 0.0
    if !isCovered {
      reached = array.light(
        parts, cosineOfIncidence: seen.cosineOfIncidence,
        clearance: array.skyline.clearance(of: now.sun), at: seconds)
    }
    seen.cell = PVArray.cellTemperature(light: reached, air: air, wind: weather.wind)
    seen.direct = array.directWatts(light: reached, cell: seen.cell)
    seen.alternating = array.alternatingWatts(direct: seen.direct)
  }
}
