// Rows that change something: faults, exchanges of meters, settings.

internal import Line
internal import MeterModel
internal import Truth
internal import Units

extension TimelineRow {
  mutating func fault(in cast: Cast) throws -> FaultOrder {
    let setting = try FaultSetting(subject, with: fields.optional("with"), among: cast.faults)
    let on = try fields.required("on")
    let target = try cast.target(on)
    guard let declaration = cast.faults.first(where: { $0.id == setting.id }) else {
      throw subject.diagnostic("BS-SCN-23", "no fault has the id '\(setting.id)'")
    }
    try Self.check(setting, declaration, on: target, on, in: cast)
    let port = try fields.optional("over").map { try Self.port($0, declaration, on: target, in: cast) }
    var until = cast.until
    if case .during(_, let to?, _, _) = when { until = to }
    return FaultOrder(setting: setting, target: target, port: port, until: until)
  }

  /// The port whose answers it befalls: only answers are of one port.
  private static func port(
    _ node: Node, _ declaration: FaultDeclaration, on target: FaultOrder.Target, in cast: Cast
  ) throws -> MeterProtocol {
    guard PortFaults.kinds(declaration.id) != nil,
      let meter = cast.meters.first(where: { .meter($0.name) == target })
    else {
      throw node.diagnostic(
        "BS-SCN-28", "\(declaration.id) is no fault of one port's answers", help: "leave `over` out")
    }
    return try node.benchPort(of: meter)
  }

  /// Whether a fault of this layer can befall the target.
  private static func check(
    _ setting: FaultSetting, _ declaration: FaultDeclaration, on target: FaultOrder.Target, _ node: Node,
    in cast: Cast
  ) throws {
    func refusal(_ why: String, help: String) -> Diagnostic {
      node.diagnostic("BS-SCN-25", "\(setting.id) cannot befall \(target.name): \(why)", help: help)
    }
    guard declaration.layer.places.contains(target.place) else {
      let why = "it is \(target.place.phrase), and this is a fault of \(declaration.layer.owner)"
      throw refusal(why, help: declaration.layer.places.first?.advice ?? "")
    }
    switch target {
    case .line: try checkDepths(setting, node, in: cast)
    case .meter(let name):
      guard let meter = cast.meters.first(where: { $0.name == name }) else { return }
      try check(setting, declaration, on: meter, node, refusal, in: cast)
    case .site where !cast.hasSite: throw refusal("nothing flows in this story", help: "add `site:`")
    case .agreement where !cast.hasAgreement: throw refusal("there is none", help: "add `agreement:`")
    case .site, .customer, .agreement: break
    }
  }

  private static func check(
    _ setting: FaultSetting, _ declaration: FaultDeclaration, on meter: MeterSetup, _ node: Node,
    _ refusal: (String, String) -> Diagnostic, in cast: Cast
  ) throws {
    if MeterFaults.kinds(setting.id) != nil {
      do {
        return try MeterFaults.check(setting, on: meter.profile)
      } catch {
        throw node.diagnostic("BS-SCN-25", "\(error)")
      }
    }
    let isOfPort = PortFaults.kinds(setting.id) != nil
    switch declaration.layer {
    case .wan:
      guard meter.profile.remote else { throw refusal("it is not read over a WAN", "") }
    case .person:
      guard meter.profile.display != nil else { throw refusal("it has no display to read", "") }
    case _ where isOfPort || declaration.layer == .line:
      // A clock is also told over the WAN (CK-04).
      let isTold = declaration.layer == .clock && meter.profile.remote
      guard meter.line != nil || !meter.profile.protocols.isEmpty || isTold else {
        throw refusal("it is on no line", "")
      }
      // A head at the bench stands on a serial line at every depth.
      if meter.line != nil, declaration.layer != .clock { try checkDepths(setting, node, in: cast) }
    default: break
    }
  }

  /// What disturbs single characters does nothing to a TCP stream, which carries bytes whole or not at all.
  private static func checkDepths(_ setting: FaultSetting, _ node: Node, in cast: Cast) throws {
    guard cast.depths.contains(.tcp), LineFaults.needsCharacters(setting.id) else { return }
    throw node.diagnostic(
      "BS-SCN-25", "\(setting.id) disturbs single characters, and at the depth tcp a line has none",
      help: "state depths: [memory, pty]")
  }

  /// A meter of the world makes way for another.
  mutating func exchange(_ times: GivenTimes, in cast: Cast) throws -> Command.Action {
    let old = try cast.meter(try fields.required("on"))
    let profileNode = try fields.required("profile")
    var new = old
    new.profile = try cast.library.profile(profileNode)
    let serialNode = try fields.required("serial")
    new.serial = try serialNode.serial()
    guard new.serial != old.serial else {
      throw serialNode.diagnostic("BS-SCN-37", "the new meter has the serial number of the old one")
    }
    guard (new.profile.kind == .modbus) == (old.line != nil) else {
      throw profileNode.diagnostic(
        "BS-SCN-42", "a meter on a line and one that is on none do not exchange",
        help: "take another profile")
    }
    new.reads = try fields.optional("reads").map { try MeterSetup.reads($0, of: new.profile) } ?? [:]
    new.at = fields.node.at
    let taken = try fields.optional("reads-taken")?.flag("reads-taken") ?? true
    return .meterExchanged(
      MeterExchange(meter: old.name, new: new, readsTaken: taken, received: times.received))
  }
}

extension FaultPlace {
  /// As a sentence calls it.
  fileprivate var phrase: String {
    switch self {
    case .meter: "a meter"
    case .line: "a line"
    case .site: "the site"
    case .customer: "whoever reads displays"
    case .agreement: "the agreement"
    }
  }

  fileprivate var advice: String {
    switch self {
    case .meter: "name a meter"
    case .line: "name a line"
    case .site, .customer, .agreement: "write `on: \(rawValue)`"
    }
  }
}

extension FaultDeclaration.Layer {
  /// Whose fault it is, as a sentence calls them.
  fileprivate var owner: String {
    switch self {
    case .energyFlow: "what flows at the site"
    case .measurement, .register, .clock, .memory, .display, .wan: "a meter"
    case .protocolAnswer: "a meter's answers"
    case .line: "a line"
    case .person: "a person who reads a meter"
    case .data: "a meter's data"
    case .lifeEvent: "the life of a contract"
    }
  }
}
