// Policies as kept text: every value of the table of policy values with who says so, and the few that stand
// outside it. A value that a later program adds is not there, and has that program's default.

internal import Settlement
internal import Units

extension TextTree {
  init(_ policy: Policy) {
    var values: [String: TextTree] = [:]
    for key in PolicyKey.all {
      let stated = key.get(policy)
      values[key.name] = Self.stated(Self.kept(stated.value), stated.origin)
    }
    values["half-hourly-meter"] = Self.word(policy.halfHourlyMeter)
    values["payable-basis"] = Self.stated(
      .list(policy.payableBasis.value.map { .text($0.rawValue) }), policy.payableBasis.origin)
    values["estimates"] = Self.word(policy.estimates)
    values["accept-logged-half-hours"] = Self.stated(
      TextTree(flag: policy.acceptLoggedHalfHours.value), policy.acceptLoggedHalfHours.origin)
    values["payment-due"] = Self.stated(.text(policy.paymentDue.value.kept), policy.paymentDue.origin)
    values["rounding"] = Self.word(policy.rounding)
    let terms = policy.terms.map { ($0, Self.stated(.text($1.value), $1.origin)) }
    self.init(parts: [
      "name": .text(policy.name), "title": .text(policy.title), "status": .text(policy.status.rawValue),
      "values": .map(values), "terms": .map([String: TextTree](uniqueKeysWithValues: terms)),
    ])
  }

  private static func stated(_ value: TextTree, _ origin: PolicyOrigin) -> TextTree {
    switch origin {
    case .clause(let clause): .map(["is": value, "by": .text(clause)])
    case .ours(let why): .map(["is": value, "ours": .text(why)])
    }
  }

  private static func word<Word: RawRepresentable>(_ stated: Stated<Word>) -> TextTree
  where Word.RawValue == String {
    Self.stated(.text(stated.value.rawValue), stated.origin)
  }

  private static func kept(_ value: PolicyKey.Value) -> TextTree {
    switch value {
    case .flag(let one): TextTree(flag: one)
    case .whole(let one): .text("\(one)")
    case .word(let one): .text(one)
    case .words(let all): .list(all.map { .text($0) })
    case .span(let one): .text("\(one)")
    case .energy(let one): .text("\(one)")
    case .power(let one): .text("\(one)")
    case .money(let one): .text("\(one)")
    case .perMille(let one): .text("\(one)")
    }
  }

  // MARK: Reading back

  func policy() throws(StoreError) -> Policy {
    var fields = try TreeFields(self, of: "a policy")
    var policy = Policy(
      name: try fields.text("name"), title: try fields.text("title"), status: try fields.word("status"))
    let name = "the policy of \(policy.name)"
    var values = try TreeFields(try fields.tree("values"), of: name)
    try values.word("half-hourly-meter", &policy.halfHourlyMeter)
    try values.stated("payable-basis", &policy.payableBasis) { tree throws(StoreError) in
      var bases: [StatementLine.Basis] = []
      for part in try tree.list(name, "payable-basis") {
        guard let basis = StatementLine.Basis(rawValue: try part.text(name, "payable-basis")) else {
          throw StoreError(.damaged, "'payable-basis' of \(name) cannot be read back")
        }
        bases.append(basis)
      }
      return bases
    }
    try values.word("estimates", &policy.estimates)
    try values.stated("accept-logged-half-hours", &policy.acceptLoggedHalfHours) { tree throws(StoreError) in
      try tree.flag(name, "accept-logged-half-hours")
    }
    try values.stated("payment-due", &policy.paymentDue) { tree throws(StoreError) in
      try Policy.PaymentDue(kept: try tree.text(name, "payment-due"))
    }
    try values.word("rounding", &policy.rounding)
    for key in PolicyKey.all {
      guard let tree = values.optional(key.name) else { continue }
      let stated = try tree.stated(name) { kept throws(StoreError) in try kept.value(of: key) }
      guard key.set(&policy, stated) else { throw values.damage(key.name) }
    }
    try values.finish()
    for (key, part) in try fields.map("terms") {
      policy.terms[key] = try part.stated(name) { kept throws(StoreError) in try kept.text(name, key) }
    }
    try fields.finish()
    return policy
  }

  fileprivate func stated<Value>(
    _ what: String, _ read: (TextTree) throws(StoreError) -> Value
  ) throws(StoreError) -> Stated<Value> {
    var fields = try TreeFields(self, of: what)
    let value = try read(try fields.tree("is"))
    let origin: PolicyOrigin =
      fields.has("by") ? .clause(try fields.text("by")) : .ours(try fields.text("ours"))
    try fields.finish()
    return Stated(value, origin)
  }

  private func value(of key: PolicyKey) throws(StoreError) -> PolicyKey.Value {
    switch key.form {
    case .flag: return .flag(try flag("a policy", key.name))
    case .whole: return .whole(try whole(key.name))
    case .word, .text: return .word(try text("a policy", key.name))
    case .words, .names:
      var all: [String] = []
      for part in try list("a policy", key.name) { all.append(try part.text("a policy", key.name)) }
      return .words(all)
    case .span: return .span(try value("a policy", key.name))
    case .energy: return .energy(try value("a policy", key.name))
    case .power: return .power(try value("a policy", key.name))
    case .money: return .money(try value("a policy", key.name))
    case .perMille: return .perMille(Int(try whole(key.name)))
    }
  }

  private func whole(_ key: String) throws(StoreError) -> Int64 {
    guard let whole = Int64(try text("a policy", key)) else {
      throw StoreError(.damaged, "'\(key)' of a policy is no whole number")
    }
    return whole
  }
}

extension TreeFields {
  fileprivate mutating func stated<Value>(
    _ key: String, _ value: inout Stated<Value>, _ read: (TextTree) throws(StoreError) -> Value
  ) throws(StoreError) {
    value = try tree(key).stated(what, read)
  }

  fileprivate mutating func word<Word: RawRepresentable>(
    _ key: String, _ value: inout Stated<Word>
  ) throws(StoreError) where Word.RawValue == String {
    let what = what
    try stated(key, &value) { tree throws(StoreError) in
      guard let word = Word(rawValue: try tree.text(what, key)) else {
        throw StoreError(.damaged, "'\(key)' of \(what) cannot be read back")
      }
      return word
    }
  }
}

extension Policy.PaymentDue {
  fileprivate var kept: String {
    switch self {
    case .calendarDays(let days): "\(days) calendar days"
    case .workingDays(let days): "\(days) working days"
    }
  }

  fileprivate init(kept: String) throws(StoreError) {
    let words = kept.split(separator: " ")
    guard words.count == 3, let days = Int(words[0]), words[2] == "days",
      words[1] == "calendar" || words[1] == "working"
    else { throw StoreError(.damaged, "'\(kept)' does not say when payment is due") }
    self = words[1] == "calendar" ? .calendarDays(days) : .workingDays(days)
  }
}
