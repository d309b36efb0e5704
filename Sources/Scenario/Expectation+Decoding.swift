// Reads `expect:`: a list of maps, each named by the key of its checker.

internal import Settlement
internal import Units

extension Expectation {
  init(_ node: Node, in cast: Cast) throws {
    var fields = try Fields(node, of: "an expectation")
    let kinds = Check.Kind.allCases.filter { fields.has($0.rawValue) }
    guard let kind = kinds.first, kinds.count == 1 else {
      throw Self.noKind(node, fields.keys, kinds)
    }
    let subject = try fields.required(kind.rawValue)
    let check = try Check(kind, subject, &fields, in: cast)
    try fields.finish()
    self.init(check: check, at: node.at, excerpt: node.source.line(node.at.line)?.trimmed ?? "")
  }

  private static func noKind(_ node: Node, _ keys: [String], _ kinds: [Check.Kind]) -> Diagnostic {
    let known = Check.Kind.allCases.map(\.rawValue)
    guard kinds.isEmpty else {
      return node.diagnostic(
        "BS-SCN-29",
        "one expectation checks one thing, not \(kinds.map(\.rawValue).joined(separator: " and "))",
        help: "write two")
    }
    let near = keys.compactMap { Spelling.nearest(to: $0, among: known) }.first
    return node.diagnostic(
      "BS-SCN-29", "this expects nothing",
      help: near.map { "did you mean '\($0)'?" } ?? "one of: \(known.joined(separator: ", "))")
  }
}

extension Expectation.Check {
  fileprivate init(_ kind: Kind, _ node: Node, _ fields: inout Fields, in cast: Cast) throws {
    switch kind {
    case .decision: self = .decision(try ExpectedDecision(node, &fields))
    case .noDecision: self = .noDecision(try UnwantedDecision(node, &fields))
    case .notified: self = .notified(try ExpectedNotification(node, &fields))
    case .obligation: self = .obligation(try ExpectedObligation(node, &fields))
    case .treatment: self = .treatment(try ExpectedTreatment(node, &fields))
    case .statement: self = .statement(try ExpectedStatement(node, &fields))
    case .line: self = .line(try ExpectedLine(node, &fields))
    case .payment: self = .payment(try ExpectedPayment(node))
    case .balance: self = .balance(try ExpectedBalance(node))
    case .paid: self = try Self.paid(node, &fields)
    case .register: self = .register(try ExpectedRegister(node, &fields, in: cast))
    case .readCount:
      let source: ReadSource? = try fields.optional("source")?.word("source of a read")
      self = .readCount(try ExpectedCount(node, &fields, in: cast), source: source)
    case .halfHourCount:
      let state: HalfHourState? = try fields.optional("state")?.word("state of a half-hour")
      self = .halfHourCount(try ExpectedCount(node, &fields, in: cast), state: state)
    case .framesRefused:
      let line = try cast.line(node)
      self = .framesRefused(line: line.name, try CountRange(&fields, of: node))
    case .crossRead: self = .crossRead(try ExpectedCrossRead(node, &fields, in: cast))
    case .benchResult: self = .benchResult(try ExpectedBenchResult(node, &fields, in: cast))
    case .firstDivergence: self = .firstDivergence(try ExpectedDivergence(node, &fields, in: cast))
    }
  }

  private static func paid(_ node: Node, _ fields: inout Fields) throws -> Self {
    let within =
      try fields.optional("within").map { try $0.quantity("the margin", Pence.self).margin(at: $0) } ?? .zero
    let text = try node.text("what is paid")
    guard text != "equals-entitled" else { return .paidEqualsEntitled(within: within) }
    guard text.contains(where: \.isNumber) else {
      throw node.diagnostic(
        "BS-SCN-12", "'\(text)' is nothing that can be paid",
        help: "write equals-entitled, or an amount such as £12.30")
    }
    return .paid(try node.quantity("what is paid"), within: within)
  }
}

extension ExpectedDecision {
  fileprivate init(_ node: Node, _ fields: inout Fields) throws {
    self.init(code: try node.word("reason code"))
    rule = try fields.optional("rule")?.word("rule")
    by = try fields.optional("by")?.deadline("the deadline")
    notBefore = try fields.optional("not-before")?.quantity("the earliest time")
    at = try fields.optional("at")?.moment("the time")
    subject = try fields.optional("subject")?.text("the subject")
    says = try fields.optional("says")?.text("a part of the sentence")
  }
}

