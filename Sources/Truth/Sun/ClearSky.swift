// Irradiance under a sky without clouds: Ineichen & Perez 2002 with a fixed Linke turbidity, or Haurwitz
// 1945, which knows the sun's height alone; above them the extraterrestrial irradiance of Spencer 1971 and
// the air mass of Kasten & Young 1989.

internal import Foundation
internal import Units

/// The clear sky of a place.
struct ClearSky {
  /// Solar constant, W/m².
  static let solarConstant = 1366.1

  private let model: Weather.ClearSkyModel
  private let turbidity: Double
  private let relativePressure: Double
  private let f1: Double
  private let f2: Double
  private let c1: Double
  private let c2: Double
  /// What of the global light comes from the disc at most, before the sun's height.
  private let beamShare: Double

  init(
    altitude: Double, air: AirColumn, model: Weather.ClearSkyModel = .ineichen,
    turbidity: Double = Weather.usualTurbidity
  ) {
    (self.model, self.turbidity) = (model, turbidity)
    relativePressure = air.pressure / 101_325
    f1 = exp(-altitude / 8000)
    f2 = exp(-altitude / 1250)
    c1 = 5.09e-5 * altitude + 0.868
    c2 = 3.92e-5 * altitude + 0.0387
    beamShare = 1 - (0.1 - 0.2 * exp(-turbidity)) / (0.1 + 0.882 / f1)
  }

  /// Extraterrestrial irradiance on a plane facing the sun, by the day of the year (1…366) of the UTC date.
  static func extraterrestrial(dayOfYear: Int) -> Double {
    let b = 2 * Double.pi * Double(dayOfYear - 1) / 365
    return solarConstant
      * (1.00011 + 0.034221 * cos(b) + 0.00128 * sin(b) + 0.000719 * cos(2 * b) + 0.000077 * sin(2 * b))
  }

  /// The day of the year of a UTC day counted from 1970.
  static func dayOfYear(dayNumber: Int) -> Int {
    let date = CivilDate(dayNumber: dayNumber)
    guard let newYear = CivilDate(year: date.year, month: 1, day: 1) else { return 1 }
    return dayNumber - newYear.dayNumber + 1
  }

  /// Relative air mass (Kasten & Young 1989); nil below the horizon, where it has no meaning.
  static func relativeAirMass(of sun: SolarPosition) -> Double? {
    relativeAirMass(apparentZenith: sun.apparentZenith, cosine: sun.cosine)
  }

  /// The same of an apparent zenith in radians and its cosine.
  static func relativeAirMass(apparentZenith: Double, cosine: Double) -> Double? {
    let degrees = apparentZenith / SolarPosition.degree
    guard degrees <= 90 else { return nil }
    return 1 / (cosine + 0.50572 * pow(96.07995 - degrees, -1.6364))
  }

  /// Irradiance under the sun.
  func irradiance(of sun: SolarPosition, extraterrestrial: Double) -> Irradiance {
    switch model {
    case .ineichen: ineichen(sun, extraterrestrial)
    case .haurwitz: haurwitz(sun.cosine, extraterrestrial)
    }
  }

  private func ineichen(_ sun: SolarPosition, _ extraterrestrial: Double) -> Irradiance {
    guard let relative = Self.relativeAirMass(of: sun) else { return .none }
    let airMass = relative * relativePressure
    let cosine = max(sun.cosine, 0)
    let extra = turbidity - 1
    let global = c1 * extraterrestrial * cosine * exp(-c2 * airMass * (f1 + f2 * extra))
    let beamByTurbidity = extraterrestrial * (0.664 + 0.163 / f1) * exp(-0.09 * airMass * extra)
    let beam = min(beamByTurbidity, global * beamShare / max(cosine, 1e-9))
    return Irradiance(global: global, beam: beam, diffuse: global - beam * cosine)
  }

  private func haurwitz(_ cosine: Double, _ extraterrestrial: Double) -> Irradiance {
    guard cosine > 0 else { return .none }
    return Irradiance(
      split: 1098 * cosine * exp(-0.059 / cosine), cosineZenith: cosine, extraterrestrial: extraterrestrial)
  }
}
