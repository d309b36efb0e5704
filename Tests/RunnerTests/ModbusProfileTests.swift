// The shipped Modbus maps, read as a client would read them.

import MeterModel
import Testing
import Units
import Wire

@Suite("The shipped Modbus meters")
struct ModbusProfileTests {
  static func ask(_ answering: ModbusAnswering, _ function: UInt8, _ address: UInt16, _ count: UInt16)
    throws -> ModbusResponse
  {
    let request = ModbusRequest.readRegisters(function: function, address: address, count: count)
    return try ModbusPDU.decodeResponse(answering.answer(request, at: .epoch).pdu, to: request)
  }

  static func registers(_ answering: ModbusAnswering, _ function: UInt8, _ address: UInt16, _ count: UInt16)
    throws -> [UInt16]?
  {
    if case .registers(_, let values) = try ask(answering, function, address, count) { return values }
    return nil
  }

  /// A meter of the right phases for a map.
  static func make(_ name: String) throws -> ModbusAnswering {
    let map = try ModbusBusFixture.map(name)
    let phases = map.points.contains { $0.name == "voltage-l3" } ? 3 : 1
    return ModbusAnswering(meter: ModbusBusFixture.meter(phases: phases), map: map, unit: 1)
  }

  @Test("every register of a map is read by each of its functions", arguments: ModbusBusFixture.names)
  func everyPoint(name: String) throws {
    let answering = try Self.make(name)
    #expect(answering.map.points.count >= 5)
    for point in answering.map.points {
      for function in point.functions {
        let count = point.registers
        let values = try Self.registers(answering, function, point.address, UInt16(count))
        #expect(values?.count == count, "\(point.name) at \(point.address)")
      }
    }
    for setting in answering.map.settings {
      for function in setting.functions where function == 3 || function == 4 {
        let count = UInt16(setting.number.registers)
        #expect(try Self.registers(answering, function, setting.address, count) != nil, "\(setting.name)")
      }
    }
  }

  struct Manner: Sendable, CustomTestStringConvertible {
    var name: String
    var function: UInt8
    var address: UInt16
    var count: UInt16
    var registers: [UInt16]?
    var code: ModbusException?
    var testDescription: String { "\(name) FC\(function) \(address)+\(count)" }
  }

  static func reads(
    _ name: String, _ function: UInt8, _ address: UInt16, _ count: UInt16, _ registers: [UInt16]
  )
    -> Manner
  {
    Manner(name: name, function: function, address: address, count: count, registers: registers)
  }

  static func refuses(
    _ name: String, _ function: UInt8, _ address: UInt16, _ count: UInt16, _ code: ModbusException
  )
    -> Manner
  {
    Manner(name: name, function: function, address: address, count: count, code: code)
  }

  /// From the makers' tables: 230 V = 0x43660000, 1234.5 = 0x449A5000, 987.6 = 0x4476E666, 2222.1 =
  /// 0x450AE19A.
  static let rows = [
    reads("eastron-sdm120", 4, 0, 2, [0x4366, 0]),
    reads("eastron-sdm120", 4, 72, 4, [0x449A, 0x5000, 0x4476, 0xE666]),
    reads("eastron-sdm120", 4, 342, 2, [0x450A, 0xE19A]),
    reads("eastron-sdm120", 4, 2, 4, [0, 0, 0, 0]),  // a gap between voltage and current
    reads("eastron-sdm120", 3, 28, 2, [0, 0]),  // 2400 baud is number 0
    reads("eastron-sdm120", 3, 63_776, 1, [2]),
    reads("eastron-sdm120", 3, 64_512, 2, [0x0001, 0xE240]),  // serial 123456
    refuses("eastron-sdm120", 4, 0, 82, .illegalDataValue),
    refuses("eastron-sdm120", 4, 73, 2, .illegalDataAddress),
    refuses("eastron-sdm120", 4, 72, 1, .illegalDataValue),
    refuses("eastron-sdm120", 4, 346, 2, .illegalDataAddress),
    refuses("eastron-sdm120", 3, 63_777, 1, .illegalDataAddress),
    refuses("eastron-sdm120", 3, 88, 2, .illegalDataAddress),
    reads("eastron-sdm230", 4, 52, 2, [0, 0]),  // no register 0x34: clients get 0
    reads("eastron-sdm230", 4, 74, 2, [0x4476, 0xE666]),
    reads("eastron-sdm230", 3, 28, 2, [0x4000, 0]),  // 9600 baud is number 2
    refuses("eastron-sdm230", 4, 0, 62, .illegalDataValue),
    refuses("eastron-sdm230", 4, 0, 61, .illegalDataValue),
    reads("eastron-sdm630-v2", 4, 70, 6, [0x4248, 0, 0x449A, 0x5000, 0x4476, 0xE666]),
    reads("eastron-sdm630-v2", 4, 348, 2, [0x43CD, 0xC000]),  // a third of 1234.5: 411.5 kWh
    reads("eastron-sdm630-v2", 4, 200, 2, [0x43C7, 0x2F7D]),  // 398.371 V
    reads("eastron-sdm630-v2", 4, 44, 2, [0, 0]),
    reads("eastron-sdm630-v2", 3, 24, 2, [0x447A, 0]),  // password 1000
    refuses("eastron-sdm630-v2", 4, 1, 2, .illegalDataAddress),
    refuses("eastron-sdm630-v2", 4, 0, 3, .illegalDataValue),
    refuses("eastron-sdm630-v2", 4, 386, 2, .illegalDataAddress),
    refuses("eastron-sdm630-v2", 3, 342, 2, .illegalDataAddress),
    reads("carlogavazzi-em24-rs485", 4, 66, 2, [12_345, 0]),
    reads("carlogavazzi-em24-rs485", 3, 92, 2, [9876, 0]),
    reads("carlogavazzi-em24-rs485", 3, 11, 1, [71]),
    reads("carlogavazzi-em24-rs485", 3, 10, 2, [3983, 0]),
    reads("carlogavazzi-em24-rs485", 3, 24, 2, [0, 0]),
    reads("carlogavazzi-em24-rs485", 3, 55, 1, [500]),
    refuses("carlogavazzi-em24-rs485", 3, 0, 12, .illegalDataValue),
    refuses("carlogavazzi-em24-rs485", 3, 96, 1, .illegalDataAddress),
  ]