extension UnwantedDecision {
  fileprivate init(_ node: Node, _ fields: inout Fields) throws {
    let subject = try fields.optional("subject")?.text("the subject")
    let severity = fields.optional("severity")
    if case .scalar("any") = node.content {
      self.init(.severity(try severity?.word("severity") ?? .information), subject: subject)
      return
    }
    if let severity {
      throw severity.diagnostic("BS-SCN-28", "a severity goes with `no-decision: any`", help: "leave it out")
    }
    let codes: [ReasonCode] = try node.items("reason codes").map { try $0.word("reason code") }
    guard !codes.isEmpty else {
      throw node.diagnostic("BS-SCN-39", "this names no code", help: "write a code, or `any`")
    }
    self.init(.codes(codes), subject: subject)
  }
}

extension ExpectedRegister {
  fileprivate init(_ node: Node, _ fields: inout Fields, in cast: Cast) throws {
    let meter = try cast.meter(node)
    self.init(
      meter: meter.name,
      role: try fields.optional("role").map { try cast.role($0, of: meter) } ?? meter.usualRole,
      value: try fields.required("value").quantity("the value"),
      within: try fields.optional("within")?.quantity("the margin") ?? .zero,
      at: try fields.optional("at").map { try cast.instant($0, "the instant") } ?? cast.until)
  }
}

extension ExpectedCount {
  fileprivate init(_ node: Node, _ fields: inout Fields, in cast: Cast) throws {
    let meter = try cast.known(node)
    role = try fields.optional("role").map { try meter.role($0) }
    self.meter = meter.name
    count = try CountRange(&fields, of: node)
  }
}

extension CountRange {
  fileprivate init(_ fields: inout Fields, of node: Node) throws {
    let range: ClosedRange<Int64> = 0...1_000_000_000
    let exactly = try fields.optional("equals").map { Int(try $0.whole("the count", in: range)) }
    let least = try fields.optional("at-least").map { Int(try $0.whole("the least count", in: range)) }
    let mostNode = fields.optional("at-most")
    let most = try mostNode.map { Int(try $0.whole("the greatest count", in: range)) }
    if let exactly {
      guard least == nil, most == nil else {
        throw node.diagnostic(
          "BS-SCN-28", "`equals` leaves no room for `at-least` or `at-most`", help: "leave them out")
      }
      self.init(least: exactly, most: exactly)
      return
    }
    guard least != nil || most != nil else {
      throw node.diagnostic(
        "BS-SCN-39", "this says no number", help: "add `equals:`, `at-least:` or `at-most:`")
    }
    if let least, let most, let mostNode, most < least {
      throw mostNode.diagnostic("BS-SCN-41", "at most \(most) and at least \(least) cannot both be")
    }
    self.init(least: least ?? 0, most: most)
  }
}

extension ExpectedDivergence {
  fileprivate init(_ node: Node, _ fields: inout Fields, in cast: Cast) throws {
    self.init(layer: try node.word("layer"))
    guard let at = fields.optional("at") else {
      if let within = fields.optional("within") {
        throw within.diagnostic("BS-SCN-28", "a margin of time goes with `at`", help: "add `at:`")
      }
      return
    }
    guard layer != .none else {
      throw at.diagnostic("BS-SCN-28", "what never happens has no time", help: "leave `at` out")
    }
    self.at = try cast.instant(at, "the instant")
    within = try fields.optional("within")?.duration("the margin", orZero: true) ?? .zero
  }
}

extension Node {
  /// An instant, or a date: then the end of that London day.
  func deadline(_ what: String) throws -> Instant {
    guard try text(what).contains("T") else {
      let date: CivilDate = try quantity(what)
      return LondonClock.startOfDay(date.advanced(byDays: 1)) - TimeSpan(microseconds: 1)
    }
    return try quantity(what)
  }
}

extension Node {
  /// An instant, or a date: then that whole London day.
  func moment(_ what: String) throws -> Moment {
    guard try text(what).contains("T") else { return Moment(try quantity(what, CivilDate.self)) }
    return Moment(try quantity(what, Instant.self))
  }
}

extension Pence {
  fileprivate func margin(at node: Node) throws -> Pence {
    guard value >= 0 else { throw node.diagnostic("BS-SCN-10", "a margin is at least 0p, not \(value)p") }
    return self
  }
}

extension String {
  fileprivate var trimmed: String {
    var rest = self[...]
    while rest.first == " " { rest.removeFirst() }
    while rest.last == " " { rest.removeLast() }
    return String(rest)
  }
}
