// Papers of an application: form, documents, the DNO's letter, the confirmation, and the cost of the MPAN
// (R-ONB-03, -06, -09, -13, -14).

internal import Units

extension Boundary {
  static let dnoLetter = Boundary(
    "entry.dno-letter", .onb13, "a letter that comes on the day on which the MPAN is created is in time")
}

extension Application {
  func papers(_ steps: OnboardingSteps, _ out: inout Assessment) {
    form(steps, &out)
    documents(&out)
    mpanRequest(steps, &out)
    letter(steps, &out)
    confirmation(steps, &out)
  }

  private func form(_ steps: OnboardingSteps, _ out: inout Assessment) {
    guard let draft = steps.draft else { return }
    let what = draft.facts.text(.missing).map { ": \($0)" } ?? ""
    out.remark(
      .onbFormIncomplete, .onb14, severity: .query, reads: [draft.cause],
      "the form of \(draft.date) is not complete\(what); there is no Application Date yet")
    out.duty(
      Obligation(
        "form", of: .customer, rule: .onb14, subject: out.subject, since: draft.at, by: nil,
        state: steps.form == nil ? .open : .met, met: steps.form, text: "the form is to be completed\(what)"))
  }

  private func documents(_ out: inout Assessment) {
    for event in all(.documentsChecked, .documentsRefused) {
      if event.name == .documentsRefused {
        let which = event.facts.text(.document) ?? "a document"
        let why = event.facts.text(.why).map { ": \($0)" } ?? ""
        out.remark(
          .onbDocsMissing, .onb03, severity: .query, reads: [event.cause], "\(which) is refused\(why)")
      } else {
        let missing = missingDocuments(event).map(\.words)
        guard !missing.isEmpty else { continue }
        out.remark(
          .onbDocsMissing, .onb03, severity: .query, reads: [event.cause],
          "the check of \(event.date) misses \(missing.joined(separator: ", "))")
      }
    }
  }

  /// Who has to ask for the MPAN, once the documents are good (K-07).
  private func mpanRequest(_ steps: OnboardingSteps, _ out: inout Assessment) {
    guard let checked = steps.documents, (agreement.exportMPAN ?? "").isEmpty || steps.requested != nil else {
      return
    }
    let asked = steps.requested ?? steps.created
    out.duty(
      Obligation(
        "mpan-request", of: policy.onboarding.exportMPANBy.value == .licensee ? .licensee : .customer,
        rule: .onb03, subject: out.subject, since: checked, by: nil, state: asked == nil ? .open : .met,
        met: asked?.at, text: "the DNO is to be asked for an export MPAN"))
  }

  // MARK: The DNO's letter

  /// Letter or e-mail; it must be on file when the MPAN exists, and name that MPAN (K-44).
  private func letter(_ steps: OnboardingSteps, _ out: inout Assessment) {
    guard policy.onboarding.dnoLetter.value, let created = steps.created else { return }
    let letters = all(.dnoLetter)
    let right = letters.first { approves($0, created) }
    for wrong in letters where !approves(wrong, created) {
      out.remark(
        .onbDNOLetterMissing, .onb13, severity: .query, reads: [wrong.cause],
        "the DNO's letter names \(wrong.facts.text(.statedMPAN) ?? ""), not the MPAN that was created")
    }
    let last = created.date
    let text =
      "the DNO's letter on the export MPAN was due on \(last), when the MPAN was created, and did not come"
    out.duty(
      Obligation(
        "dno-letter", of: .customer, rule: .onb13, subject: out.subject, since: created.at, by: last,
        state: right == nil ? .open : .met, met: right?.at,
        text: "the DNO's letter or e-mail on the export MPAN"))
    if let right {
      let excess = Int64(right.date.dayNumber - last.dayNumber)
      out.touch(.dnoLetter, excess: excess)
      if excess > 0 {
        out.remark(.onbDNOLetterMissing, .onb13, severity: .hold, reads: [created.cause], text)
      }
    } else {
      out.deadline(.after(last), .onbDNOLetterMissing, .onb13, severity: .hold, reads: [created.cause], text)
      out.treatIfLapsed(
        Treatment(.hold, from: .after(last), .onbDNOLetterMissing, .onb13, causes: [created.cause]))
    }
  }

  private func approves(_ letter: CaseEvent, _ created: CaseEvent) -> Bool {
    guard let named = letter.facts.text(.statedMPAN),
      let wanted = created.facts.text(.statedMPAN) ?? agreement.exportMPAN
    else { return true }
    guard let one = try? MPAN(parsing: named), let other = try? MPAN(parsing: wanted) else {
      return named == wanted
    }
    return one.core == other.core
  }

  // MARK: The confirmation

  private func confirmation(_ steps: OnboardingSteps, _ out: inout Assessment) {
    guard let event = all(.confirmed).first else { return }
    let wanted = policy.onboarding.confirmationStates.value
    let missing = wanted.filter { event.facts[$0.fact] == nil }.map(\.rawValue)
    if !missing.isEmpty {
      out.remark(
        .onbConfirmationIncomplete, .onb06, severity: .query, reads: [event.cause],
        "the confirmation of \(event.date) does not state \(missing.joined(separator: ", "))")
    }
    guard let registered = steps.registered else { return }
    if let stated = event.facts.date(.registeredOn), stated != registered.date {
      out.remark(
        .onbConfirmationIncomplete, .onb06, severity: .query, reads: [event.cause],
        "the confirmation states registration on \(stated); it was on \(registered.date)")
    }
    if let stated = event.facts.rate(.statedRate), let rate = flatRate(at: registered.day), stated != rate {
      out.remark(
        .onbConfirmationIncomplete, .onb06, severity: .query, reads: [event.cause],
        "the confirmation states \(stated); the rate on registration, \(registered.date), was \(rate)"
      )
    }
  }

  private func flatRate(at instant: Instant) -> UnitRate? {
    guard case .flat(let rate) = agreement.tariff.last(where: { $0.from <= instant })?.shape else {
      return nil
    }
    return rate
  }

  // MARK: Costs

  /// Passed on as a charge of its own, which never makes a payment negative.
  func setupCost(_ out: inout Assessment) {
    guard policy.onboarding.mpanSetupCharge.value else { return }
    for event in all(.mpanSetupCost) {
      guard let cost = event.facts.money(.setupCost), cost > Pence(0) else { continue }
      let by = event.facts.text(.by) ?? "another firm"
      let text =
        "\(by) charges \(cost) for setting up the export MPAN; it is passed on as a charge of its own"
      out.remark(.chargeMPANSetup, .onb09, party: .customer, reads: [event.cause], text)
      out.charge(
        Charge(
          at: event.received, amount: cost, code: .chargeMPANSetup, rule: .onb09, text: text,
          causes: [event.cause]))
    }
  }
}
