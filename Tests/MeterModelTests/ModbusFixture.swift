// A small map of one's own, with every manner that a profile can have, and a meter of stated values.

import MeterModel
import Timeline
import Units
import Wire

/// A meter that says what a test tells it to, and counts how often it is asked.
final class StatedMeter: RegisterSource {
  var phaseCount = 1
  var serialNumber: UInt32 = 123_456
  var serial = "123456"
  let stream = RandomStream(seed: 1)
  var flowMode = FlowMode.bidirectional
  var demand: DemandCounter? { nil }
  var demandMinutes: Int64?
  func setDemandPeriod(minutes: Int64) { demandMinutes = minutes }
  func clearEnergies() { energies = [.import: 0, .export: 0, .total: 0] }
  var accumulation: Accumulation? = .importPlusExport
  var energies: [RegisterRole: Int64] = [.import: 1_234_500, .export: 987_600, .total: 2_222_100]
  var phaseEnergies: [RegisterRole: [Int64]] = [:]
  var milliwatts: [Int64] = [-2_000_000, 0, 0]
  var reads = 0

  func readEnergy(_ role: RegisterRole, phase: MeterPhase?) -> WattHours? {
    reads += 1
    if let phase { return phaseEnergies[role].map { WattHours($0[phase.rawValue]) } }
    return energies[role].map { WattHours($0) }
  }

  var measuredPower: PhasePowers {
    PhasePowers(
      l1: Power(milliwatts: milliwatts[0]), l2: Power(milliwatts: milliwatts[1]),
      l3: Power(milliwatts: milliwatts[2]))
  }
}

enum ModbusFixture {
  static func point(
    _ name: String, at address: UInt16, _ functions: Set<UInt8> = [4], _ number: ModbusNumber = .float32,
    order: WordOrder = .mostSignificantFirst, unit: ModbusUnit = .one, scale: Int = 0,
    sign: ModbusPoint.Sign = .import, alone: Bool = false
  ) -> ModbusPoint {
    let shows: ModbusPoint.Shows = ModbusQuantity(named: name).map { .quantity($0) } ?? .zero
    return ModbusPoint(
      name: name, shows: shows, functions: functions, address: address, number: number, order: order,
      unit: unit, scale: scale, sign: sign, alone: alone, source: "a test")
  }

  /// Float32 values as an Eastron has them, at even addresses only, and settings above 0xF900 one by one.
  static func floats(
    gap: ModbusMap.Gap = .zero, maximumRegisters: Int = 80
  ) throws -> ModbusMap {
    try ModbusMap(
      maximumRegisters: maximumRegisters,
      blocks: [
        .init(functions: [4], addresses: 0...345, gap: gap, evenOnly: true),
        .init(functions: [3, 16], addresses: 0...87, gap: .zero, evenOnly: true),
        .init(functions: [3, 6, 16], addresses: 0xF900...0xF9FF, gap: .exception),
      ],
      points: [
        point("voltage-l1", at: 0, unit: .volt),
        point("current-l1", at: 6, unit: .ampere),
        point("active-power-l1", at: 12, unit: .watt),
        point("power-factor-l1", at: 30),
        point("phase-angle-l1", at: 36, unit: .degree),
        point("frequency", at: 70, unit: .hertz),
        point("active-energy-import", at: 72, unit: .kilowattHour),
        point("active-energy-export", at: 74, unit: .kilowattHour),
        point("active-energy-total", at: 342, unit: .kilowattHour),
      ],
      settings: [
        ModbusSetting(
          name: "unit", meaning: .unit, functions: [3, 16], address: 20, number: .float32,
          allowed: .range(1...247), source: "a test"),
        ModbusSetting(
          name: "baud", meaning: .baud, functions: [3, 16], address: 28, number: .float32,
          codes: [0: 2400, 1: 4800, 2: 9600, 5: 1200], source: "a test"),
        ModbusSetting(
          name: "measurement mode", meaning: .measurementMode, functions: [3, 6, 16], address: 0xF920,
          number: .uint16, allowed: .values([1, 2, 3]), initial: 2, source: "a test"),
        ModbusSetting(
          name: "display scroll", functions: [3, 16], address: 0xF921, number: .uint16,
          allowed: .range(0...60), initial: 5, source: "a test"),
      ])
  }

  /// Whole numbers, least significant register first, as a Carlo Gavazzi has them.
  static func whole(overflow: ModbusOverflow = .saturate) throws -> ModbusMap {
    let cdab = WordOrder.leastSignificantFirst
    return try ModbusMap(
      maximumRegisters: 11, overflow: overflow,
      blocks: [.init(functions: [3, 4], addresses: 0...99, gap: .zero)],
      points: [
        point("voltage-l3-l1", at: 10, [3, 4], .int32, order: cdab, unit: .volt, scale: -1),
        ModbusPoint(
          name: "model", shows: .constant(71), functions: [3, 4], address: 11, number: .uint16, alone: true,
          source: "a test"),
        point("current-l1", at: 12, [3, 4], .int32, order: cdab, unit: .ampere, scale: -3),
        point("active-power-total", at: 40, [3, 4], .int32, order: cdab, unit: .watt, scale: -1),
        point("power-factor-l1", at: 50, [3, 4], .int16, scale: -3),
        point("active-energy-import", at: 66, [3, 4], .int32, order: cdab, unit: .kilowattHour, scale: -1),
        point(
          "active-energy-import-l1", at: 70, [3, 4], .int32, order: cdab, unit: .kilowattHour, scale: -1),
        point(
          "active-energy-import-l2", at: 72, [3, 4], .int32, order: cdab, unit: .kilowattHour, scale: -1),
        point("active-energy-export", at: 92, [3, 4], .int32, order: cdab, unit: .kilowattHour, scale: -1),
      ])
  }
}

extension ModbusAnswering {
  /// The registers of an answer, or nil and the code of the exception.
  func registers(_ function: UInt8, _ address: UInt16, _ count: UInt16, at instant: Instant = .epoch)
    throws -> [UInt16]
  {
    switch try response(.readRegisters(function: function, address: address, count: count), at: instant) {
    case .registers(_, let values): return values
    case .exception(_, let code): throw code
    case let other: throw Unexpected(response: other)
    }
  }

  func response(_ request: ModbusRequest, at instant: Instant = .epoch) throws -> ModbusResponse {
    try ModbusPDU.decodeResponse(answer(request, at: instant).pdu, to: request)
  }

  func float(_ address: UInt16) throws -> Float {
    let words = try registers(4, address, 2)
    return Float(bitPattern: UInt32(words[0]) << 16 | UInt32(words[1]))
  }
}

struct Unexpected: Error { var response: ModbusResponse }
extension ModbusException: Error {}
