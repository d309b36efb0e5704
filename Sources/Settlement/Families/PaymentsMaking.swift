// Payments made, held, sent back and made again (R-PAY-03, R-PAY-08, R-PAY-10), and charges taken off them
// (R-ONB-09, R-ACC-03): never below zero, and never without saying so.

internal import Units

extension Ledger {
  /// Pays what a date or request asked for, once a valid reading of that day has been settled.
  func payIfReady(at: Instant) {
    guard let wanted = keeper.wanted, wanted.asked <= at, let reading = newestReading(at: at),
      let last = statements.last(where: { $0.to <= at }), reading.received <= last.to
    else { return }
    guard LondonClock.date(at: reading.at) >= LondonClock.date(at: wanted.closing) else { return }
    if wanted.why == .end, endsBySwitch, !isSwitchRead(by: last.to) { return }
    keeper.wanted = nil
    if wanted.why == .end { takeExitFee(at: at) }
    let first = keeper.payments.count
    pay(at: at, asked: wanted.asked, arrival: reading.received)
    if wanted.why == .end { tellFinal(keeper.payments[first...], at: at) }
  }

  private func takeExitFee(at: Instant) {
    let fee = policy.switching.exitFee.value
    guard fee > Pence(0), endsBySwitch else { return }
    keeper.post(.charged, .charges, .charged, fee, .swiFinalPaid, at: at)
    keeper.charges.append(
      (Charge(at: at, amount: fee, code: .swiFinalPaid, rule: .swi07, text: "exit fee"), fee))
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
  func pay(at: Instant, asked: Instant?, arrival: Instant? = nil) {
    let credit = keeper.account.balance(.credit)
    keeper.post(.released, .credit, .accrued, credit, .payCreditReleased, at: at)
    if credit > Pence(0) {
      keeper.lots.append(
        AccountKeeper.Lot(statement: -1, payer: agreement.licensee, amount: credit, due: nil))
    }
    let lots = keeper.lots
    keeper.lots.removeAll()
    var payers: [String] = []
    for lot in lots where !payers.contains(lot.payer) { payers.append(lot.payer) }
    for payer in payers {
      let mine = lots.filter { $0.payer == payer }
      var amount = mine.reduce(Pence(0)) { $0 + $1.amount }
      keeper.post(.due, .accrued, .payable, amount, .payOK, at: at)
      amount = net(amount, at: at)
      guard amount > Pence(0) else { continue }
      var due = mine.compactMap(\.due).max()
      if due == nil, let asked, let arrival {
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
    guard payeeProblem(at: at) == nil else { return }
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

  /// Takes charges off an amount. What they exceed it by waits for the next payment.
  private func net(_ amount: Pence, at: Instant) -> Pence {
    guard policy.payment.charges.value == .netted else { return amount }
    var left = amount
    for number in keeper.charges.indices where keeper.charges[number].left > Pence(0) {
      let (charge, open) = keeper.charges[number]
      let taken = min(open, left)
      guard taken > Pence(0) else { continue }
      left -= taken
      keeper.charges[number].left = open - taken
      keeper.post(.netted, .payable, .charges, taken, charge.code, at: at)
      let rest = open > taken ? "; \(open - taken) of it waits for the next payment" : ""
      log.note(
        charge.code, charge.rule, at: at, subject, reads: charge.causes,
        "\(taken) of the charge of \(charge.amount) is taken off the payment of \(amount)\(rest)")
    }
    return left
  }
}
