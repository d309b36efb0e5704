// How an agreement ends (R-TERM-01 … -04): by the customer, by the licensee for a breach, by Ofgem, by
// itself. Nothing that flows after the end is payable; what was earned before it stays so (R-WHLD-04). A
// switch ends an agreement in its own way, when the new licensee is registered (K-15).

internal import Units

extension Ledger {
  func judgeEndings(at now: Instant) {
    known(.noticeSent).forEach(tellNotice)
    for event in known(.endedByCustomer) { endByCustomer(event, at: now) }
    for event in known(.endedByLicensee) { endByLicensee(event, at: now) }
    for event in known(.ofgemEnded) {
      end(event, .termOfgem, .term02, at: now, "Ofgem directs that the agreement ends")
    }
    if policy.endings.automatic.value.contains(.ownership) {
      for event in known(.ownerChanged) {
        log.note(
          .termAuto, .term03, at: event.received, subject, reads: [event.cause],
          "the agreement ended by itself on \(event.startOfDay), when ownership passed")
      }
    }
    for event in known(.licenseeStatusLost) where policy.endings.automatic.value.contains(.licenseeStatus) {
      end(
        event, .termAuto, .term03, at: now,
        "the firm is a SEG licensee no longer, and the agreement ends by itself")
    }
  }

  // MARK: By the customer

  private func endByCustomer(_ event: CaseEvent, at now: Instant) {
    guard event.facts.text(.to) != Leaving.switching else {
      log.note(
        .termByCustomer, .term01, at: event.received, subject, reads: [event.cause],
        "the customer leaves for another licensee: the agreement ends when that licensee is registered, "
          + "not before"
      )
      return
    }
    guard policy.endings.byCustomer.value == .finalReading else {
      end(event, .termByCustomer, .term01, at: now, "the customer ends the agreement")
      return
    }
    guard let wished = earliestEnd(of: event) else {
      holdUndated(event, .term01)
      return
    }
    let words =
      "the customer ends the agreement\(event.saying(.why)), from the day on which a final reading is "
      + "accepted"
    log.note(.termByCustomer, .term01, at: event.received, subject, reads: [event.cause], words)
    askFinalReading(for: wished, since: event.received, .term01, at: now)
    guard let last = finalReading(for: wished) else { return }
    let end = max(last.read.received, event.received)
    treatments.add(
      Treatment(.forfeit, from: end, .termByCustomer, .term01, causes: [event.cause, last.read.cause]))
    notify(
      .customer, .termByCustomer, .term01, at: end, subject, reads: [event.cause, last.read.cause],
      "the final reading of \(last.read.value) on \(last.read.at) is accepted: the agreement ends on \(end)")
  }

  // MARK: By the licensee

  private func endByLicensee(_ event: CaseEvent, at now: Instant) {
    let isSlight = event.facts.text(.breach) == Policy.EndingsTerms.slight
    guard !isSlight || policy.endings.breach.value == .any else {
      log.note(
        .termBreach, .term02, at: event.received, subject, severity: .query, reads: [event.cause],
        "the agreement goes on: the breach\(event.saying(.why)) is slight, and only a significant one ends it"
      )
      return
    }
    end(event, .termBreach, .term02, at: now, "the licensee ends the agreement for a breach")
  }

  // MARK: An end

  private func end(_ event: CaseEvent, _ code: ReasonCode, _ rule: Rule, at now: Instant, _ words: String) {
    guard let end = earliestEnd(of: event) else {
      holdUndated(event, rule)
      return
    }
    treatments.add(Treatment(.forfeit, from: end, code, rule, causes: [event.cause]))
    notify(
      .customer, code, rule, at: event.received, subject, reads: [event.cause],
      "\(words)\(event.saying(.why)): what flows from \(end) on is not payable, what flowed before stays so")
    tellOverpaid(
      from: end, to: .distantFuture, knownAt: event.received, rule, subject, reads: [event.cause],
      because: "the agreement had ended")
    askFinalReading(for: end, since: event.received, rule, at: now)
  }

  /// When an end takes effect: on the day it names, and not before its notice is delivered. Nil where no
  /// calendar says when that is.
  private func earliestEnd(of event: CaseEvent) -> Instant? {
    guard let delivered = delivery(of: event) else { return nil }
    tellNotice(event)
    guard let named = event.facts.date(.on) else { return delivered }
    if event.facts.text(.channel) == Channel.post {
      let day = LondonClock.date(at: delivered)
      touch(.postedNotice, excess: Int64(day.dayNumber - named.dayNumber))
    }
    return max(delivered, LondonClock.startOfDay(named))
  }

  /// Nobody can say when a posted notice takes effect: what flows after it was posted is held, not guessed.
  private func holdUndated(_ event: CaseEvent, _ rule: Rule) {
    tellNotice(event)
    treatments.add(Treatment(.hold, from: event.at, .calNoCoverage, rule, causes: [event.cause]))
  }
}

/// Where a customer who ends an agreement goes.
enum Leaving {
  static let (leaving, switching) = ("leave", "switch")
}

extension Policy.EndingsTerms {
  static let slight = "slight"
}
