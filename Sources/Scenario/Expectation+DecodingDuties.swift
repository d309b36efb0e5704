// Reads what a story expects of notices, obligations and treatments.

internal import Settlement
internal import Units

extension ExpectedNotification {
  init(_ node: Node, _ fields: inout Fields) throws {
    let parties: [Party] = try node.items("who is notified").map { try $0.word("party to notify") }
    guard !parties.isEmpty else { throw node.diagnostic("BS-SCN-39", "this names nobody") }
    self.init(
      parties, by: try fields.optional("by")?.deadline("the deadline"),
      code: try fields.optional("code")?.word("reason code"),
      subject: try fields.optional("subject")?.text("the subject"))
  }
}

extension ExpectedObligation {
  init(_ node: Node, _ fields: inout Fields) throws {
    self.init(try node.identifier("what is owed"))
    who = try fields.optional("who")?.word("party")
    state = try fields.optional("state")?.word("state of an obligation")
    by = try fields.optional("by").map { day in
      day.content == .scalar("none") ? .none : .date(try day.quantity("the day"))
    }
    rule = try fields.optional("rule")?.word("rule")
    subject = try fields.optional("subject")?.text("the subject")
  }
}

extension ExpectedTreatment {
  init(_ node: Node, _ fields: inout Fields) throws {
    self.init(try node.word("effect of a rule"))
    reason = try fields.optional("reason")?.word("reason code")
    rule = try fields.optional("rule")?.word("rule")
    from = try fields.optional("from")?.beginning("the start")
    to = try fields.optional("to").map { end in
      end.content == .scalar("none") ? .distantFuture : try end.beginning("the end")
    }
    part = try fields.optional("part")?.share("the part")
    firm = try fields.optional("firm")?.text("who pays")
  }
}
