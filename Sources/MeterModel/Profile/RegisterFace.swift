// How a cumulative register shows itself. Inside, a meter counts exactly; resolution and rollover belong to
// the moment of reading.

public import Units

/// The face of one register to a protocol or a human: its step and where it comes round to zero.
public struct RegisterFace: Hashable, Sendable {
  public enum Rollover: Hashable, Sendable {
    /// Comes round after so many whole digits of kWh: 5 digits at 100 000 kWh. 1…12.
    case digits(Int)
    /// An unsigned 32-bit number of Wh (GBCS): comes round at 4 294 967 296 Wh.
    case u32

    /// The amount at which the register is zero again.
    public var modulus: WattHours {
      switch self {
      case .digits(let count): WattHours((0..<count).reduce(1000) { whole, _ in whole * 10 })
      case .u32: WattHours(1 << 32)
      }
    }
  }

  public var role: RegisterRole
  /// The step in which the register can be seen; above zero.
  public var resolution: WattHours
  public var rollover: Rollover

  public init(role: RegisterRole, resolution: WattHours = WattHours(1), rollover: Rollover) {
    (self.role, self.resolution, self.rollover) = (role, resolution, rollover)
  }
}
