// Where no estimate is payable, though the policy pays estimates provisionally: for a meter that is or may be
// faulty, and where an agreement, a registration or an ownership ends, for there only readings count
// (R-EST-02). And where measured values count as estimates (R-EST-06).

internal import Units

extension Ledger {
  /// Whether the rules let the half-hours of a gap be estimated.
  func mayEstimate(_ gap: (from: Instant, to: Instant)) -> Bool {
    let faults: Set<ReasonCode> = [.whldMeterSuspect, .faultConfirmedNotPayable]
    return !treatments.all.contains { one in
      let touches = one.from <= gap.to && one.to > gap.from
      return touches && (faults.contains(one.reason) || one.isLastEnd && one.from > gap.from)
    }
  }

  /// Somebody else's estimates that reach to an end: what is paid last is paid on what was measured.
  func lastEstimates() -> [Range<Int>] {
    guard policy.estimates.value == .provisional else { return [] }
    return treatments.all.filter(\.isLastEnd).compactMap { end in
      let known = exports.touching(one.from, end.from).clamped(to: exports.reach)
      var first = known.upperBound
      while first > known.lowerBound, exports.isKnown(first - 1), !exports.isActual(first - 1) { first -= 1 }
      return first < known.upperBound ? first..<known.upperBound : nil
    }
  }

  /// Whether a half-hour is of a meter that failed its proving test and passed none since.
  func isUnproven(_ row: Int) -> Bool {
    let meter = exports.meter(row)
    guard !unproven.isEmpty, meter >= 0 else { return false }
    let halfHour = exports.halfHour(row)
    let spans = unproven[book.meters[Int(meter)].serial] ?? []
    return spans.contains { halfHour.end > $0.lowerBound && halfHour.start < $0.upperBound }
  }
}

extension Treatment {
  /// Nothing is payable from here on.
  fileprivate var isLastEnd: Bool { effect == .forfeit && to == .distantFuture }
}
