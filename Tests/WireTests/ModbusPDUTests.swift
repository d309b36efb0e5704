import Testing
import Wire

/// The examples of "MODBUS Application Protocol" V1.1b3, section 6.
@Suite("Modbus PDU")
struct ModbusPDUTests {
  struct Pair: Sendable, CustomTestStringConvertible {
    var section: String
    var request: ModbusRequest
    var requestBytes: [UInt8]
    var response: ModbusResponse
    var responseBytes: [UInt8]
    var testDescription: String { section }
  }

  static let pairs = [
    Pair(
      section: "6.1 read coils 20-38",
      request: .readBits(function: 1, address: 0x13, count: 19),
      requestBytes: [
        0x01,  // function
        0x00, 0x13,  // starting address: coil 20
        0x00, 0x13,  // quantity: 19
      ],
      response: .bits(function: 1, packed: [0xCD, 0x6B, 0x05]),
      responseBytes: [
        0x01,  // function
        0x03,  // byte count: 19 bits in 3 bytes
        0xCD, 0x6B, 0x05,  // coils 27-20, 35-28, 38-36
      ]),
    Pair(
      section: "6.2 read discrete inputs 197-218",
      request: .readBits(function: 2, address: 0xC4, count: 22),
      requestBytes: [0x02, 0x00, 0xC4, 0x00, 0x16],  // function, address, quantity 22
      response: .bits(function: 2, packed: [0xAC, 0xDB, 0x35]),
      responseBytes: [0x02, 0x03, 0xAC, 0xDB, 0x35]),  // function, byte count, inputs
    Pair(
      section: "6.3 read holding registers 108-110",
      request: .readRegisters(function: 3, address: 0x6B, count: 3),
      requestBytes: [
        0x03,  // function
        0x00, 0x6B,  // starting address: register 108
        0x00, 0x03,  // quantity: 3
      ],
      response: .registers(function: 3, values: [0x022B, 0x0000, 0x0064]),
      responseBytes: [
        0x03,  // function
        0x06,  // byte count: 3 registers of 2 bytes
        0x02, 0x2B,  // register 108: 555
        0x00, 0x00,  // register 109: 0
        0x00, 0x64,  // register 110: 100
      ]),
    Pair(
      section: "6.4 read input register 9",
      request: .readRegisters(function: 4, address: 8, count: 1),
      requestBytes: [0x04, 0x00, 0x08, 0x00, 0x01],  // function, address, quantity
      response: .registers(function: 4, values: [10]),
      responseBytes: [0x04, 0x02, 0x00, 0x0A]),  // function, byte count, register 9: 10
    Pair(
      section: "6.6 write register 2",
      request: .writeRegister(address: 1, value: 3),
      requestBytes: [0x06, 0x00, 0x01, 0x00, 0x03],  // function, address, value
      response: .wroteRegister(address: 1, value: 3),
      responseBytes: [0x06, 0x00, 0x01, 0x00, 0x03]),  // the echo of the request
    Pair(
      section: "6.12 write registers 2-3",
      request: .writeRegisters(address: 1, values: [0x000A, 0x0102]),
      requestBytes: [
        0x10,  // function
        0x00, 0x01,  // starting address
        0x00, 0x02,  // quantity
        0x04,  // byte count
        0x00, 0x0A,  // register 2
        0x01, 0x02,  // register 3
      ],
      response: .wroteRegisters(address: 1, count: 2),
      responseBytes: [0x10, 0x00, 0x01, 0x00, 0x02]),  // function, address, quantity
    Pair(
      section: "7 exception: illegal data address",
      request: .readBits(function: 1, address: 0x04A1, count: 1),
      requestBytes: [0x01, 0x04, 0xA1, 0x00, 0x01],  // function, address 1185, quantity
      response: .exception(function: 1, code: .illegalDataAddress),
      responseBytes: [0x81, 0x02]),  // function with bit 7, code
  ]

  @Test("the standard's examples are encoded byte for byte", arguments: pairs)
  func encodes(pair: Pair) throws {
    #expect(try ModbusPDU.encode(pair.request) == pair.requestBytes)
    #expect(try ModbusPDU.encode(pair.response) == pair.responseBytes)
  }

  @Test("the standard's examples are decoded, also from the middle of a buffer", arguments: pairs)
  func decodes(pair: Pair) throws {
    #expect(try ModbusPDU.decodeRequest(pair.requestBytes) == pair.request)
    #expect(try ModbusPDU.decodeResponse(pair.responseBytes, to: pair.request) == pair.response)
    let inside = ([0xFF, 0xFF] + pair.requestBytes + [0xFF])[2..<2 + pair.requestBytes.count]
    #expect(try ModbusPDU.decodeRequest(inside) == pair.request)
  }

  @Test("every exception code of the standard is decoded", arguments: ModbusException.allCases)
  func exceptions(code: ModbusException) throws {
    let request = ModbusRequest.readRegisters(function: 4, address: 0, count: 2)
    let answer = try ModbusPDU.decodeResponse([0x84, code.rawValue], to: request)
    #expect(answer == .exception(function: 4, code: code))
  }

