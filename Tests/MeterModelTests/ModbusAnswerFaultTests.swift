// PR-01 to PR-04: what they make of answers, and that they leave nothing behind.
// Expected words are worked by hand.

import MeterModel
import Testing
import Timeline
import Units
import Wire

@Suite("Faults of Modbus answers")
struct ModbusAnswerFaultTests {
  static func make(_ wattHours: Int64 = 1_234_500) throws -> (StatedMeter, ModbusAnswering) {
    let meter = StatedMeter()
    meter.energies[.import] = wattHours
    let map = try ModbusMap(
      overflow: .wrap, blocks: [.init(functions: [3], addresses: 0...9, gap: .zero)],
      points: [
        ModbusFixture.point("active-energy-import", at: 0, [3], .uint32, unit: .wattHour),
        ModbusFixture.point("active-energy-import-partial", at: 2, [3], .float32, unit: .wattHour),
        ModbusFixture.point("frequency", at: 4, [3], .uint16, unit: .hertz),
      ])
    return (meter, ModbusAnswering(meter: meter, map: map, unit: 1))
  }

  struct Row: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var setting: FaultSetting
    var words: [UInt16]
  }

  /// 1 234 500 Wh = 0x0012D644, as a float 0x4996B220; 50 Hz in one register, which has no order.
  static let rows: [Row] = [
    Row(
      testDescription: "words swapped", setting: FaultSetting(id: "PR-01"),
      words: [0xD644, 0x0012, 0xB220, 0x4996, 50]),
    Row(
      testDescription: "bytes swapped", setting: FaultSetting(id: "PR-01", choices: ["order": "BADC"]),
      words: [0x1200, 0x44D6, 0x9649, 0x20B2, 50]),
    Row(
      testDescription: "all swapped", setting: FaultSetting(id: "PR-01", choices: ["order": "DCBA"]),
      words: [0x44D6, 0x1200, 0x20B2, 0x9649, 50]),
    Row(
      testDescription: "floats for whole numbers and back",
      setting: FaultSetting(id: "PR-01", choices: ["order": "ABCD", "number": "swapped"]),
      words: [0x4996, 0xB220, 0x0012, 0xD644, 50]),
    Row(
      testDescription: "one register further", setting: FaultSetting(id: "PR-02"),
      words: [0xD644, 0x4996, 0xB220, 50, 0]),
    Row(
      testDescription: "one value further", setting: FaultSetting(id: "PR-02", whole: ["registers": 2]),
      words: [0x4996, 0xB220, 50, 0, 0]),
  ]

  @Test("each makes these registers of the same meter, and none of it is left when it ends", arguments: rows)
  func registers(row: Row) throws {
    let (_, answering) = try Self.make()
    let sound = try answering.registers(3, 0, 5)
    #expect(sound == [0x0012, 0xD644, 0x4996, 0xB220, 50])
    try answering.begin(row.setting)
    #expect(try answering.registers(3, 0, 5) == row.words)
    #expect(answering.end(row.setting.id))
    #expect(try answering.registers(3, 0, 5) == sound)
    #expect(!answering.end(row.setting.id))
  }

  @Test(
    "a counter is torn once, at the read after its lower half came round",
    arguments: [("high", [0x0000, 0x0001] as [UInt16]), ("low", [0x0001, 0xFFFF])])
  func torn(first: String, words: [UInt16]) throws {
    let (meter, answering) = try Self.make(0xFFFE)
    try answering.begin(FaultSetting(id: "PR-03", choices: ["first": first]))
    #expect(try answering.registers(3, 0, 2) == [0, 0xFFFE])
    meter.energies[.import] = 0xFFFF
    #expect(try answering.registers(3, 0, 2) == [0, 0xFFFF])
    meter.energies[.import] = 0x1_0001
    #expect(try answering.registers(3, 0, 2) == words)
    #expect(try answering.registers(3, 0, 2) == [1, 1])
    meter.energies[.import] = 0x2_0000
    #expect(try answering.registers(3, 0, 2) == [2, 0])
  }

  @Test("an exception is the chosen one, for reads and writes, and a rate of 0 is none")
  func exceptions() throws {
    let (_, answering) = try Self.make()
    try answering.begin(FaultSetting(id: "PR-04", choices: ["code": "gateway-path"]))
    #expect(throws: ModbusException.gatewayPathUnavailable) { try answering.registers(3, 0, 2) }
    try answering.begin(FaultSetting(id: "PR-04", whole: ["rate": 0]))
    #expect(try answering.registers(3, 0, 2) == [0x0012, 0xD644])
    try answering.begin(FaultSetting(id: "PR-04", whole: ["rate": 30]))
    let refused = (0..<1000).count { second in
      (try? answering.registers(3, 0, 2, at: Instant(seconds: second))) == nil
    }
    #expect((240...360).contains(refused))
  }

  @Test("two at once do the same in either order")
  func together() throws {
    let pair = [FaultSetting(id: "PR-01"), FaultSetting(id: "PR-02", whole: ["registers": 2])]
    let answers = try [pair, pair.reversed()].map { order in
      let (_, answering) = try Self.make()
      for one in order { try answering.begin(one) }
      return try answering.registers(3, 0, 3)
    }
    #expect(answers[0] == [0xB220, 0x4996, 50])
    #expect(answers[0] == answers[1])
  }

  @Test(
    "a counter too narrow comes round early, and a float moves in steps",
    arguments: [
      ("u16", 100, 6_572_000, 18_400), ("u16", 100, 6_553_599, 6_553_500), ("s32", 1, 2_147_483_648, 0),
      ("u32", 1, 4_294_967_297, 1), ("float32", 1, 16_777_217, 16_777_216),
      ("float32", 1, 16_777_219, 16_777_220),
    ] as [(String, Int64, Int64, Int64)])
  func overflow(width: String, step: Int64, counted: Int64, shown: Int64) throws {
    let profile = Profile(
      name: "a-test", title: "a test", kind: .modbus, flow: .importOnly,
      registers: [RegisterFace(role: .import, rollover: .digits(9))])
    let meter = Meter(
      profile: profile, serial: "1", at: .epoch, reads: [.import: WattHours(counted)], stream: .init(seed: 1))
    try meter.begin(FaultSetting(id: "RG-10", whole: ["step": step], choices: ["width": width]))
    #expect(meter.sample(.import) == WattHours(shown))
    #expect(meter.shown(.import) == WattHours(counted))
    meter.end("RG-10")
    #expect(meter.sample(.import) == WattHours(counted))
  }

  @Test("PR-09: an address shows another energy, and its own again when it is over")
  func names() throws {
    let meter = StatedMeter()
    (meter.energies[.import], meter.energies[.export]) = (1_234_500, 70_000)
    let map = try ModbusMap(
      overflow: .wrap, blocks: [.init(functions: [3], addresses: 0...3, gap: .zero)],
      points: [
        ModbusFixture.point("active-energy-import", at: 0, [3], .uint32, unit: .wattHour),
        ModbusFixture.point("active-energy-export", at: 2, [3], .uint32, unit: .wattHour),
      ])
    let answering = ModbusAnswering(meter: meter, map: map, unit: 1)
    func energies() -> [UInt32] {
      let pdu = answering.answer(.readRegisters(function: 3, address: 0, count: 4), at: .epoch).pdu
      return [2, 6].map { start in pdu[start..<start + 4].reduce(0) { $0 << 8 | UInt32($1) } }
    }
    for (kind, shown) in [
      ("sum", [1_304_500, 70_000]), ("net", [1_164_500, 70_000]), ("swapped", [70_000, 1_234_500]),
    ] as [(String, [UInt32])] {
      try answering.begin(FaultSetting(id: "PR-09", choices: ["kind": kind]))
      #expect(energies() == shown, "\(kind)")
      #expect(answering.end("PR-09") && !answering.end("PR-09"))
      #expect(energies() == [1_234_500, 70_000])
    }
    for kind in ["rate", "missing", "twice"] {
      #expect(throws: FaultRefusal.self) {
        try answering.begin(FaultSetting(id: "PR-09", choices: ["kind": kind]))
      }
    }
  }
}
