// How a character of a Modbus line ends: parity and stop bits, by which settings name it ("MODBUS over Serial
// Line" V1.02, section 2.5.1).

/// Parity and stop bits behind eight data bits.
public enum ModbusFrame: Int, Hashable, Sendable, CaseIterable {
  case noParity
  case even
  case odd
  /// No parity, and two stop bits in its place.
  case twoStops

  /// As people and profiles write it.
  public var word: String {
    switch self {
    case .noParity: "8N1"
    case .even: "8E1"
    case .odd: "8O1"
    case .twoStops: "8N2"
    }
  }

  public var parity: ModbusMap.Line.Parity {
    switch self {
    case .noParity, .twoStops: .none
    case .even: .even
    case .odd: .odd
    }
  }

  public var stopBits: Int { self == .twoStops ? 2 : 1 }

  public init?(word: String) {
    guard let frame = Self.allCases.first(where: { $0.word == word }) else { return nil }
    self = frame
  }

  /// Nil for parity with two stop bits, which no setting names.
  public init?(parity: ModbusMap.Line.Parity, stopBits: Int) {
    guard let frame = Self.allCases.first(where: { $0.parity == parity && $0.stopBits == stopBits }) else {
      return nil
    }
    self = frame
  }
}