  @Test(
    "a body that does not fit its function is malformed, not an error",
    arguments: [
      ([0x04], 4),  // no body
      ([0x04, 0x00, 0x48, 0x00], 4),  // cut
      ([0x03, 0x00, 0x48, 0x00, 0x02, 0x00], 3),  // one byte too many
      ([0x06, 0x00, 0x01], 6),
      ([0x10, 0x00, 0x01, 0x00, 0x02, 0x03, 0x00, 0x0A, 0x01], 16),  // byte count 3 for 2 registers
      ([0x10, 0x00, 0x01, 0x00, 0x02, 0x04, 0x00, 0x0A, 0x01], 16),  // a byte of data is missing
      ([0x10, 0x00, 0x01], 16),
    ] as [([UInt8], UInt8)])
  func malformed(pdu: [UInt8], function: UInt8) throws {
    #expect(try ModbusPDU.decodeRequest(pdu) == .malformed(function: function))
  }

  @Test(
    "a function we do not speak is unknown, whatever its body",
    arguments: [0, 7, 11, 24, 65, 0x84] as [UInt8])
  func unknown(function: UInt8) throws {
    #expect(try ModbusPDU.decodeRequest([function]) == .unknown(function: function))
    #expect(try ModbusPDU.decodeRequest([function, 1, 2, 3]) == .unknown(function: function))
  }

  @Test("a PDU without a function code is a typed error")
  func nothing() {
    #expect(throws: ModbusFault.noFunction) { try ModbusPDU.decodeRequest([]) }
    let request = ModbusRequest.readRegisters(function: 4, address: 0, count: 2)
    #expect(throws: ModbusFault.noFunction) { try ModbusPDU.decodeResponse([], to: request) }
  }

  /// Each a damaged answer to "FC4, address 0x48, 2 registers", or to a write.
  static let damagedAnswers: [(request: ModbusRequest, answer: [UInt8], fault: ModbusFault)] = {
    let read = ModbusRequest.readRegisters(function: 4, address: 0x48, count: 2)
    let write = ModbusRequest.writeRegister(address: 0xF920, value: 3)
    let writeMany = ModbusRequest.writeRegisters(address: 0x14, values: [0x4000, 0])
    return [
      (read, [0x03, 0x04, 0x44, 0x9A, 0x50, 0x00], .function(expected: 4, received: 3)),
      (read, [0x83, 0x02], .function(expected: 4, received: 0x83)),
      (read, [0x04, 0x02, 0x44, 0x9A], .length(expected: 4, received: 2)),  // byte count 2, consistent
      (read, [0x04, 0x04, 0x44, 0x9A, 0x50, 0x00, 0x11, 0x22], .length(expected: 6, received: 8)),
      (read, [0x04, 0x06, 0x44, 0x9A, 0x50, 0x00, 0x00, 0x00], .length(expected: 4, received: 6)),
      (read, [0x04], .length(expected: 4, received: 0)),
      (read, [0x84], .length(expected: 2, received: 1)),
      (read, [0x84, 0x63], .undefinedException(0x63)),
      (write, [0x06, 0xF9, 0x20, 0x00, 0x02], .echo),  // another value than was written
      (write, [0x06, 0xF9, 0x21, 0x00, 0x03], .echo),
      (writeMany, [0x10, 0x00, 0x14, 0x00, 0x01], .echo),  // one register of two
      (writeMany, [0x10, 0x00, 0x14], .length(expected: 5, received: 3)),
      (.unknown(function: 0x2B), [0x2B, 0x0E], .function(expected: 0xAB, received: 0x2B)),
    ]
  }()

  @Test("a damaged answer is refused with the reason", arguments: damagedAnswers)
  func damaged(request: ModbusRequest, answer: [UInt8], fault: ModbusFault) {
    #expect(throws: fault) { try ModbusPDU.decodeResponse(answer, to: request) }
  }

  @Test("more than the standard's registers are not encoded")
  func limits() throws {
    #expect(
      try ModbusPDU.encode(.writeRegisters(address: 0, values: .init(repeating: 1, count: 123))).count == 252)
    #expect(throws: ModbusFault.tooLong(bytes: 254)) {
      try ModbusPDU.encode(.writeRegisters(address: 0, values: .init(repeating: 1, count: 124)))
    }
    #expect(
      try ModbusPDU.encode(.registers(function: 3, values: .init(repeating: 1, count: 125))).count == 252)
    #expect(throws: ModbusFault.tooLong(bytes: 254)) {
      try ModbusPDU.encode(.registers(function: 3, values: .init(repeating: 1, count: 126)))
    }
    #expect(throws: ModbusFault.tooLong(bytes: 253)) {
      try ModbusPDU.encode(.bits(function: 1, packed: .init(repeating: 0, count: 251)))
    }
  }
}
