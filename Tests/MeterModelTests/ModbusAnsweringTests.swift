import MeterModel
import Testing
import Units
import Wire

@Suite("A meter's answers over Modbus")
struct ModbusAnsweringTests {
  static func make(_ map: ModbusMap) -> (ModbusAnswering, StatedMeter) {
    let meter = StatedMeter()
    return (ModbusAnswering(meter: meter, map: map, unit: 1), meter)
  }

  @Test("the energies and the power of an exporting home are answered with their signs")
  func values() throws {
    let (answering, _) = Self.make(try ModbusFixture.floats())
    #expect(try answering.float(0) == 230)
    #expect(try answering.float(6) == Float(2000.0 / 230))  // 2 kW through 230 V: 8.6957 A, without sign
    #expect(try answering.float(12) == -2000)  // negative: exporting
    #expect(try answering.float(30) == -1)
    #expect(try answering.float(36) == 180)
    #expect(try answering.float(70) == 50)
    #expect(try answering.float(72) == 1234.5)
    #expect(try answering.float(74) == 987.6)
    #expect(try answering.float(342) == 2222.1)
  }

  @Test("an answer is byte for byte what the map says")
  func bytes() throws {
    let (answering, _) = Self.make(try ModbusFixture.floats())
    let answer = answering.answer(.readRegisters(function: 4, address: 72, count: 4), at: .epoch)
    #expect(
      answer.pdu == [
        0x04,  // function
        0x08,  // byte count: four registers
        0x44, 0x9A, 0x50, 0x00,  // 1234.5 kWh
        0x44, 0x76, 0xE6, 0x66,  // 987.6 kWh
      ])
    #expect(answer.unit == 1)
  }

  @Test("whole numbers come least significant register first, cut to a tenth")
  func carloGavazzi() throws {
    let (answering, meter) = Self.make(try ModbusFixture.whole())
    meter.phaseCount = 3
    meter.energies[.import] = 1_234_599  // 1234.599 kWh: 12 345 tenths = 0x3039
    meter.energies[.export] = 6_553_600 * 100  // 655 360.0 kWh: 6 553 600 tenths = 0x0064_0000
    meter.phaseEnergies[.import] = [700_000, 300_000, 234_599]
    meter.milliwatts = [-1_000_000, -500_050, 250_000]  // −1250.05 W: −12 500 tenths
    #expect(try answering.registers(3, 66, 2) == [0x3039, 0x0000])
    #expect(try answering.registers(4, 66, 2) == [0x3039, 0x0000], "both functions give the same")
    #expect(try answering.registers(4, 92, 2) == [0x0000, 0x0064])
    #expect(try answering.registers(4, 70, 4) == [7000, 0, 3000, 0])
    #expect(try answering.registers(4, 40, 2) == [UInt16(truncatingIfNeeded: -12_500), 0xFFFF])
    #expect(try answering.registers(4, 12, 2) == [4347, 0])  // 1000 W / 230 V = 4.3478 A, cut to mA
    #expect(try answering.registers(4, 50, 1) == [UInt16(truncatingIfNeeded: -1000)])  // −1.000
  }

  @Test("a register of tenths of a kWh stands at 7FFFFFFF when it is full, or comes round")
  func overflow() throws {
    for (overflow, expected) in [(ModbusOverflow.saturate, [0xFFFF, 0x7FFF]), (.wrap, [0x0000, 0x8000])] {
      let (answering, meter) = Self.make(try ModbusFixture.whole(overflow: overflow))
      meter.energies[.import] = 214_748_364_700
      #expect(try answering.registers(3, 66, 2) == [0xFFFF, 0x7FFF], "214 748 364.7 kWh still fit")
      meter.energies[.import] = 214_748_364_800
      #expect(try answering.registers(3, 66, 2) == expected.map { UInt16($0) })
    }
  }

  @Test("the model code shows itself alone; inside a block its address is part of another value")
  func identity() throws {
    let (answering, meter) = Self.make(try ModbusFixture.whole())
    meter.phaseCount = 3
    #expect(try answering.registers(3, 11, 1) == [71])
    // 398.371 V between L3 and L1: 3983 tenths = 0x0F8F, least significant register first.
    #expect(try answering.registers(3, 10, 2) == [0x0F8F, 0x0000])
    #expect(
      try answering.registers(3, 11, 3) == [0x0000, 8695, 0x0000], "its high register, then the current")
  }

  @Test("the three meanings of the total are a setting that acts at once; mode 3 is the meter's to count")
  func accumulation() throws {
    let (answering, meter) = Self.make(try ModbusFixture.floats())
    #expect(try answering.registers(3, 0xF920, 1) == [2])
    let request = ModbusRequest.writeRegisters(address: 0xF920, values: [3])
    #expect(try answering.response(request) == .wroteRegisters(address: 0xF920, count: 1))
    #expect(meter.accumulation == .importMinusExport)
    #expect(try answering.registers(3, 0xF920, 1) == [3])
    meter.accumulation = .import
    #expect(try answering.registers(3, 0xF920, 1) == [1], "changed from elsewhere, it shows")
    meter.energies[.total] = -1500
    #expect(try answering.float(342) == -1.5, "a total that fell below zero")
  }

  @Test("each value of an answer is asked of the meter once, however many registers it fills")
  func asksOnce() throws {
    let (answering, meter) = Self.make(try ModbusFixture.floats())
    _ = try answering.registers(4, 72, 4)
    #expect(meter.reads == 2)
    _ = try answering.registers(4, 0, 80)
    #expect(meter.reads == 4)
  }

  @Test("half of a value can be read where a meter allows it")
  func halves() throws {
    let (answering, meter) = Self.make(try ModbusFixture.whole())
    meter.energies[.import] = 6_553_600 * 100 + 1_234_500
    #expect(try answering.registers(3, 67, 1) == [0x0064])
    #expect(try answering.registers(3, 66, 1) == [0x3039])
  }

  @Test("the time since power-up and the serial number can be shown")
  func identityFloats() throws {
    let map = try ModbusMap(
      blocks: [.init(functions: [3], addresses: 0...9, gap: .exception)],
      points: [
        ModbusFixture.point("running-time", at: 0, [3], unit: .hour),
        ModbusFixture.point("serial-number", at: 2, [3], .uint32),
      ])
    let answering = ModbusAnswering(meter: StatedMeter(), map: map, poweredSince: Instant(seconds: 1000))
    // 1.5 h = 0x3FC00000; 123 456 = 0x0001E240.
    #expect(try answering.registers(3, 0, 4, at: Instant(seconds: 6400)) == [0x3FC0, 0, 0x0001, 0xE240])
  }

  @Test("three phases: currents, sums and voltages between phases follow from the power of each")
  func polyphase() throws {
    let names = [
      "current-avg", "current-sum", "current-neutral", "voltage-l1-l2", "voltage-ll-avg",
      "active-power-total",
      "apparent-power-total", "power-factor-total", "phase-angle-total", "apparent-energy", "charge",
    ]
    let units: [ModbusUnit] = [
      .ampere, .ampere, .ampere, .volt, .volt, .watt, .voltAmpere, .one, .degree, .kilovoltAmpereHour,
      .ampereHour,
    ]
    let points = zip(names, units).enumerated().map { index, pair in
      ModbusFixture.point(pair.0, at: UInt16(2 * index), unit: pair.1)
    }
    let map = try ModbusMap(
      blocks: [.init(functions: [4], addresses: 0...99, gap: .exception)], points: points)
    let (answering, meter) = Self.make(map)
    meter.phaseCount = 3
    meter.milliwatts = [2_300_000, 2_300_000, -2_300_000]  // 10 A, 10 A and −10 A
    let values = try names.indices.map { try answering.float(UInt16(2 * $0)) }
    // Neutral: √(100 + 100 + 100 − 100 + 100 + 100) = 20 A. Power factor: 2300 / 6900 = 1/3.
    // Energy 2 222.1 kWh either way; at 230 V that is 9661.30 Ah.
    #expect(values[0...4] == [10, 30, 20, 398.371, 398.371])
    #expect(values[5...8] == [2300, 6900, Float(1) / 3, 0])
    #expect(values[9...] == [2222.1, Float(2_222_100.0 / 230)])
    meter.milliwatts = [0, 0, 0]
    #expect(try answering.float(14) == 1, "power factor without power: our assumption")
  }
}
