// Reads what a story expects of statements, lines, payments and the balance.

internal import Settlement
internal import Units

extension ExpectedStatement {
  init(_ node: Node, _ fields: inout Fields) throws {
    let text = try node.text("which statement")
    switch text {
    case "only": which = .only
    case "first": which = .first
    case "last": which = .last
    default:
      guard text.first?.isNumber == true else {
        throw node.diagnostic(
          "BS-SCN-12", "'\(text)' is no statement", help: "one of: only, first, last, or 1, 2, …")
      }
      which = .number(Int(try node.whole("the statement", in: 1...10_000)))
    }
    amount = try fields.optional("amount")?.quantity("the amount")
    exact = try fields.optional("exact")?.quantity("the exact amount")
    energy = try fields.optional("energy")?.quantity("the energy")
    lines = try fields.optional("lines").map { Int(try $0.whole("the lines", in: 0...100_000)) }
    status = try fields.optional("status")?.word("status of a statement")
    due = try fields.optional("due")?.quantity("the day")
    vat = try fields.optional("vat")?.quantity("the VAT")
    gross = try fields.optional("gross")?.quantity("the gross amount")
    payable = try fields.optional("payable")?.quantity("what is paid out")
    carriedOut = try fields.optional("carried-out")?.quantity("what is carried")
    payer = try fields.optional("payer")?.text("who pays")
    guard self != Self(which: which) else {
      throw node.diagnostic(
        "BS-SCN-39", "this expects nothing of the statement",
        help: "add amount, exact, energy, lines, status or due")
    }
  }
}

extension ExpectedLine {
  init(_ node: Node, _ fields: inout Fields) throws {
    self.init(try node.word("kind of line"))
    statement = try fields.optional("in-statement").map { Int(try $0.whole("the statement", in: 1...10_000)) }
    from = try fields.optional("from")?.beginning("the start")
    to = try fields.optional("to")?.beginning("the end")
    energy = try fields.optional("energy")?.quantity("the energy")
    rate = try fields.optional("rate")?.quantity("the rate")
    exact = try fields.optional("exact")?.quantity("the exact amount")
    amount = try fields.optional("amount")?.quantity("the amount")
    basis = try fields.optional("basis")?.word("basis")
    reason = try fields.optional("reason")?.word("reason code")
    rule = try fields.optional("rule")?.word("rule")
    tariff = try fields.optional("tariff")?.text("the tariff")
  }
}

extension ExpectedPayment {
  init(_ node: Node) throws {
    var fields = try Fields(node, of: "a payment")
    self.init()
    amount = try fields.optional("amount")?.quantity("the amount")
    at = try fields.optional("at")?.moment("the time")
    due = try fields.optional("due")?.quantity("the day")
    state = try fields.optional("state")?.word("state of a payment")
    method = try fields.optional("method")?.word("way to pay")
    paid = try fields.optional("paid")?.moment("the time")
    reason = try fields.optional("reason")?.word("reason code")
    payer = try fields.optional("payer")?.text("who pays")
    try fields.finish()
    guard self != Self() else {
      throw node.diagnostic(
        "BS-SCN-39", "this expects nothing of the payment", help: "add amount, at, due, state or reason")
    }
  }
}

extension ExpectedBalance {
  init(_ node: Node) throws {
    var fields = try Fields(node, of: "the balance")
    self.init()
    accrued = try fields.optional("accrued")?.quantity("what accrued")
    paid = try fields.optional("paid")?.quantity("what is paid")
    provisional = try fields.optional("provisional")?.quantity("what is provisional")
    held = try fields.optional("held")?.quantity("what is held")
    forfeited = try fields.optional("forfeited")?.quantity("what is forfeited")
    unpriced = try fields.optional("unpriced")?.quantity("the energy without a price")
    try fields.finish()
    guard self != Self() else {
      throw node.diagnostic(
        "BS-SCN-39", "this expects nothing of the balance",
        help: "add accrued, paid, provisional, held, forfeited or unpriced")
    }
  }
}
