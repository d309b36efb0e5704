// Rows `bench-reads: METER` and expectations `cross-read: METER`.

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
    let gives = try fields.optional("gives")?.items("what a read gives").map {
      try $0.word("thing a read at the bench gives", BenchGives.self)
    }
    let head = try fields.optional("head").map { try BenchRead.Head($0) } ?? BenchRead.Head()
    return BenchRead(
      meter: meter.name, port: port, roles: roles, halfHours: halfHours,
      givesReads: gives.map { $0.contains(.reads) } ?? true, head: head)
  }

  private enum BenchGives: String, CaseIterable { case reads, nothing }

  private static func stretch(
    _ node: Node, of meter: MeterSetup, over port: MeterProtocol
  ) throws -> RemoteRead.Stretch {
    let hasProfile =
      switch port {
      case .optical: !(meter.profile.optical?.profiles.isEmpty ?? true)
      case .dlms, .dlmsHDLC: !(meter.profile.dlms?.profiles.isEmpty ?? true)
      case .modbus, .irda, .pulse: false
      }
    guard hasProfile else {
      throw node.diagnostic(
        "BS-SCN-30", "\(meter.name) (\(meter.profile.name)) gives no half-hours over \(port.rawValue)")
    }
    var fields = try Fields(node, of: "a stretch of half-hours")
    let last = try fields.required("last").duration("the stretch")
    try fields.finish()
    return .last(last)
  }
}

extension BenchRead.Head {
  fileprivate init(_ node: Node) throws {
    var fields = try Fields(node, of: "the head")
    let echoes = try fields.optional("echo")?.flag("echo") ?? false
    let onlyEight = try fields.optional("only-eight-bits")?.flag("only-eight-bits") ?? false
    try fields.finish()
    self.init(echoes: echoes, onlyEightBits: onlyEight)
  }
}

extension ExpectedCrossRead {
  init(_ node: Node, _ fields: inout Fields, in cast: Cast) throws {
    let meter = try cast.meter(node)
    let role = try fields.optional("role").map { try cast.role($0, of: meter) } ?? meter.usualRole
    let overNode = try fields.required("over")
    let ports = try overNode.list("the ports").map { try $0.benchPort(of: meter) }
    guard ports.count >= 2, Set(ports).count == ports.count else {
      throw overNode.diagnostic("BS-SCN-39", "a cross-read compares two ports or more, each once")
    }
    let differ: WattHours = try fields.optional("differ")?.quantity("the difference") ?? .zero
    let within: WattHours = try fields.optional("within")?.quantity("the margin") ?? .zero
    self.init(meter: meter.name, role: role, ports: ports, differ: differ, within: within)
  }
}

extension Node {
  /// A port that the meter has on a line.
  fileprivate func benchPort(of meter: MeterSetup) throws -> MeterProtocol {
    let port: MeterProtocol = try word("protocol")
    let there = meter.profile.protocols(asStream: false).filter { $0 != .pulse && $0 != .modbus }
    guard there.contains(port) else {
      let known = there.map(\.rawValue).joined(separator: ", ")
      throw diagnostic(
        "BS-SCN-30",
        "\(meter.name) (\(meter.profile.name)) cannot be read over \(port.rawValue) at the bench",
        help: known.isEmpty ? "it has no such port" : "one of: \(known)")
    }
    return port
  }
}
