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
  /// FC 5: 0xFF00 is on, 0 is off, and nothing else is allowed.
  case writeBit(address: UInt16, value: UInt16)
  /// FC 15: bits packed eight to a byte, the first in the lowest place.
  case writeBits(address: UInt16, count: UInt16, packed: [UInt8])
  /// FC 22: (old AND `and`) OR (`or` AND NOT `and`).
  case maskWrite(address: UInt16, and: UInt16, or: UInt16)
  /// FC 23: writes, then reads.
  case readWrite(address: UInt16, count: UInt16, writeAddress: UInt16, values: [UInt16])
  /// FC 8: a sub-function and its data, any number of bytes.
  case diagnose(subFunction: UInt16, data: [UInt8])
  /// FC 17.
  case reportServerID
  /// FC 43, MEI type 14: how much is wanted (1 basic, 2 regular, 3 extended, 4 one object), and from which
  /// object on.
  case readIdentification(code: UInt8, object: UInt8)
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
    case .writeBit: 5
    case .writeBits: 15
    case .maskWrite: 22
    case .readWrite: 23
    case .diagnose: 8
    case .reportServerID: 17
    case .readIdentification: 43
    }
  }

  /// Whether it writes and reads nothing back: the requests that a broadcast can carry ("Serial Line" V1.02,
  /// section 2.1).
  public var isWrite: Bool {
    switch self {
    case .writeRegister, .writeRegisters, .writeBit, .writeBits, .maskWrite: true
    default: false
    }
  }
}

public enum ModbusResponse: Hashable, Sendable {
  case bits(function: UInt8, packed: [UInt8])
  case registers(function: UInt8, values: [UInt16])
  case wroteRegister(address: UInt16, value: UInt16)
  case wroteRegisters(address: UInt16, count: UInt16)
  case wroteBit(address: UInt16, value: UInt16)
  case wroteBits(address: UInt16, count: UInt16)
  case maskWrote(address: UInt16, and: UInt16, or: UInt16)
  /// FC 8 repeats the sub-function; loopback repeats the data.
  case diagnosed(subFunction: UInt16, data: [UInt8])
  case serverID([UInt8])
  case identification(ModbusIdentification)
  case exception(function: UInt8, code: ModbusException)
}

/// An answer of FC 43/14, V1.1b3 section 6.21.
public struct ModbusIdentification: Hashable, Sendable {
  /// As asked.
  public var code: UInt8
  /// 0x01…0x03 by stream, with 0x80 also object by object.
  public var conformity: UInt8
  public var moreFollows: Bool
  /// The object to go on with, where more follows; else 0.
  public var next: UInt8
  public var objects: [Object]

  public struct Object: Hashable, Sendable {
    public var id: UInt8
    public var bytes: [UInt8]
    public init(id: UInt8, bytes: [UInt8]) { (self.id, self.bytes) = (id, bytes) }
  }

  public init(code: UInt8, conformity: UInt8, moreFollows: Bool, next: UInt8, objects: [Object]) {
    (self.code, self.conformity, self.moreFollows) = (code, conformity, moreFollows)
    (self.next, self.objects) = (next, objects)
  }
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
  public static let bitsPerWrite = 1968
  /// FC 23 alone writes so many.
  public static let registersPerReadWrite = 121
  public static let pduBytes = 253
  public static let rtuBytes = 256
  public static let tcpBytes = 260
}
