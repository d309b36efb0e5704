// The joint for estimates (R-EST-05): what a policy that allows them may put where nothing was measured. Only a
// missing half-hour or a stretch without a reading asks; what somebody else estimated comes as a value of its own.

internal import Units

/// Energy that nobody measured, and by which method it was made.
struct Estimate: Hashable {
  var energy: Int64
  /// `EST_CHECK_METER` …
  var method: ReasonCode
}

extension Ledger {
  /// What is put in the place of a missing half-hour; nil: nothing, it is held.
  func estimate(of halfHour: HalfHour) -> Estimate? { nil }

  /// What is put in the place of a stretch without a valid reading under a flat tariff; nil: nothing.
  func estimate(from: Instant, to: Instant) -> Estimate? { nil }
}
