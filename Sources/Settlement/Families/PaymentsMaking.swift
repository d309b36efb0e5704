// Payments made, held, sent back and made again (R-PAY-03, R-PAY-08, R-PAY-10): what statements let be paid,
// from which their charges are taken already.

internal import Units

extension Ledger {
  /// Pays what a date or request asked for, once a valid reading of that day has been settled.
  func payIfReady(at: Instant) {
    guard let wanted = keeper.wanted, wanted.asked <= at, let reading = newestReading(at: at),
      let last = statements.last(where: { $0.to <= at }), reading.received <= last.to,
      closes(wanted, at: reading.at, received: reading.received)
    else { return }
    // A request that finds nothing to pay waits for what comes.
    if wanted.why == .request, keeper.lots.isEmpty, keeper.account.balance(.credit) == Pence(0) { return }
    if wanted.why == .end, endsBySwitch, !isSwitchRead(by: last.to) { return }
    keeper.wanted = nil
    let first = keeper.payments.count
    pay(at: at, asked: wanted.asked, arrival: reading.received)
    if wanted.why == .end { tellFinal(keeper.payments[first...], at: at) }
  }

  /// Where the days count from the reading alone, a date that no reading closes does not keep what earlier
  /// readings earned beyond the day by which it is due (R-PAY-01).
  func payByDue(through now: Instant) {
    guard let due = dueByReading else { return }
    let day = LondonClock.startOfDay(due)
    guard day <= now else { return }
    let asked = keeper.wanted?.asked
    keeper.wanted = nil
    pay(at: max(day, statements.last?.to ?? day), asked: asked, by: due)
  }

  /// The day by which money that waits for a reading is due, where only readings count; as many days from the
  /// date where it would have passed by then, since a confirmation may fix a longer time (K-37).
  var dueByReading: CivilDate? {
    guard policy.payment.clock.value == .reading, let wanted = keeper.wanted, wanted.why == .schedule,
      let arrival = keeper.lots.compactMap(\.arrival).min(),
      let due = DueDate(policy, one.calendar, arrival: arrival).date
    else { return nil }
    if due > LondonClock.date(at: wanted.asked) { return due }
    return DueDate(policy, one.calendar, arrival: wanted.asked).date
  }

  /// Whether a reading lets a date or request be answered: one that closes the period; for a request one that
  /// is up to date, or that nobody had settled on.
  func closes(_ wanted: AccountKeeper.Wanted, at read: Instant, received: Instant) -> Bool {
    let day = LondonClock.date(at: read)
    guard wanted.why == .request else { return day >= LondonClock.date(at: wanted.closing) }
    let age = LondonClock.date(at: wanted.asked).dayNumber - day.dayNumber
    if age <= policy.payment.freshReadingDays.value { return true }
    return statements.last { $0.to < wanted.asked }.map { received > $0.to } ?? true
  }

  /// An exit fee is a charge on the statement of the switch reading (R-SWI-07).
  func chargeExitFee(at now: Instant) {
    let fee = policy.switching.exitFee.value
    guard fee > Pence(0), endsBySwitch, let end = agreementEnd(at: now), isSwitchRead(by: now) else { return }
    charges.append(
      Charge(
        at: max(end.at, end.known), amount: fee, code: .swiFinalPaid, rule: .swi07, text: "exit fee"))
  }

  /// The old licensee's last payment (R-SWI-04); no exit fee is taken where the terms have none (R-SWI-07).
  private func tellFinal(_ payments: ArraySlice<Payment>, at: Instant) {
    guard endsBySwitch else { return }
    let sum = payments.filter { $0.state == .paid }.reduce(Pence(0)) { $0 + $1.amount }
    let what = sum > Pence(0) ? "\(sum) is paid" : "nothing is left to pay"
    let fee = policy.switching.exitFee.value > Pence(0) ? "" : ", without an exit fee"
    log.note(
      .swiFinalPaid, .swi04, at: at, subject,
      "the reading of the switch is settled and \(what) for the last time\(fee); the agreement is closed")
  }

  /// Whether the reading that closes the agreement had come by an instant.
  private func isSwitchRead(by now: Instant) -> Bool {
    let view = SwitchView(self, events: switchEvents)
    guard let last = view.boundaries.last, case .agreed(_, let since) = view.reading(for: last.from, by: now)
    else { return false }
    return since <= now
  }

  private var endsBySwitch: Bool {
    treatments.all.contains { $0.reason == .swiEffective && $0.to == .distantFuture && $0.effect == .forfeit }
  }

