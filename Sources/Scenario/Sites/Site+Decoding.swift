// `site:` of a scenario: a place with generators and a load, or a stated flow, perhaps from a CSV file beside
// the scenario; what is wrong inside that file is reported at its own line and column.
//
//   site:
//     supply: three                              # single where nothing is said
//     place: {latitude: 51.48, longitude: -0.09, altitude: 25 m}
//     weather: {sky: clouds, wind: 2 m/s}        # `sky: clear` alone stands for {sky: clear}
//     generation: [{technology: solar-pv, capacity: 3.95 kWp, tilt: 35, azimuth: 180, losses: 14 %,
//                   inverter: 3.68 kW, phase: l1}]
//     storage: [{capacity: 9.5 kWh, power: 3.6 kW}]
//     load: {household: 2900 kWh/year, base: 90 W}
//     export-limit: 3.68 kW
// or
//   site: {flow: -2 kW}                          # also {l1: -2 kW, l2: 300 W}
//   site: {flow: {steps: [{from: 2026-05-01T09:00Z, power: -2 kW}], before: 0 W}}
//   site: {flow: {power: flow.csv, before: 0 W}}
//   site: {flow: {half-hours: day.csv, order: export-first, outside: 0 W}}
//   site: {flow: {power: flow.csv}, generated: {power: made.csv}}     # for a meter beside the generators

public import Truth
internal import Units

extension SiteDescription {
  /// Decodes a site; `load` gives the text of a file by the name that the scenario wrote.
  /// Throws a `Diagnostic`; one about the inside of a file bears that name as its file.
  public init(_ node: Node, loading load: (String) throws -> String) throws {
    var fields = try Fields(node, of: "the site")
    let supply: Supply = try fields.optional("supply")?.word("kind of supply") ?? .single
    let boundary: Boundary
    var generated: PrescribedFlow?
    if let flow = fields.optional("flow") {
      for key in Installation.keys where fields.has(key) {
        throw (fields.optional(key) ?? node).diagnostic(
          "BS-SITE-20", "a site that states its flow has no '\(key)'", help: "remove one of the two")
      }
      boundary = .prescribed(try PrescribedFlow(flow, loading: load))
      generated = try fields.optional("generated").map { try PrescribedFlow($0, loading: load) }
    } else {
      boundary = .modelled(try Installation(&fields))
    }
    try fields.finish()
    self.init(supply: supply, boundary: boundary, generated: generated)
    do {
      try validate()
    } catch {
      throw node.diagnostic(error.code, error.message)
    }
  }
}

extension Installation {
  /// What a modelled site may say, and a stated flow may not.
  fileprivate static let keys = [
    "place", "weather", "sky", "generation", "storage", "load", "export-limit", "export-ramp", "voltage",
  ]

  fileprivate init(_ fields: inout Fields) throws {
    guard fields.has("generation") || fields.has("load") || fields.has("storage") else {
      throw fields.node.diagnostic(
        "BS-SITE-21", "nothing flows at this site", help: "add `generation:`, `load:` or `flow:`")
    }
    let place = try fields.optional("place").map { try SiteDescription.Place($0) }
    let generators = try fields.optional("generation")?.list("the generation").map { try Generator($0) }
    let load = try fields.optional("load").map { try HouseholdLoad($0) }
    let limit: Power? = try fields.optional("export-limit")?.quantity("the export limit")
    self.init(
      place: place, generators: generators ?? [], load: load ?? HouseholdLoad(), exportLimit: limit)
    if let node = fields.optional("weather") { weather = try Weather(node) }
    if let node = fields.optional("sky") {
      guard !fields.has("weather") else {
        throw node.diagnostic("BS-SITE-31", "the weather says what the sky is", help: "write it there")
      }
      weather.sky = try node.word("kind of sky")
    }
    storage = try fields.optional("storage")?.list("the storage").map { try StorageUnit($0) } ?? []
    exportRamp = try fields.optional("export-ramp")?.seconds("the export ramp", in: 0...15) ?? 0
    voltage = try fields.optional("voltage").map { try SupplyVoltage($0) }
  }
}

extension SiteDescription.Place {
  fileprivate init(_ node: Node) throws {
    var fields = try Fields(node, of: "the place")
    let latitude = try fields.required("latitude").number("the latitude", in: -90...90)
    let longitude = try fields.required("longitude").number("the longitude", in: -180...180)
    let altitude = try fields.optional("altitude")?.number("the altitude", in: -430...9000, unit: "m")
    try fields.finish()
    self.init(latitude: latitude, longitude: longitude, altitude: altitude ?? 0)
  }
}
