// The joint for estimates (R-EST-05): what a policy that allows them may put where nothing was measured. Only
// a missing half-hour asks; what somebody else estimated comes as a value of its own. A stretch of flat
// tariff without a reading is never estimated: it is left for the reading that ends it.

internal import Units

/// Energy that nobody measured, and by which method it was made.
struct Estimate: Hashable {
  var energy: Int64
  /// `EST_CHECK_METER` …
  var method: ReasonCode
}

extension Ledger {
  /// What is put in the place of a missing half-hour; nil: nothing, it is held.
  func estimate(of halfHour: HalfHour) -> Estimate? {
    guard let row = exports.index(of: halfHour) else { return nil }
    if gapEstimates == nil {
      let made = estimateGaps()
      gapEstimates = made
      tell(made, at: settling)
    }
    guard let gap = gapEstimates?.gap(of: row) else { return nil }
    return Estimate(energy: gap.energies[row - gap.rows.lowerBound], method: gap.method.code)
  }
}
