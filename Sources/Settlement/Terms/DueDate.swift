// When a payment is due: so many calendar days from a valid reading (BUL 5.4, R-PAY-01), or so many Working
// Days from the later of request and reading (EON 6.8, R-PAY-03, R-PAY-04). EON 6.8 points to a clause 6.9
// that is not there; 6.7, the request, is meant (K-10).

internal import Units

/// The last day on which a payment is in time, and from which day that was counted.
struct DueDate: Hashable {
  enum Start: Hashable {
    case reading
    case request
  }

  /// Which of the two came last.
  var start: Start
  var began: Instant
  /// Day 0 of the count; nil where the calendar does not reach.
  var counted: CivilDate?
  /// Nil where the calendar does not reach.
  var date: CivilDate?

  /// `asked` is the request or the scheduled date, where the payment waited for one.
  init(_ policy: Policy, _ calendar: WorkingDays?, arrival: Instant, asked: Instant? = nil) {
    let request = policy.payment.clock.value == .laterOfRequestAndReading ? asked : nil
    began = max(arrival, request ?? arrival)
    start = began > arrival ? .request : .reading
    switch policy.paymentDue.value {
    case .calendarDays(let days):
      let day = LondonClock.date(at: began)
      (counted, date) = (day, day.advanced(byDays: days))
    case .workingDays(let days):
      let day = calendar?.dayCounted(for: began, WorkingHours(policy.payment))
      counted = day
      date = day.flatMap { calendar?.advanced($0, by: days) }
    }
  }
}
