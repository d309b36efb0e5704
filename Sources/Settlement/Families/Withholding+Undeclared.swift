// A change that nobody told (R-WHLD-03): found by somebody, or shown by readings of a strange serial number,
// by days over capacity, by nights with export. Who decides what becomes of the energy is the policy's word
// (K-48).

internal import Units

/// A change that nobody told.
struct UndeclaredChange: Hashable {
  enum Kind: String, Hashable, CaseIterable {
    case meter, capacity, storage, unit
  }

  /// What Ofgem or the licensee may decide.
  enum Outcome: String, Hashable, CaseIterable { case pay, forfeit, reduce }

  var kind: Kind
  /// From when on it makes a difference, by all that is known now.
  var since: Instant
  /// The same, by what was known when the evidence was complete.
  var told: Instant
  /// When the evidence was complete.
  var known: Instant
  var text: String
  var causes: [Cause]
}

extension Ledger {
  func judgeUndeclared(at now: Instant) {
    let found =
      (foundBySomebody()
      + [strangeMeter(at: now), overCapacity(at: now), nightExport(at: now)].compactMap { $0 })
      .sorted { ($0.known, $0.kind.rawValue) < ($1.known, $1.kind.rawValue) }
    let stages = stages(of: [.ofgemDecided, .licenseeDecided])
    for change in found {
      tell(change)
      for known in stages {
        if let decision = decision(on: change, among: known) { tell(change, decision) }
      }
      treat(change, decision(on: change, among: stages.last ?? []))
    }
  }

  private func treat(_ change: UndeclaredChange, _ decision: CaseEvent?) {
    guard policy.changes.undeclared.value != .recorded else { return }
    let effect: Treatment.Effect
    switch decision?.outcome {
    case nil: effect = .hold
    case .pay: return
    case .forfeit: effect = .forfeit
    case .reduce: effect = .reduce(perMille: decision?.facts.perMille(.part) ?? 1000)
    }
    treatments.add(
      Treatment(
        effect, from: change.since, to: decision?.outcome == nil ? .distantFuture : ends(change, decision),
        .chgUndeclared, .whld03, causes: change.causes + [decision?.cause ?? .none]))
  }

  /// What was decided holds for what flowed until the decision; what comes after is declared.
  private func ends(_ change: UndeclaredChange, _ decision: CaseEvent?) -> Instant {
    max(decision?.at ?? .distantFuture, change.since)
  }

  /// Ofgem's word goes before the licensee's, which counts only where the policy leaves it to the licensee;
  /// of one party the later word counts.
  private func decision(on change: UndeclaredChange, among known: [CaseEvent]) -> CaseEvent? {
    let about = known.filter {
      $0.at >= change.since && ($0.facts.text(.what).map { $0 == change.kind.rawValue } ?? true)
    }
    if let ofgem = about.last(where: { $0.name == .ofgemDecided }) { return ofgem }
    guard policy.changes.undeclared.value == .licenseeDecides else { return nil }
    return about.last { $0.name == .licenseeDecided }
  }

  // MARK: Told

  private func tell(_ change: UndeclaredChange) {
    let waits: String
    switch policy.changes.undeclared.value {
    case .ofgemDecides: waits = "what flowed from \(change.told) on is held until Ofgem has decided"
    case .licenseeDecides: waits = "what flowed from \(change.told) on is held until the licensee has decided"
    case .recorded: waits = "it is recorded; the terms name no remedy"
    }
    let text = "\(change.text), and nobody told of it; \(waits)"
    log.note(
      .chgUndeclared, .whld03, at: change.known, subject, severity: .query, reads: change.causes, text)
    guard policy.changes.undeclared.value == .ofgemDecides else { return }
    notify(
      .ofgem, .notifyOfgem, .whld03, at: change.known, subject, reads: change.causes,
      "Ofgem is told of a change that nobody declared, and decides: \(change.text)")
  }

  private func tell(_ change: UndeclaredChange, _ decision: CaseEvent) {
    guard policy.changes.undeclared.value != .recorded, let outcome = decision.outcome else { return }
    let known = max(change.known, decision.received)
    let by = decision.name == .ofgemDecided ? "Ofgem" : "the licensee"
    let span = Phrase.span(change.told, ends(change, decision))
    let causes = change.causes + [decision.cause]
    switch outcome {
    case .pay:
      notify(
        .customer, .payReleased, .whld03, at: known, subject, reads: causes,
        "\(by) decided on \(decision.at) that what was held from \(change.told) on is "
          + "paid\(decision.saying(.why))"
      )
    case .reduce:
      let part = Phrase.percent(perMille: decision.facts.perMille(.part) ?? 1000)
      notify(
        .customer, .payReleased, .whld03, at: known, subject, reads: causes,
        "\(by) decided on \(decision.at) that \(part) of the rate is paid for \(span)\(decision.saying(.why))"
      )
    case .forfeit:
      notify(
        .customer, .chgUndeclared, .whld03, at: known, subject, reads: causes,
        "\(by) decided on \(decision.at) that nothing is paid for \(span)\(decision.saying(.why))")
      tellOverpaid(
        from: change.since, to: ends(change, decision), knownAt: known, .whld03, subject, reads: causes,
        because: "a change was not declared")
    }
  }

  private func foundBySomebody() -> [UndeclaredChange] {
    known(.changeFound).compactMap { event in
      guard let kind = event.facts.text(.what).flatMap(UndeclaredChange.Kind.init(rawValue:)) else {
        return nil
      }
      return UndeclaredChange(
        kind: kind, since: event.at, told: event.at, known: event.received,
        text: "\(kind.sentence) since \(event.at)\(event.saying(.why))", causes: [event.cause])
    }
  }
}

extension UndeclaredChange.Kind {
  fileprivate var sentence: String {
    switch self {
    case .meter: "the meter was exchanged"
    case .capacity: "the installation was changed in size"
    case .storage: "a battery or other store was added or removed"
    case .unit: "another unit was added"
    }
  }
}

extension CaseEvent {
  fileprivate var outcome: UndeclaredChange.Outcome? {
    facts.text(.outcome).flatMap(UndeclaredChange.Outcome.init(rawValue:))
  }
}
