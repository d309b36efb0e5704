// When the money is due (R-PAY-01, R-PAY-03).

internal import Units

extension Ledger {
  func dueDate(arrival: Instant, at: Instant) -> CivilDate? {
    let received = LondonClock.date(at: arrival)
    switch policy.paymentDue.value {
    case .calendarDays(let days):
      let due = received.advanced(byDays: days)
      let today = LondonClock.date(at: at)
      log.note(
        .payDue, .pay01, at: at, subject,
        "payment is due by \(due), \(days) calendar days from the reading of \(received)")
      if today > due {
        log.note(
          .payOverdue, .pay01, at: at, subject, severity: .query,
          "this settlement on \(today) is \(Phrase.count(today.dayNumber - due.dayNumber, "day")) late")
      }
      return due
    case .workingDays(let days):
      log.note(
        .calNoCoverage, .pay03, at: at, subject,
        "payment is due \(days) working days from the reading of \(received), but no date is given: what is "
          + "missing is a calendar of the bank holidays in England and Wales from \(received) on, to count "
          + "working days by"
      )
      return nil
    }
  }
}
