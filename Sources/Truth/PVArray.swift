// Modules and inverter: cell temperature by Faiman 2008, direct current and inverter by PVWatts version 5
// (Dobos 2014). Light that reaches the cells at a slant is not corrected for; it is part of the lumped
// losses.

internal import Units

/// One solar generator: from light on its plane to milliwatts at its inverter's terminals.
struct PVArray {
  /// Change of output per kelvin of cell temperature above 25 °C: crystalline silicon.
  static let temperatureCoefficient = -0.0035
  /// Nominal and reference efficiency of the inverter.
  static let nominalEfficiency = 0.96
  private static let referenceEfficiency = 0.9637

  let plane: PlaneOfArray
  let connection: Generator.Connection
  private let capacityWatts: Double
  private let kept: Double
  private let limitWatts: Double

  init(_ generator: Generator) {
    plane = PlaneOfArray(
      tilt: generator.tilt * SolarPosition.degree, azimuth: generator.azimuth * SolarPosition.degree)
    connection = generator.connection
    capacityWatts = Double(generator.capacity.milliwatts) / 1000
    kept = 1 - generator.losses
    limitWatts = Double((generator.inverterLimit ?? generator.capacity).milliwatts) / 1000
  }

  /// °C of the cells in light (W/m²), air (°C) and wind (m/s).
  static func cellTemperature(light: Double, air: Double, wind: Double) -> Double {
    air + light / (25 + 6.84 * wind)
  }

  /// W before the inverter.
  func directWatts(light: Double, cell: Double) -> Double {
    max(capacityWatts * light / 1000 * (1 + Self.temperatureCoefficient * (cell - 25)) * kept, 0)
  }

  /// W after the inverter, clipped to its limit; nothing below its own needs.
  func alternatingWatts(direct: Double) -> Double {
    guard direct > 0 else { return 0 }
    let load = direct / (limitWatts / Self.nominalEfficiency)
    let curve = -0.0162 * load - 0.0059 / load + 0.9858
    let watts = Self.nominalEfficiency / Self.referenceEfficiency * curve * direct
    return min(max(watts, 0), limitWatts)
  }

  /// Whole mW, never negative.
  func milliwatts(light: Double, air: Double, wind: Double) -> Int64 {
    let cell = Self.cellTemperature(light: light, air: air, wind: wind)
    return Int64(alternatingWatts(direct: directWatts(light: light, cell: cell)) * 1000)
  }
}
