// What the solar generators of a site make, in whole mW at knots ten seconds apart with straight lines
// between. The sun's place is computed each minute and the light between two minutes interpolated; cloud,
// plane, cell and inverter are computed at each knot. Any minute can be asked for: nothing depends on the
// minutes before.

internal import Foundation
internal import Timeline
internal import Units

/// Solar generation by phase, a minute at a time.
struct SolarGeneration {
  static let knotSeconds: Int64 = 10
  static let knots = 6

  /// The sky at one instant, from the generators' point of view.
  private struct Moment {
    var clear = Irradiance.none
    var cosineZenith = 0.0
    var extraterrestrial = 0.0
    var cosinesOfIncidence: [Double]
  }

  private let place: SiteDescription.Place
  private let air: AirColumn
  private let clearSky: ClearSky
  private let arrays: [PVArray]
  private var clouds: CloudCover?

  private var minute = Int64.min
  private var darkUntil = Int64.min
  private var start: Moment
  private var end: Moment
  private var endMinute = Int64.min

  /// Nothing is made anywhere in the minute.
  private(set) var isDark = true
  /// mW at the minute's start, at each knot inside it, and at its end.
  private(set) var l1: [Int64]
  private(set) var l2: [Int64]
  private(set) var l3: [Int64]

  init(_ installation: Installation, stream: RandomStream) {
    place = installation.place ?? SiteDescription.Place(latitude: 0, longitude: 0)
    air = AirColumn(altitude: place.altitude)
    clearSky = ClearSky(altitude: place.altitude, air: air)
    arrays = installation.generators.map(PVArray.init)
    clouds = installation.sky == .clouds ? CloudCover(stream: stream.stream("clouds")) : nil
    start = Moment(cosinesOfIncidence: [Double](repeating: 0, count: arrays.count))
    end = start
    l1 = [Int64](repeating: 0, count: Self.knots + 1)
    (l2, l3) = (l1, l1)
  }

  /// Computes a minute since 1970.
  mutating func prepare(minute wanted: Int64) {
    guard wanted != minute else { return }
    minute = wanted
    isDark = true
    guard !arrays.isEmpty, wanted >= darkUntil || wanted < endMinute else { return }
    if endMinute == wanted {
      swap(&start, &end)
    } else {
      look(at: wanted, into: &start)
    }
    let zenith = look(at: wanted + 1, into: &end)
    endMinute = wanted + 1
    guard start.clear.global > 0 || end.clear.global > 0 else {
      // The sun moves at most 0.25° a minute and is below the horizon at 91.5°, whatever refraction does.
      let minutes = (zenith / SolarPosition.degree - 91.5) / 0.26
      darkUntil = endMinute + Int64(max(minutes, 0))
      return
    }
    isDark = false
    for knot in 0...Self.knots { compute(knot) }
  }

  /// Returns the true zenith in radians.
  @discardableResult
  private func look(at minute: Int64, into moment: inout Moment) -> Double {
    let seconds = Double(minute * 60)
    let sun = SolarPosition(at: seconds, place: place, air: air)
    let day = Int(floorDivide(minute, 1440))
    moment.extraterrestrial = ClearSky.extraterrestrial(dayOfYear: ClearSky.dayOfYear(dayNumber: day))
    moment.cosineZenith = cos(sun.apparentZenith)
    moment.clear = clearSky.irradiance(
      apparentZenith: sun.apparentZenith, extraterrestrial: moment.extraterrestrial)
    for index in arrays.indices {
      moment.cosinesOfIncidence[index] = arrays[index].plane.cosineOfIncidence(
        zenith: sun.apparentZenith, azimuth: sun.azimuth)
    }
    return sun.trueZenith
  }

  private mutating func compute(_ knot: Int) {
    let second = minute * 60 + Int64(knot) * Self.knotSeconds
    let part = Double(knot) / Double(Self.knots)
    func between(_ left: Double, _ right: Double) -> Double { left * (1 - part) + right * part }

    let cosineZenith = between(start.cosineZenith, end.cosineZenith)
    let extraterrestrial = between(start.extraterrestrial, end.extraterrestrial)
    var light = Irradiance(
      global: between(start.clear.global, end.clear.global), beam: between(start.clear.beam, end.clear.beam),
      diffuse: between(start.clear.diffuse, end.clear.diffuse))
    if let index = clouds?.index(at: second) {
      light = Irradiance(
        clouded: light.global * index, cosineZenith: cosineZenith, extraterrestrial: extraterrestrial)
    }
    let temperature = Weather.airTemperature(at: Double(second), longitude: place.longitude)
    (l1[knot], l2[knot], l3[knot]) = (0, 0, 0)
    for index in arrays.indices {
      let array = arrays[index]
      let onPlane = array.plane.irradiance(
        light, cosineZenith: cosineZenith,
        cosineOfIncidence: between(start.cosinesOfIncidence[index], end.cosinesOfIncidence[index]),
        extraterrestrial: extraterrestrial)
      let made = array.milliwatts(light: onPlane, air: temperature, wind: Weather.wind)
      switch array.connection {
      case .l1: l1[knot] += made
      case .l2: l2[knot] += made
      case .l3: l3[knot] += made
      case .all:
        l1[knot] += (made + 2) / 3
        l2[knot] += (made + 1) / 3
        l3[knot] += made / 3
      }
    }
  }
}

extension Irradiance {
  /// Splits what arrives through cloud into beam and diffuse by how much of the extraterrestrial light it is
  /// (Erbs, Klein & Duffie 1982); no beam with the sun below 3°, where the split means nothing.
  init(clouded global: Double, cosineZenith: Double, extraterrestrial: Double) {
    let clearness = min(max(global / (extraterrestrial * max(cosineZenith, 0.065)), 0), 1)
    let share: Double
    switch clearness {
    case ...0.22: share = 1 - 0.09 * clearness
    case ...0.8:
      share =
        0.9511 + clearness * (-0.1604 + clearness * (4.388 + clearness * (-16.638 + clearness * 12.336)))
    default: share = 0.165
    }
    // cos 87°
    let hasBeam = cosineZenith > 0.05234
    let diffuse = hasBeam ? global * share : global
    self.init(global: global, beam: hasBeam ? (global - diffuse) / cosineZenith : 0, diffuse: diffuse)
  }
}
