// The things behind a modelled boundary: generators, a household, and the limit that the network set on
// export.

public import Units

/// What makes and uses energy at a modelled site.
public struct Installation: Hashable, Sendable {
  /// What the sky does to a generator that needs the sun.
  public enum Sky: String, Hashable, Sendable, CaseIterable {
    /// Seeded British weather: clear, mixed and overcast days.
    case clouds
    /// Never a cloud: for hand checks against clear-sky references.
    case clear
  }

  /// Where the sun is seen from; needed by generators only.
  public var place: SiteDescription.Place?
  public var generators: [Generator]
  public var load: HouseholdLoad
  public var sky: Sky
  /// Most that may leave the site, over all phases (Engineering Recommendation G100); generation is held back
  /// without delay to keep to it. Nil: no limit.
  public var exportLimit: Power?

  public init(
    place: SiteDescription.Place? = nil, generators: [Generator] = [], load: HouseholdLoad = HouseholdLoad(),
    sky: Sky = .clouds, exportLimit: Power? = nil
  ) {
    (self.place, self.generators, self.load) = (place, generators, load)
    (self.sky, self.exportLimit) = (sky, exportLimit)
  }
}

/// One generator behind the meter.
public struct Generator: Hashable, Sendable {
  /// The technologies that the SEG pays for (Electricity Supply Licence, Standard Condition 57).
  public enum Technology: String, Hashable, Sendable, CaseIterable {
    case solarPV = "solar-pv"
    case wind
    case hydro
    case anaerobicDigestion = "anaerobic-digestion"
    case microCHP = "micro-chp"

    /// Whether a model of it exists; a description with any other is refused.
    public var isModelled: Bool { self == .solarPV }
  }

  /// Where an inverter is connected.
  public enum Connection: String, Hashable, Sendable, CaseIterable {
    case l1, l2, l3
    /// A three-phase inverter: a third on each phase, odd milliwatts on L1 first.
    case all
  }

  public var technology: Technology
  /// Direct-current peak power under standard test conditions (kWp).
  public var capacity: Power
  /// Degrees from the horizontal, 0…90.
  public var tilt: Double
  /// Degrees clockwise from north, 0…360: 180 faces south.
  public var azimuth: Double
  /// Lumped loss before the inverter, 0 ..< 1: soiling, shade, mismatch, wiring, age (PVWatts v5: 0.14).
  public var losses: Double
  /// Rated alternating-current output, where the inverter clips. Nil: as much as the modules have (our
  /// assumption).
  public var inverterLimit: Power?
  public var connection: Connection

  public init(
    technology: Technology = .solarPV, capacity: Power, tilt: Double, azimuth: Double, losses: Double = 0.14,
    inverterLimit: Power? = nil, connection: Connection = .l1
  ) {
    (self.technology, self.capacity, self.tilt, self.azimuth) = (technology, capacity, tilt, azimuth)
    (self.losses, self.inverterLimit, self.connection) = (losses, inverterLimit, connection)
  }
}

/// What a home draws. With neither part stated the home draws nothing.
public struct HouseholdLoad: Hashable, Sendable {
  /// Expected energy in a year of 365 days; a seeded year comes within a few per cent of it.
  public var annual: WattHours?
  /// What never sleeps. Nil with an annual figure: 90 W for each 2900 kWh (our assumption).
  public var base: Power?

  public init(annual: WattHours? = nil, base: Power? = nil) {
    (self.annual, self.base) = (annual, base)
  }
}
