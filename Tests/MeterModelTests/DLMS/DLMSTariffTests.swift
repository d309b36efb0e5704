// Import by time of use and the billing logs at a DLMS port, asked by a client's session.

import MeterModel
import Testing
import Units
import Wire

@Suite("Tariffs of a smart meter over DLMS")
struct DLMSTariffTests {
  private static let billing = LogicalName(0, 0, 98, 1, 0)
  private static let daily = LogicalName(0, 0, 98, 1, 9)

  /// Two days of 1 kW under the night tariff, a billing period closed each midnight.
  private static func bench() throws -> DLMSBench {
    var port = DLMSFixture.port()
    port.eventLogEntries = 100
    var profile = Fixture.smets2()
    profile.logs.eventLogs = [.events: 100, .security: 100, .power: 100]
    profile.dlms = port
    let meter = Fixture.fit(profile)
    meter.take(TariffTests.night)
    meter.setBillingCalendar(BillingCalendar(.daily))
    meter.hold(1000, for: .days(2))
    let bench = DLMSBench(meter, port, client: 32)
    try bench.associate()
    return bench
  }

  @Test("registers by time of use are rates of 1.8, in Wh")
  func registers() throws {
    let bench = try Self.bench()
    // 17 kWh of day and 7 kWh of night, twice.
    #expect(try bench.value(3, LogicalName(1, 0, 1, 8, 1)) == .uint32(34_000))
    #expect(try bench.value(3, LogicalName(1, 0, 1, 8, 2)) == .uint32(14_000))
    #expect(try bench.value(3, LogicalName(1, 0, 1, 8, 48)) == .uint32(0))
    #expect(try bench.value(3, LogicalName(1, 0, 1, 8, 2), 3) == .structure([.int8(0), .enumerated(30)]))
    #expect(try bench.get(3, LogicalName(1, 0, 1, 8, 49), 2) == .error(.objectUndefined))
  }

  @Test("a billing row is the clock, the total, 48 times of use and 32 blocks; 12 fit")
  func rows() throws {
    let bench = try Self.bench()
    #expect(try bench.value(7, Self.billing, 7) == .uint32(2))
    #expect(try bench.value(7, Self.billing, 8) == .uint32(12))
    let rows = try #require(try bench.value(7, Self.billing)?.elements)
    let last = try #require(rows.last?.elements)
    #expect(last.count == 1 + 1 + 48 + 32)
    let stamp = (Fixture.start + .days(2)).seconds
    #expect(
      Array(last.prefix(4)) == [.uint32(UInt32(stamp)), .uint32(48_000), .uint32(34_000), .uint32(14_000)])
    #expect(try bench.value(7, Self.billing, 3)?.elements?.count == 82)
  }

  @Test("daily reads and daily consumption have their own capacities")
  func daily() throws {
    let bench = try Self.bench()
    #expect(try bench.value(7, Self.daily, 8) == .uint32(31))
    #expect(try bench.value(7, Self.daily, 7) == .uint32(2))
    #expect(try bench.value(7, LogicalName(0, 0, 99, 1, 3), 8) == .uint32(731))
    let rows = try #require(try bench.value(7, LogicalName(0, 0, 99, 1, 3))?.elements)
    #expect(rows.map { $0.elements?.last } == [.uint32(24_000)])
  }

  @Test("each new row of a billing log is an event")
  func events() throws {
    let meter = try Self.bench().answering.meter
    // The tariff, and two midnights.
    #expect(meter.events(in: .events)?.filter { $0.alert == 0x8F0A }.count == 3)
  }
}
