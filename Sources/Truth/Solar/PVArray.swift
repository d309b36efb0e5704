// Modules and inverter: cell temperature by Faiman 2008, direct current and inverter by PVWatts version 5
// (Dobos 2014).

internal import Units

/// One solar generator: from light on its plane to milliwatts at its inverter's terminals.
final class PVArray: Sendable {
  /// Reference efficiency of the PVWatts curve.
  private static let referenceEfficiency = 0.9637
  /// b₀ of ASHRAE's reflection.
  private static let reflectionCoefficient = 0.05

  let plane: PlaneOfArray
  let skyline: Skyline
  let connection: Generator.Connection
  private let plant: SolarPlant
  private let capacityWatts: Double
  private let limitWatts: Double

  init(_ plant: SolarPlant, of generator: Generator) {
    self.plant = plant
    plane = PlaneOfArray(plant)
    skyline = Skyline(plant.horizon)
    connection = generator.connection
    capacityWatts = Double(generator.capacity.milliwatts) / 1000
    limitWatts = Double((plant.inverterLimit ?? generator.capacity).milliwatts) / 1000
  }

  /// The solar generators of an installation, in their order.
  static func all(of installation: Installation) -> [PVArray] {
    installation.generators.compactMap { generator in
      if case .solar(let plant) = generator.plant { PVArray(plant, of: generator) } else { nil }
    }
  }

  /// W/m² that reach the cells: of the light on the plane, what skyline, glass and dirt let through.
  func light(
    _ onPlane: PlaneIrradiance, cosineOfIncidence: Double, clearance: Double, at seconds: Double
  ) -> Double {
    var parts = onPlane
    if clearance < 0 { parts.beam = 0 }
    parts.sky *= skyline.seesSky
    if plant.reflection == .ashrae {
      let kept = 1 - Self.reflectionCoefficient * (1 / max(cosineOfIncidence, 1e-6) - 1)
      parts.beam *= min(max(kept, 0), 1)
    }
    return parts.total * (1 - (plant.soiling?.lost(at: seconds) ?? 0))
  }

  /// °C of the cells in light (W/m²), air (°C) and wind (m/s).
  static func cellTemperature(light: Double, air: Double, wind: Double) -> Double {
    air + light / (25 + 6.84 * wind)
  }

  /// W before the inverter.
  func directWatts(light: Double, cell: Double) -> Double {
    let warm = 1 + plant.temperatureCoefficient * (cell - 25)
    return max(capacityWatts * light / 1000 * warm * (1 - plant.losses), 0)
  }

  /// W after the inverter, clipped to its limit; nothing below its own needs.
  func alternatingWatts(direct: Double) -> Double {
    guard direct > 0 else { return 0 }
    let load = direct / (limitWatts / plant.inverterEfficiency)
    let curve = -0.0162 * load - 0.0059 / load + 0.9858
    let watts = plant.inverterEfficiency / Self.referenceEfficiency * curve * direct
    return min(max(watts, 0), limitWatts)
  }

  /// Whole mW, never negative.
  func milliwatts(light: Double, air: Double, wind: Double) -> Int64 {
    let cell = Self.cellTemperature(light: light, air: air, wind: wind)
    return Int64(alternatingWatts(direct: directWatts(light: light, cell: cell)) * 1000)
  }
}
