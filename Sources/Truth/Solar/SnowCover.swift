// Snow on modules: nothing is made while it lies on them, until the sun makes it slide off. When that is
// depends on light and air from the beginning of the spell on, so it is found once and kept.

internal import Foundation
internal import Units

/// Which arrays are covered, and when.
struct SnowCover {
  /// cm from which modules are covered.
  private static let least = 1.0
  /// °C from which snow slides off in any light.
  private static let thaw = 2.0
  /// W/m² on the plane that make it slide off in any air.
  private static let melting = 300.0

  private struct Spell {
    var range: Range<Int64>
    /// The second at which each array is free, by array.
    var free: [Int64]
  }

  private var spells: [Spell] = []

  init(weather: Weather, sky: SkyOverSite, arrays: [PVArray], clouds: CloudCover?) {
    for snow in weather.snow {
      let range = snow.lies(Self.least)
      var clouds = clouds
      var free = [Int64](repeating: range.upperBound, count: arrays.count)
      for second in stride(from: range.lowerBound, to: range.upperBound, by: 60) {
        let covered = free.indices.filter { free[$0] == range.upperBound }
        guard !covered.isEmpty else { break }
        let now = sky.moment(at: Double(second))
        let cosine = now.sun.cosine
        var light = now.clear
        if let index = clouds?.index(at: second) {
          light = Irradiance(
            split: light.global * index, cosineZenith: cosine, extraterrestrial: now.extraterrestrial)
        }
        let air = weather.airTemperature(at: Double(second), longitude: sky.place.longitude)
        for index in covered {
          let plane = arrays[index].plane
          let parts = plane.parts(
            light, cosineZenith: cosine,
            cosineOfIncidence: plane.cosineOfIncidence(of: now.sun),
            extraterrestrial: now.extraterrestrial, onSnow: true)
          let slides = !snow.isFrozenOn && parts.total > Self.melting
          if air >= Self.thaw || slides { free[index] = second }
        }
      }
      spells.append(Spell(range: range, free: free))
    }
  }

  /// Whether an array lies under snow.
  func covers(_ array: Int, at second: Int64) -> Bool {
    spells.contains { $0.range.contains(second) && second < $0.free[array] }
  }
}
