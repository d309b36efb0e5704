// The things behind a modelled boundary: weather, generators, stores, loads, and the limit that the network
// set on export.

public import Units

/// What makes, stores and uses energy at a modelled site.
public struct Installation: Hashable, Sendable {
  /// Where the sun is seen from; needed by solar generators only.
  public var place: SiteDescription.Place?
  public var weather = Weather()
  public var generators: [Generator]
  public var load: HouseholdLoad
  public var storage: [StorageUnit] = []
  /// Most that may leave the site, over all phases (Engineering Recommendation G100); generation is held back
  /// to keep to it. Nil: no limit.
  public var exportLimit: Power?
  /// Seconds that holding back takes, 0…15 (G100): more leaves the site meanwhile. 0: at once.
  public var exportRamp = 0
  /// How the network's voltage answers to export. Nil: it never trips generation.
  public var voltage: SupplyVoltage?

  public init(
    place: SiteDescription.Place? = nil, generators: [Generator] = [], load: HouseholdLoad = HouseholdLoad(),
    sky: Weather.Sky = .clouds, exportLimit: Power? = nil
  ) {
    (self.place, self.generators, self.load, self.exportLimit) = (place, generators, load, exportLimit)
    weather.sky = sky
  }
}
