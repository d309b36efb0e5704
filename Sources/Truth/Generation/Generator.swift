// One generator behind the meter: what it is, how large, and where it is connected.

public import Units

/// A generator.
public struct Generator: Hashable, Sendable {
  /// The technologies that the SEG pays for (Electricity Supply Licence, Standard Condition 57).
  public enum Technology: String, Hashable, Sendable, CaseIterable {
    case solarPV = "solar-pv"
    case wind
    case hydro
    case anaerobicDigestion = "anaerobic-digestion"
    case microCHP = "micro-chp"
  }

  /// Where it is connected.
  public enum Connection: String, Hashable, Sendable, CaseIterable {
    case l1, l2, l3
    /// A three-phase connection: a third on each phase, odd milliwatts on L1 first.
    case all
  }

  /// What it is made of.
  public enum Plant: Hashable, Sendable {
    case solar(SolarPlant)
    case wind(WindTurbine)
    case hydro(HydroTurbine)
    case digester(AnaerobicDigester)
    case chp(MicroCHP)
  }

  /// Rated output; for solar the direct-current peak under standard test conditions (kWp).
  public var capacity: Power
  public var connection: Connection
  public var plant: Plant

  public init(_ plant: Plant, capacity: Power, connection: Connection = .l1) {
    (self.plant, self.capacity, self.connection) = (plant, capacity, connection)
  }

  /// A solar generator with a free horizon.
  public init(
    capacity: Power, tilt: Double, azimuth: Double, losses: Double = 0.14, inverterLimit: Power? = nil,
    connection: Connection = .l1
  ) {
    let plant = SolarPlant(tilt: tilt, azimuth: azimuth, losses: losses, inverterLimit: inverterLimit)
    self.init(.solar(plant), capacity: capacity, connection: connection)
  }

  public var technology: Technology {
    switch plant {
    case .solar: .solarPV
    case .wind: .wind
    case .hydro: .hydro
    case .digester: .anaerobicDigestion
    case .chp: .microCHP
    }
  }
}
