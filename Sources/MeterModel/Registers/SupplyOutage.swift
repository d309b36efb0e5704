// The supply of the meter itself goes and comes back. Registers keep what they have. The clock goes on for as
// long as its backup lasts (48 h on a super-capacitor, ABB's A43 handbook); then it begins anew at 2000-01-01
// and is marked invalid until somebody sets it. What the log has for the time between is the maker's: entries
// of 0, or none; one SMETS1 maker clears the whole log after three days.

internal import Units

extension Meter {
  /// Where a clock begins that has lost the time.
  static let clockBegins = Instant(seconds: 946_684_800)

  /// Whether the meter has supply.
  public var isPowered: Bool { unpoweredSince == nil }

  /// The supply goes, from `now` on: nothing is measured, whatever flows.
  public func loseSupply() {
    guard isPowered else { return }
    note(.powerDown, at: ownReading)
    unpoweredSince = now
    limiter?.pause()
    bend()
  }

  /// The supply comes back, from `now` on.
  public func restoreSupply() {
    guard let since = unpoweredSince else { return }
    unpoweredSince = nil
    wasPowered = true
    let outage = now - since
    if let backup = profile.clock?.backup, outage > backup {
      // From the moment the backup ended the clock stood; it begins anew now.
      setClock(to: Self.clockBegins)
      isClockInvalid = true
      note(.clockInvalid, at: ownReading)
    }
    if let longest = profile.logs.clearedAfter, outage > longest {
      for index in logs.indices { logs[index].clear() }
    }
    note(.powerUp, at: ownReading, detail: UInt32(clamping: outage.microseconds / 1_000_000))
    bend()
  }
}
