import MeterModel
import Testing
import Units
import Wire

/// V1.1b3, section 7 and the state diagrams of section 6: 01 for the function, 03 for the quantity, 02 for
/// the address, in this order.
@Suite("What a meter refuses over Modbus")
struct ModbusExceptionTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var request: ModbusRequest
    var code: ModbusException
  }

  static func read(_ function: UInt8, _ address: UInt16, _ count: UInt16) -> ModbusRequest {
    .readRegisters(function: function, address: address, count: count)
  }

  static let rows = [
    Row(
      testDescription: "coil", request: .readBits(function: 1, address: 0, count: 8), code: .illegalFunction),
    Row(
      testDescription: "inputs", request: .readBits(function: 2, address: 0, count: 8), code: .illegalFunction
    ),
    Row(testDescription: "an unknown function", request: .unknown(function: 43), code: .illegalFunction),
    Row(testDescription: "quantity 0", request: read(4, 0, 0), code: .illegalDataValue),
    Row(testDescription: "81 registers of at most 80", request: read(4, 0, 81), code: .illegalDataValue),
    Row(testDescription: "126 registers", request: read(4, 0, 126), code: .illegalDataValue),
    Row(testDescription: "quantity before address", request: read(4, 60_000, 0), code: .illegalDataValue),
    Row(testDescription: "an address outside", request: read(4, 346, 2), code: .illegalDataAddress),
    Row(testDescription: "a read that runs out", request: read(4, 344, 4), code: .illegalDataAddress),
    Row(testDescription: "past the last address", request: read(4, 65_534, 4), code: .illegalDataAddress),
    Row(testDescription: "an odd address", request: read(4, 73, 2), code: .illegalDataAddress),
    Row(testDescription: "an odd count", request: read(4, 72, 3), code: .illegalDataValue),
    Row(testDescription: "a gap among settings", request: read(3, 0xF922, 1), code: .illegalDataAddress),
    Row(testDescription: "energies by function 3", request: read(3, 342, 2), code: .illegalDataAddress),
    Row(testDescription: "a broken read", request: .malformed(function: 4), code: .illegalDataValue),
    Row(testDescription: "a broken write", request: .malformed(function: 16), code: .illegalDataValue),
    Row(
      testDescription: "a broken request of an unknown function", request: .malformed(function: 1),
      code: .illegalFunction),
    Row(
      testDescription: "function 6 where only 16 reaches", request: .writeRegister(address: 0xF921, value: 1),
      code: .illegalDataAddress),
    Row(
      testDescription: "writing an energy", request: .writeRegisters(address: 72, values: [0, 0]),
      code: .illegalDataAddress),
    Row(
      testDescription: "half of a float setting", request: .writeRegisters(address: 20, values: [0x40A0]),
      code: .illegalDataAddress),
    Row(
      testDescription: "the other half", request: .writeRegisters(address: 21, values: [0x0000]),
      code: .illegalDataAddress),
    Row(
      testDescription: "mode 4", request: .writeRegister(address: 0xF920, value: 4), code: .illegalDataValue),
    Row(
      testDescription: "unit 248 as a float",
      request: .writeRegisters(address: 20, values: [0x4378, 0x0000]),
      code: .illegalDataValue),
    Row(
      testDescription: "unit 2.5", request: .writeRegisters(address: 20, values: [0x4020, 0x0000]),
      code: .illegalDataValue),
    Row(
      testDescription: "a speed that the maker skips",
      request: .writeRegisters(address: 28, values: [0x4040, 0x0000]), code: .illegalDataValue),
    Row(
      testDescription: "nothing to write", request: .writeRegisters(address: 0xF920, values: []),
      code: .illegalDataValue),
    Row(
      testDescription: "writing past the last address",
      request: .writeRegisters(address: 65_535, values: [0, 0]), code: .illegalDataAddress),
  ]

  @Test("each illegal request gets its exception, and nothing is changed by it", arguments: rows)
  func refuses(row: Row) throws {
    let meter = StatedMeter()
    let answering = ModbusAnswering(meter: meter, map: try ModbusFixture.floats(), unit: 1)
    var pdu: [UInt8] = [0xEE]  // what stands in the buffer already stays
    answering.answer(row.request, at: .epoch, into: &pdu)
    #expect(pdu == [0xEE, row.request.function | 0x80, row.code.rawValue])
    #expect(meter.accumulation == .importPlusExport)
    #expect(answering.unit == 1)
    #expect(try answering.registers(3, 28, 2) == [0x4000, 0], "still 9600 baud, number 2")
  }

  @Test("a write of several settings is done whole or not at all")
  func allOrNothing() throws {
    let meter = StatedMeter()
    let answering = ModbusAnswering(meter: meter, map: try ModbusFixture.floats(), unit: 1)
    let bad = ModbusRequest.writeRegisters(address: 0xF920, values: [3, 61])
    #expect(try answering.response(bad) == .exception(function: 16, code: .illegalDataValue))
    #expect(meter.accumulation == .importPlusExport)
    let good = ModbusRequest.writeRegisters(address: 0xF920, values: [3, 60])
    #expect(try answering.response(good) == .wroteRegisters(address: 0xF920, count: 2))
    #expect(try answering.registers(3, 0xF920, 2) == [3, 60])
  }

  @Test("a new unit number acts from the next request on, and is shown")
  func unit() throws {
    let answering = ModbusAnswering(meter: StatedMeter(), map: try ModbusFixture.floats(), unit: 7)
    #expect(try answering.registers(3, 20, 2) == [0x40E0, 0])  // 7.0
    let answer = answering.answer(.writeRegisters(address: 20, values: [0x4248, 0]), at: .epoch)  // 50.0
    #expect(answer.pdu == [0x10, 0x00, 0x14, 0x00, 0x02])
    #expect(answering.unit == 50)
    #expect(try answering.registers(3, 20, 2) == [0x4248, 0])
  }

  @Test("one register is written by function 6 and echoed")
  func writeOne() throws {
    let meter = StatedMeter()
    let answering = ModbusAnswering(meter: meter, map: try ModbusFixture.floats(), unit: 1)
    let request = ModbusRequest.writeRegister(address: 0xF920, value: 1)
    #expect(answering.answer(request, at: .epoch).pdu == [0x06, 0xF9, 0x20, 0x00, 0x01])
    #expect(meter.accumulation == .import)
  }

  @Test(
    "addresses that hold nothing give zero, an exception, or the value before, as the make of meter does",
    arguments: [
      (.zero, [0x4366, 0, 0, 0]), (.exception, nil),
      // 230 V as float32 is 43 66 00 00: the register before the gap is its low one.
      (.lastValue, [0x4366, 0, 0, 0]),
    ] as [(ModbusMap.Gap, [UInt16]?)])
  func gaps(gap: ModbusMap.Gap, expected: [UInt16]?) throws {
    let answering = ModbusAnswering(meter: StatedMeter(), map: try ModbusFixture.floats(gap: gap), unit: 1)
    let answer = try answering.response(Self.read(4, 0, 4))
    let wanted = expected.map { ModbusResponse.registers(function: 4, values: $0) }
    #expect(answer == wanted ?? .exception(function: 4, code: .illegalDataAddress))
  }

  @Test("the value before a gap is the register before it, and zero where none came before")
  func lastValue() throws {
    let answering = ModbusAnswering(
      meter: StatedMeter(), map: try ModbusFixture.floats(gap: .lastValue), unit: 1)
    // 74: 987.6 kWh = 44 76 E6 66; 76 and 77 hold nothing.
    #expect(try answering.registers(4, 74, 4) == [0x4476, 0xE666, 0xE666, 0xE666])
    #expect(try answering.registers(4, 76, 2) == [0, 0])
  }
}
