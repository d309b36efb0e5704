// Bytes ↔ messages, for both ends: the PDU of "MODBUS Application Protocol" V1.1b3, section 6 (6.1 … 6.4
// reads, 6.6 and 6.12 writes, 7 exceptions). A PDU is a function code and its data; unit, checksum and header
// belong to the frames (`ModbusRTU`, `ModbusTCP`). Numbers are sent high byte first (section 4.2).

/// The codec of Modbus PDUs.
public enum ModbusPDU {
  /// Bit 7 of the function code in an answer means "exception" (section 7).
  public static let exceptionBit: UInt8 = 0x80

  // MARK: Requests

  /// The bytes of a request. Illegal quantities are encoded as they are: a test may want to send them.
  /// `.malformed` and `.unknown` become the function code alone. Throws `tooLong` above 123 values to write.
  public static func encode(_ request: ModbusRequest) throws(ModbusFault) -> [UInt8] {
    switch request {
    case .readBits(let function, let address, let count),
      .readRegisters(let function, let address, let count):
      return [function] + bytes(address) + bytes(count)
    case .writeRegister(let address, let value):
      return [6] + bytes(address) + bytes(value)
    case .writeRegisters(let address, let values):
      guard values.count <= ModbusLimits.registersPerWrite else {
        throw .tooLong(bytes: 6 + 2 * values.count)
      }
      let head = [16] + bytes(address) + bytes(UInt16(values.count))
      return head + [UInt8(2 * values.count)] + values.flatMap(bytes)
    case .malformed(let function), .unknown(let function):
      return [function]
    case .writeBit, .writeBits, .maskWrite, .readWrite, .diagnose, .reportServerID, .readIdentification:
      return try encodeRarer(request)
    }
  }

  /// What a request's bytes say. A body that does not fit a function we speak is `.malformed`, a function we
  /// do not speak is `.unknown`: both are answered, so they are values. Throws `noFunction` for no bytes.
  public static func decodeRequest(_ pdu: ArraySlice<UInt8>) throws(ModbusFault) -> ModbusRequest {
    guard let function = pdu.first else { throw .noFunction }
    switch function {
    case 1...4, 6:
      guard pdu.count == 5 else { return .malformed(function: function) }
      let (address, number) = (word(pdu, 1), word(pdu, 3))
      if function == 6 { return .writeRegister(address: address, value: number) }
      if function <= 2 { return .readBits(function: function, address: address, count: number) }
      return .readRegisters(function: function, address: address, count: number)
    case 16:
      return decodeWriteRegisters(pdu)
    default:
      return decodeRarer(function, pdu)
    }
  }

  /// As for a slice.
  public static func decodeRequest(_ pdu: [UInt8]) throws(ModbusFault) -> ModbusRequest {
    try decodeRequest(pdu[...])
  }

  /// Section 6.12: the byte count must be twice the quantity, and the bytes must be there.
  private static func decodeWriteRegisters(_ pdu: ArraySlice<UInt8>) -> ModbusRequest {
    guard pdu.count >= 6 else { return .malformed(function: 16) }
    let (count, byteCount) = (Int(word(pdu, 3)), Int(pdu[pdu.startIndex + 5]))
    guard byteCount == 2 * count, pdu.count == 6 + byteCount else { return .malformed(function: 16) }
    return .writeRegisters(address: word(pdu, 1), values: words(pdu.dropFirst(6)))
  }

  // MARK: Responses

  /// The bytes of an answer. Throws `tooLong` for more than 125 registers or 2000 bits.
  public static func encode(_ response: ModbusResponse) throws(ModbusFault) -> [UInt8] {
    switch response {
    case .bits(let function, let packed):
      guard packed.count <= ModbusLimits.bitsPerRead / 8 else { throw .tooLong(bytes: 2 + packed.count) }
      return [function, UInt8(packed.count)] + packed
    case .registers(let function, let values):
      guard values.count <= ModbusLimits.registersPerRead else { throw .tooLong(bytes: 2 + 2 * values.count) }
      return [function, UInt8(2 * values.count)] + values.flatMap(bytes)
    case .wroteRegister(let address, let value):
      return [6] + bytes(address) + bytes(value)
    case .wroteRegisters(let address, let count):
      return [16] + bytes(address) + bytes(count)
    case .wroteBit, .wroteBits, .maskWrote, .diagnosed, .serverID, .identification:
      return try encodeRarer(response)
    case .exception(let function, let code):
      return [function | exceptionBit, code.rawValue]
    }
  }