  @Test("limits, gaps and values are those of each make of meter", arguments: rows)
  func manners(row: Manner) throws {
    let answering = try Self.make(row.name)
    let expected: ModbusResponse
    if let registers = row.registers {
      expected = .registers(function: row.function, values: registers)
    } else {
      expected = .exception(function: row.function, code: try #require(row.code))
    }
    #expect(try Self.ask(answering, row.function, row.address, row.count) == expected)
  }

  /// From the makers' tables of functions.
  static func spoken(by name: String) -> Set<UInt8> {
    let prefixes: [(String, Set<UInt8>)] = [
      ("bench", [1, 2, 3, 4, 5, 6, 8, 15, 16, 17, 22, 23, 43]), ("eastron", [3, 4, 16]),
      ("carlogavazzi-em24-ethernet", [3, 4]), ("carlogavazzi", [3, 4, 6]), ("abb", [3, 6, 16]),
      ("hiking", [3, 16]), ("rayleigh", [4, 16]), ("schneider", [3, 16]),
    ]
    return prefixes.first { name.hasPrefix($0.0) }?.1 ?? [3]
  }

  @Test("each meter speaks its functions and no other", arguments: ModbusBusFixture.names)
  func functions(name: String) throws {
    let answering = try Self.make(name)
    #expect(answering.map.functions == Self.spoken(by: name))
    let rare: [ModbusRequest] = [
      .readBits(function: 1, address: 0, count: 1), .readBits(function: 2, address: 0, count: 1),
      .writeBit(address: 0, value: 0), .diagnose(subFunction: 0, data: [0, 0]), .reportServerID,
      .writeBits(address: 0, count: 1, packed: [1]), .maskWrite(address: 0, and: 0, or: 0),
      .readWrite(address: 0, count: 1, writeAddress: 0, values: [0]), .readIdentification(code: 1, object: 0),
    ]
    for request in rare where !Self.spoken(by: name).contains(request.function) {
      #expect(answering.answer(request, at: .epoch).pdu == [request.function | 0x80, 0x01])
    }
    let write = answering.answer(.writeRegister(address: 0xFFF0, value: 0), at: .epoch).pdu
    #expect(write == [0x86, Self.spoken(by: name).contains(6) ? 0x02 : 0x01])
  }

  @Test("mode 3 counts backwards while the home exports: the twin of a disc without backstop")
  func backwards() throws {
    let meter = ModbusBusFixture.meter(accumulation: .importPlusExport)
    let answering = ModbusAnswering(meter: meter, map: try ModbusBusFixture.map("eastron-sdm120"), unit: 1)
    let mode = ModbusRequest.writeRegisters(address: 0xF920, values: [3])
    #expect(answering.answer(mode, at: .epoch).pdu == [0x10, 0xF9, 0x20, 0x00, 0x01])
    // 2 kW out for an hour: the total falls from 2222.1 to 2220.1 kWh = 0x450AC19A, export rises to 989.6.
    meter.advance(through: [FlowSegment(endMilliseconds: 3_600_000, l1: -2_000_000)])
    #expect(try Self.registers(answering, 4, 342, 2) == [0x450A, 0xC19A])
    #expect(try Self.registers(answering, 4, 74, 2) == [0x4477, 0x6666])
    #expect(try Self.registers(answering, 4, 72, 2) == [0x449A, 0x5000])
    #expect(try Self.registers(answering, 4, 12, 2) == [0xC4FA, 0])  // −2000 W
    // Down through zero it gets a sign: set to 1 kWh, after another hour −1.0 kWh = 0xBF800000.
    meter.set(.total, to: WattHours(1000))
    meter.advance(through: [FlowSegment(endMilliseconds: 7_200_000, l1: -2_000_000)])
    #expect(try Self.registers(answering, 4, 342, 2) == [0xBF80, 0])
  }

  @Test("a meter that counts each phase shows import 2 and export 1, one that nets over phases import 1")
  func phases() throws {
    for (phaseSum, imported, exported) in [(PhaseSum.perPhase, 2000, 1000), (.vector, 1000, 0)] {
      let meter = ModbusBusFixture.meter(phases: 3, phaseSum: phaseSum)
      for role in [RegisterRole.import, .export] { meter.set(role, to: WattHours(0)) }
      // +1, +1 and −1 kW for an hour.
      meter.advance(through: [
        FlowSegment(endMilliseconds: 3_600_000, l1: 1_000_000, l2: 1_000_000, l3: -1_000_000)
      ])
      #expect(meter.readEnergy(.import, phase: nil) == WattHours(Int64(imported)))
      #expect(meter.readEnergy(.export, phase: nil) == WattHours(Int64(exported)))
      // Whatever becomes of the whole, each phase is counted by itself.
      #expect(meter.readEnergy(.import, phase: .l1) == WattHours(1000))
      #expect(meter.readEnergy(.import, phase: .l3) == WattHours(0))
      #expect(meter.readEnergy(.export, phase: .l3) == WattHours(1000))
      // The total began with a third of 2 222 100 Wh and adds up both directions.
      #expect(meter.readEnergy(.total, phase: .l3) == WattHours(740_700 + 1000))
    }
  }
}
