// What comes out of a pulse output, with what a witness knows of it and no counter can see.

public import Units

/// One closing of the contact, or one flash.
public struct Pulse: Hashable, Sendable {
  /// Why it came. A counter sees none of this.
  public enum Origin: String, Hashable, Sendable, CaseIterable {
    /// A quantum of energy.
    case energy
    /// The same quantum a second time (ME-22, DP-06).
    case doubled
    /// The contact opened and closed again within one pulse (ME-22).
    case bounce
    /// Light from elsewhere on the sensor (DP-06).
    case light
  }

  /// When the contact closes.
  public var at: Instant
  /// How long it stays closed.
  public var width: TimeSpan
  public var origin: Origin
  /// Which pulse of the meter's life it is, from 1, lost ones counted; for stray light its slot in time.
  public var number: UInt64

  public init(at: Instant, width: TimeSpan, origin: Origin = .energy, number: UInt64) {
    (self.at, self.width, self.origin, self.number) = (at, width, origin, number)
  }

  public var end: Instant { at + width }
}
