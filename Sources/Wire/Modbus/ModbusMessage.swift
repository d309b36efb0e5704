// What is said over Modbus, as values: the PDU of "MODBUS Application Protocol" V1.1b3, without unit or
// checksum. Both ends share these types; RTU and TCP frame them (ADU) in their own files.

/// A request as a meter's answering side sees it.
public enum ModbusRequest: Hashable, Sendable {
  /// FC 1 and 2.
  case readBits(function: UInt8, address: UInt16, count: UInt16)
  /// FC 3 and 4.
  case readRegisters(function: UInt8, address: UInt16, count: UInt16)
  /// FC 6.
  case writeRegister(address: UInt16, value: UInt16)
  /// FC 16.
  case writeRegisters(address: UInt16, values: [UInt16])
  /// A well-framed PDU whose body does not fit its function (answered with exception 03).
  case malformed(function: UInt8)
  /// A function code we do not speak (answered with exception 01).
  case unknown(function: UInt8)

  public var function: UInt8 {
    switch self {
    case .readBits(let function, _, _), .readRegisters(let function, _, _), .malformed(let function),
      .unknown(let function):
      function
    case .writeRegister: 6
    case .writeRegisters: 16
    }
  }
}

public enum ModbusResponse: Hashable, Sendable {
  case bits(function: UInt8, packed: [UInt8])
  case registers(function: UInt8, values: [UInt16])
  case wroteRegister(address: UInt16, value: UInt16)
  case wroteRegisters(address: UInt16, count: UInt16)
  case exception(function: UInt8, code: ModbusException)
}

/// Exception codes, V1.1b3 section 7.
public enum ModbusException: UInt8, Hashable, Sendable, CaseIterable {
  case illegalFunction = 0x01
  case illegalDataAddress = 0x02
  case illegalDataValue = 0x03
  case deviceFailure = 0x04
  case acknowledge = 0x05
  case busy = 0x06
  case gatewayPathUnavailable = 0x0A
  case gatewayTargetSilent = 0x0B
}

/// Limits of the standard: V1.1b3 sections 4.1 and 6, "Serial Line" V1.02 section 2.5.1.
public enum ModbusLimits {
  public static let registersPerRead = 125
  public static let registersPerWrite = 123
  public static let bitsPerRead = 2000
  public static let pduBytes = 253
  public static let rtuBytes = 256
  public static let tcpBytes = 260
}
