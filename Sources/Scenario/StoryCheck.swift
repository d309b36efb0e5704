// What only shows when the parts of a story are seen together.

internal import MeterModel
internal import Settlement
internal import Units

enum StoryCheck {
  static func check(_ file: ScenarioFile, problems: inout Collector) {
    let node = file.node
    names(file, node, &problems)
    units(file, node, &problems)
    overlaps(file, node, &problems)
    pulses(file, node, &problems)
    declarations(file, node, &problems)
    money(file, node, &problems)
  }

  /// A name or a serial number means one thing.
  private static func names(_ file: ScenarioFile, _ node: Node, _ problems: inout Collector) {
    for meter in file.meters where file.line(meter.name) != nil {
      problems.add(
        node.diagnostic("BS-SCN-37", "a meter and a line are both called '\(meter.name)'", at: meter.at))
    }
    var owners: [String: String] = [:]
    let all =
      file.meters.map { ($0.name, $0.serial, $0.at) } + file.given.map { ($0.name, $0.details.serial, $0.at) }
    for (name, serial, place) in all {
      if let owner = owners[serial] {
        problems.add(
          node.diagnostic(
            "BS-SCN-37", "\(name) has the serial number of \(owner), '\(serial)'", at: place))
      }
      owners[serial] = name
    }
  }

  /// Two meters of one line do not answer to one unit.
  private static func units(_ file: ScenarioFile, _ node: Node, _ problems: inout Collector) {
    var taken: [String: String] = [:]
    for meter in file.meters {
      guard let line = meter.line, let unit = meter.unit else { continue }
      if let other = taken["\(line)/\(unit)"] {
        problems.add(
          node.diagnostic(
            "BS-SCN-37", "\(meter.name) has unit \(unit) of the line '\(line)', as \(other) has",
            at: meter.at,
            help: "add `unit:` 1…247"))
      }
      taken["\(line)/\(unit)"] = meter.name
    }
  }

  /// One fault does not befall one thing twice at a time.
  private static func overlaps(_ file: ScenarioFile, _ node: Node, _ problems: inout Collector) {
    var present: [String: Instant] = [:]
    for command in file.timeline {
      guard case .fault(let order) = command.action else { continue }
      let key = "\(order.setting.id) \(order.target.name) \(order.port?.rawValue ?? "")"
      if let until = present[key], command.at < until {
        problems.add(
          node.diagnostic(
            "BS-SCN-44", "\(order.setting.id) is on \(order.target.name) already, until \(until)",
            at: command.position,
            help: "let the first end before the second begins"))
      }
      present[key] = order.until
    }
  }

  /// Pulses can be read where something counts them, from when it is there.
  private static func pulses(_ file: ScenarioFile, _ node: Node, _ problems: inout Collector) {
    var counted: Set<String> = []
    for command in file.timeline {
      switch command.action {
      case .pulseLogger(let order): counted.insert(order.meter)
      case .benchRead(let order) where order.port == .pulse && !counted.contains(order.meter):
        problems.add(
          node.diagnostic(
            "BS-SCN-28", "nothing counts the pulses of \(order.meter) yet", at: command.position,
            help: "add `- {at: …, pulse-logger: \(order.meter)}` before it"))
        return
      default: break
      }
    }
  }

  private static func declarations(_ file: ScenarioFile, _ node: Node, _ problems: inout Collector) {
    let faults = Set(
      file.timeline.compactMap { command -> String? in
        guard case .fault(let order) = command.action else { return nil }
        return order.setting.id
      })
    let place = node[Node.Path("declares")] ?? node
    for id in file.declares.noEffect.subtracting(faults).sorted() {
      problems.add(
        place.diagnostic("BS-SCN-23", "no fault '\(id)' is set in this story", help: "leave it out"))
    }
    for kind in file.declares.vacuous.subtracting(file.expect.map(\.check.kind)).map(\.rawValue).sorted() {
      problems.add(
        place.diagnostic("BS-SCN-39", "this story has no '\(kind)' expectation", help: "leave it out"))
    }
  }

  /// Who expects money or decisions has agreed to something, and somebody settles.
  private static func money(_ file: ScenarioFile, _ node: Node, _ problems: inout Collector) {
    let settles = file.timeline.contains { command in
      if case .settle = command.action { return true }
      return false
    }
    // Decisions are also taken at the end of a story, without a statement.
    let aboutMoney: Set<Expectation.Check.Kind> = [.statement, .line, .paid, .balance, .halfHourCount]
    let needing = aboutMoney.union([.decision, .noDecision, .notified, .obligation, .treatment, .payment])
    for expectation in file.expect where needing.contains(expectation.check.kind) {
      let kind = expectation.check.kind.rawValue
      if node[Node.Path("agreement")] == nil {
        problems.add(
          node.diagnostic(
            "BS-SCN-32", "'\(kind)' is about settlement, and there is no agreement", at: expectation.at,
            help: "add `agreement:`"))
      } else if !settles, aboutMoney.contains(expectation.check.kind) {
        problems.add(
          node.diagnostic(
            "BS-SCN-45", "'\(kind)' is about settlement, and nobody settles", at: expectation.at,
            help: "add `- {at: …, settle: METER}` to the timeline"))
      }
    }
  }
}

extension Node {
  /// An error about another place of this node's file.
  func diagnostic(_ code: String, _ message: String, at place: Position, help: String = "") -> Diagnostic {
    Diagnostic(code: code, at: place, message: message, help: help, excerpt: source.line(place.line))
  }
}
