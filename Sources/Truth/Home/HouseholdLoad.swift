// What a home draws, as a scenario states it.

public import Units

/// The loads of a home. With nothing stated the home draws nothing.
public struct HouseholdLoad: Hashable, Sendable {
  /// Expected energy in a year of 365 days, without vehicle and heat pump; a seeded year comes within a few
  /// per cent of it.
  public var annual: WattHours?
  /// What never sleeps. Nil with an annual figure: 90 W for each 2900 kWh (our assumption).
  public var base: Power?
  public var vehicle: Vehicle?
  public var heatPump: HeatPump?
  public var diverter: Diverter?
  /// When nobody is at home: what never sleeps runs on, and nothing else.
  public var vacant: [Range<Instant>] = []

  public init(annual: WattHours? = nil, base: Power? = nil) {
    (self.annual, self.base) = (annual, base)
  }

  func isVacant(at second: Int64) -> Bool {
    vacant.contains { $0.lowerBound.seconds <= second && second < $0.upperBound.seconds }
  }
}

/// An electric vehicle charged at home and never discharged there (for that see `StorageUnit`).
public struct Vehicle: Hashable, Sendable {
  /// Power of the charger: 7.0…7.4 kW on 32 A, 2.3…3.6 kW on a socket.
  public var power = Power(watts: 7200)
  /// Mean energy a day.
  public var daily = WattHours(7500)
  /// Minute of the London day from which it charges; nil: when it comes home.
  public var chargesFrom: Int? = 23 * 60 + 30

  public init() {}
}

/// A heat pump that heats the house and its water.
public struct HeatPump: Hashable, Sendable {
  /// Electric power while it runs.
  public var power = Power(watts: 2500)
  /// Heat that the house loses, W for each kelvin below `baseTemperature`.
  public var heatLoss = 190.0
  /// °C outdoors above which the house needs no heating.
  public var baseTemperature = 15.5
  /// Hot water, kWh of heat a day.
  public var hotWater = 7.0
  /// °C of the water that goes round.
  public var flowTemperature = 45.0
  /// Share of the ideal (Carnot) coefficient of performance, 0.4…0.5.
  public var share = 0.45

  public init() {}
}
