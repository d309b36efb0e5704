// Export money set against the import bill (R-PAY-06): the bill shows both and the customer pays the
// difference. Where export is worth more, the rest is credit,
// paid out on request while readings are up to date (R-PAY-07).

internal import Units

extension Ledger {
  /// A bill takes as much credit as it asks for.
  func takeBill(_ event: CaseEvent) {
    guard let bill = event.facts.money(.amount), bill > Pence(0),
      paymentArrangement(at: event.received) == .offset
    else { return }
    let credit = keeper.account.balance(.credit)
    let taken = min(credit, bill)
    keeper.post(.offset, .credit, .offset, taken, .payOffset, at: event.received)
    if taken > Pence(0) {
      keeper.payments.append(
        Payment(
          at: event.received, due: nil, amount: taken, method: .supplyAccount, payer: agreement.licensee,
          statements: [], state: .paid, paid: event.received, reason: .payOffset))
    }
    let left = bill - taken
    let rest =
      left > Pence(0) ? "the customer pays the difference of \(left)" : "nothing of the bill is left to pay"
    log.note(
      .payOffset, .pay06, at: event.received, subject, reads: [event.cause],
      "\(taken) of export is set against the import bill of \(bill), after VAT: \(rest)")
    if credit > taken {
      log.note(
        .payCreditHeld, .pay07, at: event.received, subject, reads: [event.cause],
        "export was worth \(credit - taken) more than the bill: that stays as credit on the account and is paid on "
          + "request")
    }
  }

  /// A request for the credit: paid if readings are up to date.
  func releaseCredit(_ event: CaseEvent) {
    let credit = keeper.account.balance(.credit)
    guard credit > Pence(0) else { return }
    let limit = policy.payment.freshReadingDays.value
    let reading = newestReading(at: event.received)
    let today = LondonClock.date(at: event.received).dayNumber
    let age = reading.map { today - LondonClock.date(at: $0.at).dayNumber }
    if let age { touch(.freshReading, excess: Int64(age - limit)) }
    guard let reading, let age, age <= limit else {
      let last = age.map {
        "the last is \(Phrase.count($0, "day")) old, and \($0 > limit ? "\(limit) are allowed" : "")"
      }
      log.note(
        .payCreditHeld, .pay07, at: event.received, subject, severity: .query, reads: [event.cause],
        "the credit of \(credit) is not paid out: readings are not up to date; \(last ?? "there is none")")
      refuse(event, .payCreditHeld)
      return
    }
    log.note(
      .payCreditReleased, .pay07, at: event.received, subject, reads: [event.cause],
      "the credit of \(credit) is paid out on request; the last reading is \(Phrase.count(age, "day")) old")
    pay(at: event.received, asked: event.received, arrival: reading.received)
  }
}
