// Holding registers that can be written: what may be written, what it means, and when it takes effect.

/// A holding register that can be read and, where `functions` has 6 or 16, written. Its values are whole
/// numbers.
public struct ModbusSetting: Hashable, Sendable {
  public enum Meaning: String, Hashable, Sendable, CaseIterable {
    /// What the total adds up: the raw value of `Accumulation`. Acts at once.
    case measurementMode = "measurement-mode"
    /// How reverse flow is counted: 0 whatever its direction as import ("easy connection"), 1 by direction
    /// (register 0x1103 of the EM300 series). Acts at once.
    case directionMode = "direction-mode"
    /// The unit number.
    case unit
    /// Which of `codes`, the speeds: its UART stands so from then on, when the answer has left.
    case baud
    /// Which of `codes`, raw values of `ModbusFrame`: parity and stop bits, as `baud`.
    case frame
    /// The unit number in the high byte, a code of `codes` in the low one (DDS238).
    case unitAndBaud = "unit-and-baud"
    /// How many minutes a demand register takes its mean over. 0 leaves it as shipped.
    case demandPeriod = "demand-period"
    /// Which of `codes`, numbers of decimals, the energies have (RI-D175: 6 + 1 or 5 + 2 digits).
    /// Acts at once.
    case energyFormat = "energy-format"
    /// Writing an allowed value clears every energy register; reading gives what `initial` says.
    case resetEnergies = "reset-energies"
    /// Kept and shown, with no effect.
    case other
  }

  /// When a write has its effect. It is shown at once either way.
  public enum Acts: String, Hashable, Sendable, CaseIterable {
    case atOnce = "at-once"
    /// When the meter is next switched on.
    case atPowerUp = "at-power-up"
  }

  public enum Allowed: Hashable, Sendable {
    case any
    case values([Int64])
    case range(ClosedRange<Int64>)

    public func contains(_ value: Int64) -> Bool {
      switch self {
      case .any: true
      case .values(let values): values.contains(value)
      case .range(let range): range.contains(value)
      }
    }
  }

  /// As written in the profile; for messages.
  public var name: String
  public var meaning: Meaning
  public var functions: Set<UInt8>
  public var address: UInt16
  public var number: ModbusNumber
  public var order: WordOrder
  /// Writing anything else gives exception 03.
  public var allowed: Allowed
  /// Its value as shipped. The unit and, where codes say which, the speed show the line's settings instead.
  public var initial: Int64
  /// For speeds, frames and formats: which number stands for which. Makers skip numbers.
  public var codes: [Int64: Int]
  public var acts: Acts
  public var source: String

  public init(
    name: String, meaning: Meaning = .other, functions: Set<UInt8>, address: UInt16, number: ModbusNumber,
    order: WordOrder = .mostSignificantFirst, allowed: Allowed = .any, initial: Int64 = 0,
    codes: [Int64: Int] = [:], acts: Acts = .atOnce, source: String
  ) {
    (self.name, self.meaning, self.functions, self.address) = (name, meaning, functions, address)
    (self.number, self.order, self.allowed, self.initial) = (number, order, allowed, initial)
    (self.codes, self.acts, self.source) = (codes, acts, source)
  }

  /// The registers that somebody writes to set it to a value.
  public func registers(of value: Int64) -> [UInt16] {
    let bits = number.bits(of: ExactRatio(value), overflow: .saturate)
    return (0..<number.registers).map { number.register($0, of: bits, order: order) }
  }
}
