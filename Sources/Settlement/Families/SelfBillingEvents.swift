// What is told of VAT (R-VAT-01, R-VAT-02).

internal import Units

extension EventName {
  public static let vatRegistered = EventName("vat-registered")
  public static let vatDeregistered = EventName("vat-deregistered")
  public static let vatNumberChanged = EventName("vat-number-changed")
  public static let businessTransferred = EventName("business-transferred")
  public static let selfBillingSigned = EventName("self-billing-signed")
  public static let selfBillingAgreed = EventName("self-billing-agreed")
}

extension FactKey {
  public static let vatNumber = FactKey("number")
  public static let vatFrom = FactKey("from-date")
  public static let isVATRegistered = FactKey("vat-registered")
  public static let statedVATNumber = FactKey("vat-number")
  public static let isSelfBillingSigned = FactKey("self-billing-signed")
}

extension FactGroup {
  /// Of the group `payee`.
  static let vatFacts = [
    FactDeclaration(.isVATRegistered, .flag, "whether the generator is registered for VAT at the start"),
    FactDeclaration(.statedVATNumber, .text, "the VAT number, where it is"),
    FactDeclaration(.isSelfBillingSigned, .flag, "whether self-billing is signed at the start"),
  ]
}

extension EventDeclaration {
  private static let number = FactDeclaration(.vatNumber, .text, needed: true, "the VAT number")
  private static let from = FactDeclaration(
    .vatFrom, .date, "the first day for which it holds; the day of the event if not stated")

  static let vatEvents: [EventDeclaration] = [
    EventDeclaration(.vatRegistered, "the generator is registered for VAT", [.vat02], [number, from]),
    EventDeclaration(.vatDeregistered, "the generator is no longer registered for VAT", [.vat02], [from]),
    EventDeclaration(.vatNumberChanged, "the generator has another VAT number", [.vat02], [number, from]),
    EventDeclaration(
      .businessTransferred, "the generator's business goes to somebody else", [.vat02],
      [
        FactDeclaration(.to, .text, needed: true, "to whom"),
        FactDeclaration(.vatNumber, .text, "the VAT number of the new owner; none if not registered"), from,
      ]),
    EventDeclaration(.selfBillingSigned, "the generator signs the self-billing agreement", [.vat02]),
    EventDeclaration(.selfBillingAgreed, "the licensee agrees to write the invoices", [.vat02]),
  ]
}

extension Boundary {
  static let vatLimits: [Boundary] = []
}
