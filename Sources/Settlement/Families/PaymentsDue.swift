// By when the money of a statement is due, and whether it is late (R-PAY-01, R-PAY-03, R-PAY-04).

internal import Units

extension Ledger {
  /// The last day on which the payment of a statement is in time. `arrival` is that of the newest data that
  /// it rests on, `at` the settlement. Nil where no date can be given: the calendar does not reach, or the
  /// payment waits for a date or a request, or goes to the supply account.
  func dueDate(arrival: Instant, at: Instant) -> CivilDate? {
    keepAccount(through: at)
    guard paymentArrangement(at: at) == .separate else { return nil }
    let asked = keeper.wanted?.asked
    if asked == nil, !paymentSchedules(at: at).isEmpty, !keeper.hasEnded { return nil }
    return tellDue(DueDate(policy, one.calendar, arrival: arrival, asked: asked), arrival, asked, at: at)
  }

  /// Tells due date and delay of a payment that is made now.
  func tellDue(_ due: DueDate, _ arrival: Instant, _ asked: Instant?, at: Instant) -> CivilDate? {
    let since = start(of: due, arrival, asked)
    switch policy.paymentDue.value {
    case .calendarDays(let days):
      guard let date = due.date else { return nil }
      log.note(
        .payDue, .pay01, at: at, subject,
        "payment is due by \(date), \(days) calendar days from \(since)")
      tellDelay(date, .pay01, at: at)
      return date
    case .workingDays(let days):
      touchHours(due.began)
      guard let date = due.date, let counted = due.counted else {
        tellNoCoverage(days, since, due)
        return nil
      }
      let shifted = counted == LondonClock.date(at: due.began) ? "" : ", which counts on \(counted)"
      log.note(
        .payDue, .pay03, at: at, subject,
        "payment is due by \(date), \(days) working days from \(since)\(shifted)")
      tellDelay(date, .pay03, at: at)
      return date
    }
  }

  private func start(of due: DueDate, _ arrival: Instant, _ asked: Instant?) -> String {
    let reading = "the reading of \(LondonClock.date(at: arrival))"
    guard let asked, policy.payment.clock.value == .laterOfRequestAndReading else { return reading }
    return due.start == .request
      ? "the request of \(LondonClock.date(at: asked))" : "\(reading), later than the request"
  }

  private func tellDelay(_ due: CivilDate, _ rule: Rule, at: Instant) {
    let today = LondonClock.date(at: at)
    let late = today.dayNumber - due.dayNumber
    touch(.paymentDueDay, excess: Int64(late))
    guard late > 0 else { return }
    log.note(
      .payOverdue, rule, at: at, subject, severity: .query,
      "this settlement on \(today) is \(Phrase.count(late, "day")) late")
  }

  private func tellNoCoverage(_ days: Int, _ since: String, _ due: DueDate) {
    let from = due.counted ?? LondonClock.date(at: due.began)
    let missing =
      one.calendar.map {
        "the calendar of bank holidays speaks of \($0.covered.lowerBound) to \($0.covered.upperBound)"
      }
      ?? "what is missing is a calendar of the bank holidays in England and Wales from \(from) on, to count "
      + "working days by"
    log.note(
      .calNoCoverage, .pay04, at: due.began, subject, severity: .query,
      "payment is due \(days) working days from \(since), but no date is given: \(missing)")
  }

  /// How near an arrival came to the ends of the Working Day; whole seconds, a part of one counts as one.
  private func touchHours(_ at: Instant) {
    guard one.calendar?.isWorking(LondonClock.date(at: at)) == true else { return }
    let (clock, hours) = (WorkingHours.sinceMidnight(at), WorkingHours(policy.payment))
    touch(.endOfWorkingDay, excess: -floorDivide((hours.ends - clock).microseconds, 1_000_000))
    touch(.beginOfWorkingDay, excess: -floorDivide((clock - hours.begins).microseconds, 1_000_000))
  }
}
