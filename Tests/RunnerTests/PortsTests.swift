// The ports of the shipped profiles, read by our own readers over a virtual optical head: what a register
// shows, to the digit.

import Foundation
import HeadEnd
import Line
import MeterModel
import Runner
import Scenario
import Testing
import Timeline
import Units

@Suite("The ports of the shipped meters")
struct PortsTests {
  static let start = Instant(seconds: 1_777_626_000)

  static func profile(_ name: String) throws -> Profile {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = root.appending(path: "Profiles/meters/\(name).yaml")
    return try Profile(
      try Node.parse(String(contentsOf: file, encoding: .utf8), file: file.lastPathComponent))
  }

  /// A meter at 12 345.678 kWh import and 987.654 kWh export, and a head at its port.
  static func head(_ name: String, _ port: MeterProtocol, at world: ClockWorld) throws -> SerialLine {
    let profile = try profile(name)
    let reads: [RegisterRole: WattHours] = [.import: WattHours(12_345_678), .export: WattHours(987_654)]
    let meter = Meter(
      profile: profile, serial: "20000070", at: start,
      reads: reads.filter { profile.register($0.key) != nil }, stream: RandomStream(seed: 1))
    let ports = MeterPorts(meter)
    let settings = try #require(MeterPorts.settings(port, of: profile))
    let far = try #require(ports.farSide(port, asStream: false, at: start))
    return SerialLine(
      head: OpticalHead(echo: .full), settings: settings, farSide: far, world: world,
      stream: RandomStream(seed: 2))
  }

  static let lists: [(name: String, identity: String, imported: String, exported: String)] = [
    ("landis-gyr-e350", "/LGZ4ZMF100AC.M23", "012345.678", "000987.654"),
    ("landis-gyr-zmd120", "/LGZ4\\2ZMD1204407.B32", "012345.678", "000987.654"),
    ("iskra-mt174", "/ISk5MT174-0001", "0012345.678", "0000987.654"),
    ("elster-a1140", "/ELS5A1140", "0012345.678", "0000987.654"),
    ("smets1-optical-bench", "/LGB5SMETS1-BENCH", "012345.678", "000987.654"),
    ("dlms-bench-import-export", "/BSP5\\2BENCH", "0012345.678", "0000987.654"),
    ("easymeter-q3d1024", "/ESY5Q3DA1024 V3.04", "00012345.678000", "00000987.654000"),
  ]

  @Test("a readout through an echoing head says what the registers show, to the digit", arguments: lists)
  func readout(_ one: (name: String, identity: String, imported: String, exported: String)) throws {
    let world = ClockWorld(at: Self.start)
    let reader = OpticalReader(door: try Self.head(one.name, .optical, at: world))
    let reading = try reader.readout()
    #expect(reading.identity == one.identity)
    func text(_ code: String) -> String? {
      reading.values.first { $0.address == code || $0.address == "1-0:\(code)*255" }?.text
    }
    #expect(text("1.8.0") == one.imported)
    #expect(text("2.8.0") == one.exported)
  }

  @Test(
    "an infra-red stream is read by listening",
    arguments: [
      ("elster-a100c", "1.8.1"), ("elster-a100c-import-export", "2.8.1"), ("elster-a1100", "2.8.0"),
    ])
  func stream(name: String, code: String) throws {
    let world = ClockWorld(at: Self.start)
    let reading = try OpticalReader(door: try Self.head(name, .irda, at: world)).listen()
    #expect(!reading.values.isEmpty)
    #expect(reading.values.contains { $0.address == code }, "\(reading.values.map(\.address))")
  }
}
