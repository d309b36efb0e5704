// The supply of a meter fails and comes back. Registers are saved as it fails; the clock runs on while its
// reserve lasts; what the log shows of the time between is the make's (`OutageFace`). A meter without supply
// answers nobody and shows nothing.

internal import Units

/// Whether a meter's clock can be believed, as it says itself (the status word beside GBCS stamps).
public enum ClockStatus: String, Hashable, Sendable, CaseIterable {
  case reliable
  /// A synchronisation found it off by more than its tolerance and left it there.
  case unreliable
  /// It stopped and began anew: its stamps mean nothing until it is set.
  case invalid
}

/// An outage that a meter is in.
struct Outage {
  /// True time at which its supply failed.
  var since: Instant
  /// The half-hour by its clock in which that was: it was metered in part.
  var during: HalfHour
}

extension Meter {
  /// GBCS 8F36 tells an outage of three minutes or more apart (alert code table).
  static let longOutage = TimeSpan.minutes(3)

  /// Whether its mains are there. Without them it measures nothing and answers nobody.
  public var isPowered: Bool { outage == nil }

  /// Its supply fails, from `now` on. Nothing happens to one that has none.
  public func losePower() {
    guard isPowered else { return }
    note(.supplyInterrupted, at: clock(at: now))
    outage = Outage(since: now, during: period)
    bend()
  }

  /// Its supply is back, from `now` on.
  public func regainPower() {
    guard let outage else { return }
    let length = now - outage.since
    let isClockLost = hasLostClock(after: length)
    if let limit = profile.outage.clearsLogsAfter, length > limit, !isClockLost { clearHalfHours() }
    self.outage = nil
    if isClockLost { restartClock() }
    note(length >= Self.longOutage ? .supplyRestoredLate : .supplyRestored, at: clock(at: now))
    bend()
  }

  /// A synchronisation found the clock off and left it there: what it stamps is to be doubted. One that has
  /// stopped stays worse than that.
  public func doubtClock() {
    if clockStatus == .reliable { clockStatus = .unreliable }
  }

  /// Whether the half-hour that is closing lies wholly within an outage.
  var isWithoutSupply: Bool { outage.map { $0.during != period } ?? false }

  /// A clock that has stopped cannot tell which half-hours went by.
  var isClockStopped: Bool { outage.map { hasLostClock(after: now - $0.since) } ?? false }

  private func hasLostClock(after length: TimeSpan) -> Bool {
    profile.clock != nil && (measuring.clockReserve.map { length > $0 } ?? false)
  }

  private func restartClock() {
    resetClock(to: measuring.clockRestart)
    clockStatus = .invalid
    note(.clockInvalid, at: clock(at: now))
  }

  private func clearHalfHours() {
    for index in logs.indices { logs[index].clearHalfHours() }
  }
}
