// Policy values: VAT (R-VAT-01, R-VAT-02).

internal import Units

extension Policy {
  public struct VATTerms: Hashable, Sendable {
    /// What becomes of the money of a registered generator that has not signed for self-billing.
    public enum UntilSigned: String, Hashable, Sendable, CaseIterable {
      /// It waits, from the registration on.
      case hold
      /// It is paid without VAT; the VAT follows once it is signed.
      case payNet = "pay-net"
    }

    /// Parts per thousand of the rounded net; general knowledge, to be checked against the rate in force.
    public var rate: Stated<Int>
    public var untilSigned: Stated<UntilSigned>
    /// The licensee writes the invoices only if it has agreed to; until it says so it has not.
    public var licenseeMustAgree: Stated<Bool>
    /// A new VAT number or a new owner of the business needs a new signature.
    public var newNumberNeedsSignature: Stated<Bool>

    /// Our values.
    public init() {
      rate = .ours(200, "20 %, the standard rate; not taken from any of the documents")
      untilSigned = .ours(.hold, "an invoice that nobody signed for is none")
      licenseeMustAgree = .ours(false, "who asks for a signature has agreed")
      newNumberNeedsSignature = .ours(true, "what was signed was signed for the other number")
    }
  }
}

extension PolicyKey {
  static let vatKeys: [PolicyKey] = [
    PolicyKey(perMille: "vat.rate", \.vat.rate, [.vat02]),
    PolicyKey("vat.until-signed", \.vat.untilSigned, [.vat02]),
    PolicyKey("vat.licensee-must-agree", \.vat.licenseeMustAgree, [.vat02]),
    PolicyKey("vat.new-number-needs-signature", \.vat.newNumberNeedsSignature, [.vat02]),
  ]
}