  /// What an answer's bytes say, checked against the request they answer: function, length, and the echo of a
  /// write. Throws the `ModbusFault` that says what does not fit.
  public static func decodeResponse(_ pdu: ArraySlice<UInt8>, to request: ModbusRequest)
    throws(ModbusFault) -> ModbusResponse
  {
    guard let function = pdu.first else { throw .noFunction }
    guard function & ~exceptionBit == request.function & ~exceptionBit else {
      throw .function(expected: request.function, received: function)
    }
    if function & exceptionBit != 0 {
      try expect(length: 2, of: pdu)
      let code = pdu[pdu.startIndex + 1]
      guard let known = ModbusException(rawValue: code) else { throw .undefinedException(code) }
      return .exception(function: request.function, code: known)
    }
    switch request {
    case .readBits(_, _, let count):
      return .bits(function: function, packed: Array(try counted(pdu, bytes: (Int(count) + 7) / 8)))
    case .readRegisters(_, _, let count):
      return .registers(function: function, values: words(try counted(pdu, bytes: 2 * Int(count))))
    case .writeRegister(let address, let value):
      try expect(length: 5, of: pdu)
      guard word(pdu, 1) == address, word(pdu, 3) == value else { throw .echo }
      return .wroteRegister(address: address, value: value)
    case .writeRegisters(let address, let values):
      try expect(length: 5, of: pdu)
      guard word(pdu, 1) == address, Int(word(pdu, 3)) == values.count else { throw .echo }
      return .wroteRegisters(address: address, count: UInt16(values.count))
    case .writeBit, .writeBits, .maskWrite, .readWrite, .diagnose, .reportServerID, .readIdentification:
      return try decodeRarer(pdu, to: request)
    case .malformed, .unknown:
      // Only an exception can answer what we cannot read ourselves.
      throw .function(expected: request.function | exceptionBit, received: function)
    }
  }

  /// As for a slice.
  public static func decodeResponse(_ pdu: [UInt8], to request: ModbusRequest)
    throws(ModbusFault) -> ModbusResponse
  {
    try decodeResponse(pdu[...], to: request)
  }

  // MARK: Parts

  /// The data behind a byte count, which must be `bytes` and must be all there is.
  static func counted(_ pdu: ArraySlice<UInt8>, bytes: Int) throws(ModbusFault) -> ArraySlice<UInt8> {
    guard pdu.count >= 2 else { throw .length(expected: bytes, received: 0) }
    let said = Int(pdu[pdu.startIndex + 1])
    guard said == bytes else { throw .length(expected: bytes, received: said) }
    try expect(length: 2 + bytes, of: pdu)
    return pdu.dropFirst(2)
  }

  static func expect(length: Int, of pdu: ArraySlice<UInt8>) throws(ModbusFault) {
    guard pdu.count == length else { throw .length(expected: length, received: pdu.count) }
  }

  static func bytes(_ number: UInt16) -> [UInt8] {
    [UInt8(number >> 8), UInt8(truncatingIfNeeded: number)]
  }

  static func words(_ data: ArraySlice<UInt8>) -> [UInt16] {
    stride(from: 0, to: data.count - 1, by: 2).map { word(data, $0) }
  }

  /// The number whose high byte stands at `offset` from the start of the slice.
  static func word(_ bytes: ArraySlice<UInt8>, _ offset: Int) -> UInt16 {
    let index = bytes.startIndex + offset
    return UInt16(bytes[index]) << 8 | UInt16(bytes[index + 1])
  }
}
