// The functions that few meters have: 5, 8, 15, 17, 22, 23 and 43/14 of "MODBUS Application Protocol" V1.1b3,
// sections 6.5, 6.8, 6.11, 6.13, 6.16, 6.17 and 6.21.

extension ModbusPDU {
  /// The MEI type of device identification.
  static let identificationType: UInt8 = 14

  // MARK: Requests

  static func encodeRarer(_ request: ModbusRequest) throws(ModbusFault) -> [UInt8] {
    switch request {
    case .writeBit(let address, let value): return [5] + bytes(address) + bytes(value)
    case .writeBits(let address, let count, let packed):
      guard packed.count <= ModbusLimits.bitsPerWrite / 8 else { throw .tooLong(bytes: 6 + packed.count) }
      return [15] + bytes(address) + bytes(count) + [UInt8(packed.count)] + packed
    case .maskWrite(let address, let and, let or): return [22] + bytes(address) + bytes(and) + bytes(or)
    case .readWrite(let address, let count, let writeAddress, let values):
      guard values.count <= ModbusLimits.registersPerReadWrite else {
        throw .tooLong(bytes: 10 + 2 * values.count)
      }
      let head = [23] + bytes(address) + bytes(count) + bytes(writeAddress) + bytes(UInt16(values.count))
      return head + [UInt8(2 * values.count)] + values.flatMap(bytes)
    case .diagnose(let subFunction, let data):
      guard data.count <= ModbusLimits.pduBytes - 3 else { throw .tooLong(bytes: 3 + data.count) }
      return [8] + bytes(subFunction) + data
    case .readIdentification(let code, let object): return [43, identificationType, code, object]
    default: return [request.function]
    }
  }

  static func decodeRarer(_ function: UInt8, _ pdu: ArraySlice<UInt8>) -> ModbusRequest {
    switch (function, pdu.count) {
    case (5, 5): return .writeBit(address: word(pdu, 1), value: word(pdu, 3))
    case (8, 3...): return .diagnose(subFunction: word(pdu, 1), data: Array(pdu.dropFirst(3)))
    case (15, 6...):
      let (count, said) = (word(pdu, 3), Int(pdu[pdu.startIndex + 5]))
      guard said == (Int(count) + 7) / 8, pdu.count == 6 + said else { return .malformed(function: 15) }
      return .writeBits(address: word(pdu, 1), count: count, packed: Array(pdu.dropFirst(6)))
    case (17, 1): return .reportServerID
    case (22, 7): return .maskWrite(address: word(pdu, 1), and: word(pdu, 3), or: word(pdu, 5))
    case (23, 10...):
      let (count, said) = (Int(word(pdu, 7)), Int(pdu[pdu.startIndex + 9]))
      guard said == 2 * count, pdu.count == 10 + said else { return .malformed(function: 23) }
      return .readWrite(
        address: word(pdu, 1), count: word(pdu, 3), writeAddress: word(pdu, 5),
        values: words(pdu.dropFirst(10)))
    case (43, 2...) where pdu[pdu.startIndex + 1] != identificationType: return .unknown(function: 43)
    case (43, 4):
      return .readIdentification(code: pdu[pdu.startIndex + 2], object: pdu[pdu.startIndex + 3])
    case (5, _), (8, _), (15, _), (17, _), (22, _), (23, _), (43, _): return .malformed(function: function)
    default: return .unknown(function: function)
    }
  }

  // MARK: Responses

  static func encodeRarer(_ response: ModbusResponse) throws(ModbusFault) -> [UInt8] {
    switch response {
    case .wroteBit(let address, let value): return [5] + bytes(address) + bytes(value)
    case .wroteBits(let address, let count): return [15] + bytes(address) + bytes(count)
    case .maskWrote(let address, let and, let or): return [22] + bytes(address) + bytes(and) + bytes(or)
    case .diagnosed(let subFunction, let data):
      guard data.count <= ModbusLimits.pduBytes - 3 else { throw .tooLong(bytes: 3 + data.count) }
      return [8] + bytes(subFunction) + data
    case .serverID(let data):
      guard data.count <= ModbusLimits.pduBytes - 2 else { throw .tooLong(bytes: 2 + data.count) }
      return [17, UInt8(data.count)] + data
    case .identification(let one):
      let objects = one.objects.flatMap { [$0.id, UInt8(truncatingIfNeeded: $0.bytes.count)] + $0.bytes }
      guard objects.count <= ModbusLimits.pduBytes - 7 else { throw .tooLong(bytes: 7 + objects.count) }
      return [43, identificationType, one.code, one.conformity, one.moreFollows ? 0xFF : 0, one.next]
        + [UInt8(truncatingIfNeeded: one.objects.count)] + objects
    default: return []
    }
  }

  static func decodeRarer(_ pdu: ArraySlice<UInt8>, to request: ModbusRequest)
    throws(ModbusFault) -> ModbusResponse
  {
    switch request {
    case .writeBit(let address, let value):
      try expect(length: 5, of: pdu)
      guard word(pdu, 1) == address, word(pdu, 3) == value else { throw .echo }
      return .wroteBit(address: address, value: value)
    case .writeBits(let address, let count, _):
      try expect(length: 5, of: pdu)
      guard word(pdu, 1) == address, word(pdu, 3) == count else { throw .echo }
      return .wroteBits(address: address, count: count)
    case .maskWrite(let address, let and, let or):
      try expect(length: 7, of: pdu)
      guard word(pdu, 1) == address, word(pdu, 3) == and, word(pdu, 5) == or else { throw .echo }
      return .maskWrote(address: address, and: and, or: or)
    case .readWrite(_, let count, _, _):
      return .registers(function: 23, values: words(try counted(pdu, bytes: 2 * Int(count))))
    case .diagnose(let subFunction, _):
      guard pdu.count >= 3 else { throw .length(expected: 3, received: pdu.count) }
      guard word(pdu, 1) == subFunction else { throw .echo }
      return .diagnosed(subFunction: subFunction, data: Array(pdu.dropFirst(3)))
    case .reportServerID:
      guard pdu.count >= 2 else { throw .length(expected: 2, received: pdu.count) }
      return .serverID(Array(try counted(pdu, bytes: Int(pdu[pdu.startIndex + 1]))))
    default: return .identification(try identification(pdu))
    }
  }

  /// Section 6.21: seven bytes, then each object with its own length; all of it must be there.
  private static func identification(_ pdu: ArraySlice<UInt8>) throws(ModbusFault) -> ModbusIdentification {
    let head = Array(pdu.prefix(7))
    guard head.count == 7 else { throw .length(expected: 7, received: pdu.count) }
    guard head[1] == identificationType else { throw .echo }
    var objects: [ModbusIdentification.Object] = []
    var rest = pdu.dropFirst(7)
    for _ in 0..<head[6] {
      guard rest.count >= 2 else { throw .length(expected: 2, received: rest.count) }
      let (id, length) = (rest[rest.startIndex], Int(rest[rest.startIndex + 1]))
      guard rest.count >= 2 + length else { throw .length(expected: 2 + length, received: rest.count) }
      objects.append(.init(id: id, bytes: Array(rest.dropFirst(2).prefix(length))))
      rest = rest.dropFirst(2 + length)
    }
    guard rest.isEmpty else { throw .length(expected: pdu.count - rest.count, received: pdu.count) }
    return ModbusIdentification(
      code: head[2], conformity: head[3], moreFollows: head[4] == 0xFF, next: head[5], objects: objects)
  }
}
