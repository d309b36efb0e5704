import MeterModel
import Testing
import Units
import Wire

@Suite("PR-05: wrong unit answers")
struct ModbusFaultTests {
  static let request = ModbusRequest.readRegisters(function: 4, address: 72, count: 2)

  @Test("the answer bears another unit's number, and its own again when the fault ends")
  func number() throws {
    let answering = ModbusAnswering(meter: StatedMeter(), map: try ModbusFixture.floats(), unit: 1)
    #expect(answering.answer(Self.request, at: .epoch).unit == 1)
    try answering.begin(FaultSetting(id: "PR-05", whole: ["unit": 9]))
    let answer = answering.answer(Self.request, at: .epoch)
    #expect(answer.unit == 9)
    #expect(answer.pdu == [0x04, 0x04, 0x44, 0x9A, 0x50, 0x00], "the values are its own")
    #expect(answering.impostorUnit == nil)
    #expect(answering.end("PR-05"))
    #expect(answering.answer(Self.request, at: .epoch).unit == 1)
    #expect(!answering.end("PR-05"))
  }

  @Test("a stale answer is served again until it is as old as the fault says, then a new one is kept")
  func stale() throws {
    let meter = StatedMeter()
    let answering = ModbusAnswering(meter: meter, map: try ModbusFixture.floats(), unit: 1)
    try answering.begin(FaultSetting(id: "PR-05", whole: ["age": 600], choices: ["kind": "stale"]))
    let first: [UInt16] = [0x449A, 0x5000]  // 1234.5 kWh
    #expect(try answering.registers(4, 72, 2, at: Instant(seconds: 0)) == first)
    meter.energies[.import] = 1_235_500
    #expect(try answering.registers(4, 72, 2, at: Instant(seconds: 599)) == first)
    #expect(try answering.registers(4, 72, 2, at: Instant(seconds: 600)) == [0x449A, 0x7000])  // 1235.5 kWh
    meter.energies[.import] = 1_236_500
    #expect(try answering.registers(4, 72, 2, at: Instant(seconds: 1199)) == [0x449A, 0x7000])
    #expect(
      try answering.registers(4, 342, 2, at: Instant(seconds: 1199)) == [0x450A, 0xE19A], "another request")
    answering.end("PR-05")
    #expect(try answering.registers(4, 72, 2, at: Instant(seconds: 1199)) == [0x449A, 0x9000])
  }

  @Test("writes go through a stale gateway")
  func staleWrites() throws {
    let meter = StatedMeter()
    let answering = ModbusAnswering(meter: meter, map: try ModbusFixture.floats(), unit: 1)
    try answering.begin(FaultSetting(id: "PR-05", choices: ["kind": "stale"]))
    for mode in [Accumulation.import, .importMinusExport] {
      let request = ModbusRequest.writeRegister(address: 0xF920, value: UInt16(mode.rawValue))
      #expect(answering.answer(request, at: .epoch).pdu.first == 6)
      #expect(meter.accumulation == mode)
    }
  }

  @Test("an impostor answers to two numbers")
  func impostor() throws {
    let answering = ModbusAnswering(meter: StatedMeter(), map: try ModbusFixture.floats(), unit: 1)
    try answering.begin(FaultSetting(id: "PR-05", whole: ["unit": 3], choices: ["kind": "impostor"]))
    #expect(answering.impostorUnit == 3)
    #expect(answering.answeringUnit == 1)
  }

  @Test("parameters out of range or unknown are refused, and then nothing has begun")
  func refused() throws {
    let answering = ModbusAnswering(meter: StatedMeter(), map: try ModbusFixture.floats(), unit: 1)
    for setting in [
      FaultSetting(id: "PR-05", whole: ["unit": 0]), FaultSetting(id: "PR-05", whole: ["age": 3601]),
      FaultSetting(id: "PR-05", choices: ["kind": "echo"]), FaultSetting(id: "PR-05", whole: ["years": 1]),
      FaultSetting(id: "RG-11"),
    ] {
      #expect(throws: FaultRefusal.self) { try answering.begin(setting) }
      #expect(answering.answeringUnit == 1)
    }
    #expect(ModbusFaults.all.map(\.id) == ["PR-01", "PR-02", "PR-03", "PR-04", "PR-05", "PR-09"])
  }
}
