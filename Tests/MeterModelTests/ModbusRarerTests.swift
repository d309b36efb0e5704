// A meter with every function: single bits, masks, reading and writing at once,
// and who it is (V1.1b3 section 6).

import MeterModel
import Testing
import Units
import Wire

@Suite("A meter that speaks every Modbus function")
struct ModbusRarerTests {
  static func make(_ meter: StatedMeter = StatedMeter()) throws -> ModbusAnswering {
    let all: Set<UInt8> = [3, 4, 6, 16, 22, 23]
    let map = try ModbusMap(
      services: ModbusServices(
        loopback: true, serverID: "bench",
        identification: ["Backspin", "bench", "1", "https://example.invalid"]),
      coils: [
        ModbusCoil(name: "relay", functions: [1, 5, 15], address: 0, initial: true, source: "a test"),
        ModbusCoil(name: "lamp", functions: [1, 5, 15], address: 1, source: "a test"),
        ModbusCoil(name: "exporting", shows: .exporting, functions: [2], address: 0, source: "a test"),
      ],
      blocks: [.init(functions: all, addresses: 0...63, gap: .zero)],
      points: [ModbusFixture.point("active-energy-import", at: 0, [3, 4], .uint32, unit: .wattHour)],
      settings: [
        ModbusSetting(
          name: "one", functions: all, address: 4, number: .uint16, initial: 0x12, source: "a test"),
        ModbusSetting(name: "two", functions: all, address: 5, number: .uint16, source: "a test"),
        ModbusSetting(
          name: "unit", meaning: .unit, functions: [3, 6], address: 8, number: .uint16,
          allowed: .range(1...247),
          acts: .atPowerUp, source: "a test"),
      ])
    return ModbusAnswering(meter: meter, map: map, unit: 1)
  }

  struct Row: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var request: ModbusRequest
    var answer: [UInt8]
  }

  /// The meter exports 2 kW; 1 234 500 Wh imported are 0x0012D644.
  static let rows: [Row] = [
    Row(
      testDescription: "coils", request: .readBits(function: 1, address: 0, count: 2), answer: [1, 1, 0b01]),
    Row(testDescription: "inputs", request: .readBits(function: 2, address: 0, count: 1), answer: [2, 1, 1]),
    Row(
      testDescription: "no coil 2", request: .readBits(function: 1, address: 1, count: 2), answer: [0x81, 2]),
    Row(
      testDescription: "no bits", request: .readBits(function: 1, address: 0, count: 0), answer: [0x81, 3]),
    Row(
      testDescription: "2001 bits", request: .readBits(function: 1, address: 0, count: 2001),
      answer: [0x81, 3]),
    Row(
      testDescription: "a coil that is neither on nor off", request: .writeBit(address: 0, value: 1),
      answer: [0x85, 3]),
    Row(testDescription: "a coil elsewhere", request: .writeBit(address: 9, value: 0), answer: [0x85, 2]),
    Row(
      testDescription: "no coils to write", request: .writeBits(address: 0, count: 0, packed: []),
      answer: [0x8F, 3]),
    // The standard's own example: (0x12 AND 0xF2) OR (0x25 AND NOT 0xF2) = 0x17.
    Row(
      testDescription: "a mask", request: .maskWrite(address: 4, and: 0xF2, or: 0x25),
      answer: [22, 0, 4, 0, 0xF2, 0, 0x25]),
    Row(
      testDescription: "a mask over an energy", request: .maskWrite(address: 0, and: 0, or: 0),
      answer: [0x96, 2]),
    Row(
      testDescription: "written before it is read",
      request: .readWrite(address: 4, count: 2, writeAddress: 5, values: [0xABCD]),
      answer: [23, 4, 0, 0x12, 0xAB, 0xCD]),
    Row(
      testDescription: "nothing to write",
      request: .readWrite(address: 4, count: 1, writeAddress: 5, values: []),
      answer: [0x97, 3]),
    Row(
      testDescription: "written nowhere",
      request: .readWrite(address: 4, count: 1, writeAddress: 40, values: [1]), answer: [0x97, 2]),
    Row(
      testDescription: "loopback", request: .diagnose(subFunction: 0, data: [1, 2, 3, 4]),
      answer: [8, 0, 0, 1, 2, 3, 4]),
    Row(
      testDescription: "another diagnosis", request: .diagnose(subFunction: 1, data: [0, 0]),
      answer: [0x88, 1]),
    Row(
      testDescription: "server", request: .reportServerID, answer: [17, 6] + Array("bench".utf8) + [0xFF]),
    Row(
      testDescription: "one object", request: .readIdentification(code: 4, object: 1),
      answer: [43, 14, 4, 0x82, 0, 0, 1, 1, 5] + Array("bench".utf8)),
    Row(
      testDescription: "basic objects from the second on", request: .readIdentification(code: 1, object: 1),
      answer: [43, 14, 1, 0x82, 0, 0, 2, 1, 5] + Array("bench".utf8) + [2, 1, 0x31]),
    Row(
      testDescription: "no such object", request: .readIdentification(code: 4, object: 9), answer: [0xAB, 2]),
    Row(
      testDescription: "no such code", request: .readIdentification(code: 5, object: 0), answer: [0xAB, 3]),
  ]

  @Test("each request gets its bytes", arguments: rows)
  func answers(row: Row) throws {
    #expect(try Self.make().answer(row.request, at: .epoch).pdu == row.answer)
  }

  @Test("what was written to coils and by masks is read back; a refused request writes nothing")
  func kept() throws {
    let answering = try Self.make()
    _ = answering.answer(.writeBits(address: 0, count: 2, packed: [0b10]), at: .epoch)
    #expect(answering.answer(.readBits(function: 1, address: 0, count: 2), at: .epoch).pdu == [1, 1, 0b10])
    _ = answering.answer(.maskWrite(address: 4, and: 0xF2, or: 0x25), at: .epoch)
    #expect(try answering.registers(3, 4, 1) == [0x17])
    // The write would do, the read would not: nothing is written.
    let half = ModbusRequest.readWrite(address: 70, count: 1, writeAddress: 5, values: [7])
    #expect(answering.answer(half, at: .epoch).pdu == [0x97, 2])
    #expect(try answering.registers(3, 5, 1) == [0])
  }

  @Test("a broadcast write is carried out and never answered; a read to all does nothing")
  func broadcast() throws {
    let answering = try Self.make()
    answering.obey(.writeRegister(address: 5, value: 9), at: .epoch)
    #expect(try answering.registers(3, 5, 1) == [9])
    let deaf = ModbusAnswering(meter: StatedMeter(), map: try ModbusFixture.floats(), unit: 1)
    deaf.obey(.writeRegister(address: 0xF920, value: 3), at: .epoch)
    #expect(deaf.meter.accumulation == .importMinusExport)
  }

  @Test("a unit number that acts at power-up is shown at once and answered to from then on")
  func powerUp() throws {
    let answering = try Self.make()
    _ = answering.answer(.writeRegister(address: 8, value: 77), at: .epoch)
    #expect(try answering.registers(3, 8, 1) == [77])
    #expect(answering.unit == 1)
    answering.powerUp()
    #expect(answering.unit == 77)
    #expect(try answering.registers(3, 8, 1) == [77])
  }
}
