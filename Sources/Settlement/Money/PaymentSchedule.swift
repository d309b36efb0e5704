// The dates on which a licensee pays of itself (R-PAY-02): every so many months, or as the term of the tariff
// fixes: a fixed tariff of 12 months once, at its end; a longer one at least every 12 months; without a term
// every 12 months, or at a change of tariff or the end of the agreement, whichever comes first.

internal import Units

/// Dates of payment, counted from the start of a tariff.
struct PaymentSchedule: Hashable {
  var start: CivilDate
  /// First day after a fixed term; nil where the tariff has none.
  var end: CivilDate?
  /// Months between payments.
  var months: Int
  /// A tariff no longer than this is paid once, at its end; 0 where terms do not matter.
  var onceMonths: Int
  var leap: Policy.PaymentTerms.LeapAnniversary

  init(_ terms: Policy.PaymentTerms, start: CivilDate, end: CivilDate?) {
    (self.start, self.end) = (start, end)
    leap = terms.leapAnniversary.value
    onceMonths = 0
    switch terms.cadence.value {
    case .monthly: months = 1
    case .quarterly: months = 3
    case .halfYearly: months = 6
    case .yearly: months = 12
    case .byTerm: (months, onceMonths) = (terms.longTermMonths.value, terms.termPaidOnceMonths.value)
    }
  }

  /// Whether the tariff is fixed and short enough to be paid once.
  var isPaidOnce: Bool {
    guard onceMonths > 0, let end else { return false }
    return end <= start.advanced(byMonths: onceMonths, leap: leap)
  }

  /// The first date of payment after a day; nil after the last one.
  func next(after day: CivilDate) -> CivilDate? {
    if let end, end <= day { return nil }
    if isPaidOnce { return end }
    var number = max(0, (day.year - start.year) * 12 + day.month - start.month) / months
    var date = start.advanced(byMonths: number * months, leap: leap)
    while date <= day || date <= start {
      number += 1
      date = start.advanced(byMonths: number * months, leap: leap)
    }
    return end.map { min($0, date) } ?? date
  }

  /// All dates after one day and up to another.
  func dates(after first: CivilDate, through last: CivilDate) -> [CivilDate] {
    var dates: [CivilDate] = []
    var day = first
    while let date = next(after: day), date <= last {
      dates.append(date)
      day = date
    }
    return dates
  }
}
