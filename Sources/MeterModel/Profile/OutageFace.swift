// What a make of meter does when its supply fails and comes back. The protocols have no status column in
// their half-hours (GBCS "Profile" logs: time and value alone), so what stands there for a half-hour without
// supply is the maker's choice: handbooks of SMETS1 makers mark such entries, and one clears the whole log
// after three days.

public import Units

/// What an outage does to the logs and the clock of a make of meter.
public struct OutageFace: Hashable, Sendable {
  /// What stands in the log for a half-hour that lies wholly within an outage.
  public enum Gaps: String, Hashable, Sendable, CaseIterable {
    /// An entry of 0 Wh, as if nothing had been used.
    case zero
    /// No entry: the stamp is missing.
    case omitted
    /// An entry that says that it has no value.
    case marked
  }

  public var gaps: Gaps
  /// An outage longer than this empties the half-hourly logs; nil: none does.
  public var clearsLogsAfter: TimeSpan?
  /// How long the clock runs without supply: a super-capacitor some 48 h, a lithium cell for years (nil).
  public var clockReserve: TimeSpan?
  /// Where a clock begins that had stopped.
  public var clockRestart: Instant

  /// 2000-01-01T00:00:00Z, the epoch of GBCS time.
  public static let gbcsEpoch = Instant(seconds: 946_684_800)

  /// The ideal meter fills with 0 and never loses its clock (our assumption).
  public init(
    gaps: Gaps = .zero, clearsLogsAfter: TimeSpan? = nil, clockReserve: TimeSpan? = nil,
    clockRestart: Instant = Self.gbcsEpoch
  ) {
    (self.gaps, self.clearsLogsAfter) = (gaps, clearsLogsAfter)
    (self.clockReserve, self.clockRestart) = (clockReserve, clockRestart)
  }
}
