// A licensee's file: its terms as data (Profiles/licensees/NAME.yaml). Every value says who says so: a clause
// of the licensee's own document, or ours where no document fixes it. What a file leaves out has our default,
// which strict-metered.yaml writes out in full.
//
//   title: Bulb SEG terms
//   status: historical                                  # live, historical, synthetic
//   payable-basis: {is: [registers], by: BUL 5.2}
//   payment-due: {is: 60 calendar days, by: BUL 5.4}
//   reading: {request-days: {is: 14, ours: no clause says}, …}
//   validation: {night-limit: {is: 10 Wh, ours: inverters creep}, …}
//   terms: {cooling-off-days: {is: "14", by: EON 5.4}, …}     # kept with their clauses: no rule acts on them

public import Settlement
internal import Units

extension Policy {
  /// Decodes a policy, named as its file is. Throws a `Diagnostic`: BS-POL-01 … and those of `Fields`.
  public init(_ node: Node) throws {
    let file = node.source.file.split(separator: "/").last.map(String.init) ?? ""
    try self.init(node, name: file.hasSuffix(".yaml") ? String(file.dropLast(5)) : file)
  }

  public init(_ node: Node, name: String) throws {
    var fields = try Fields(node, of: "a licensee")
    self.init(
      name: name, title: try fields.required("title").text("the title"),
      status: try fields.required("status").word("status"))
    try readTop(&fields)
    for (name, keys) in PolicyKey.sections {
      if let part = fields.optional(name) { try read(part, of: name, keys) }
    }
    if let part = fields.optional("terms") { terms = try Self.terms(part) }
    try fields.finish()
  }

  /// The values at the top of the file.
  private mutating func readTop(_ fields: inout Fields) throws {
    try fields.stated("half-hourly-meter", &halfHourlyMeter) { try $0.word("demand on the meter") }
    try fields.stated("payable-basis", &payableBasis) { try Self.bases($0) }
    try fields.stated("estimates", &estimates) { try $0.word("treatment of estimates") }
    try fields.stated("accept-logged-half-hours", &acceptLoggedHalfHours) { try $0.flag("this") }
    try fields.stated("payment-due", &paymentDue) { try PaymentDue($0) }
    try fields.stated("rounding", &rounding) { try $0.word("rounding") }
  }

  /// One section of the file, by the table of policy values.
  private mutating func read(_ node: Node, of section: String, _ keys: [PolicyKey]) throws {
    var fields = try Fields(node, of: "the values of \(section)")
    for key in keys {
      guard let part = fields.optional(String(key.name.dropFirst(section.count + 1))) else { continue }
      try read(part, key)
    }
    try fields.finish()
  }

  private mutating func read(_ part: Node, _ key: PolicyKey) throws {
    let stated = try part.stated { try $0.value(of: key.form) }
    guard key.set(&self, stated) else {
      throw (part[Node.Path("is")] ?? part).diagnostic("BS-POL-05", "\(key.name) cannot be \(stated.value)")
    }
  }

  /// Values of one story in place of the licensee's, by their names in the file:
  /// `{reading.request-days: 10}`.
  mutating func override(_ node: Node) throws {
    _ = try Fields(node, of: "the story's own values")
    guard case .map(var entries) = node.content else { return }
    for index in entries.indices {
      let value = entries[index].value
      let why = Node(.scalar("this story says so"), style: .plain, at: value.at, source: value.source)
      entries[index].value = Node(
        .map([Node.Entry("is", value, keyAt: value.at), Node.Entry("ours", why, keyAt: value.at)]),
        style: .flow, at: value.at, source: value.source)
    }
    var wrapped = node
    wrapped.content = .map(entries)
    var fields = try Fields(wrapped, of: "the story's own values")
    try readTop(&fields)
    for key in PolicyKey.all {
      if let part = fields.optional(key.name) { try read(part, key) }
    }
    try fields.finish()
  }

  private static func bases(_ node: Node) throws -> [StatementLine.Basis] {
    let bases = try node.list("the bases").map { try $0.word("basis", StatementLine.Basis.self) }
    guard !bases.isEmpty, Set(bases).count == bases.count else {
      throw node.diagnostic(
        "BS-POL-03", "a payable basis is a list of registers and half-hours, best first, each once")
    }
    return bases
  }

  /// Terms of the rule book's section 1 that no rule acts on yet.
  static let otherTerms = [
    "import-supply-elsewhere-allowed",
    "notice-channel",
  ]

  private static func terms(_ node: Node) throws -> [String: Stated<String>] {
    var fields = try Fields(node, of: "the other terms")
    var terms: [String: Stated<String>] = [:]
    for key in otherTerms {
      guard let part = fields.optional(key) else { continue }
      terms[key] = try part.stated { try $0.text("the term") }
    }
    try fields.finish()
    return terms
  }
}

extension Policy.PaymentDue {
  /// `60 calendar days`, `25 working days`.
  public init(_ node: Node) throws {
    let text = try node.text("when payment is due")
    let words = text.split(separator: " ")
    guard words.count == 3, let days = Int(words[0]), (0...1000).contains(days), words[2] == "days",
      words[1] == "calendar" || words[1] == "working"
    else {
      throw node.diagnostic(
        "BS-POL-04", "'\(text)' does not say when payment is due",
        help: "write `60 calendar days` or `25 working days`")
    }
    self = words[1] == "calendar" ? .calendarDays(days) : .workingDays(days)
  }
}
