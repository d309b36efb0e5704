// One row of a register map: what is shown where, and in which form. Function, type, word order, unit, scale
// and sign are said for every row; a row that cannot be traced says so in its source.

/// A value that can be read.
public struct ModbusPoint: Hashable, Sendable {
  public enum Shows: Hashable, Sendable {
    case quantity(ModbusQuantity)
    /// A number that never changes: a model code.
    case constant(Int64)
    /// A documented quantity that the emulation does not work out; it reads 0.
    case zero
  }

  /// Which flow of energy is positive, for a directed quantity.
  public enum Sign: String, Hashable, Sendable, CaseIterable {
    /// Positive while importing: Eastron, Carlo Gavazzi.
    case `import`
    /// Positive while exporting.
    case export
  }

  /// As written in the profile; for messages.
  public var name: String
  public var shows: Shows
  /// 3, 4 or both.
  public var functions: Set<UInt8>
  /// 0-based, as on the wire.
  public var address: UInt16
  public var number: ModbusNumber
  public var order: WordOrder
  public var unit: ModbusUnit
  /// Value = raw × 10^scale, in `unit`. −9…9.
  public var scale: Int
  public var sign: Sign
  /// Seen only by a request for exactly this value; inside a larger request its addresses are other values'.
  public var alone: Bool
  /// Document and edition.
  public var source: String

  public init(
    name: String, shows: Shows, functions: Set<UInt8>, address: UInt16, number: ModbusNumber,
    order: WordOrder = .mostSignificantFirst, unit: ModbusUnit = .one, scale: Int = 0, sign: Sign = .import,
    alone: Bool = false, source: String
  ) {
    (self.name, self.shows, self.functions, self.address) = (name, shows, functions, address)
    (self.number, self.order, self.unit, self.scale) = (number, order, unit, scale)
    (self.sign, self.alone, self.source) = (sign, alone, source)
  }
}

/// A holding register that can be read and, where `functions` has 6 or 16, written. Its values are whole
/// numbers.
public struct ModbusSetting: Hashable, Sendable {
  public enum Meaning: String, Hashable, Sendable, CaseIterable {
    /// What the total adds up: the raw value of `Accumulation`. Acts at once.
    case measurementMode = "measurement-mode"
    /// The unit number. Acts from the next request on (our assumption).
    case unit
    /// An index into `codes`, the speeds. Kept and shown; the line's own speed is not the meter's to change
    /// here.
    case baud
    /// Kept and shown, with no effect.
    case other
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
  /// For `baud`: which number stands for which speed. Makers skip numbers.
  public var codes: [Int64: Int]
  public var source: String

  public init(
    name: String, meaning: Meaning = .other, functions: Set<UInt8>, address: UInt16, number: ModbusNumber,
    order: WordOrder = .mostSignificantFirst, allowed: Allowed = .any, initial: Int64 = 0,
    codes: [Int64: Int] = [:], source: String
  ) {
    (self.name, self.meaning, self.functions, self.address) = (name, meaning, functions, address)
    (self.number, self.order, self.allowed, self.initial) = (number, order, allowed, initial)
    (self.codes, self.source) = (codes, source)
  }
}
