// The rarer functions, byte by byte from the examples of "MODBUS Application Protocol" V1.1b3,
// sections 6.5 to 6.21.

import Testing
import Wire

@Suite("Modbus functions that few meters have")
struct ModbusRarerPDUTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var request: ModbusRequest
    var asked: [UInt8]
    var response: ModbusResponse
    var answered: [UInt8]
  }

  private static func ascii(_ text: String) -> [UInt8] { Array(text.utf8) }

  static let rows: [Row] = [
    Row(
      testDescription: "6.5 coil 173 on", request: .writeBit(address: 0xAC, value: 0xFF00),
      asked: [0x05, 0x00, 0xAC, 0xFF, 0x00], response: .wroteBit(address: 0xAC, value: 0xFF00),
      answered: [0x05, 0x00, 0xAC, 0xFF, 0x00]),
    Row(
      testDescription: "6.8 loopback of A537", request: .diagnose(subFunction: 0, data: [0xA5, 0x37]),
      asked: [0x08, 0x00, 0x00, 0xA5, 0x37], response: .diagnosed(subFunction: 0, data: [0xA5, 0x37]),
      answered: [0x08, 0x00, 0x00, 0xA5, 0x37]),
    Row(
      testDescription: "6.11 ten coils from 20",
      request: .writeBits(address: 0x13, count: 10, packed: [0xCD, 0x01]),
      asked: [0x0F, 0x00, 0x13, 0x00, 0x0A, 0x02, 0xCD, 0x01],
      response: .wroteBits(address: 0x13, count: 10), answered: [0x0F, 0x00, 0x13, 0x00, 0x0A]),
    Row(
      testDescription: "6.13 who is there", request: .reportServerID, asked: [0x11],
      response: .serverID([0x42, 0xFF]), answered: [0x11, 0x02, 0x42, 0xFF]),
    Row(
      testDescription: "6.16 register 5 by masks", request: .maskWrite(address: 4, and: 0xF2, or: 0x25),
      asked: [0x16, 0x00, 0x04, 0x00, 0xF2, 0x00, 0x25],
      response: .maskWrote(address: 4, and: 0xF2, or: 0x25),
      answered: [0x16, 0x00, 0x04, 0x00, 0xF2, 0x00, 0x25]),
    Row(
      testDescription: "6.17 reads six, writes three",
      request: .readWrite(address: 3, count: 6, writeAddress: 14, values: [0xFF, 0xFF, 0xFF]),
      asked: [0x17, 0, 3, 0, 6, 0, 14, 0, 3, 6, 0, 0xFF, 0, 0xFF, 0, 0xFF],
      response: .registers(function: 23, values: [0xFE, 0x0ACD, 1, 3, 13, 0xFF]),
      answered: [0x17, 0x0C, 0, 0xFE, 0x0A, 0xCD, 0, 1, 0, 3, 0, 13, 0, 0xFF]),
    Row(
      testDescription: "6.21 basic identification", request: .readIdentification(code: 1, object: 0),
      asked: [0x2B, 0x0E, 0x01, 0x00],
      response: .identification(
        .init(
          code: 1, conformity: 1, moreFollows: false, next: 0,
          objects: [
            .init(id: 0, bytes: ascii("Company identification")),
            .init(id: 1, bytes: ascii("Product code XX")),
            .init(id: 2, bytes: ascii("V2.11")),
          ])),
      answered: [0x2B, 0x0E, 0x01, 0x01, 0x00, 0x00, 0x03, 0x00, 0x16] + ascii("Company identification")
        + [0x01, 0x0F] + ascii("Product code XX") + [0x02, 0x05] + ascii("V2.11")),
  ]

  @Test("each request and answer is the standard's bytes, both ways", arguments: rows)
  func bytes(row: Row) throws {
    #expect(try ModbusPDU.encode(row.request) == row.asked)
    #expect(try ModbusPDU.decodeRequest(row.asked) == row.request)
    #expect(try ModbusPDU.encode(row.response) == row.answered)
    #expect(try ModbusPDU.decodeResponse(row.answered, to: row.request) == row.response)
  }

  @Test("a request cut short is malformed, and an answer cut short or too long is a fault", arguments: rows)
  func cut(row: Row) throws {
    for length in 1..<row.asked.count {
      let cut = try ModbusPDU.decodeRequest(Array(row.asked.prefix(length)))
      // Loopback repeats whatever came.
      if case .diagnose = cut { continue }
      #expect(cut == .malformed(function: row.request.function))
    }
    for length in 0..<row.answered.count {
      if case .diagnosed = row.response, length >= 3 { continue }
      #expect(throws: ModbusFault.self) {
        try ModbusPDU.decodeResponse(Array(row.answered.prefix(length)), to: row.request)
      }
    }
    if case .diagnosed = row.response { return }
    #expect(throws: ModbusFault.self) { try ModbusPDU.decodeResponse(row.answered + [0], to: row.request) }
  }

  @Test("an answer that repeats another request is no answer")
  func echo() {
    let coil = ModbusRequest.writeBit(address: 1, value: 0xFF00)
    #expect(throws: ModbusFault.echo) { try ModbusPDU.decodeResponse([5, 0, 1, 0, 0], to: coil) }
    let mask = ModbusRequest.maskWrite(address: 4, and: 1, or: 2)
    #expect(throws: ModbusFault.echo) { try ModbusPDU.decodeResponse([22, 0, 4, 0, 1, 0, 3], to: mask) }
  }

  @Test("an encapsulated interface that is no identification is a function we do not speak")
  func otherInterface() throws {
    #expect(try ModbusPDU.decodeRequest([43, 13, 0, 0]) == .unknown(function: 43))
  }
}
