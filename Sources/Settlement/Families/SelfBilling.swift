// VAT (R-VAT-01 … -03): none for a generator that is not registered; for one that is, the licensee writes the invoice
// (self-billing) with each statement, once that is signed. Status may change at any date, and export is divided there.

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

/// The VAT status of the generator over one stretch.
struct VATStatus: Hashable {
  var from: Instant
  var to = Instant.distantFuture
  /// Nil where it is not registered.
  var number: String?
  var known: Instant
  /// A new number or a new owner: an older signature does not cover it.
  var isNew = false
  var causes: [Cause] = []
}

extension Ledger {
  func judgeSelfBilling(at now: Instant) {
    let spans = vatStatuses
    guard !spans.isEmpty else { return }
    for one in spans {
      if one.number == nil {
        log.note(
          .vatNone, .vat01, at: max(one.known, one.from, self.one.from), subject, reads: one.causes,
          "the generator is not registered for VAT\(one.from <= self.one.from ? "" : " from \(LondonClock.date(at: one.from))"): "
            + "export is paid without VAT and without a self-billed invoice")
      } else {
        judge(one)
      }
    }
  }

  private func judge(_ one: VATStatus) {
    let number = one.number ?? ""
    guard let signed = signature(for: one) else {
      let waits = policy.vat.untilSigned.value == .hold
      log.note(
        .vatAgreementMissing, .vat02, at: max(one.known, self.one.from), subject, severity: waits ? .hold : .query,
        reads: one.causes,
        "the generator is registered for VAT (\(number)) from \(LondonClock.date(at: one.from)) and self-billing is not "
          + "agreed on: " + (waits ? "payment waits for it" : "export is paid without VAT until it is"))
      guard waits else { return }
      treatments.add(
        Treatment(
          .hold, from: max(one.from, billed(before: max(one.known, self.one.from))), to: one.to, .vatAgreementMissing,
          .vat02, causes: one.causes))
      return
    }
    treatments.add(
      Treatment(
        .vat(perMille: policy.vat.rate.value), from: one.from, to: one.to, .vatSelfBilled, .vat02,
        causes: one.causes + [signed.cause]))
  }

  /// What lets the licensee write invoices for a stretch; nil while something of it is missing.
  private func signature(for one: VATStatus) -> (at: Instant, cause: Cause)? {
    let strict = one.isNew && policy.vat.newNumberNeedsSignature.value
    let signed = known(.selfBillingSigned).first { !strict || $0.received >= min(one.known, one.from) }
    let atStart = !strict && agreement.facts.flag(.isSelfBillingSigned) == true
    guard signed != nil || atStart else { return nil }
    guard policy.vat.licenseeMustAgree.value else { return (signed?.received ?? self.one.from, signed?.cause ?? .none) }
    guard let agreed = known(.selfBillingAgreed).first else { return nil }
    return (max(agreed.received, signed?.received ?? agreed.received), signed?.cause ?? agreed.cause)
  }

  /// The status over time, as far as anybody said, and the decisions that tell of its changes.
  var vatStatuses: [VATStatus] {
    var spans: [VATStatus] = []
    if let registered = agreement.facts.flag(.isVATRegistered) {
      let number = registered ? agreement.facts.text(.statedVATNumber) ?? "no number given" : nil
      spans.append(VATStatus(from: .epoch, number: number, known: .epoch))
    }
    for event in events {
      guard let change = vatChange(event) else { continue }
      let from = LondonClock.startOfDay(event.facts.date(.vatFrom) ?? LondonClock.date(at: event.at))
      log.note(
        .vatStatusChanged, .vat02, at: event.received, subject, reads: [event.cause],
        "\(change.text) from \(LondonClock.date(at: from)); export is divided at that date")
      spans.removeAll { $0.from == from }
      spans.append(
        VATStatus(
          from: from, number: change.number, known: event.received, isNew: change.isNew, causes: [event.cause]))
    }
    spans.sort { $0.from < $1.from }
    for index in spans.indices.dropLast() { spans[index].to = spans[index + 1].from }
    return spans
  }

  private func vatChange(_ event: CaseEvent) -> (number: String?, isNew: Bool, text: String)? {
    let number = event.facts.text(.vatNumber)
    switch event.name {
    case .vatRegistered:
      return (number ?? "no number given", false, "the generator is registered for VAT as \(number ?? "?")")
    case .vatDeregistered: return (nil, false, "the generator is no longer registered for VAT")
    case .vatNumberChanged: return (number ?? "no number given", true, "the VAT number is \(number ?? "?")")
    case .businessTransferred:
      let owner = event.facts.text(.to) ?? "somebody else"
      let status = number.map { "whose VAT number is \($0)" } ?? "who is not registered for VAT"
      return (number, true, "the business belongs to \(owner), \(status),")
    default: return nil
    }
  }
}