  /// The newest accepted reading of an export register, or log of it, that had arrived by an instant.
  func newestReading(at now: Instant) -> (at: Instant, received: Instant)? {
    var newest: (at: Instant, received: Instant)?
    for chain in exportChains {
      guard let one = chain.accepted.last(where: { $0.read.received <= now })?.read else { continue }
      if newest.map({ one.at > $0.at }) ?? true { newest = (one.at, one.received) }
    }
    guard let log = lastLog, log <= now, exports.horizon > exports.first else { return newest }
    let reach = exports.horizon.start
    return newest.map { $0.at >= reach } ?? false ? newest : (reach, log)
  }

  /// Pays all that waits, one payment to each payer.
  func pay(at: Instant, asked: Instant?, arrival: Instant? = nil, by day: CivilDate? = nil) {
    let credit = keeper.account.balance(.credit)
    keeper.post(.released, .credit, .accrued, credit, .payCreditReleased, at: at)
    if credit > Pence(0) {
      keeper.lots.append(
        AccountKeeper.Lot(statement: -1, payer: agreement.licensee, amount: credit))
    }
    let lots = keeper.lots
    keeper.lots.removeAll()
    var payers: [String] = []
    for lot in lots where !payers.contains(lot.payer) { payers.append(lot.payer) }
    for payer in payers {
      let mine = lots.filter { $0.payer == payer }
      let amount = mine.reduce(Pence(0)) { $0 + $1.amount }
      keeper.post(.due, .accrued, .payable, amount, .payOK, at: at)
      guard amount > Pence(0) else { continue }
      var due = day ?? mine.compactMap(\.due).max()
      if due == nil, let asked, let arrival = mine.compactMap(\.arrival).max() ?? arrival {
        due = DueDate(policy, one.calendar, arrival: arrival, asked: asked).date
      }
      send(
        Payment(
          at: at, due: due, amount: amount, method: .bankTransfer, payer: payer,
          statements: mine.map(\.statement).filter { $0 >= 0 }, state: .paid, paid: at, reason: .payOK))
    }
  }

  /// Sends a payment, or holds it and says why.
  private func send(_ payment: Payment) {
    var payment = payment
    if let problem = payeeProblem(at: payment.at) {
      (payment.state, payment.paid, payment.reason) = (.held, nil, problem.code)
      log.note(
        problem.code, problem.rule, at: payment.at, subject, severity: .hold,
        "\(payment.amount) is not sent: \(problem.text)")
    } else {
      keeper.post(.paid, .payable, .paid, payment.amount, payment.reason, at: payment.at)
    }
    keeper.payments.append(payment)
  }

  /// Sends what was held or came back, now that nothing stands in its way.
  func releasePayments(at: Instant) {
    if let problem = payeeProblem(at: at) { return hold(problem, at: at) }
    for number in keeper.payments.indices {
      let old = keeper.payments[number]
      guard old.state == .held else { continue }
      keeper.payments[number].state = .paid
      keeper.payments[number].paid = at
      keeper.payments[number].reason = .payOK
      keeper.post(.paid, .payable, .paid, old.amount, .payOK, at: at)
      log.note(
        .payReleased, old.reason == .payWrongPayee ? .pay08 : .pay10, at: at, subject,
        "\(old.amount), held since \(old.at), is sent")
    }
  }

  /// What is held goes on being held, for another reason than before.
  private func hold(_ problem: (code: ReasonCode, rule: Rule, text: String), at: Instant) {
    for number in keeper.payments.indices where keeper.payments[number].state == .held {
      guard keeper.payments[number].reason != problem.code else { continue }
      keeper.payments[number].reason = problem.code
      log.note(
        problem.code, problem.rule, at: at, subject, severity: .hold,
        "\(keeper.payments[number].amount) is not sent: \(problem.text)")
    }
  }

  /// The bank sends the last payment back: it is owed again, and waits for an account that works (R-PAY-10).
  func takeReturn(_ event: CaseEvent) {
    guard
      let number = keeper.payments.lastIndex(where: { $0.state == .paid && $0.method == .bankTransfer })
    else { return }
    let old = keeper.payments[number]
    keeper.bankRefused = true
    keeper.post(.returned, .paid, .payable, old.amount, .payReturned, at: event.received)
    keeper.payments[number].state = .returned
    keeper.payments[number].reason = .payReturned
    let why = event.facts.text(.why).map { " ('\($0)')" } ?? ""
    log.note(
      .payReturned, .pay10, at: event.received, subject, severity: .query, reads: [event.cause],
      "the bank sent \(old.amount) of \(old.paid ?? old.at) back\(why): it is owed again, and sent when an account "
        + "is given that works")
    var again = old
    (again.at, again.state, again.paid, again.reason) = (event.received, .held, nil, .payReturned)
    keeper.payments.append(again)
  }
}
