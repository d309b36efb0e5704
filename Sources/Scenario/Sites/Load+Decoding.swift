// What a home draws.
//
//   load: {household: 2900 kWh/year, base: 90 W, vacant: [{from: 2026-08-01T00:00Z, to: 2026-08-15T00:00Z}],
//          vehicle: {power: 7.2 kW, daily: 7.5 kWh, charges-from: "23:30"}, heat-pump: {heat-loss: 190 W/K},
//          diverter: {power: 3 kW, bucket: 1 Wh, cycle: 100 ms, daily: 6 kWh}}

internal import Truth
internal import Units

extension HouseholdLoad {
  init(_ node: Node) throws {
    var fields = try Fields(node, of: "the load")
    let annual = try fields.optional("household").map { try $0.energyPerYear("the household's use") }
    let base: Power? = try fields.optional("base")?.quantity("the base load")
    self.init(annual: annual, base: base)
    vehicle = try fields.optional("vehicle").map { try Vehicle($0) }
    heatPump = try fields.optional("heat-pump").map { try HeatPump($0) }
    diverter = try fields.optional("diverter").flatMap { try Diverter.stated($0) }
    vacant = try fields.optional("vacant")?.list("when nobody is at home").map { try $0.stretch() } ?? []
    try fields.finish()
    guard annual != nil || base != nil || vehicle != nil || heatPump != nil || diverter != nil
    else {
      throw node.diagnostic(
        "BS-SITE-22", "the load is not stated", help: "write `household: 2900 kWh/year` or `base: 200 W`")
    }
  }
}

extension Vehicle {
  fileprivate init(_ node: Node) throws {
    self.init()
    var fields = try Fields(node, of: "the vehicle")
    try fields.power("power", into: &power)
    if let node = fields.optional("daily") { daily = try node.quantity("the energy a day") }
    if let node = fields.optional("charges-from") {
      chargesFrom =
        try node.text("when it charges") == "arrival" ? nil : node.minuteOfDay("when it charges")
    }
    try fields.finish()
  }
}

extension HeatPump {
  fileprivate init(_ node: Node) throws {
    self.init()
    var fields = try Fields(node, of: "the heat pump")
    try fields.power("power", into: &power)
    try fields.number("heat-loss", into: &heatLoss, in: 10...10_000, unit: "W/K")
    try fields.number("base-temperature", into: &baseTemperature, in: 5...25, unit: "°C")
    try fields.number("hot-water", into: &hotWater, in: 0...100, unit: "kWh/day")
    try fields.number("flow-temperature", into: &flowTemperature, in: 25...75, unit: "°C")
    try fields.share("share-of-ideal", into: &share, in: 10...70)
    try fields.finish()
  }
}

extension Diverter {
  /// `true`, or what differs from an ordinary one.
  fileprivate static func stated(_ node: Node) throws -> Diverter? {
    if case .scalar = node.content { return try node.flag("diverter") ? Diverter() : nil }
    return try Diverter(node)
  }

  private init(_ node: Node) throws {
    self.init()
    var fields = try Fields(node, of: "the diverter")
    try fields.power("power", into: &power)
    if let node = fields.optional("bucket") { bucket = try node.quantity("the bucket") }
    if let node = fields.optional("daily") { daily = try node.quantity("the energy a day") }
    if let node = fields.optional("cycle") { cycle = try node.duration("a burst").microseconds / 1000 }
    try fields.finish()
  }
}

extension Node {
  /// `{from: …, to: …}`
  fileprivate func stretch() throws -> Range<Instant> {
    var fields = try Fields(self, of: "a stretch of time")
    let from: Instant = try fields.required("from").quantity("its beginning")
    let to: Instant = try fields.required("to").quantity("its end")
    try fields.finish()
    guard from < to else { throw diagnostic("BS-SITE-32", "a stretch of time ends after it begins") }
    return from..<to
  }
}
