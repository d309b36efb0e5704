// Quantities beyond power and energy, worked by hand on the triangle 3-4-5: at power factor 0.8, S = P / 0.8,
// Q = 0.75 P.

import MeterModel
import Testing
import Timeline
import Units

@Suite("What follows from power, voltage and power factor")
struct ModbusSupplyTests {
  static func make(
    _ supply: ModbusMap.Supply, milliwatts: [Int64], kinds: [(String, ModbusUnit)]
  ) throws -> ModbusAnswering {
    let meter = StatedMeter()
    meter.phaseCount = 3
    meter.milliwatts = milliwatts
    let points = kinds.enumerated().map { index, kind in
      ModbusFixture.point(kind.0, at: UInt16(4 * index), [4], .int64, unit: kind.1, scale: -3)
    }
    let map = try ModbusMap(
      supply: supply, blocks: [.init(functions: [4], addresses: 0...399, gap: .zero)], points: points)
    return ModbusAnswering(meter: meter, map: map, unit: 1)
  }

  /// In thousandths of the unit.
  static func read(_ answering: ModbusAnswering, _ index: Int) throws -> Int64 {
    let words = try answering.registers(4, UInt16(4 * index), 4)
    return Int64(bitPattern: words.reduce(UInt64(0)) { $0 << 16 | UInt64($1) })
  }

