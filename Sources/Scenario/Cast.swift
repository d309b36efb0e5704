// Who takes part in a story: what the rows of its timeline and its expectations may name.

internal import MeterModel
internal import Settlement
internal import Units

/// The named things of a story, and its window.
struct Cast {
  var meters: [MeterSetup] = []
  var lines: [LineSetup] = []
  var faults: [FaultDeclaration] = []
  var hasAgreement = false
  /// Where profiles of exchanged meters come from.
  var library: Library?
  /// Where the story means anything.
  var depths: Set<ScenarioFile.Depth> = []
  var from: Instant = .epoch
  var until: Instant = .epoch

  func meter(_ node: Node) throws -> MeterSetup {
    let name = try node.name("meter", among: meters.map(\.name), code: "BS-SCN-21")
    guard let meter = meters.first(where: { $0.name == name }) else {
      throw node.diagnostic("BS-SCN-21", "no meter of this story is called '\(name)'")
    }
    return meter
  }

  func line(_ node: Node) throws -> LineSetup {
    let name = try node.name("line", among: lines.map(\.name), code: "BS-SCN-22")
    guard let line = lines.first(where: { $0.name == name }) else {
      throw node.diagnostic("BS-SCN-22", "no line of this story is called '\(name)'")
    }
    return line
  }

  /// A meter or a line by its name; a meter may not have the name of a line.
  func target(_ node: Node) throws -> FaultOrder.Target {
    let names = meters.map(\.name) + lines.map(\.name)
    let name = try node.name("meter or line", among: names, code: "BS-SCN-21")
    return meters.contains { $0.name == name } ? .meter(name) : .line(name)
  }

  /// A register that the meter has.
  func role(_ node: Node, of meter: MeterSetup) throws -> RegisterRole {
    let role: RegisterRole = try node.word("register")
    guard meter.profile.register(role) != nil else {
      let known = meter.profile.registers.map(\.role.rawValue).joined(separator: ", ")
      throw node.diagnostic(
        "BS-SCN-31", "\(meter.name) (\(meter.profile.name)) has no \(role.rawValue) register",
        help: "it has: \(known)")
    }
    return role
  }

  /// Registers that the meter has; all where nothing is said.
  func roles(_ node: Node?, of meter: MeterSetup) throws -> [RegisterRole] {
    guard let node else { return meter.profile.registers.map(\.role) }
    return try node.items("the registers").map { try role($0, of: meter) }
  }

  /// An instant inside the story.
  func instant(_ node: Node, _ what: String) throws -> Instant {
    let instant: Instant = try node.quantity(what)
    try check(instant, node, what)
    return instant
  }

  func check(_ instant: Instant, _ node: Node, _ what: String) throws {
    guard instant < from || instant > until else { return }
    throw node.diagnostic(
      "BS-SCN-26", "\(what), \(instant), lies outside the story (\(from) … \(until))",
      help: "move it, or state `from:` and `until:` of the story")
  }
}
