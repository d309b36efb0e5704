// A battery, or a vehicle that gives back.
//
//   storage: [{capacity: 9.5 kWh, power: 3.6 kW, mode: self-use}]
//   storage: [{capacity: 13.5 kWh, power: 5 kW, mode: arbitrage, charges: 00:30-05:30, discharges:
//   16:00-19:00}]

internal import Truth
internal import Units

extension StorageUnit {
  init(_ node: Node) throws {
    var fields = try Fields(node, of: "a store")
    let capacity: WattHours = try fields.required("capacity").quantity("the capacity")
    let power: Power = try fields.required("power").quantity("the power")
    self.init(capacity: capacity, power: power)
    if let node = fields.optional("mode") { mode = try node.word("mode") }
    charges = try fields.optional("charges").map { try Window($0) }
    discharges = try fields.optional("discharges").map { try Window($0) }
    present = try fields.optional("present").map { try Window($0) }
    if let node = fields.optional("journey") { journey = try node.quantity("what a journey takes") }
    try fields.share("round-trip", into: &roundTrip, in: 30...100)
    try fields.power("standby", into: &standby)
    try fields.power("dead-band", into: &deadBand)
    if let node = fields.optional("response") { response = try node.seconds("the response", in: 1...60) }
    try fields.share("initial", into: &initial, in: 0...100)
    if let node = fields.optional("phase") { connection = try node.word("phase") }
    try fields.finish()
    guard mode == .selfUse || charges != nil || discharges != nil else {
      throw node.diagnostic(
        "BS-SITE-30", "a store that trades needs its windows", help: "add `charges: 00:30-05:30`")
    }
  }
}

extension StorageUnit.Window {
  /// "00:30-05:30" of the London clock.
  fileprivate init(_ node: Node) throws {
    let text = try node.text("a window of the day")
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let from = try? ClockTime(parsing: parts[0]),
      let until = try? ClockTime(parsing: parts[1]), from.zone == .london, until.zone == .london,
      from != until
    else {
      throw node.diagnostic(
        "BS-SITE-28", "'\(text)' is no window of the London day", help: "write it as 00:30-05:30")
    }
    self.init(from: from.minuteOfDay % 1440, until: until.minuteOfDay % 1440)
  }
}
