// `site:` of a scenario: a place with generators and a load, or a stated flow, perhaps from a CSV file beside
// the scenario; what is wrong inside that file is reported at its own line and column.
//
//   site:
//     supply: three                              # single where nothing is said
//     place: {latitude: 51.48, longitude: -0.09, altitude: 25 m}
//     generation: [{technology: solar-pv, capacity: 3.95 kWp, tilt: 35, azimuth: 180, losses: 14 %,
//                   inverter: 3.68 kW, phase: l1}]
//     load: {household: 2900 kWh/year, base: 90 W}
//     sky: clouds                                # or clear
//     export-limit: 3.68 kW
// or
//   site: {flow: -2 kW}                          # also {l1: -2 kW, l2: 300 W}
//   site: {flow: {steps: [{from: 2026-05-01T09:00Z, power: -2 kW}], before: 0 W}}
//   site: {flow: {power: flow.csv, before: 0 W}}
//   site: {flow: {half-hours: day.csv, order: export-first, outside: 0 W}}

public import Truth
internal import Units

extension SiteDescription {
  /// Decodes a site; `load` gives the text of a file by the name that the scenario wrote.
  /// Throws a `Diagnostic`; one about the inside of a file bears that name as its file.
  public init(_ node: Node, loading load: (String) throws -> String) throws {
    var fields = try Fields(node, of: "the site")
    let supply: Supply = try fields.optional("supply")?.word("kind of supply") ?? .single
    let boundary: Boundary
    if let flow = fields.optional("flow") {
      for key in ["place", "generation", "load", "sky", "export-limit"] where fields.has(key) {
        throw (fields.optional(key) ?? node).diagnostic(
          "BS-SITE-20", "a site that states its flow has no '\(key)'", help: "remove one of the two")
      }
      boundary = .prescribed(try PrescribedFlow(flow, loading: load))
    } else {
      boundary = .modelled(try Installation(&fields))
    }
    try fields.finish()
    self.init(supply: supply, boundary: boundary)
    do {
      try validate()
    } catch {
      throw node.diagnostic(error.code, error.message)
    }
  }
}

extension Installation {
  fileprivate init(_ fields: inout Fields) throws {
    guard fields.has("generation") || fields.has("load") else {
      throw fields.node.diagnostic(
        "BS-SITE-21", "nothing flows at this site", help: "add `generation:`, `load:` or `flow:`")
    }
    let place = try fields.optional("place").map { try SiteDescription.Place($0) }
    let generators = try fields.optional("generation")?.list("the generation").map { try Generator($0) }
    let load = try fields.optional("load").map { try HouseholdLoad($0) }
    let sky: Sky? = try fields.optional("sky")?.word("kind of sky")
    let limit: Power? = try fields.optional("export-limit")?.quantity("the export limit")
    self.init(
      place: place, generators: generators ?? [], load: load ?? HouseholdLoad(), sky: sky ?? .clouds,
      exportLimit: limit)
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

extension Generator {
  fileprivate init(_ node: Node) throws {
    var fields = try Fields(node, of: "a generator")
    let kind = try fields.required("technology")
    let technology: Technology = try kind.word("technology")
    guard technology.isModelled else {
      let fault = SiteFault.notModelled(technology)
      throw kind.diagnostic(fault.code, fault.message, help: "write `flow:` in place of `generation:`")
    }
    let capacity: Power = try fields.required("capacity").quantity("the capacity")
    let tilt = try fields.required("tilt").number("the tilt", in: 0...90)
    let azimuth = try fields.required("azimuth").number("the azimuth", in: 0...360)
    let losses = try fields.optional("losses")?.number("the losses", in: 0...99, unit: "%")
    let inverter: Power? = try fields.optional("inverter")?.quantity("the inverter's limit")
    let connection: Connection? = try fields.optional("phase")?.word("phase")
    try fields.finish()
    self.init(
      technology: technology, capacity: capacity, tilt: tilt, azimuth: azimuth, losses: (losses ?? 14) / 100,
      inverterLimit: inverter, connection: connection ?? .l1)
  }
}

extension HouseholdLoad {
  fileprivate init(_ node: Node) throws {
    var fields = try Fields(node, of: "the load")
    let annual = try fields.optional("household").map { try $0.energyPerYear("the household's use") }
    let base: Power? = try fields.optional("base")?.quantity("the base load")
    try fields.finish()
    guard annual != nil || base != nil else {
      throw node.diagnostic(
        "BS-SITE-22", "the load is not stated", help: "write `household: 2900 kWh/year` or `base: 200 W`")
    }
    self.init(annual: annual, base: base)
  }
}

extension Node {
  /// A plain decimal number in a range, with a unit after it where one is named.
  fileprivate func number(_ what: String, in range: ClosedRange<Double>, unit: String = "") throws -> Double {
    let text = try text(what)
    var digits = text[...]
    if !unit.isEmpty {
      guard text.hasSuffix(unit) else {
        throw diagnostic("BS-SITE-25", "\(what) carries its unit", help: "write `\(text) \(unit)`")
      }
      digits = digits.dropLast(unit.count)
      while digits.last == " " { digits = digits.dropLast() }
    }
    guard (try? DecimalText(parsing: digits)) != nil, let value = Double(digits) else {
      throw diagnostic(
        "BS-SITE-26", "\(what) must be a number, not '\(text)'",
        help: unit.isEmpty ? "" : "write it as `14 \(unit)`")
    }
    guard range.contains(value) else {
      let limits = "\(range.lowerBound)…\(range.upperBound)"
      throw diagnostic(
        "BS-SITE-02", "\(what) must be \(limits)\(unit.isEmpty ? "" : " ")\(unit), not \(text)")
    }
    return value
  }

  /// "2900 kWh/year".
  fileprivate func energyPerYear(_ what: String) throws -> WattHours {
    let text = try text(what)
    let suffix = "/year"
    guard text.hasSuffix(suffix) else {
      throw diagnostic("BS-SITE-25", "\(what) is energy a year", help: "write it as 2900 kWh/year")
    }
    do {
      return try WattHours(parsing: text.dropLast(suffix.count))
    } catch {
      throw diagnostic(
        "BS-SCN-13", "\(what) cannot be '\(text)': \(error.message)", under: error.offending)
    }
  }
}
