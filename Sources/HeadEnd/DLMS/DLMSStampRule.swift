// From a meter's date-time to UTC. The deviation's sign has two readings; in Great Britain it tells itself:
// local time is never behind UTC, so −60 can only be the standard's present reading (UTC = local + deviation)
// and +60 only the older one.

public import Units
public import Wire

/// How stamps are read.
public struct DLMSStampRule: Hashable, Sendable {
  public enum Deviation: String, Hashable, Sendable, CaseIterable {
    /// By its own sign: negative is UTC − local, positive is local − UTC. For meters in Great Britain.
    case automatic
    case utcMinusLocal = "utc-minus-local"
    case localMinusUTC = "local-minus-utc"
  }

  public var deviation: Deviation
  /// Whether a stamp without a deviation is UTC, as GBCS has it; otherwise it cannot be told.
  public var unspecifiedIsUTC: Bool

  public init(deviation: Deviation = .automatic, unspecifiedIsUTC: Bool = false) {
    (self.deviation, self.unspecifiedIsUTC) = (deviation, unspecifiedIsUTC)
  }

  /// Nil where it cannot be told: no deviation, unspecified parts, a clock that calls itself invalid.
  public func instant(_ stamp: COSEMDateTime) -> Instant? {
    if stamp.status != .unspecified, stamp.status.contains(.invalid) { return nil }
    guard let minutes = stamp.deviation else { return unspecifiedIsUTC ? stamp.asUTC : nil }
    switch deviation {
    case .automatic: return stamp.instant(minutes > 0 ? .localMinusUTC : .utcMinusLocal)
    case .utcMinusLocal: return stamp.instant(.utcMinusLocal)
    case .localMinusUTC: return stamp.instant(.localMinusUTC)
    }
  }
}
