// Who may set the clock of a smart meter, and by how much. On SMETS2 only the import supplier can (GBCS use
// case ECS70, SRV 6.11): the command says what the time should be and a tolerance, and the meter takes the
// hub's time if that lies in the window; else it stays as it was and says so. An export supplier has no way
// to put right the clock by which export is paid.

public import Units

/// Who sends a command to a smart meter.
public enum RemoteParty: String, Hashable, Sendable, CaseIterable {
  case importSupplier = "import-supplier"
  case exportSupplier = "export-supplier"
  case networkOperator = "network-operator"
  case otherUser = "other-user"
}

/// What became of a command to set the clock; raw values are the GBCS alert codes.
public enum ClockAdjustment: UInt16, Hashable, Sendable {
  /// Set; the clock was within the tolerance.
  case adjusted = 0x8145
  /// Not set: the time asked for is further from the hub's than the tolerance.
  case outsideTolerance = 0x81C6
  /// Not set: the party has no right to.
  case refused = 0
}

/// How far a clock is to be trusted.
public enum ClockStatus: String, Hashable, Sendable, CaseIterable {
  case reliable, unreliable, invalid
}

extension Meter {
  /// What a SMETS2 clock may be off by before it is unreliable (recalled).
  public static let clockTolerance = TimeSpan.seconds(10)

  /// A command to take the hub's time, which is right, if the wanted time lies within `tolerance` of it.
  /// `now` is the hub's time.
  @discardableResult
  public func adjustClock(to wanted: Instant, tolerance: TimeSpan, by party: RemoteParty) -> ClockAdjustment {
    guard party == .importSupplier, profile.clock != nil else { return .refused }
    let distance = wanted > now ? wanted - now : now - wanted
    guard distance <= tolerance else {
      note(.clockRefused, at: ownReading)
      return .outsideTolerance
    }
    setClock(to: now)
    isClockInvalid = false
    return .adjusted
  }

  /// How its clock stands: invalid after it lost the time, unreliable beyond the tolerance.
  public var clockStatus: ClockStatus {
    if isClockInvalid { return .invalid }
    let distance = ownReading > now ? ownReading - now : now - ownReading
    return distance > Self.clockTolerance ? .unreliable : .reliable
  }
}
