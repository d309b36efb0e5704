// VAT (R-VAT-01 … -03): none for a generator that is not registered; for one that is, the licensee writes the
// invoice (self-billing) with each statement, once that is signed. Status may change at any date, and export
// is divided there. Other taxes are the generator's own affair (R-VAT-03): nothing here knows them.

internal import Units

/// The VAT status of the generator over one stretch.
struct VATStatus: Hashable {
  var from: Instant
  var to = Instant.distantFuture
  var isRegistered: Bool
  /// Nil where it is not registered, or is and has not given it.
  var number: String?
  var known: Instant
  /// A new number or a new owner: an older signature does not cover it.
  var isNew = false
  var causes: [Cause] = []
}

extension VATStatus {
  /// The status over time, as far as anybody said; events in order of arrival.
  static func all(_ facts: Facts, _ events: [CaseEvent]) -> [VATStatus] {
    var spans: [VATStatus] = []
    if let registered = facts.flag(.isVATRegistered) {
      let number = registered ? facts.text(.statedVATNumber) : nil
      spans.append(VATStatus(from: .epoch, isRegistered: registered, number: number, known: .epoch))
    }
    for event in events {
      guard let change = change(event) else { continue }
      let from = from(event)
      spans.removeAll { $0.from == from }
      spans.append(
        VATStatus(
          from: from, isRegistered: change.number != nil, number: change.number, known: event.received,
          isNew: change.isNew, causes: [event.cause]
        ))
    }
    spans.sort { $0.from < $1.from }
    for index in spans.indices.dropLast() { spans[index].to = spans[index + 1].from }
    return spans
  }

  static func from(_ event: CaseEvent) -> Instant {
    LondonClock.startOfDay(event.facts.date(.vatFrom) ?? LondonClock.date(at: event.at))
  }

  static func change(_ event: CaseEvent) -> (number: String?, isNew: Bool, text: String)? {
    let number = event.facts.text(.vatNumber)
    let shown = number ?? "no number given"
    switch event.name {
    case .vatRegistered: return (shown, false, "the generator is registered for VAT as \(shown)")
    case .vatDeregistered: return (nil, false, "the generator is no longer registered for VAT")
    case .vatNumberChanged: return (shown, true, "the VAT number is \(shown)")
    case .businessTransferred:
      let owner = event.facts.text(.to) ?? "somebody else"
      let status = number.map { "whose VAT number is \($0)" } ?? "who is not registered for VAT"
      return (number, true, "the business belongs to \(owner), \(status),")
    default: return nil
    }
  }
}

/// What was known of VAT by an instant.
struct VATView {
  let ledger: Ledger
  /// In order of arrival.
  let events: [CaseEvent]

  private var terms: Policy.VATTerms { ledger.policy.vat }
  private var start: Instant { ledger.one.from }

  /// The status over time, as far as anybody said.
  var statuses: [VATStatus] { VATStatus.all(ledger.agreement.facts, events) }

  /// What lets the licensee write invoices for a stretch; nil while something of it is missing.
  func signature(for one: VATStatus) -> (at: Instant, cause: Cause)? {
    let strict = one.isNew && terms.newNumberNeedsSignature.value
    let signed = events.first {
      $0.name == .selfBillingSigned && (!strict || $0.received >= min(one.known, one.from))
    }
    let atStart = !strict && ledger.agreement.facts.flag(.isSelfBillingSigned) == true
    guard signed != nil || atStart else { return nil }
    let at = signed?.received ?? start
    guard terms.licenseeMustAgree.value else { return (at, signed?.cause ?? .none) }
    return events.first { $0.name == .selfBillingAgreed }.map {
      (max($0.received, at), signed?.cause ?? $0.cause)
    }
  }

  var rulings: [Ruling] {
    let changes = events.compactMap { event -> Ruling? in
      guard let change = VATStatus.change(event) else { return nil }
      return Ruling(
        .vatStatusChanged, .vat02, due: event.received, ledger.subject, reads: [event.cause],
        "\(change.text) from \(LondonClock.date(at: VATStatus.from(event))); export is divided at that date")
    }
    return changes + statuses.compactMap { ruling(on: $0) }
  }

  private func ruling(on one: VATStatus) -> Ruling? {
    let since = one.from <= start ? "" : " from \(LondonClock.date(at: one.from))"
    guard one.isRegistered else {
      return Ruling(
        .vatNone, .vat01, due: max(one.known, one.from, start), ledger.subject, reads: one.causes,
        "the generator is not registered for VAT\(since): export is paid without VAT and without a self-billed "
          + "invoice")
    }
    let number = one.number.map { " (\($0))" } ?? ""
    let missing =
      one.number == nil
      ? "has given no VAT number" : signature(for: one) == nil ? "self-billing is not agreed on" : nil
    guard let missing else { return nil }
    let waits = terms.untilSigned.value == .hold
    return Ruling(
      .vatAgreementMissing, .vat02, due: max(one.known, start), ledger.subject,
      severity: waits ? .hold : .query, reads: one.causes,
      "the generator is registered for VAT\(number)\(since) and \(missing): "
        + (waits ? "payment waits for it" : "export is paid without VAT until it is"))
  }
}

extension Ledger {
  private var vatView: VATView {
    VATView(
      ledger: self,
      events: known(
        .vatRegistered, .vatDeregistered, .vatNumberChanged, .businessTransferred, .selfBillingSigned,
        .selfBillingAgreed))
  }

  func judgeSelfBilling(at now: Instant) {
    let view = vatView
    guard !view.events.isEmpty || agreement.facts.flag(.isVATRegistered) != nil else { return }
    var rulings = RulingBook()
    for stretch in Knowledge.stretches(view.events.map(\.received), since: .epoch, through: now) {
      let then = VATView(ledger: self, events: Array(view.events.prefix(stretch.count)))
      rulings.take(then.rulings, in: stretch, through: now)
    }
    note(rulings)
    for one in view.statuses where one.isRegistered {
      if one.number != nil, let signed = view.signature(for: one) {
        treatments.add(
          Treatment(
            .vat(perMille: policy.vat.rate.value), from: one.from, to: one.to, .vatSelfBilled, .vat02,
            causes: one.causes + [signed.cause]))
      } else if policy.vat.untilSigned.value == .hold {
        // What was paid before anybody knew stays paid.
        let from = max(one.from, billed(before: max(one.known, self.one.from)))
        treatments.add(
          Treatment(.hold, from: from, to: one.to, .vatAgreementMissing, .vat02, causes: one.causes))
      }
    }
  }

  /// The self-billed invoice that goes with a statement.
  func tellInvoice(_ statement: Statement) {
    guard statement.vat != Pence(0) else { return }
    let numbers = vatView.statuses.filter { $0.from < statement.to && $0.to > statement.from }.compactMap(
      \.number)
    let number = numbers.isEmpty ? "" : " for VAT number \(numbers.joined(separator: ", "))"
    log.note(
      .vatSelfBilled, .vat02, at: statement.to, subject,
      "self-billed invoice\(number): net \(statement.net), VAT \(statement.vat), gross \(statement.net + statement.vat); "
        + "the generator issues none and declares the VAT")
  }
}
