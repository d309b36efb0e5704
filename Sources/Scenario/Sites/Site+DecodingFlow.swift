// `flow:` of a site: a power, a list of steps, or a CSV file beside the scenario.

public import Truth
internal import Units

extension PrescribedFlow {
  init(_ node: Node, loading load: (String) throws -> String) throws {
    if case .scalar = node.content {
      self = .constant(PhasePower(l1: try node.quantity("the flow")))
      return
    }
    var fields = try Fields(node, of: "the flow")
    if let steps = fields.optional("steps") {
      let before = try fields.optional("before").map { try PhasePower($0, "the power before") }
      self = .steps(try Step.list(steps), before: before)
    } else if let file = fields.optional("power") {
      let before = try fields.optional("before").map { try PhasePower($0, "the power before") }
      self = try file.flow(load) { text throws(CSVFault) in
        try PrescribedFlow(powerCSV: text, before: before)
      }
    } else if let file = fields.optional("half-hours") {
      let order: BlockOrder = try fields.optional("order")?.word("order of blocks") ?? .exportFirst
      let outside = try fields.optional("outside").map { try PhasePower($0, "the power outside") }
      self = try file.flow(load) { text throws(CSVFault) in
        try PrescribedFlow(halfHourCSV: text, order: order, outside: outside)
      }
    } else if fields.has("l1") || fields.has("l2") || fields.has("l3") {
      self = .constant(try PhasePower(node, "the flow"))
      return
    } else {
      throw node.diagnostic(
        "BS-SITE-24", "this does not say what flows",
        help: "write a power, or one of: steps, power, half-hours")
    }
    try fields.finish()
  }
}

extension PrescribedFlow.Step {
  /// Steps in order of time, at least one.
  fileprivate static func list(_ node: Node) throws -> [Self] {
    var steps: [Self] = []
    for item in try node.list("the steps") {
      let step = try Self(item)
      if let last = steps.last, step.from <= last.from {
        let fault = SiteFault.timeGoesBack(step.from)
        throw item.diagnostic(fault.code, fault.message, help: "write the steps in order of time")
      }
      steps.append(step)
    }
    guard !steps.isEmpty else {
      throw node.diagnostic("BS-SITE-23", "there is no step here", help: "write `{from: …, power: …}`")
    }
    return steps
  }

  fileprivate init(_ node: Node) throws {
    var fields = try Fields(node, of: "a step")
    let from: Instant = try fields.required("from").quantity("the instant")
    let power = try PhasePower(try fields.required("power"), "the power")
    try fields.finish()
    self.init(from: from, power: power)
  }
}

extension PhasePower {
  init(_ node: Node, _ what: String) throws {
    if case .scalar = node.content {
      self.init(l1: try node.quantity(what))
      return
    }
    var fields = try Fields(node, of: what)
    let l1: Power? = try fields.optional("l1")?.quantity("the power on L1")
    let l2: Power? = try fields.optional("l2")?.quantity("the power on L2")
    let l3: Power? = try fields.optional("l3")?.quantity("the power on L3")
    try fields.finish()
    self.init(l1: l1 ?? .zero, l2: l2 ?? .zero, l3: l3 ?? .zero)
  }
}

extension Node {
  /// Loads the file that this node names and reads it; a fault inside the file is put at its own place.
  fileprivate func flow(
    _ load: (String) throws -> String, _ read: (String) throws(CSVFault) -> PrescribedFlow
  ) throws -> PrescribedFlow {
    let name = try text("the name of a file")
    let content: String
    do {
      content = try load(name)
    } catch let known as Diagnostic {
      throw known
    } catch {
      throw diagnostic("BS-SITE-27", "the file '\(name)' cannot be read: \(error)")
    }
    do {
      return try read(content)
    } catch {
      throw Diagnostic(error, file: name, text: content)
    }
  }
}

extension Diagnostic {
  /// A fault in a CSV text, at its place in the file it came from.
  public init(_ fault: CSVFault, file: String, text: String) {
    let lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
    var line =
      lines.indices.contains(fault.line - 1) ? String(decoding: lines[fault.line - 1], as: UTF8.self) : nil
    if let last = line?.unicodeScalars.last, last == "\r" { line?.unicodeScalars.removeLast() }
    self.init(
      code: fault.code, at: Position(file: file, line: fault.line, column: fault.column),
      message: fault.message, help: fault.help, excerpt: line, width: fault.width)
  }
}
