// Rows `bench-reads: METER` and `pulse-logger: METER`.

internal import MeterModel
internal import Units

extension TimelineRow {
  mutating func benchRead(in cast: Cast) throws -> BenchRead {
    let meter = try cast.meter(subject)
    let port = try (try fields.required("over")).benchPort(of: meter)
    let roles = try cast.roles(fields.optional("registers"), of: meter)
    let halfHours = try fields.optional("half-hours").map { node in
      try Self.stretch(node, of: meter, over: port)
    }
    let client = try fields.optional("client").map { try $0.client(of: meter, over: port) }
    let gives = try fields.optional("gives")?.items("what a read gives").map {
      try $0.word("thing a read at the bench gives", BenchGives.self)
    }
    let head = try fields.optional("head").map { try BenchRead.Head($0, over: port) } ?? BenchRead.Head()
    return BenchRead(
      meter: meter.name, port: port, roles: roles, halfHours: halfHours, client: client,
      givesReads: gives?.contains(.reads) ?? true, givesHalfHours: gives?.contains(.halfHours) ?? true,
      head: head)
  }

  private enum BenchGives: String, CaseIterable {
    case reads, nothing
    case halfHours = "half-hours"
  }

  private static func stretch(
    _ node: Node, of meter: MeterSetup, over port: MeterProtocol
  ) throws -> RemoteRead.Stretch {
    let hasProfile =
      switch port {
      case .optical: meter.profile.optical?.hasHalfHours ?? false
      case .dlms, .dlmsHDLC: meter.profile.dlms?.profiles.contains { $0.period == 1800 } ?? false
      case .modbus, .irda, .pulse: false
      }
    guard hasProfile else {
      throw node.diagnostic(
        "BS-SCN-30", "\(meter.name) (\(meter.profile.name)) gives no half-hours over \(port.rawValue)")
    }
    var fields = try Fields(node, of: "a stretch of half-hours")
    let stretch = try RemoteRead.Stretch(&fields, usual: nil, node)
    try fields.finish()
    return stretch
  }

  mutating func pulseLogger(in cast: Cast) throws -> PulseLoggerOrder {
    let meter = try cast.meter(subject)
    guard meter.profile.pulse != nil else {
      throw subject.diagnostic(
        "BS-SCN-30", "\(meter.name) (\(meter.profile.name)) has no pulse output to clip a logger to")
    }
    let role = try fields.optional("counts").map { try cast.role($0, of: meter) } ?? meter.usualRole
    guard let face = meter.profile.register(role) else {
      throw subject.diagnostic("BS-SCN-31", "\(meter.name) has no \(role.rawValue) register")
    }
    let start = try fields.optional("starts").map { try $0.value(of: face) }
    let constant = try fields.optional("constant").map { try $0.pulseConstant() }
    let debounce = try fields.optional("debounce")?.duration("the debouncing", orZero: true)
    return PulseLoggerOrder(
      meter: meter.name, role: role, start: start, constant: constant,
      debounce: debounce ?? .milliseconds(30))
  }
}

extension BenchRead.Head {
  fileprivate init(_ node: Node, over port: MeterProtocol) throws {
    guard port != .modbus, port != .pulse else {
      throw node.diagnostic(
        "BS-SCN-28", "no optical head is used over \(port.rawValue)", help: "leave it out")
    }
    var fields = try Fields(node, of: "the head")
    let echoes = try fields.optional("echo")?.flag("echo") ?? false
    let onlyEight = try fields.optional("only-eight-bits")?.flag("only-eight-bits") ?? false
    try fields.finish()
    self.init(echoes: echoes, onlyEightBits: onlyEight)
  }
}

extension OpticalPort {
  fileprivate var hasHalfHours: Bool {
    profiles.contains { if case .halfHours = $0.content { true } else { false } }
  }
}

extension Node {
  /// A port that the meter has on a line.
  func benchPort(of meter: MeterSetup) throws -> MeterProtocol {
    let port: MeterProtocol = try word("protocol")
    let there = meter.profile.protocols(asStream: false)
    guard there.contains(port) else {
      let known = there.map(\.rawValue).joined(separator: ", ")
      throw diagnostic(
        "BS-SCN-30",
        "\(meter.name) (\(meter.profile.name)) cannot be read over \(port.rawValue) at the bench",
        help: known.isEmpty ? "it has no such port" : "one of: \(known)")
    }
    return port
  }

  /// The address of a DLMS client that the meter knows.
  fileprivate func client(of meter: MeterSetup, over port: MeterProtocol) throws -> UInt8 {
    guard port == .dlms || port == .dlmsHDLC, let known = meter.profile.dlms?.clients else {
      throw diagnostic("BS-SCN-28", "a client is of DLMS, not of \(port.rawValue)", help: "leave it out")
    }
    let address = UInt8(try whole("the client", in: 1...127))
    guard known.contains(where: { $0.address == address }) else {
      let list = known.map { "\($0.address)" }.joined(separator: ", ")
      throw diagnostic(
        "BS-SCN-30", "\(meter.name) (\(meter.profile.name)) knows no client \(address)",
        help: "one of: \(list)")
    }
    return address
  }
}
