// What makes a raw number of a register a quantity: a power of ten and a unit (IEC 62056-6-2, section 4.3.2
// and table 4).

public import Units

/// `scaler_unit`: value = raw × 10^scaler in the unit.
public struct ScalerUnit: Hashable, Sendable {
  public var scaler: Int8
  public var unit: COSEMUnit

  public init(scaler: Int8, unit: COSEMUnit) { (self.scaler, self.unit) = (scaler, unit) }

  /// Nil for data of another shape.
  public init?(_ value: COSEMValue) {
    guard case .structure(let parts) = value, parts.count == 2, case .int8(let scaler) = parts[0],
      case .enumerated(let code) = parts[1]
    else { return nil }
    self.init(scaler: scaler, unit: COSEMUnit(rawValue: code))
  }

  public var value: COSEMValue { .structure([.int8(scaler), .enumerated(unit.rawValue)]) }

  /// The number that a raw value is, exactly: 12345 with scaler −1 is 1234.5. Nil for a scaler beyond
  /// ± 40, which no quantity has.
  public func number(_ raw: Int128) -> DecimalText? {
    guard abs(Int(scaler)) <= 40 else { return nil }
    return DecimalText(mantissa: raw, decimals: -Int(scaler))
  }
}

/// A unit by its number in the standard's table.
public struct COSEMUnit: RawRepresentable, Hashable, Sendable {
  public var rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  public static let watt = COSEMUnit(rawValue: 27)
  public static let wattHour = COSEMUnit(rawValue: 30)
  public static let second = COSEMUnit(rawValue: 7)
  public static let none = COSEMUnit(rawValue: 255)

  private static let symbols: [UInt8: String] = [
    5: "h", 6: "min", 7: "s", 27: "W", 28: "VA", 29: "var", 30: "Wh", 31: "VAh", 32: "varh", 33: "A",
    35: "V", 44: "Hz",
  ]

  /// `Wh`; empty for a value without a unit; `unit 99` for a number that is not in the table here.
  public var symbol: String { self == .none ? "" : Self.symbols[rawValue] ?? "unit \(rawValue)" }
}
