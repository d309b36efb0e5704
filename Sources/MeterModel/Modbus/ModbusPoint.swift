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
    /// A documented quantity that this make of meter has not: `ModbusMap.absent` says what stands there.
    case absent
    case text(ModbusText)
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
  /// The type as its document calls it, where that is another word: `sunssf`, `acc32`, `enum16`.
  public var typeName: String?
  /// A whole number comes round beyond its range, whatever the map says of others.
  public var wraps: Bool
  /// Its decimals are those of the setting `energy-format`, not of `scale`.
  public var followsFormat: Bool
  /// Seen only by a request for exactly this value; inside a larger request its addresses are other values'.
  public var alone: Bool
  /// Document and edition.
  public var source: String

  public init(
    name: String, shows: Shows, functions: Set<UInt8>, address: UInt16, number: ModbusNumber,
    order: WordOrder = .mostSignificantFirst, unit: ModbusUnit = .one, scale: Int = 0, sign: Sign = .import,
    typeName: String? = nil, wraps: Bool = false, followsFormat: Bool = false, alone: Bool = false,
    source: String
  ) {
    (self.name, self.shows, self.functions, self.address) = (name, shows, functions, address)
    (self.number, self.order, self.unit, self.scale) = (number, order, unit, scale)
    (self.sign, self.alone, self.source) = (sign, alone, source)
    (self.typeName, self.wraps, self.followsFormat) = (typeName, wraps, followsFormat)
  }

  /// How many registers it fills.
  public var registers: Int {
    if case .text(let text) = shows { text.registers } else { number.registers }
  }
}
