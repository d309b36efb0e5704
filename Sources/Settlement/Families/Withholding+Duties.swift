// Small tools of the families that stop money: what was known when, who owes what by when, what earlier
// statements have paid too much.

internal import Units

extension Ledger {
  /// What was known of some events after each arrival, by the time at which they happened; the last one is
  /// all that is known. A decision is taken at each stage, so that settling in one go decides what settling
  /// day by day decides.
  func stages(of names: Set<EventName>) -> [[CaseEvent]] {
    let all = events.filter { names.contains($0.name) }
    return all.indices.compactMap { last in
      guard last + 1 == all.count || all[last + 1].received > all[last].received else { return nil }
      return all[...last].sorted(by: CaseEvent.happens)
    }
  }

  /// States a duty as it stands: met, or overdue from the first instant of the day after its last.
  func oblige(
    _ what: String, of who: Party, _ rule: Rule, _ subject: String, since: Instant, by: CivilDate? = nil,
    met: Instant? = nil, at now: Instant, _ text: String
  ) {
    let isLate = by.map { LondonClock.startOfDay($0.advanced(byDays: 1)) <= now } ?? false
    obligations.append(
      Obligation(
        what, of: who, rule: rule, subject: subject, since: since, by: by,
        state: met != nil ? .met : isLate ? .overdue : .open, met: met, text: text))
  }

  /// Calendar days by which something came after its last good day; 0 or less if it came in time.
  func daysLate(_ came: Instant, after start: Instant, days: Int, _ boundary: Boundary) -> Int {
    let late = LondonClock.date(at: came).dayNumber - LondonClock.date(at: start).dayNumber - days
    touch(boundary, excess: Int64(late))
    return late
  }

  /// Tells that statements made before some news had paid for energy that is not payable after all. The
  /// settlement takes the difference off later payments, and carries what they do not cover (R-WHLD-01).
  func tellOverpaid(
    from: Instant, to: Instant, knownAt known: Instant, _ rule: Rule, _ subject: String, reads: [Cause],
    because why: String
  ) {
    let paid = statements.filter { $0.to < known }.flatMap(\.lines).filter {
      $0.isPayable && $0.amount > Pence(0) && $0.from < to && $0.to > from
    }
    guard let first = paid.map(\.from).min(), let last = paid.map(\.to).max() else { return }
    let amount = paid.reduce(Pence(0)) { $0 + $1.amount }
    notify(
      .customer, .recoupOverpaid, rule, at: known, subject, reads: reads,
      "earlier statements paid \(amount) for \(Phrase.span(first, last)), and what of it flowed in "
        + "\(Phrase.open(from, to)) was not payable, because \(why); the difference comes off the next "
        + "payments"
    )
  }

  /// The meter that an event is about: the one it names, else the export meter.
  func serial(of event: CaseEvent) -> String {
    event.facts.text(.serial) ?? book.meters.first { $0.uses.contains(.export) }?.serial ?? subject
  }

  /// Reads of the export register that are believed, of all meters, by their instants.
  func believedExports() -> [CountedRead] {
    exportChains.flatMap(\.accepted).sorted { $0.read.at < $1.read.at }
  }
}

extension CaseEvent {
  /// In order of happening; what happens at one instant in order of arrival.
  static func happens(_ left: CaseEvent, _ right: CaseEvent) -> Bool {
    (left.at, left.received, left.name) < (right.at, right.received, right.name)
  }

  /// The words of a fact in brackets, " (the roof was let)"; nothing where nobody said a word.
  func saying(_ key: FactKey) -> String { facts.text(key).map { " (\($0))" } ?? "" }
}

extension Phrase {
  /// A span whose end may not be known.
  static func open(_ from: Instant, _ to: Instant) -> String {
    to == .distantFuture ? "the time from \(from) on" : span(from, to)
  }
}
