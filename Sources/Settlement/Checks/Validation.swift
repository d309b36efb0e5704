// The checks that look at days, months and other meters (R-VAL-03, -04, -10, -13).

internal import Units

extension Ledger {
  func judgeValidation(at now: Instant) {
  }
}
