// One generator of a site: what all have in common, and what each technology may say beyond it.
//
//   {technology: solar-pv, capacity: 3.95 kWp, tilt: 35, azimuth: 180}
//   {technology: wind, capacity: 6 kW, mean-wind: 5 m/s, hub: 15 m}
//   {technology: hydro, capacity: 15 kW, median-flow: 60 %}
//   {technology: anaerobic-digestion, capacity: 500 kW}
//   {technology: micro-chp, capacity: 1 kW, engine: stirling}

internal import Truth
internal import Units

extension Generator {
  init(_ node: Node) throws {
    var fields = try Fields(node, of: "a generator")
    let technology: Technology = try fields.required("technology").word("technology")
    let capacity: Power = try fields.required("capacity").quantity("the capacity")
    let plant: Plant =
      switch technology {
      case .solarPV: .solar(try SolarPlant(&fields))
      case .wind: .wind(try WindTurbine(&fields))
      case .hydro: .hydro(try HydroTurbine(&fields))
      case .anaerobicDigestion: .digester(try AnaerobicDigester(&fields))
      case .microCHP: .chp(try MicroCHP(&fields))
      }
    let connection: Connection? = try fields.optional("phase")?.word("phase")
    try fields.finish()
    self.init(plant, capacity: capacity, connection: connection ?? .l1)
  }
}

extension SolarPlant {
  fileprivate init(_ fields: inout Fields) throws {
    let tilt = try fields.required("tilt").number("the tilt", in: 0...90)
    let azimuth = try fields.required("azimuth").number("the azimuth", in: 0...360)
    self.init(tilt: tilt, azimuth: azimuth)
    try fields.share("losses", into: &losses, in: 0...99)
    inverterLimit = try fields.optional("inverter")?.quantity("the inverter's limit")
    try fields.share("inverter-efficiency", into: &inverterEfficiency, in: 50...100)
    if let node = fields.optional("temperature-coefficient") {
      temperatureCoefficient = try node.number("'temperature-coefficient'", in: -1...0, unit: "%/K") / 100
    }
    if let node = fields.optional("sky-model") { transposition = try node.word("model of the sky") }
    try fields.number("ground-reflectance", into: &groundReflectance, in: 0...1)
    if let node = fields.optional("reflection") { reflection = try node.word("reflection") }
    horizon = try fields.optional("horizon")?.list("the horizon").map { try HorizonPoint($0) } ?? []
    soiling = try fields.optional("soiling").map { try Soiling($0) }
  }
}

extension SolarPlant.HorizonPoint {
  fileprivate init(_ node: Node) throws {
    var fields = try Fields(node, of: "a point of the horizon")
    let azimuth = try fields.required("azimuth").number("the azimuth", in: 0...360)
    let elevation = try fields.required("elevation").number("the elevation", in: 0...90)
    try fields.finish()
    self.init(azimuth: azimuth, elevation: elevation)
  }
}

extension SolarPlant.Soiling {
  fileprivate init(_ node: Node) throws {
    var fields = try Fields(node, of: "the soiling")
    let share = try fields.required("share").number("the share", in: 0...99, unit: "%") / 100
    var perMonth = 0.0
    try fields.share("per-month", into: &perMonth, in: 0...99)
    let since: Instant = try fields.required("since").quantity("the time since which it is so")
    try fields.finish()
    self.init(share: share, perMonth: perMonth, since: since)
  }
}

extension WindTurbine {
  fileprivate init(_ fields: inout Fields) throws {
    self.init()
    try fields.number("mean-wind", into: &meanWind, in: 0.1...20, unit: "m/s")
    try fields.number("shape", into: &shape, in: 1...4)
    try fields.number("hub", into: &hubHeight, in: 1...200, unit: "m")
    try fields.number("shear", into: &shear, in: 0...0.6)
    try fields.share("turbulence", into: &turbulence, in: 0...50)
    try fields.number("cut-in", into: &cutIn, in: 0...10, unit: "m/s")
    try fields.number("rated-wind", into: &rated, in: 5...25, unit: "m/s")
    try fields.number("cut-out", into: &cutOut, in: 10...60, unit: "m/s")
    try fields.number("idle-draw", into: &idleDraw, in: 0...500, unit: "W")
    guard cutIn < rated, rated < cutOut else {
      throw fields.node.diagnostic(
        "BS-SITE-29", "a turbine's cut-in, rated wind and cut-out follow one another", help: "3, 11, 22 m/s")
    }
  }
}

extension HydroTurbine {
  fileprivate init(_ fields: inout Fields) throws {
    self.init()
    try fields.share("median-flow", into: &medianFlow, in: 1...1000)
    try fields.share("residual-flow", into: &residualFlow, in: 0...100)
    try fields.share("least-flow", into: &leastFlow, in: 0...100)
    try fields.number("seasonal-amplitude", into: &seasonalAmplitude, in: 0...2)
    try fields.number("spate-spread", into: &spateSpread, in: 0...2)
  }
}

extension AnaerobicDigester {
  fileprivate init(_ fields: inout Fields) throws {
    self.init()
    try fields.number("between-stops", into: &hoursBetweenStops, in: 1...100_000, unit: "h")
    try fields.number("stop", into: &hoursOfStop, in: 0.1...1000, unit: "h")
    try fields.share("least-load", into: &leastLoad, in: 1...100)
    if let node = fields.optional("service") {
      serviceFrom =
        try node.text("the service") == "none" ? nil : Int(node.whole("the day of service", in: 1...359))
    }
  }
}

extension MicroCHP {
  fileprivate init(_ fields: inout Fields) throws {
    self.init()
    if let node = fields.optional("engine") { engine = try node.word("engine") }
    try fields.number("heat-to-power", into: &heatToPower, in: 0.5...20)
    try fields.number("heat-loss", into: &heatLoss, in: 10...100_000, unit: "W/K")
    try fields.number("base-temperature", into: &baseTemperature, in: 5...25, unit: "°C")
    try fields.number("hot-water", into: &hotWater, in: 0...1000, unit: "kWh/day")
    try fields.number("start-draw", into: &startDraw, in: 0...5000, unit: "W")
  }
}
