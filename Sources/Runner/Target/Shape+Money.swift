// Balance, payments and account: where the money is.

internal import Scenario
internal import Settlement
internal import Units

extension Shape where Value == Pence {
  /// Never above zero.
  static let debt = Shape.by(
    .whole(-1_000_000_000_000...0), write: { $0.value }, read: { number, _ in Pence(number) })
}

extension Shape where Value == Balance {
  static let balance = Shape.object(
    "balance", "a balance", blank: Balance(),
    [
      .needed("accruedPence", \.accrued, .exactPence, "Every known energy at the price in force."),
      .needed("paidPence", \.paid, .exactPence, "Billed for good."),
      .needed("provisionalPence", \.provisional, .exactPence, "Billed, and still to be trued up."),
      .needed("heldPence", \.held, .exactPence),
      .needed("forfeitedPence", \.forfeited, .exactPence, "Never payable, and what reduced rates take off."),
      .optional("unpricedWh", \.unpriced, .wattHours, "Known energy without a price: in none of the sums."),
    ])
}

extension Shape where Value == Payment {
  static let payment = Shape.object(
    "payment", "a payment",
    blank: Payment(
      at: .epoch, due: nil, amount: .zero, method: .bankTransfer, payer: "", statements: [],
      state: .scheduled,
      reason: .payOK),
    [
      .needed("at", \.at, .instant, "When it was made, asked for or planned."),
      .nullable("due", \.due, .date, "The last day on which it is in time, where one is fixed."),
      .needed("amountPence", \.amount, .pence), .needed("method", \.method, .word("method")),
      .needed("payer", \.payer, .text),
      .optional("statements", \.statements, .list(.int(0...10_000)), "Indexes of the statements it pays."),
      .needed("state", \.state, .word("state")),
      .nullable("paid", \.paid, .instant, "When the money left."),
      .needed("reason", \.reason, .word("reason code")),
    ])
}

extension Shape where Value == Account.Posting {
  static let posting = Shape.object(
    "posting", "a posting",
    blank: Account.Posting(
      at: .epoch, .accrued, from: .earned, to: .accrued, amount: Pence(1), reason: .payOK),
    [
      .needed("at", \.at, .instant), .needed("kind", \.kind, .word("kind of posting")),
      .needed("from", \.from, .word("name of an account")), .needed("to", \.to, .word("name of an account")),
      .needed(
        "amountPence", \.amount,
        .by(.whole(1...1_000_000_000_000), write: { $0.value }, read: { number, _ in Pence(number) }),
        "Above zero."),
      .needed("reason", \.reason, .word("reason code")),
      .nullable("statement", \.statement, .int(0...10_000), "Index of the statement."),
    ])
}

extension Shape where Value == Account {
  private static let postings = Shape<[Account.Posting]>.list(.posting)

  static let account = Shape(
    SchemaPart(
      [
        ("type", .text("object")),
        (
          "properties",
          .object([
            ("postings", postings.schema.text), ("balancesPence", .object([("type", .text("object"))])),
          ])
        ),
        ("required", .list([.text("postings")])), ("additionalProperties", .flag(false)),
      ], postings.schema.definitions),
    write: { account in
      .object([
        ("postings", postings.write(account.postings)),
        ("balancesPence", .object(account.balances.map { ($0.name.rawValue, .whole($0.balance.value)) })),
      ])
    },
    read: { node in
      var (fields, account) = (try Fields(node, of: "an account"), Account())
      let part = try fields.required("postings")
      // What stands under each name follows from the postings.
      _ = fields.optional("balancesPence")
      try fields.finish()
      for (one, item) in zip(try postings.read(part), try part.list("postings")) {
        guard one.from != one.to else { throw item.diagnostic("BS-TGT-02", "a posting moves money") }
        account.post(one)
      }
      return account
    })
}
