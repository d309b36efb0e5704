// Settings of shipped makes that change what their registers count or show, by the makers' tables.

import MeterModel
import Testing
import Timeline
import Units
import Wire

@Suite("Settings of shipped Modbus meters")
struct ModbusSettingTests {
  static func live(_ name: String, _ reads: [RegisterRole: WattHours]) throws -> (Meter, ModbusAnswering) {
    let map = try ModbusBusFixture.map(name)
    let roles: [RegisterRole] = name.hasPrefix("rayleigh") ? [.import] : [.import, .export, .total]
    let profile = Profile(
      name: name, title: name, kind: .modbus, flow: name.hasPrefix("rayleigh") ? .importOnly : .bidirectional,
      registers: roles.map { RegisterFace(role: $0, rollover: .digits(6)) }, modbus: map)
    let meter = Meter(profile: profile, serial: "1234567", at: .epoch, reads: reads, stream: .init(seed: 1))
    return (meter, ModbusAnswering(meter: meter, map: map, unit: 1))
  }

  @Test("mode A of an EM340 counts export as import, and mode B goes on as before")
  func easyConnection() throws {
    let (meter, answering) = try Self.live("carlogavazzi-em340", [:])
    #expect(try ModbusProfileTests.registers(answering, 3, 0x1103, 1) == [1])
    #expect(
      answering.answer(.writeRegister(address: 0x1103, value: 0), at: .epoch).pdu == [6, 0x11, 3, 0, 0])
    meter.advance(through: [FlowSegment(endMilliseconds: 3_600_000, l1: -2_000_000)])
    // 2.0 kWh as raw 20, least significant register first; the export stays at 0.
    #expect(try ModbusProfileTests.registers(answering, 3, 52, 2) == [20, 0])
    #expect(try ModbusProfileTests.registers(answering, 3, 78, 2) == [0, 0])
    _ = answering.answer(.writeRegister(address: 0x1103, value: 1), at: .epoch)
    meter.advance(through: [FlowSegment(endMilliseconds: 7_200_000, l1: -2_000_000)])
    #expect(try ModbusProfileTests.registers(answering, 3, 52, 2) == [20, 0])
    #expect(try ModbusProfileTests.registers(answering, 3, 78, 2) == [20, 0])
    #expect(answering.answer(.writeRegister(address: 0x1103, value: 2), at: .epoch).pdu == [0x86, 3])
  }

  @Test("writing 0 over a DDS238's total clears all three counters, and nothing else may be written there")
  func clear() throws {
    let (_, answering) = try Self.live(
      "hiking-dds238-2-zns", [.import: WattHours(12_340), .export: WattHours(5_000)])
    #expect(try ModbusProfileTests.registers(answering, 3, 8, 4) == [0, 500, 0, 1234])
    #expect(answering.answer(.writeRegisters(address: 0, values: [0, 1]), at: .epoch).pdu == [0x90, 3])
    #expect(
      answering.answer(.writeRegisters(address: 0, values: [0, 0]), at: .epoch).pdu == [16, 0, 0, 0, 2])
    #expect(try ModbusProfileTests.registers(answering, 3, 0, 2) == [0, 0])
    #expect(try ModbusProfileTests.registers(answering, 3, 8, 4) == [0, 0, 0, 0])
    // Unit 7 in the high byte, 2 for 4800 baud in the low one.
    #expect(
      answering.answer(.writeRegisters(address: 21, values: [0x0702]), at: .epoch).pdu == [16, 0, 21, 0, 1])
    #expect(answering.unit == 7)
    #expect(try ModbusProfileTests.registers(answering, 3, 21, 1) == [0x0702])
    #expect(answering.answer(.writeRegisters(address: 21, values: [0x0705]), at: .epoch).pdu == [0x90, 3])
  }

  @Test("an RI-D175 shows tenths or hundredths, and comes round after seven digits either way")
  func format() throws {
    let (_, answering) = try Self.live("rayleigh-ri-d175", [.import: WattHours(123_456_780)])
    // 123 456.7 kWh; then 23 456.78, since 5 + 2 digits end at 99 999.99.
    #expect(try ModbusProfileTests.registers(answering, 4, 0, 2) == [0x0012, 0xD687])
    #expect(answering.answer(.writeRegisters(address: 27, values: [2]), at: .epoch).pdu == [16, 0, 27, 0, 1])
    #expect(try ModbusProfileTests.registers(answering, 4, 0, 2) == [0x0023, 0xCACE])
    #expect(answering.answer(.writeRegisters(address: 27, values: [3]), at: .epoch).pdu == [0x90, 3])
  }
}
