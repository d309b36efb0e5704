// What the solar generators of a site make, in whole mW at knots ten seconds apart with straight lines
// between. The sun's place is computed each minute and the light between two minutes interpolated; cloud,
// plane, cell and inverter are computed at each knot. Any minute can be asked for: nothing depends on the
// minutes before.

internal import Foundation
internal import Timeline
internal import Units

/// Solar generation by phase, a minute at a time.
struct SolarGeneration {
  /// The sky at one instant, from the generators' point of view.
  private struct Moment {
    var clear = Irradiance.none
    var cosineZenith = 0.0
    var extraterrestrial = 0.0
    var cosinesOfIncidence: [Double]
    var clearances: [Double]
  }

  private let sky: SkyOverSite
  private var weather: Weather
  private let arrays: [PVArray]
  /// Where each array stands among the generators of the site, from 1.
  private let numbers: [Int]
  private var clouds: CloudCover?
  private var snow: SnowCover
  private var disturbance = Disturbance()
  private let fallen: [Weather.Snow]
  /// Of the day looked at last, where something hangs on it.
  private var dawn = (day: Int64.min, second: Int64?.none)

  private var minute = Int64.min
  private var darkUntil = Int64.min
  private var start: Moment
  private var end: Moment
  private var endMinute = Int64.min

  /// Nothing is made anywhere in the minute.
  private(set) var isDark = true
  /// At the minute's start, at each knot inside it, and at its end.
  private(set) var knots = PhaseKnots()

  init(_ installation: Installation, stream: RandomStream) {
    let place = installation.place ?? SiteDescription.Place(latitude: 0, longitude: 0)
    weather = installation.weather
    sky = SkyOverSite(place, weather: weather)
    arrays = PVArray.all(of: installation)
    numbers = installation.generators.indices.filter {
      installation.generators[$0].technology == .solarPV
    }.map { $0 + 1 }
    fallen = weather.snow
    clouds = CloudCover.over(weather, at: place, stream: stream)
    snow = SnowCover(weather: weather, sky: sky, arrays: arrays, clouds: clouds)
    let none = [Double](repeating: 0, count: arrays.count)
    start = Moment(cosinesOfIncidence: none, clearances: none)
    end = start
  }

  /// From now on faults do this to the arrays.
  mutating func take(_ disturbance: Disturbance) {
    self.disturbance = disturbance
    weather.snow = fallen + disturbance.snow
    snow = SnowCover(weather: weather, sky: sky, arrays: arrays, clouds: clouds)
    (minute, endMinute, darkUntil, isDark) = (.min, .min, .min, true)
  }

  /// The second at which the sun rises over the site on the day of a second; nil where it does not.
  private mutating func sunrise(on second: Int64) -> Int64? {
    let day = floorDivide(second, 86_400)
    if dawn.day != day {
      let times = SunTimes(on: CivilDate(dayNumber: Int(day)), at: sky.place)
      dawn = (day, times.sunrise?.seconds)
    }
    return dawn.second
  }

  /// What of an array's milliwatts is left by outages and added by what nobody declared.
  private mutating func left(of made: Int64, array: Int, at second: Int64) -> Int64 {
    guard !disturbance.outages.isEmpty || disturbance.capacityPerCent != 100 else { return made }
    let rises = disturbance.outages.contains { $0.untilAfterSunrise != nil } ? sunrise(on: second) : nil
    let share = disturbance.share(ofGenerator: numbers[array], at: second, sunrise: rises)
    return made * share / 100 * disturbance.capacityPerCent / 100
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
    for knot in 0...PhaseKnots.count { compute(knot) }
  }

  /// Returns the true zenith in radians.
  @discardableResult
  private func look(at minute: Int64, into moment: inout Moment) -> Double {
    let now = sky.moment(at: Double(minute * 60))
    moment.extraterrestrial = now.extraterrestrial
    moment.cosineZenith = now.sun.cosine
    moment.clear = now.clear
    for index in arrays.indices {
      moment.cosinesOfIncidence[index] = arrays[index].plane.cosineOfIncidence(of: now.sun)
      moment.clearances[index] = arrays[index].skyline.clearance(of: now.sun)
      if disturbance.shades.contains(where: { $0.hides(now.sun) }) { moment.clearances[index] = -90 }
    }
    return now.sun.trueZenith
  }

  private mutating func compute(_ knot: Int) {
    let second = minute * 60 + Int64(knot) * PhaseKnots.seconds
    let part = Double(knot) / Double(PhaseKnots.count)
    func between(_ left: Double, _ right: Double) -> Double { left * (1 - part) + right * part }

    let cosineZenith = between(start.cosineZenith, end.cosineZenith)
    let extraterrestrial = between(start.extraterrestrial, end.extraterrestrial)
    var light = Irradiance(
      global: between(start.clear.global, end.clear.global), beam: between(start.clear.beam, end.clear.beam),
      diffuse: between(start.clear.diffuse, end.clear.diffuse))
    if let index = clouds?.index(at: second) {
      light = Irradiance(
        split: light.global * index, cosineZenith: cosineZenith, extraterrestrial: extraterrestrial)
    }
    let air = weather.airTemperature(at: Double(second), longitude: sky.place.longitude)
    let lies = !weather.snow.isEmpty && weather.isSnowy(at: second)
    knots.clear(knot)
    for index in arrays.indices where !lies || !snow.covers(index, at: second) {
      let array = arrays[index]
      let cosineOfIncidence = between(start.cosinesOfIncidence[index], end.cosinesOfIncidence[index])
      let parts = array.plane.parts(
        light, cosineZenith: cosineZenith, cosineOfIncidence: cosineOfIncidence,
        extraterrestrial: extraterrestrial, onSnow: lies)
      var reached = array.light(
        parts, cosineOfIncidence: cosineOfIncidence,
        clearance: between(start.clearances[index], end.clearances[index]), at: Double(second))
      if !disturbance.dirt.isEmpty { reached *= disturbance.light(at: Double(second)) }
      let sound = array.milliwatts(light: reached, air: air, wind: weather.wind)
      let made = left(of: sound, array: index, at: second)
      knots.add(made, at: knot, on: array.connection)
    }
  }
}
