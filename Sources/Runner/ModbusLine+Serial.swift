// How a Modbus meter's UART stands, in the words of a line.

public import Line
public import MeterModel

extension SerialSettings {
  /// As the meter stands, or at another speed. Throws where no UART could stand so.
  public init(_ line: ModbusMap.Line, baud: Int? = nil) throws {
    try self.init(
      baud: baud ?? line.baud, dataBits: 8, parity: Parity(rawValue: line.parity.rawValue) ?? .none,
      stopBits: line.stopBits)
  }

  /// Whether a meter's UART stands so.
  func suits(_ line: ModbusMap.Line) -> Bool {
    line.baud == baud && line.stopBits == stopBits && line.parity.rawValue == parity.rawValue
  }
}

extension ModbusAnswering {
  /// A fitter sets it to how a line stands.
  public func fit(_ settings: SerialSettings) {
    fit(
      baud: settings.baud, parity: ModbusMap.Line.Parity(rawValue: settings.parity.rawValue) ?? .none,
      stopBits: settings.stopBits)
  }
}
