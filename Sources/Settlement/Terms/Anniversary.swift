// Months and years counted on the calendar: quarters, terms of a tariff, tariff years, retention. No source
// says what the anniversary of 29 February is; that is a policy value.

internal import Units

extension CivilDate {
  /// So many months on (or back). Where that month has no such day, its last one; 29 February may count as 1
  /// March instead.
  func advanced(byMonths count: Int, leap: Policy.PaymentTerms.LeapAnniversary = .lastOfFebruary) -> CivilDate
  {
    let months = year * 12 + (month - 1) + count
    let (year, month) = (floorDivide(months, 12), floorModulo(months, 12) + 1)
    let last = CivilDate.days(inMonth: month, of: year)
    if self.month == 2, day == 29, month == 2, last == 28, leap == .firstOfMarch {
      return CivilDate(year: year, month: 3, day: 1) ?? self
    }
    return CivilDate(year: year, month: month, day: min(day, last)) ?? self
  }

  /// The year, counted from this date, in which another lies: first day, and first day after.
  func year(containing other: CivilDate, leap: Policy.PaymentTerms.LeapAnniversary) -> Range<CivilDate> {
    var number = other.year - year
    while advanced(byMonths: 12 * number, leap: leap) > other { number -= 1 }
    while advanced(byMonths: 12 * (number + 1), leap: leap) <= other { number += 1 }
    return advanced(byMonths: 12 * number, leap: leap)..<advanced(byMonths: 12 * (number + 1), leap: leap)
  }
}
