// By when the money of a statement is due, and whether it is late (R-PAY-01, R-PAY-03, R-PAY-04).

internal import Units

extension Ledger {
  /// The last day on which the payment of a statement is in time. `lines` are those that pay for energy, `at`
  /// is the settlement. Nil where no date can be given: the calendar does not reach, or the payment waits for
  /// a date or a request or the reading that answers it, or goes to the supply account.
  func dueDate(of lines: [StatementLine], at: Instant) -> CivilDate? {
    keepAccount(through: at)
    guard paymentArrangement(at: at) == .separate else { return nil }
    let wanted = keeper.wanted
    if wanted == nil, !paymentSchedules(at: at).isEmpty, !keeper.hasEnded { return nil }
    if let wanted, policy.payment.clock.value == .laterOfRequestAndReading {
      guard let reading = newestReading(at: at), closes(wanted, at: reading.at, received: reading.received)
      else { return nil }
    }
    // A date asks for what was exported before it.
    let before = lines.filter { line in
      wanted.map { $0.why == .schedule && line.from < $0.asked } ?? false
    }
    let arrival = arrival(of: before.isEmpty ? lines : before, at: at)
    let due = DueDate(policy, one.calendar, arrival: arrival, asked: wanted?.asked)
    return tellDue(due, arrival, wanted, at: at)
  }

  /// Tells due date and delay of a payment that is made now.
  private func tellDue(
    _ due: DueDate, _ arrival: Instant, _ wanted: AccountKeeper.Wanted?, at: Instant
  ) -> CivilDate? {
    let since = start(of: due, arrival, wanted)
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

  private func start(of due: DueDate, _ arrival: Instant, _ wanted: AccountKeeper.Wanted?) -> String {
    let day = LondonClock.date(at: arrival)
    let isData = exportChains.contains { $0.accepted.contains { $0.read.received == arrival } }
    let reading = isData || lastLog == arrival ? "the reading of \(day)" : "the news of \(day)"
    guard let wanted, policy.payment.clock.value == .laterOfRequestAndReading else { return reading }
    let what =
      switch wanted.why {
      case .request: "request"
      case .schedule: "date"
      case .end: "end"
      }
    if due.start == .request { return "the \(what) of \(LondonClock.date(at: wanted.asked))" }
    return arrival > wanted.asked ? "\(reading), later than the \(what)" : reading
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
