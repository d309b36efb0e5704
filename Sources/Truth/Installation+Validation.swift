// The ranges of an installation's numbers, in one table.

internal import Units

extension Installation {
  func validate(supply: SiteDescription.Supply) throws(SiteFault) {
    if let place {
      try Self.check(place.latitude, -90...90, "latitude")
      try Self.check(place.longitude, -180...180, "longitude")
      try Self.check(place.altitude, -430...9000, "altitude")
    } else if !generators.isEmpty {
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

extension Generator {
  func validate(supply: SiteDescription.Supply) throws(SiteFault) {
    guard technology.isModelled else { throw .notModelled(technology) }
    try Installation.check(capacity, "capacity", atLeast: Power(watts: 1))
    try Installation.check(tilt, 0...90, "tilt")
    try Installation.check(azimuth, 0...360, "azimuth")
    try Installation.check(losses, 0...0.99, "losses")
    if let inverterLimit { try Installation.check(inverterLimit, "inverter", atLeast: Power(watts: 1)) }
    guard supply == .three || connection == .l1 else { throw .phaseMissing }
  }
}

extension HouseholdLoad {
  /// 1 GWh a year: our limit.
  static let largestAnnual = WattHours(1_000_000_000)

  func validate() throws(SiteFault) {
    if let base { try Installation.check(base, "base", atLeast: .zero) }
    guard let annual else { return }
    guard annual >= .zero, annual <= Self.largestAnnual else {
      throw .outOfRange(name: "household", allowed: "0…1000000 kWh/year")
    }
    let baseYear = Int128(base?.milliwatts ?? 0) * 8760
    guard baseYear <= Int128(annual.value) * 1000 else { throw .baseAboveAnnual }
  }
}
