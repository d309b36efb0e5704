// Who takes part in a story: what the rows of its timeline and its expectations may name.

internal import MeterModel
internal import Settlement
internal import Units

/// A meter as the settlement party knows it.
struct KnownMeter {
  var name: String
  var details: MeterDetails
  var mpan: String?

  /// The register that is meant where a story names none: export for a meter that is there for export, else
  /// the dial.
  var usualRole: RegisterRole {
    if details.uses.contains(.export), details.hasExportRegister { return .export }
    let order: [RegisterRole] = [.import, .total, .export, .generation]
    return order.first { details.registers[$0] != nil } ?? .export
  }
}

extension KnownMeter {
  /// A register that it has.
  func role(_ node: Node) throws -> RegisterRole {
    let role: RegisterRole = try node.word("register")
    guard details.registers[role] != nil else {
      let known = RegisterRole.allCases.filter { details.registers[$0] != nil }.map(\.rawValue)
      throw node.diagnostic(
        "BS-SCN-31", "\(name) has no \(role.rawValue) register",
        help: known.isEmpty ? "it has none" : "it has: \(known.joined(separator: ", "))")
    }
    return role
  }
}

/// The named things of a story, and its window.
struct Cast {
  /// Where profiles of exchanged meters come from.
  let library: Library
  /// The story's own path: files that it names stand beside it.
  let path: String
  var meters: [MeterSetup] = []
  /// Meters that nothing emulates.
  var given: [GivenMeter] = []
  var lines: [LineSetup] = []
  var faults: [FaultDeclaration] = []
  var hasAgreement = false
  /// Whether anything flows, so that meters can be emulated.
  var hasSite = false
  /// Rows of a table share one timeline, and each may end at its own time: what comes later is left out.
  var cutsAtEnd = false
  /// Where the story means anything.
  var depths: Set<ScenarioFile.Depth> = []
  var from: Instant = .epoch
  var until: Instant = .epoch

  init(library: Library, path: String) { (self.library, self.path) = (library, path) }

  var files: FileLoader { FileLoader(library.reader, besides: path) }

  /// A meter that is emulated.
  func meter(_ node: Node) throws -> MeterSetup {
    let name = try node.name("meter", among: names, code: "BS-SCN-21")
    guard let meter = meters.first(where: { $0.name == name }) else {
      throw node.diagnostic(
        "BS-SCN-48", "nothing emulates \(name): the story only states what is known of it",
        help: hasSite
          ? "give it a profile, or write `reading`, `half-hours` or `event`"
          : "add `site:`, or write `reading`, `half-hours` or `event`")
    }
    return meter
  }

  /// A meter that the settlement party knows, emulated or not.
  func known(_ node: Node) throws -> KnownMeter {
    let name = try node.name("meter", among: names, code: "BS-SCN-21")
    guard let meter = known.first(where: { $0.name == name }) else {
      throw node.diagnostic("BS-SCN-21", "no meter of this story is called '\(name)'")
    }
    return meter
  }

  private var names: [String] { meters.map(\.name) + given.map(\.name) }

  /// In the order in which a settlement party lists them.
  var known: [KnownMeter] {
    (meters.map { KnownMeter(name: $0.name, details: MeterDetails($0), mpan: $0.mpan) }
      + given.map { KnownMeter(name: $0.name, details: $0.details, mpan: $0.mpan) })
  }

  func factContext(at start: Instant) -> FactContext {
    FactContext(
      library: library, files: files, start: start,
      serials: Dictionary(known.map { ($0.name, $0.details.serial) }) { first, _ in first })
  }

  func line(_ node: Node) throws -> LineSetup {
    let name = try node.name("line", among: lines.map(\.name), code: "BS-SCN-22")
    guard let line = lines.first(where: { $0.name == name }) else {
      throw node.diagnostic("BS-SCN-22", "no line of this story is called '\(name)'")
    }
    return line
  }

  /// A meter or a line by its name (a meter may not have the name of a line), or what else a fault can be on.
  func target(_ node: Node) throws -> FaultOrder.Target {
    let things: [String: FaultOrder.Target] = [
      "site": .site, "customer": .customer, "agreement": .agreement,
    ]
    let names = meters.map(\.name) + lines.map(\.name)
    if let word = try? node.text("what it is on"), !names.contains(word), let thing = things[word] {
      return thing
    }
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
