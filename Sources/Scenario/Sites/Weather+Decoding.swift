// What the sky, the air and the network do at a site.
//
//   weather: {sky: clouds, clear-sky: ineichen, turbidity: 3, air: 10 °C, wind: 2 m/s,
//             snow: [{from: 2026-01-10T04:00Z, to: 2026-01-14T00:00Z, depth: 6 cm}]}
//   voltage: {mean: 241 V, spread: 2.5 V, impedance: 0.25 ohm}

internal import Truth
internal import Units

extension Weather {
  init(_ node: Node) throws {
    self.init()
    var fields = try Fields(node, of: "the weather")
    if let node = fields.optional("sky") { sky = try node.word("kind of sky") }
    if let node = fields.optional("clear-sky") { clearSky = try node.word("model of the clear sky") }
    try fields.number("turbidity", into: &turbidity, in: 1...10)
    airTemperature = try fields.optional("air")?.number("the air", in: -40...50, unit: "°C")
    try fields.number("wind", into: &wind, in: 0...40, unit: "m/s")
    snow = try fields.optional("snow")?.list("the snow").map { try Snow($0) } ?? []
    try fields.finish()
  }
}

extension Weather.Snow {
  fileprivate init(_ node: Node) throws {
    var fields = try Fields(node, of: "a fall of snow")
    let from: Instant = try fields.required("from").quantity("when it has fallen")
    let to: Instant = try fields.required("to").quantity("when it has gone")
    let depth = try fields.required("depth").number("the depth", in: 0...500, unit: "cm")
    try fields.finish()
    self.init(from: from, to: to, depth: depth)
  }
}

extension SupplyVoltage {
  init(_ node: Node) throws {
    self.init()
    var fields = try Fields(node, of: "the voltage")
    try fields.number("mean", into: &mean, in: 100...300, unit: "V")
    try fields.number("spread", into: &spread, in: 0...20, unit: "V")
    try fields.number("impedance", into: &impedance, in: 0...10, unit: "ohm")
    try fields.number("trips-at", into: &tripsAt, in: 200...300, unit: "V")
    try fields.finish()
  }
}
