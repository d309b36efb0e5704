// The air above a place: how heavy it is, and how it bends light.

internal import Foundation

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
