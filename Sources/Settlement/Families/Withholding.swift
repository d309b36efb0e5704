// Withholding and recovery (R-WHLD-01, R-WHLD-04, R-WHLD-05), and the anaerobic digester whose evidence
// failed (R-ELIG-14). Energy that was accrued is never deleted: what is withheld is paid when the withholding
// is lifted. That a licensee once let something through is kept nowhere, so it gives no claim the next time.

internal import Units

extension Ledger {
  func judgeWithholding(at now: Instant) {
    judgeOrders()
    judgeRecoveries()
    judgeSuspensions()
    judgeUndeclared(at: now)
  }

  // MARK: Withheld, and given free

  private func judgeOrders() {
    let stages = stages(of: [.withholdingOrdered, .withholdingLifted])
    for known in stages { Order.all(known).forEach(tell) }
    for order in Order.all(stages.last ?? []) where order.lift == nil && allows(order) {
      let effect = order.event.facts.perMille(.part).map { Treatment.Effect.reduce(perMille: $0) } ?? .hold
      treatments.add(
        Treatment(
          effect, from: order.from, to: order.to, order.ground.code, .whld01, causes: [order.event.cause]))
    }
  }

  private func allows(_ order: Order) -> Bool { policy.withholding.grounds.value.contains(order.ground) }

  private func tell(_ order: Order) {
    let event = order.event
    guard allows(order) else {
      log.note(
        order.ground.code, .whld01, at: event.received, subject, severity: .query, reads: [event.cause],
        "payment is not withheld: \(order.ground.sentence) is no ground for it in the licensee's terms")
      return
    }
    let part = event.facts.perMille(.part).map { "only \(Phrase.percent(perMille: $0)) is paid" }
    notify(
      .customer, order.ground.code, .whld01, at: event.received, subject, reads: [event.cause],
      "\(part ?? "nothing is paid") for \(Phrase.open(order.from, order.to)), because of "
        + "\(order.ground.sentence)\(event.saying(.why)); what was exported stays accrued")
    guard let lift = order.lift else { return }
    notify(
      .customer, .payReleased, .whld04, at: max(event.received, lift.received), subject,
      reads: [event.cause, lift.cause],
      "the withholding of \(event.at) because of \(order.ground.sentence) is lifted\(lift.saying(.why)); "
        + "what was "
        + "held is payable")
  }

  // MARK: Recovered

  private func judgeRecoveries() {
    for event in known(.recoveryInstructed) {
      let ground = event.facts.text(.ground) ?? ""
      let isDigester = ground == RecoveryGround.evidence
      let code: ReasonCode = isDigester ? .adRecoup : .recoupOverpaid
      let rule: Rule = isDigester ? .elig14 : .whld01
      let by = event.facts.text(.by) ?? "licensee"
      let because = Policy.WithholdingTerms.Ground(rawValue: ground)?.sentence ?? "evidence that did not come"
      if let why = refusal(of: event, ground, by: by) {
        log.note(
          code, rule, at: event.received, subject, severity: .query, reads: [event.cause],
          "nothing is recovered: \(why)")
        continue
      }
      recover(event, code, rule, "the \(by) has it recovered because of \(because)\(event.saying(.why))")
    }
  }

  private func refusal(of event: CaseEvent, _ ground: String, by: String) -> String? {
    if ground == RecoveryGround.evidence {
      return by == Party.ofgem.rawValue ? nil : "only Ofgem can have payments of a digester recovered"
    }
    guard let one = Policy.WithholdingTerms.Ground(rawValue: ground) else { return "no ground is named" }
    guard policy.withholding.grounds.value.contains(one) else {
      return "\(one.sentence) is no ground for it in the licensee's terms"
    }
    guard event.facts.money(.amount) != nil || event.facts.instant(.from) != nil else {
      return "the instruction names neither an amount nor a time"
    }
    return nil
  }

  private func recover(_ event: CaseEvent, _ code: ReasonCode, _ rule: Rule, _ why: String) {
    if let from = event.facts.instant(.from) {
      let to = event.facts.instant(.until) ?? event.at
      treatments.add(Treatment(.forfeit, from: from, to: to, code, rule, causes: [event.cause]))
      notify(
        .customer, code, rule, at: event.received, subject, reads: [event.cause],
        "what was exported in \(Phrase.span(from, to)) is not payable, and what was paid for it comes off "
          + "the next "
          + "payments: \(why)")
    }
    guard let amount = event.facts.money(.amount), amount > Pence(0) else { return }
    let text = "\(amount) comes off the next payments: \(why)"
    charges.append(
      Charge(at: event.received, amount: amount, code: code, rule: rule, text: text, causes: [event.cause]))
    notify(.customer, code, rule, at: event.received, subject, reads: [event.cause], text)
  }
}

/// A withholding that somebody ordered, and what lifted it.
private struct Order {
  var event: CaseEvent
  var ground: Policy.WithholdingTerms.Ground
  var lift: CaseEvent?

  var from: Instant { event.facts.instant(.from) ?? event.at }
  var to: Instant { event.facts.instant(.until) ?? .distantFuture }

  static func all(_ known: [CaseEvent]) -> [Order] {
    known.filter { $0.name == .withholdingOrdered }.compactMap { event in
      guard let ground = event.facts.text(.ground).flatMap(Policy.WithholdingTerms.Ground.init(rawValue:))
      else { return nil }
      let lift = known.first { $0.name == .withholdingLifted && $0.at >= event.at && $0.lifts(ground) }
      return Order(event: event, ground: ground, lift: lift)
    }
  }
}

extension CaseEvent {
  /// Whether this lifting is about a ground: it names that ground, or none.
  func lifts(_ ground: Policy.WithholdingTerms.Ground) -> Bool {
    name == .withholdingLifted && (facts.text(.ground).map { $0 == ground.rawValue } ?? true)
  }
}

extension Policy.WithholdingTerms.Ground {
  fileprivate var code: ReasonCode {
    switch self {
    case .error, .instruction, .information: .whldError
    case .abuse, .suspectedAbuse: .whldAbuse
    case .notInspected: .whldNoAccess
    }
  }

  fileprivate var sentence: String {
    switch self {
    case .error: "an error"
    case .abuse: "abuse"
    case .suspectedAbuse: "abuse that is believed and not proven"
    case .instruction: "an instruction"
    case .information: "information that is missing or wrong"
    case .notInspected: "a meter that could not be inspected"
    }
  }
}