  struct Row: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var unit: ModbusUnit
    var thousandths: Int64
    var supply = ModbusMap.Supply(powerFactor: 800)
  }

  /// L1 +1000 W, L2 −400 W, L3 +600 W; Q = 750, 300, 450 var; S = 1250, 500, 750 VA.
  static let rows: [Row] = [
    Row(testDescription: "active-power-total", unit: .watt, thousandths: 1_200_000),
    Row(testDescription: "reactive-power-l1", unit: .reactive, thousandths: 750_000),
    Row(testDescription: "reactive-power-l2", unit: .reactive, thousandths: 300_000),
    Row(testDescription: "reactive-power-total", unit: .reactive, thousandths: 1_500_000),
    Row(
      testDescription: "reactive-power-total", unit: .reactive, thousandths: -1_500_000,
      supply: .init(powerFactor: 800, reactive: .capacitive)),
    Row(testDescription: "apparent-power-l1", unit: .voltAmpere, thousandths: 1_250_000),
    Row(testDescription: "apparent-power-total", unit: .voltAmpere, thousandths: 2_500_000),
    // √(1200² + 1500²) = 1920.937.
    Row(
      testDescription: "apparent-power-total", unit: .voltAmpere, thousandths: 1_920_937,
      supply: .init(powerFactor: 800, apparent: .vector)),
    // 1250 / 230, 2500 / 230.
    Row(testDescription: "current-l1", unit: .ampere, thousandths: 5434),
    Row(testDescription: "current-sum", unit: .ampere, thousandths: 10_869),
    Row(testDescription: "power-factor-l2", unit: .one, thousandths: -800),
    Row(testDescription: "power-factor-total", unit: .one, thousandths: 480),
    // atan2(750, 1000) and atan2(300, −400).
    Row(testDescription: "phase-angle-l1", unit: .degree, thousandths: 36_869),
    Row(testDescription: "phase-angle-l2", unit: .degree, thousandths: 143_130),
    Row(testDescription: "active-power-import-total", unit: .watt, thousandths: 1_200_000),
    Row(testDescription: "active-power-export-total", unit: .watt, thousandths: 0),
    Row(
      testDescription: "voltage-thd-l1", unit: .percent, thousandths: 2100,
      supply: .init(voltageDistortion: 21)),
    // Of 1234.5 kWh imported and 987.6 exported: tan φ = 0.75.
    Row(testDescription: "reactive-energy-import", unit: .reactiveHour, thousandths: 1_666_575_000),
    Row(testDescription: "reactive-energy-q1", unit: .reactiveHour, thousandths: 925_875_000),
    Row(testDescription: "reactive-energy-q2", unit: .reactiveHour, thousandths: 740_700_000),
    Row(testDescription: "reactive-energy-q4", unit: .reactiveHour, thousandths: 0),
    Row(testDescription: "apparent-energy-export", unit: .voltAmpereHour, thousandths: 1_234_500_000),
    Row(testDescription: "active-energy-net", unit: .wattHour, thousandths: 246_900_000),
  ]

  @Test("each quantity is what the triangle says", arguments: rows)
  func quantity(row: Row) throws {
    let answering = try Self.make(
      row.supply, milliwatts: [1_000_000, -400_000, 600_000], kinds: [(row.testDescription, row.unit)])
    #expect(try Self.read(answering, 0) == row.thousandths)
  }

  @Test(
    "on every phase S² = P² + Q² and I = S / U, and the phases add up, to the last mW",
    arguments: [1000, 999, 950, 800, 500, 123, 1] as [Int64])
  func triangle(factor: Int64) throws {
    let stream = RandomStream(seed: 7).stream("powers").stream("\(factor)")
    for trial in 0..<50 as Range<UInt64> {
      let powers = (0..<3).map { stream.whole(trial * 3 + $0, in: -20_000_000...20_000_000) }
      let kinds: [(String, ModbusUnit)] = (1...3).flatMap { phase in
        [
          ("active-power-l\(phase)", .watt), ("reactive-power-l\(phase)", .reactive),
          ("apparent-power-l\(phase)", .voltAmpere), ("current-l\(phase)", .ampere),
        ]
      }
      let sums: [(String, ModbusUnit)] = [
        ("active-power-total", .watt), ("reactive-power-total", .reactive),
        ("apparent-power-total", .voltAmpere),
      ]
      let answering = try Self.make(.init(powerFactor: factor), milliwatts: powers, kinds: kinds + sums)
      let values = try (0..<15).map { try Self.read(answering, $0) }
      for phase in 0..<3 {
        let (p, q, s) = (values[4 * phase], values[4 * phase + 1], values[4 * phase + 2])
        let root = (Double(p) * Double(p) + Double(q) * Double(q)).squareRoot()
        #expect(abs(root - Double(s)) <= 1.5 + root * 1e-12)
        #expect(values[4 * phase + 3] == s / 230)
      }
      for sum in 0..<3 { #expect(values[12 + sum] == (0..<3).reduce(0) { $0 + values[4 * $1 + sum] }) }
    }
  }

  @Test("a demand is the mean of the last whole period, and the largest stays")
  func demand() throws {
    let points = [
      "active-power-demand-import", "active-power-demand-import-max", "active-power-demand-export",
    ]
    let map = try ModbusMap(
      demandPeriod: .minutes(30), blocks: [.init(functions: [4], addresses: 0...99, gap: .zero)],
      points: points.enumerated().map {
        ModbusFixture.point($1, at: UInt16(4 * $0), [4], .int64, unit: .watt, scale: -3)
      })
    let profile = Profile(
      name: "a-test", title: "a test", kind: .modbus, flow: .bidirectional,
      registers: [RegisterFace(role: .import, rollover: .digits(6))], modbus: map)
    let meter = Meter(
      profile: profile, serial: "1", at: .epoch, registers: [:], stream: RandomStream(seed: 1))
    let answering = ModbusAnswering(meter: meter, map: map, unit: 1)
    func values() throws -> [Int64] { try (0..<3).map { try Self.read(answering, $0) } }
    let minute: Int64 = 60_000
    // 20 minutes of 3 kW and 10 of −1.5 kW: 2 kW in, 0.5 kW out over the half-hour.
    meter.advance(through: [
      FlowSegment(endMilliseconds: 20 * minute, l1: 3_000_000),
      FlowSegment(endMilliseconds: 29 * minute, l1: -1_500_000),
    ])
    #expect(try values() == [0, 0, 0])
    meter.advance(through: [FlowSegment(endMilliseconds: 30 * minute, l1: -1_500_000)])
    #expect(try values() == [2_000_000, 2_000_000, 500_000])
    meter.advance(through: [FlowSegment(endMilliseconds: 60 * minute, l1: 1_000_000)])
    #expect(try values() == [1_000_000, 2_000_000, 0])
  }
}
