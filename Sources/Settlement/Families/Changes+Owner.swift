// Whose it is, and whether it is still there (R-CHG-06 … -09): sold, let while its owner moves away, taken
// down.

internal import Units

extension Ledger {
  // MARK: Sold

  /// Payable up to the midnight that begins the day of the transfer; the new owner makes an agreement of his
  /// own.
  func judgeOwner(at now: Instant) {
    for event in known(.ownerChanged) {
      let end = event.startOfDay
      treatments.add(Treatment(.forfeit, from: end, .chgOwner, .chg06, causes: [event.cause]))
      let to = event.facts.text(.to).map { " to \($0)" } ?? ""
      notify(
        .customer, .chgOwner, .chg06, at: event.received, subject, reads: [event.cause],
        "the installation passed\(to) on \(LondonClock.date(at: event.at)): what flowed before \(end) is "
          + "payable, and a "
          + "final reading is asked for")
      tellOverpaid(
        from: end, to: .distantFuture, knownAt: event.received, .chg06, subject, reads: [event.cause],
        because: "the installation had passed to somebody else")
      if event.facts.flag(.takesOver) == true {
        notify(
          .owner, .chgOwner, .chg09, at: event.received, subject, reads: [event.cause],
          "the agreement is personal to its owner and cannot be taken "
            + "over\(to.isEmpty ? "" : " by\(to.dropFirst(3))"); "
            + "a new one is needed")
      }
      askFinalReading(for: end, since: event.received, .chg06, at: now)
    }
  }

  /// The reading that closes an agreement: the first believed one of the export register at its end or after.
  /// One that comes later is split by the engine.
  func finalReading(for end: Instant) -> CountedRead? {
    believedExports().first { $0.read.at >= end - policy.validation.pairTolerance.value && $0.hold == nil }
  }

  func askFinalReading(for end: Instant, since: Instant, _ rule: Rule, at now: Instant) {
    let start = max(end, since)
    oblige(
      "final-reading", of: .customer, rule, subject, since: start,
      by: LondonClock.date(at: start).advanced(byDays: policy.reading.requestDays.value),
      met: finalReading(for: end)?.read.received, at: now,
      "a valid reading of the export register for \(end); without it the final payment waits")
  }

  // MARK: Moved away

  /// A customer who moves and stays the owner keeps the agreement, with evidence, and with access and
  /// readings assured; until then payment is suspended, not ended.
  func judgeMove() {
    let stages = stages(of: [.customerMoved, .evidenceGiven])
    for known in stages {
      for event in known where event.keepsOwner { tellMove(event, among: known) }
    }
    let known = stages.last ?? []
    for event in known where event.keepsOwner && isUnproven(event, among: known) {
      treatments.add(
        Treatment(.hold, from: event.startOfDay, .chgMovedStillOwner, .chg07, causes: [event.cause]))
    }
  }

  private func isUnproven(_ event: CaseEvent, among known: [CaseEvent]) -> Bool {
    (lacksEvidence(event, .move) || event.facts.flag(.accessAssured) == false)
      && evidence(of: event, .move, among: known) == nil
  }

  private func tellMove(_ event: CaseEvent, among known: [CaseEvent]) {
    let lacks = [
      lacksEvidence(event, .move) ? "evidence of it" : nil,
      event.facts.flag(.accessAssured) == false ? "access and readings assured" : nil,
    ].compactMap { $0 }
    let place = event.facts.text(.address).map { " to \($0)" } ?? ""
    notify(
      .customer, .chgMovedStillOwner, .chg07, at: event.received, subject, reads: [event.cause],
      "the customer moved\(place) on \(event.at) and still owns the installation: the agreement goes on"
        + (lacks.isEmpty
          ? "" : ", and what flows from then on is held for want of \(lacks.joined(separator: " and "))"))
    guard !lacks.isEmpty, let proof = evidence(of: event, .move, among: known) else { return }
    notify(
      .customer, .payReleased, .chg07, at: max(event.received, proof.received), subject,
      reads: [event.cause, proof.cause],
      "the evidence came on \(proof.received): what was held from \(event.startOfDay) on is payable")
  }

  // MARK: Taken down

  /// Nothing after the unit is removed; while the removal is not confirmed in writing, what flows is held.
  func judgeDecommissioning(at now: Instant) {
    let stages = stages(of: [.decommissioned, .changeConfirmed])
    for event in stages.last ?? [] where event.name == .decommissioned {
      let isOpen =
        event.facts.flag(.confirmed) == false
        && confirmation(of: event, .decommissioning, among: stages.last ?? []) == nil
      treatments.add(
        Treatment(
          isOpen ? .hold : .forfeit, from: event.at, .chgDecommissioned, .chg08, causes: [event.cause]))
      notify(
        .customer, .chgDecommissioned, .chg08, at: event.received, subject, reads: [event.cause],
        "the whole unit was removed on \(event.at): nothing is payable after it, and a final reading is "
          + "asked for"
          + (event.facts.flag(.confirmed) == false ? "; the removal must be confirmed in writing" : ""))
      tellOverpaid(
        from: event.at, to: .distantFuture, knownAt: event.received, .chg08, subject, reads: [event.cause],
        because: "the unit had been removed")
      askFinalReading(for: event.at, since: event.received, .chg08, at: now)
      tellExport(after: event, at: now)
    }
  }

  /// A register that still moves after the unit is gone: something else exports, or it is not gone.
  private func tellExport(after event: CaseEvent, at now: Instant) {
    let later = believedExports().filter { $0.read.at >= event.at }
    var shown: (known: Instant, text: String, causes: [Cause])?
    for (open, close) in zip(later, later.dropFirst())
    where open.read.serial == close.read.serial && close.count > open.count {
      let known = max(event.received, open.read.received, close.read.received)
      guard shown.map({ known < $0.known }) ?? true else { continue }
      shown = (
        known,
        "\(WattHours(close.count - open.count)) between \(open.read.value) of \(open.read.at) and "
          + "\(close.read.value) of "
          + "\(close.read.at)", [open.read.cause, close.read.cause]
      )
    }
    let limit = policy.validation.nightLimit.value.value
    for entry in loggedExports(at: now) where entry.start >= event.at && entry.energy > limit {
      let known = max(event.received, entry.received)
      guard shown.map({ known < $0.known }) ?? true else { continue }
      shown = (known, "\(WattHours(entry.energy)) in the half-hour from \(entry.start)", [entry.cause])
    }
    guard let shown else { return }
    log.note(
      .valExportAfterEnd, .chg08, at: shown.known, subject, reads: shown.causes + [event.cause],
      "the unit was removed on \(event.at), and the export register still moves: \(shown.text)")
  }
}

extension CaseEvent {
  fileprivate var keepsOwner: Bool { name == .customerMoved && facts.flag(.stillOwner) == true }
}
