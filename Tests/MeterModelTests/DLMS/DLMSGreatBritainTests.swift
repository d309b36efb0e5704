// The logs of a SMETS2 meter at a DLMS port of the bench, under the names of GBCS.

import MeterModel
import Testing
import Units
import Wire

@Suite("Event logs and voltage over DLMS")
struct DLMSGreatBritainTests {
  private static func bench() throws -> DLMSBench {
    let port = DLMSFixture.port()
    var profile = DLMSDeviceTests.profile(port)
    profile.logs.eventLogs = [.events: 100, .security: 100, .power: 100]
    profile.voltageQuality = VoltageQuality()
    profile.remote = true
    let bench = DLMSBench(Fixture.fit(profile), port)
    try bench.associate()
    return bench
  }

  private static func rows(_ bench: DLMSBench, _ name: LogicalName) throws -> [[COSEMValue]] {
    try #require(try bench.value(7, name)?.elements).compactMap(\.elements)
  }

  @Test("each log is a profile of its own, with codes of 16 bits; the power event log has 32 bits more")
  func logs() throws {
    let bench = try Self.bench()
    let meter = bench.answering.meter
    meter.loseSupply()
    meter.hold(0, for: .minutes(4))
    meter.restoreSupply()
    try meter.begin(FaultSetting(id: "MF-06"))
    let began = UInt32(Fixture.start.seconds)
    #expect(
      try Self.rows(bench, LogicalName(0, 0, 99, 98, 4)) == [
        [.uint32(began), .uint16(0x8F57), .uint32(0)], [.uint32(began + 240), .uint16(0x8F36), .uint32(240)],
      ])
    #expect(try Self.rows(bench, LogicalName(0, 0, 99, 98, 1)) == [[.uint32(began + 240), .uint16(0x8F43)]])
    #expect(try Self.rows(bench, LogicalName(0, 0, 99, 98, 0)) == [])
    for log: UInt8 in [0, 1, 4] {
      #expect(try bench.value(7, LogicalName(0, 0, 99, 98, log), 8) == .uint32(100))
    }
  }

  @Test("averages of the voltage are rows of tenths of a volt; thresholds, counters and the MPAN are there")
  func voltage() throws {
    let bench = try Self.bench()
    let meter = bench.answering.meter
    meter.exportMPAN = "9900000000015"
    meter.feel([
      VoltageSegment(endMilliseconds: (meter.now + .minutes(30)).milliseconds, millivolts: 265_040)
    ])
    meter.hold(0, for: .minutes(30))
    let average = LogicalName(1, 0, 32, 24, 0)
    #expect(
      try Self.rows(bench, average) == [[.uint32(UInt32(Fixture.start.seconds) + 1800), .uint32(2650)]])
    #expect(try bench.value(7, average, 4) == .uint32(1800))
    #expect(try bench.value(7, average, 8) == .uint32(4320))
    #expect(try bench.value(1, LogicalName(1, 0, 32, 35, 0, 4)) == .uint32(264))
    #expect(try bench.value(1, LogicalName(1, 0, 32, 31, 0, 4)) == .uint32(200))
    #expect(try bench.value(3, LogicalName(1, 0, 32, 36, 0, 4)) == .uint32(1))
    #expect(try bench.value(3, LogicalName(1, 0, 32, 32, 0, 4)) == .uint32(0))
    #expect(try bench.value(1, LogicalName(1, 0, 0, 0, 2)) == .octets(Array("9900000000015".utf8)))
  }
}
