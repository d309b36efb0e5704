// What a meter notes of itself in its event log. The numbers are those of common European companion profiles
// to DLMS (our choice for GB meters: their own numbers are the makers', or GBCS's).

public import Units

/// An entry of the event log.
public struct MeterEvent: Hashable, Sendable {
  public enum Code: UInt8, Hashable, Sendable, CaseIterable {
    /// The supply of the meter went, and came back.
    case powerDown = 1
    case powerUp = 2
    /// The clock was set: what it said before.
    case clockWas = 4
    /// The clock was set: what it says now.
    case clockSet = 5
    /// What the clock says is not to be trusted.
    case clockInvalid = 6
    /// A check over non-volatile memory failed.
    case memoryError = 14
    /// The watchdog reset the processor.
    case watchdog = 15
    /// Another firmware is at work.
    case firmwareActivated = 18
    /// A strong magnetic field.
    case strongField = 42
    /// A password, or an answer to a challenge, was wrong.
    case authenticationFailed = 46
    /// The supply was disconnected, and connected again, from afar.
    case supplyDisconnected = 62
    case supplyConnected = 63
  }

  /// By the meter's own clock.
  public var stamp: Instant
  public var code: Code

  public init(stamp: Instant, code: Code) { (self.stamp, self.code) = (stamp, code) }

  /// How many a meter keeps; the oldest goes (SMETS: 100).
  public static let capacity = 100
}

extension Meter {
  /// Notes that its memory is bad.
  func noteMemoryError() { note(.memoryError, at: ownReading) }

  /// Notes an event.
  func note(_ code: MeterEvent.Code, at stamp: Instant) {
    if events.count == MeterEvent.capacity { events.removeFirst() }
    events.append(MeterEvent(stamp: stamp, code: code))
  }
}
