// Payments, as far as they can be judged before the statement of an instant is written: dates told ahead,
// requests that nobody answered in time, and what the licensee owes by when (R-PAY-02, R-PAY-03).

internal import Units

extension Ledger {
  func judgePayments(at now: Instant) {
    tellSchedule(at: now)
    chargeExitFee(at: now)
  }

  /// A date or request with its valid reading, for which nobody settled by the due day.
  func tellUnanswered(at now: Instant) {
    guard let wanted = keeper.wanted, let reading = firstReading(since: wanted, by: now) else { return }
    let due = DueDate(policy, one.calendar, arrival: reading, asked: wanted.asked)
    guard let date = due.date else { return }
    let overdue = LondonClock.startOfDay(date.advanced(byDays: 1))
    let ready = max(reading, wanted.asked)
    guard overdue <= now, !statements.contains(where: { $0.to >= ready && $0.to < overdue }) else { return }
    log.note(
      .payOverdue, .pay03, at: overdue, subject, severity: .query,
      "payment was due by \(date) and nobody has settled since the reading of \(LondonClock.date(at: reading))"
    )
  }

  /// Arrival of the first accepted reading that answers a date or request, and on which nobody had settled
  /// when a request came.
  private func firstReading(since wanted: AccountKeeper.Wanted, by now: Instant) -> Instant? {
    let last = statements.last { $0.to < wanted.asked }?.to
    let isOpen = { (received: Instant) in wanted.why != .request || last.map { received > $0 } ?? true }
    return exportChains.flatMap { $0.accepted.dropFirst() }.map(\.read)
      .filter {
        $0.received <= now && isOpen($0.received)
          && closes(wanted, at: $0.at, received: $0.received)
      }
      .map(\.received).min()
  }

  /// What the licensee owes, payment by payment, and what of it is late.
  func statePaymentDuties(at now: Instant) {
    for payment in keeper.payments {
      guard let due = payment.due, payment.state == .paid || payment.state == .held else { continue }
      let rule = if case .workingDays = policy.paymentDue.value { Rule.pay03 } else { Rule.pay01 }
      let isHeld = payment.state == .held
      obligations.append(
        Obligation(
          "payment", of: .licensee, rule: rule, subject: subject, since: payment.at, by: isHeld ? nil : due,
          state: isHeld ? .open : .met, met: payment.paid,
          text: isHeld
            ? "\(payment.amount) waits: \(payment.reason.meaning)"
            : "\(payment.amount) is to be paid by \(due)"))
    }
    for plan in plannedPayments(at: now) {
      let due = plan.due.map { LondonClock.startOfDay($0.advanced(byDays: 1)) <= now } ?? false
      obligations.append(
        Obligation(
          "payment", of: .licensee, rule: .pay02, subject: subject, since: plan.at, by: plan.due,
          state: due ? .overdue : .open,
          text: "\(plan.amount) is to be paid at \(LondonClock.date(at: plan.at))"))
    }
  }

  /// All payments, with those that are planned.
  var payments: [Payment] { keeper.payments + plannedPayments(at: keeper.through ?? one.until) }

  /// What is earned and waits for a date, a request or a reading.
  func plannedPayments(at now: Instant) -> [Payment] {
    let accrued = keeper.lots.reduce(Pence(0)) { $0 + $1.amount }
    guard accrued > Pence(0), paymentArrangement(at: now) == .separate else { return [] }
    let next = paymentSchedules(at: now).compactMap { $0.next(after: LondonClock.date(at: now)) }.min()
    guard let at = keeper.wanted?.asked ?? next.map({ LondonClock.startOfDay($0) }) else { return [] }
    let arrival = keeper.wanted.flatMap { firstReading(since: $0, by: now) }
    let due = dueByReading ?? arrival.flatMap { DueDate(policy, one.calendar, arrival: $0, asked: at).date }
    return [
      Payment(
        at: at, due: due, amount: accrued, method: .bankTransfer, payer: agreement.licensee,
        statements: keeper.lots.map(\.statement), state: .scheduled, reason: .payScheduled)
    ]
  }
}
