// What a settlement says. The same shape leaves `run` and `settle`, and comes from a core of the user's own.

internal import Scenario
internal import Settlement
internal import Units

extension Shape where Value == StatementLine {
  static let statementLine = Shape.object(
    "line", "a line of a statement",
    blank: StatementLine(
      kind: .paid, basis: .registers, from: .epoch, to: .epoch, energy: nil, reason: .payOK, rule: .pay09),
    [
      .needed("kind", \.kind, .word("kind of line")),
      .needed("basis", \.basis, .word("basis")),
      .needed("from", \.from, .instant), .needed("to", \.to, .instant, "Exclusive."),
      .nullable("wh", \.energy, .lineEnergy, "Null where nobody knows how much."),
      .optional("halfHours", \.halfHours, .int(0...10_000_000), "How many it stands for; 0 for registers."),
      .nullable("rate", \.rate, .rate, "p/kWh; null where each half-hour has its own, or nothing is priced."),
      .optional("tariff", \.tariff, .text),
      .needed("exactPence", \.exact, .exactPence, "Before any rounding."),
      .needed("amountPence", \.amount, .pence, "Rounded once."),
      .needed("reason", \.reason, .word("reason code")),
      .optional("rule", \.rule, .ruleID, "The rule's id, or nothing."),
      .optional("reads", \.reads, .list(.cause), "Numbers of the reads it rests on."),
      .optional("vatPerMille", \.vat, .int(0...1000), "VAT in parts per thousand."),
      .optional("flags", \.flags, .lineFlags, "What is special about it."),
    ])
}

extension Shape where Value == LineFlags {
  static let lineFlags = Shape(
    SchemaPart([
      ("type", .text("array")),
      ("items", .object([("enum", .list(LineFlags.allNames.map { .text($0) }))])),
    ]),
    write: { .list($0.names.map { .text($0) }) },
    read: { LineFlags(names: try $0.list("flags").map { try $0.word(among: LineFlags.allNames, "flag") }) })
}

extension Shape where Value == Statement {
  private static let whole = Shape.object(
    "statement", "a statement",
    blank: Statement(
      licensee: "", mpan: "", from: .epoch, to: .epoch, lines: [], exact: .zero, net: .zero,
      status: .payable),
    [
      .needed("licensee", \.licensee, .text), .needed("mpan", \.mpan, .text),
      .needed("from", \.from, .instant), .needed("to", \.to, .instant, "Exclusive."),
      .needed("status", \.status, .word("status")),
      .needed("lines", \.lines, .list(.statementLine)),
      .needed("exactPence", \.exact, .exactPence, "Sum of the payable lines before any rounding."),
      .needed("netPence", \.net, .pence, "Sum of the rounded payable lines."),
      .optional("vatPence", \.vat, .pence, "VAT on the net."),
      .derived("grossPence", .pence, "Net and VAT.") { $0.gross },
      .optional("carriedInPence", \.carriedIn, .debt, "What earlier statements could not take back."),
      .optional("carriedOutPence", \.carriedOut, .debt, "What this one could not take back."),
      .derived("payablePence", .pence, "What is paid out.") { $0.payable },
      .optional("payer", \.payer, .text, "Who pays: the licensee, or who took the agreement over."),
      .optional("flags", \.flags, .list(.text), "What else is to be said of it."),
      .nullable("due", \.due, .date, "The last day on which the payment is in time."),
    ])

  /// Where no payer is named, the licensee pays.
  static let statement = Shape.by(
    whole, write: { $0 },
    read: { statement, _ in
      var statement = statement
      if statement.payer.isEmpty { statement.payer = statement.licensee }
      return statement
    })
}

extension Shape where Value == String {
  /// The id of a rule, or nothing.
  static let ruleID = Shape(
    .type("string", ("enum", .list([.text("")] + Rule.allCases.map { .text($0.rawValue) }))),
    write: { .text($0) },
    read: { node in
      let text = try node.quoted("the id of a rule")
      return text.isEmpty ? text : try node.word("rule", Rule.self).rawValue
    })
}

extension Shape where Value == Decision {
  static let decision = Shape.object(
    "decision", "a decision",
    blank: Decision(at: .epoch, rule: .pay09, code: .payOK, subject: "", text: ""),
    [
      .needed("at", \.at, .instant, "When it could first be decided."),
      .optional("rule", \.rule, .ruleID, "The rule's id, or nothing."),
      .needed("code", \.code, .word("reason code")),
      .needed("severity", \.severity, .word("severity")),
      .needed("subject", \.subject, .text, "A meter's serial number, an MPAN, or the name of a tariff."),
      .needed("text", \.text, .text, "The sentence for a person, with the numbers."),
      .optional("reads", \.reads, .list(.cause), "Numbers of the reads it rests on."),
    ])
}

extension Shape where Value == Notification {
  static let notification = Shape.object(
    "notification", "a notification",
    blank: Notification(at: .epoch, to: .customer, code: .payOK, rule: .pay09, subject: "", text: ""),
    [
      .needed("at", \.at, .instant), .needed("to", \.to, .word("party")),
      .needed("code", \.code, .word("reason code")), .optional("rule", \.rule, .ruleID),
      .needed("subject", \.subject, .text), .needed("text", \.text, .text),
      .optional("reads", \.reads, .list(.cause)),
    ])
}

extension Shape where Value == Obligation {
  static let obligation = Shape.object(
    "obligation", "an obligation",
    blank: Obligation(
      "", of: .customer, rule: .pay09, subject: "", since: .epoch, by: nil, state: .open, text: ""),
    [
      .needed("what", \.what, .text, "A word for machines: reading, photo, payment …"),
      .needed("who", \.who, .word("party"), "Who owes it."),
      .optional("rule", \.rule, .ruleID), .needed("subject", \.subject, .text),
      .needed("since", \.since, .instant),
      .nullable("by", \.by, .date, "The last day on which it is in time; null where no document fixes one."),
      .needed("state", \.state, .word("state")),
      .nullable("met", \.met, .instant, "When it was met, if it was."),
      .needed("text", \.text, .text),
    ])
}

extension Shape where Value == Outcome {
  static let outcome = Shape.object(
    "outcome", "an outcome", blank: Outcome(),
    [
      .needed("statements", \.statements, .list(.statement), "At each settlement, in order."),
      .needed("decisions", \.decisions, .list(.decision), "In order of their instants."),
      .optional("notifications", \.notifications, .list(.notification), "Who was told of what."),
      .optional("obligations", \.obligations, .list(.obligation), "Who owes what by when, at the end."),
      .optional(
        "halfHours", \.halfHours, .settledHalfHours, "What became of each half-hour of export."),
      .optional(
        "treatments", \.treatments, .list(.treatment), "What rules say of spans of time, at the end."),
      .optional("touches", \.touches, .list(.touch), "Limits that the case came near to."),
      .optional("balance", \.balance, .balance, "Where all energy stands in money at the last settlement."),
      .optional("payments", \.payments, .list(.payment), "Payments made, held and planned."),
      .optional("account", \.account, .account, "The double-entry account behind the payments."),
    ])
}

extension Shape where Value == SettledHalfHours {
  /// Rows that are made on demand, written as a list.
  static let settledHalfHours: Shape<SettledHalfHours> = {
    let list = Shape<[SettledHalfHour]>.list(.settledHalfHour)
    return Shape(
      list.schema, write: { list.write(Array($0)) }, read: { SettledHalfHours(try list.read($0)) })
  }()
}
