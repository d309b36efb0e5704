// A meter whose speed, parity or number is written: on a line of several, and where one line follows its
// meters. Instants of frames are MeterBusTests' matter.

import Line
import MeterModel
import Runner
import Testing
import Units
import Wire

@Suite("Written line settings") struct ModbusSpeedTests {
  private static let start = Instant.epoch
  private static let nine = SerialSettings.usual

  private func sdm(_ make: String = "eastron-sdm230", unit: UInt8) throws -> ModbusAnswering {
    let answering = ModbusAnswering(
      meter: ModbusBusFixture.meter(accumulation: .importPlusExport), map: try ModbusBusFixture.map(make),
      unit: unit)
    answering.fit(Self.nine)
    return answering
  }

  private func write(_ meaning: ModbusSetting.Meaning, _ value: Int64, to one: ModbusAnswering) throws {
    let setting = try #require(one.map.settings.first { $0.meaning == meaning })
    let request = ModbusRequest.writeRegisters(
      address: setting.address, values: setting.registers(of: value))
    #expect(one.answer(request, at: Self.start).pdu.first == 16)
  }

  @Test("a speed and a parity act at once, or when the meter is next switched on, as the make does")
  func acts() throws {
    let atOnce = try sdm(unit: 1)
    try write(.baud, 0, to: atOnce)
    #expect(atOnce.line.baud == 2400)
    try write(.frame, 1, to: atOnce)
    #expect(atOnce.line.parity == .even && atOnce.line.stopBits == 1)
    try write(.frame, 3, to: atOnce)
    #expect(atOnce.line.parity == .none && atOnce.line.stopBits == 2)
    let later = try sdm("eastron-sdm120", unit: 1)
    var told = 0
    later.onRelined = { told += 1 }
    try write(.baud, 0, to: later)
    #expect(later.line.baud == 9600 && told == 0)
    later.powerUp()
    #expect(later.line.baud == 2400 && told == 1)
  }

  @Test("a fitter's setting shows in the registers where the make has a number for it")
  func fitted() throws {
    let one = try sdm(unit: 1)
    let baud = try #require(one.map.settings.first { $0.meaning == .baud })
    let read = ModbusRequest.readRegisters(function: 3, address: baud.address, count: 2)
    // 9600 has the number 2: 4000 0000 as a float. 19 200 has none, and the number stands.
    #expect(one.answer(read, at: Self.start).pdu == [3, 4, 0x40, 0, 0, 0])
    one.fit(baud: 2400, parity: .none, stopBits: 1)
    #expect(one.answer(read, at: Self.start).pdu == [3, 4, 0, 0, 0, 0])
    one.fit(baud: 19_200, parity: .even, stopBits: 1)
    #expect(one.answer(read, at: Self.start).pdu == [3, 4, 0, 0, 0, 0])
  }

  @Test("a bus stands as most of its meters do; the one that was written is deaf until it is one of most")
  func follows() throws {
    let meters = try [1, 2, 3].map { try sdm(unit: $0) }
    let bus = MeterBus(following: meters, settings: Self.nine)
    #expect(bus.settings == nil && answers(bus, unit: 1, at: 10))
    try write(.baud, 0, to: meters[0])
    #expect(bus.settings == nil && !answers(bus, unit: 1, at: 20) && answers(bus, unit: 2, at: 30))
    try write(.baud, 0, to: meters[1])
    #expect(bus.settings == Self.nine.at(2400))
    #expect(answers(bus, unit: 1, at: 40) && answers(bus, unit: 2, at: 50) && !answers(bus, unit: 3, at: 60))
    try write(.baud, 0, to: meters[2])
    #expect(answers(bus, unit: 3, at: 70))
    #expect(bus.timing == MeterBus.Timing(baud: 2400, bitsPerCharacter: 10))
  }

  /// Whether a read of a unit is answered, at an instant of its own.
  private func answers(_ bus: MeterBus, unit: UInt8, at second: Int64) -> Bool {
    let instant = Self.start + .seconds(second)
    bus.hear(ModbusRTU.encode(pdu: [4, 0, 72, 0, 2], unit: unit)[...], at: instant)
    var said: [TimedBytes] = []
    bus.speak(at: instant + .seconds(1), into: &said)
    return !said.isEmpty
  }
}
