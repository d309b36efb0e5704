// `dlms:` of a meter's profile: its DLMS server, who may associate with it and which objects it has.
//
//   dlms:
//     flag: BSP
//     firmware: "1.0"
//     hdlc: {logical: 1, physical: 17, address-bytes: 2, information: 128, window: 1, baud: 9600}
//     wrapper: {port: 1}
//     maximum-pdu: 1024
//     clients:
//       - {address: 16, rights: open}
//       - {address: 32, authentication: low, password: "12345678"}
//       - {address: 48, authentication: gmac, encryption-key: "00…", authentication-key: "d0…",
//          policy: authenticated-encrypted, rights: management}
//     clock: {zone: utc, deviation: utc-minus-local, states-status: true}
//     registers: [{name: 1-0:1.8.0*255, shows: import, scaler: 0, width: uint32},
//       {name: 1-0:32.7.0*255, shows: constant, raw: 2301, scaler: -1, unit: 35}]
//     profiles:
//       - {name: 1-0:99.1.0*255, period: 30m, columns: [clock, status, interval-import, interval-export]}
//       - {name: 1-0:99.2.0*255, period: 1 day, columns: [clock, 1-0:1.8.0*255]}
//     event-log: 100
//     disconnect-control: true
//
// Keys and passwords in a profile are those of an emulated meter: nobody's secret.

public import MeterModel
internal import Units
internal import Wire

extension DLMSPort {
  /// Decodes the `dlms:` part of a profile. Throws a `Diagnostic`: codes BS-PRF-90 … 99, those of `Fields`.
  /// What does not fit the rest of the profile is found by `objections(on:)` afterwards.
  public init(_ node: Node) throws {
    var fields = try Fields(node, of: "the DLMS port")
    let usual = DLMSPort()
    let flag = try fields.optional("flag")?.text("the FLAG code") ?? usual.flagCode
    let firmware = try fields.optional("firmware")?.text("the firmware") ?? usual.firmware
    let title = try fields.optional("system-title")?.octets("the system title", count: 8)
    let hdlc = try fields.optional("hdlc").map { try DLMSHDLC($0) }
    let wrapper = try fields.optional("wrapper").map { try DLMSWrapper($0) }
    let pdu = try fields.optional("maximum-pdu")?.whole("the largest PDU", in: 0...65_535)
    let conformance = try fields.optional("conformance").map { try $0.conformance() }
    let clients = try fields.required("clients").list("the clients").map { try DLMSClient($0) }
    let clock = try fields.optional("clock").map { try DLMSClock($0) } ?? usual.clock
    let registers = try fields.required("registers").list("the registers").map { try DLMSRegister($0) }
    let profiles = try fields.optional("profiles")?.list("the profiles").map { try DLMSProfile($0) } ?? []
    let events = try fields.optional("event-log")?.whole("the entries of the event log", in: 0...10_000)
    let disconnect = try fields.optional("disconnect-control")?.flag("disconnect-control") ?? false
    let repeats = try fields.optional("repeats-blocks")?.flag("repeats-blocks") ?? false
    let attempts = try fields.optional("lock-out-after")?.whole("the attempts", in: 0...255)
    let lockOut = try fields.optional("lock-out-time")?.span("the lock-out", in: .zero...(.days(31)))
    try fields.finish()
    self.init(
      flagCode: flag, firmware: firmware, systemTitle: title, hdlc: hdlc, wrapper: wrapper,
      maximumPDU: pdu.map { UInt16($0) } ?? usual.maximumPDU, conformance: conformance ?? usual.conformance,
      clients: clients, clock: clock, registers: registers, profiles: profiles,
      eventLogEntries: Int(events ?? 0), hasDisconnectControl: disconnect, repeatsBlocks: repeats,
      lockOutAfter: Int(attempts ?? 0), lockOutTime: lockOut ?? usual.lockOutTime)
  }
}

extension DLMSHDLC {
  fileprivate init(_ node: Node) throws {
    var fields = try Fields(node, of: "the serial side")
    let usual = DLMSHDLC()
    let logical = try fields.optional("logical")?.whole("the logical address", in: 1...0x3FFF)
    let physical = try fields.optional("physical")?.whole("the physical address", in: 1...0x3FFF)
    let bytes = try fields.optional("address-bytes")?.whole("the bytes of an address", in: 1...4)
    let information = try fields.optional("information")?.whole("the information field", in: 1...65_535)
    let window = try fields.optional("window")?.whole("the window", in: 1...255)
    let baud = try fields.optional("baud")?.whole("the speed", in: 300...115_200)
    let inactivity = try fields.optional("inactivity")?.span("the inactivity time", in: .zero...(.hours(24)))
    try fields.finish()
    self.init(
      logicalAddress: UInt16(logical ?? 1), physicalAddress: physical.map { UInt16($0) },
      addressBytes: Int(bytes ?? (physical == nil ? 1 : 2)),
      maximumInformation: UInt16(information ?? Int64(usual.maximumInformation)),
      window: UInt8(window ?? Int64(usual.window)),
      baud: Int(baud ?? Int64(usual.baud)), inactivity: inactivity ?? usual.inactivity)
  }
}

