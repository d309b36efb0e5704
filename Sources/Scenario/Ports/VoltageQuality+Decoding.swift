// How a meter watches its voltage, in a profile and in an order over the WAN; what is not said is as in
// published example messages of GBCS.
//
//   voltage-quality:
//     entries: 4320                # averages kept of each phase
//     average: 30m                 # the period of an average
//     over: 264 V                  # averages above and below are counted
//     under: 200 V
//     extreme-over: {volts: 287 V, for: 30 s}
//     extreme-under: {volts: 180 V, for: 30 s}
//     swell: {volts: 253 V, for: 30 s}
//     sag: {volts: 216 V, for: 30 s}

internal import MeterModel
internal import Units

extension VoltageQuality {
  init(_ node: Node) throws {
    var fields = try Fields(node, of: "the voltage quality")
    let entries = try fields.optional("entries")?.whole("the averages kept", in: 1...1_000_000)
    let limits = try VoltageLimits(&fields)
    try fields.finish()
    self.init(limits: limits, entries: Int(entries ?? 4320))
  }
}

extension VoltageLimits {
  /// The keys of the limits, in a map that may have others.
  init(_ fields: inout Fields) throws {
    self.init()
    if let node = fields.optional("average") {
      averagePeriod = try node.duration("the period of an average")
      let isWhole = averagePeriod.microseconds % 1_000_000 == 0
      guard isWhole, averagePeriod <= .days(1),
        TimeSpan.days(1).microseconds % averagePeriod.microseconds == 0
      else {
        throw node.diagnostic(
          "BS-PRF-28", "the period of an average divides a day, in whole seconds", help: "write 30m or 600 s")
      }
    }
    if let node = fields.optional("over") { averageOver = try node.millivolts("the threshold") }
    if let node = fields.optional("under") { averageUnder = try node.millivolts("the threshold") }
    if let node = fields.optional("extreme-over") { extremeOver = try Threshold(node) }
    if let node = fields.optional("extreme-under") { extremeUnder = try Threshold(node) }
    if let node = fields.optional("swell") { swell = try Threshold(node) }
    if let node = fields.optional("sag") { sag = try Threshold(node) }
  }
}

extension VoltageLimits.Threshold {
  fileprivate init(_ node: Node) throws {
    var fields = try Fields(node, of: "a threshold of the voltage")
    let volts = try fields.required("volts").millivolts("the threshold")
    let period = try fields.optional("for")?.duration("the time beyond it", orZero: true)
    try fields.finish()
    self.init(volts, for: period ?? .seconds(30))
  }
}

extension Node {
  /// "253 V" in mV.
  func millivolts(_ what: String, in range: ClosedRange<Double> = 0...600) throws -> Int64 {
    Int64((try number(what, in: range, unit: "V") * 1000).rounded())
  }
}
