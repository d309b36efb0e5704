// What is told of payments: requests, bills, who is paid and how (R-PAY-05 … -10).

internal import Units

extension EventName {
  public static let paymentRequested = EventName("payment-requested")
  public static let billIssued = EventName("bill-issued")
  public static let supplyChanged = EventName("supply-changed")
  public static let paymentMethodChosen = EventName("payment-method-chosen")
  public static let bankDetailsGiven = EventName("bank-details-given")
  public static let paymentReturned = EventName("payment-returned")
  public static let payeeDied = EventName("payee-died")
  public static let estateConfirmed = EventName("estate-confirmed")
}

extension FactKey {
  public static let jointWith = FactKey("joint-with")
  public static let accountName = FactKey("account-name")
  public static let paymentMethod = FactKey("payment-method")
  public static let paidEvery = FactKey("payment-frequency")
  public static let suppliesElectricity = FactKey("supplies-electricity")
  public static let suppliesGas = FactKey("supplies-gas")
  public static let ableToOffset = FactKey("able-to-offset")
  public static let executor = FactKey("executor")
}

extension FactDeclaration {
  static let supplyFacts = [
    FactDeclaration(.suppliesElectricity, .flag, "the licensee supplies the home with electricity"),
    FactDeclaration(.suppliesGas, .flag, "the licensee supplies the home with gas"),
    FactDeclaration(.ableToOffset, .flag, "the licensee is able to set export money against the import bill"),
  ]
  static let method = FactDeclaration(
    .paymentMethod, .word(Payment.Method.allCases.map(\.rawValue)), "how the customer wishes to be paid")
}

extension EventDeclaration {
  static let paymentEvents: [EventDeclaration] = [
    EventDeclaration(.paymentRequested, "the customer asks to be paid", [.pay03, .pay05, .pay07]),
    EventDeclaration(
      .billIssued, "the licensee bills what it supplies to the home", [.pay06, .pay07],
      [FactDeclaration(.amount, .money, needed: true, "what the bill asks for, with its own VAT")]),
    EventDeclaration(
      .supplyChanged, "what the licensee supplies to the home, or its ability to offset, changes",
      [.pay06, .swi05], FactDeclaration.supplyFacts),
    EventDeclaration(
      .paymentMethodChosen, "the customer says how to be paid", [.pay10],
      [FactDeclaration(.paymentMethod, FactDeclaration.method.kind, needed: true, "the method")]),
    EventDeclaration(
      .bankDetailsGiven, "the customer gives an account to be paid to", [.pay08, .pay10],
      [FactDeclaration(.accountName, .text, needed: true, "in whose name the account is")]),
    EventDeclaration(
      .paymentReturned, "the bank sends the last payment back", [.pay10],
      [FactDeclaration(.why, .text, "what the bank says")]),
    EventDeclaration(
      .payeeDied, "somebody who is paid has died", [.pay08],
      [FactDeclaration(.person, .text, needed: true, "who")]),
    EventDeclaration(
      .estateConfirmed, "somebody may act for the estate of the person on the plan", [.pay08],
      [FactDeclaration(.executor, .text, needed: true, "who")]),
  ]
}

extension FactGroup {
  static let payee = FactGroup(
    "payee", "who is paid, how and how often",
    [
      FactDeclaration(.person, .text, "the person on the plan"),
      FactDeclaration(.jointWith, .text, "the other person on the plan, where there are two"),
      FactDeclaration(.accountName, .text, "in whose name the account is that is paid to"),
      .method,
      FactDeclaration(
        .paidEvery,
        .word(Policy.PaymentTerms.Cadence.allCases.filter { $0 != .byTerm }.map(\.rawValue)),
        "how often the confirmation says that it is paid (BUL 2.1.3)"),
    ] + vatFacts)

  static let supply = FactGroup(
    "supply", "what else the licensee supplies to the home, and who paid for the export before",
    FactDeclaration.supplyFacts + FactDeclaration.switchFacts)
}

extension Boundary {
  static let paymentDueDay = Boundary(
    "payment-due", .pay01, "a payment on its due day is in time, one on the next day is overdue")
  static let endOfWorkingDay = Boundary(
    "payment.working-day-ends", .pay04,
    "17:00:00 is within the Working Day, a second later counts as the next one")
  static let beginOfWorkingDay = Boundary(
    "payment.working-day-begins", .pay04,
    "09:00:00 is within the Working Day, a second earlier is before it and counts the same day")
  static let requestsInYear = Boundary(
    "payment.requests-per-year", .pay05, "the fourth request of a tariff year is paid, the fifth is refused")
  static let freshReading = Boundary(
    "payment.fresh-reading-days", .pay07, "a reading 28 days old is up to date, one 29 days old is not")

  static let paymentLimits: [Boundary] = [
    paymentDueDay, endOfWorkingDay, beginOfWorkingDay, requestsInYear, freshReading,
  ]
}