extension DLMSWrapper {
  fileprivate init(_ node: Node) throws {
    var fields = try Fields(node, of: "the TCP side")
    let port = try fields.optional("port")?.whole("the wPort", in: 1...65_535)
    try fields.finish()
    self.init(port: port.map { UInt16($0) } ?? DLMSWrapper().port)
  }
}

extension DLMSClock {
  fileprivate init(_ node: Node) throws {
    var fields = try Fields(node, of: "the clock object")
    let zone: Zone? = try fields.optional("zone")?.word("zone of a clock")
    let deviation: Deviation? = try fields.optional("deviation")?.word("way to write a deviation")
    let status = try fields.optional("states-status")?.flag("states-status") ?? true
    try fields.finish()
    self.init(zone: zone ?? .utc, deviation: deviation ?? .utcMinusLocal, statesStatus: status)
  }
}

extension DLMSRegister {
  fileprivate init(_ node: Node) throws {
    var fields = try Fields(node, of: "a register object")
    let name: OBIS = try fields.required("name").quantity("the logical name")
    let shows = try fields.required("shows")
    let quantity: DLMSQuantity = try shows.word("thing that a register object shows")
    let scaler = try fields.optional("scaler")?.whole("the scaler", in: -6...6)
    let width: Width? = try fields.optional("width")?.word("width of a number")
    let raw = try fields.optional("raw")?.whole("the raw number", in: .min ... .max)
    let unit = try fields.optional("unit")?.whole("the unit's code", in: 0...255)
    try fields.finish()
    guard (quantity == .constant) == (raw != nil), raw != nil || unit == nil else {
      throw shows.diagnostic(
        "BS-PRF-93", "a constant has a raw number, and nothing else has one or a unit of its own",
        help: "write `shows: constant` with `raw: 2301` and `unit: 35`, or neither")
    }
    self.init(
      name, quantity, scaler: Int8(scaler ?? 0), width: width ?? .uint32, raw: raw ?? 0,
      unit: UInt8(unit ?? 30))
  }
}

extension DLMSProfile {
  fileprivate init(_ node: Node) throws {
    var fields = try Fields(node, of: "a profile object")
    let name: OBIS = try fields.required("name").quantity("the logical name")
    let period = try fields.optional("period")?.span("the period", in: .seconds(1)...(.days(31)))
    let columns = try fields.required("columns").list("the columns").map { try $0.profileColumn() }
    let entries = try fields.optional("entries")?.whole("the entries", in: 1...1_000_000)
    let stamp: Stamp? = try fields.optional("stamp")?.word("form of a stamp")
    let encoding: Encoding? = try fields.optional("encoding")?.word("encoding of rows")
    let compresses = try fields.optional("null-compressed")?.flag("null-compressed") ?? false
    try fields.finish()
    self.init(
      name, period: UInt32((period ?? .minutes(30)).microseconds / 1_000_000), columns: columns,
      entries: entries.map { Int($0) }, stamp: stamp ?? .dateTime, encoding: encoding ?? .array,
      compressesNull: compresses)
  }
}

extension Node {
  /// `clock`, `status`, `interval-import`, `interval-export`, or the name of a register object.
  fileprivate func profileColumn() throws -> DLMSProfile.Column {
    let words: [String: DLMSProfile.Column] = [
      "clock": .clock, "status": .status, "interval-import": .interval(.import),
      "interval-export": .interval(.export),
    ]
    let text = try text("a column")
    if let column = words[text] { return column }
    guard text.first?.isNumber ?? false else {
      _ = try word(among: words.keys.sorted(), "column of a profile")
      return .clock
    }
    return .register(try quantity("the logical name"))
  }

  fileprivate func conformance() throws -> COSEMConformance {
    let names = COSEMConformance.names
    return try list("the conformance block").reduce(into: []) { block, node in
      let word = try node.word(among: names.map(\.name), "part of the conformance block")
      if let found = names.first(where: { $0.name == word }) { block.insert(found.bit) }
    }
  }

  /// Octets in hexadecimal digits.
  func octets(_ what: String, count: Int) throws -> [UInt8] {
    let text = try text(what)
    guard let octets = COSEMKeys.octets(text), octets.count == count else {
      throw diagnostic(
        "BS-PRF-91", "\(what) has \(count) octets", help: "write \(2 * count) hexadecimal digits, in quotes")
    }
    return octets
  }
}
