// Meters with the shipped Modbus maps and stated counts, and a way to talk to them frame by frame.

import Foundation
import Line
import MeterModel
import Runner
import Scenario
import Timeline
import Units
import Wire

enum ModbusBusFixture {
  /// Every shipped profile with a Modbus map.
  static let names = [
    "abb-b21", "abb-b23", "bench-modbus", "carlogavazzi-em112", "carlogavazzi-em24-ethernet",
    "carlogavazzi-em24-rs485", "carlogavazzi-em340", "chint-dtsu666", "eastron-sdm120", "eastron-sdm220",
    "eastron-sdm230", "eastron-sdm630-v2", "eastron-sdm72d-m", "eastron-sdm72d-m-v2", "hiking-dds238-2-zns",
    "janitza-b23", "rayleigh-ri-d175", "schneider-iem3155", "sunspec-inverter-single",
    "sunspec-inverter-split", "sunspec-inverter-three", "sunspec-meter-delta", "sunspec-meter-single",
    "sunspec-meter-split", "sunspec-meter-wye", "sunspec-meter-wye-float",
  ]

  /// The Modbus part of a shipped profile.
  static func map(_ name: String) throws -> ModbusMap {
    guard let known = maps[name] else { return try decode(name) }
    return try known.get()
  }

  private static let maps = Dictionary(
    uniqueKeysWithValues: names.map { name in (name, Result { try decode(name) }) })

  private static func decode(_ name: String) throws -> ModbusMap {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = root.appending(path: "Profiles/meters/\(name).yaml")
    let node = try Node.parse(String(contentsOf: file, encoding: .utf8), file: file.lastPathComponent)
    guard case .map(let entries) = node.content, let part = entries.first(where: { $0.key == "modbus" })
    else {
      throw node.diagnostic("test", "no Modbus part")
    }
    return try ModbusMap(part.value)
  }

  /// A meter of its own make, with 1234.5 kWh imported and 987.6 kWh exported at the epoch.
  static func meter(phases: Int = 1, phaseSum: PhaseSum = .perPhase, accumulation: Accumulation? = nil)
    -> Meter
  {
    let faces = [RegisterRole.import, .export, .total].map {
      RegisterFace(role: $0, rollover: .digits(6))
    }
    let profile = Profile(
      name: "a-test", title: "a test", kind: .modbus, phases: phases, flow: .bidirectional,
      phaseSum: phaseSum,
      registers: faces, accumulation: accumulation)
    return Meter(
      profile: profile, serial: "123456", at: .epoch,
      registers: [
        .import: FineEnergy(WattHours(1_234_500)), .export: FineEnergy(WattHours(987_600)),
      ], stream: RandomStream(seed: 1))
  }

  static func answering(
    _ name: String = "eastron-sdm120", unit: UInt8 = 1, meter: Meter? = nil,
    turnaround: TimeSpan = .zero, minimumGap: TimeSpan = .zero
  ) throws -> ModbusAnswering {
    var map = try map(name)
    map.turnaround = turnaround
    map.minimumGap = minimumGap
    return ModbusAnswering(meter: meter ?? self.meter(), map: map, unit: unit)
  }

  static func read(_ unit: UInt8, _ function: UInt8, _ address: UInt16, _ count: UInt16) -> [UInt8] {
    let pdu: [UInt8] = [
      function, UInt8(address >> 8), UInt8(address & 0xFF), UInt8(count >> 8), UInt8(count & 0xFF),
    ]
    return ModbusRTU.encode(pdu: pdu, unit: unit)
  }
}

extension FarSide {
  /// Says bytes, the last of them complete at `at`, and gives what is answered when all wakes have been kept.
  func ask(_ bytes: [UInt8], at instant: Instant) -> [TimedBytes] {
    hear(bytes[...], at: instant)
    var answers: [TimedBytes] = []
    speak(at: instant, into: &answers)
    while let wake = wakes { speak(at: wake, into: &answers) }
    return answers
  }
}
