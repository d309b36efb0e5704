// The ranges of an installation's numbers, in one table.

internal import Units

extension Installation {
  func validate(supply: SiteDescription.Supply) throws(SiteFault) {
    if let place {
      try Self.check(place.latitude, -90...90, "latitude")
      try Self.check(place.longitude, -180...180, "longitude")
      try Self.check(place.altitude, -430...9000, "altitude")
    } else if generators.contains(where: { $0.technology == .solarPV }) {
      throw .placeMissing
    }
    var capacity = Power.zero
    for generator in generators {
      try generator.validate(supply: supply)
      capacity = capacity + generator.capacity
      try Self.check(capacity, "the sum of capacities", atLeast: .zero)
    }
    if let exportLimit {
      try Self.check(exportLimit, "export-limit", atLeast: .zero)
    }
    try Self.check(Double(exportRamp), 0...15, "export-ramp")
    try weather.validate()
    for unit in storage { try unit.validate(supply: supply) }
    try load.validate()
  }

  static func check(_ value: Double, _ range: ClosedRange<Double>, _ name: String) throws(SiteFault) {
    guard range.contains(value) else {
      throw .outOfRange(name: name, allowed: "\(range.lowerBound)…\(range.upperBound)")
    }
  }

  static func check(_ power: Power, _ name: String, atLeast least: Power) throws(SiteFault) {
    guard power >= least, power <= PrescribedFlow.largestPower else {
      throw .outOfRange(name: name, allowed: "\(least.milliwatts) mW…1 GW")
    }
  }
}

extension Weather {
  func validate() throws(SiteFault) {
    try Installation.check(turbidity, 1...10, "turbidity")
    try Installation.check(wind, 0...40, "wind")
    if let airTemperature { try Installation.check(airTemperature, -40...50, "air") }
    for spell in snow {
      try Installation.check(spell.depth, 0...500, "depth")
      guard spell.from < spell.to else { throw .timeGoesBack(spell.to) }
    }
  }
}

extension Generator {
  func validate(supply: SiteDescription.Supply) throws(SiteFault) {
    try Installation.check(capacity, "capacity", atLeast: Power(watts: 1))
    guard supply == .three || connection == .l1 else { throw .phaseMissing }
    guard case .solar(let plant) = plant else { return }
    try plant.validate()
  }
}

extension SolarPlant {
  func validate() throws(SiteFault) {
    try Installation.check(tilt, 0...90, "tilt")
    try Installation.check(azimuth, 0...360, "azimuth")
    try Installation.check(losses, 0...0.99, "losses")
    try Installation.check(inverterEfficiency, 0.5...1, "inverter-efficiency")
    try Installation.check(temperatureCoefficient, -0.01...0, "temperature-coefficient")
    try Installation.check(groundReflectance, 0...1, "ground-reflectance")
    if let inverterLimit { try Installation.check(inverterLimit, "inverter", atLeast: Power(watts: 1)) }
    for point in horizon {
      try Installation.check(point.azimuth, 0...360, "azimuth")
      try Installation.check(point.elevation, 0...90, "elevation")
    }
    if let soiling {
      try Installation.check(soiling.share, 0...0.99, "share")
      try Installation.check(soiling.perMonth, 0...0.99, "per-month")
    }
  }
}

extension StorageUnit {
  /// 5 MW: where the SEG ends; and so that a second's energy times a million fits in 64 bits.
  static let largestPower = Power(watts: 5_000_000)
  static let largestCapacity = WattHours(100_000_000)

  func validate(supply: SiteDescription.Supply) throws(SiteFault) {
    guard capacity.value >= 1, capacity <= Self.largestCapacity else {
      throw .outOfRange(name: "capacity", allowed: "1 Wh…100 MWh")
    }
    guard power.milliwatts >= 1, power <= Self.largestPower else {
      throw .outOfRange(name: "power", allowed: "1 mW…5 MW")
    }
    try Installation.check(roundTrip, 0.3...1, "round-trip")
    try Installation.check(initial, 0...1, "initial")
    try Installation.check(Double(response), 1...60, "response")
    try Installation.check(standby, "standby", atLeast: .zero)
    try Installation.check(deadBand, "dead-band", atLeast: .zero)
    guard supply == .three || connection == .l1 else { throw .phaseMissing }
  }
}

extension HouseholdLoad {
  /// 1 GWh a year: our limit.
  static let largestAnnual = WattHours(1_000_000_000)

  func validate() throws(SiteFault) {
    if let base { try Installation.check(base, "base", atLeast: .zero) }
    try diverter?.validate()
    guard let annual else { return }
    guard annual >= .zero, annual <= Self.largestAnnual else {
      throw .outOfRange(name: "household", allowed: "0…1000000 kWh/year")
    }
    let baseYear = Int128(base?.milliwatts ?? 0) * 8760
    guard baseYear <= Int128(annual.value) * 1000 else { throw .baseAboveAnnual }
  }
}

extension Diverter {
  func validate() throws(SiteFault) {
    guard (100_000...10_000_000).contains(power.milliwatts) else {
      throw .outOfRange(name: "power", allowed: "100 W…10 kW")
    }
    try Installation.check(Double(bucket.value), 1...10, "bucket")
    try Installation.check(Double(daily.value), 0...100_000, "daily")
    guard (20...1000).contains(cycle), cycle.isMultiple(of: 20) else {
      throw .outOfRange(name: "cycle", allowed: "20 ms…1 s, in whole mains cycles of 20 ms")
    }
  }
}
