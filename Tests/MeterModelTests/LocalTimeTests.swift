// CK-04 at every place where a time leaves a meter: in London's summer an hour late, in winter right.

import MeterModel
import Testing
import Units
import Wire

@Suite("Local time called UTC") struct LocalTimeTests {
  private static let fault = FaultSetting(id: "CK-04")

  private func smets1(at start: Instant = Fixture.start) throws -> Meter {
    var profile = Fixture.smets2()
    profile.kind = .smets1
    let meter = Fixture.fit(profile, at: start)
    try meter.begin(Self.fault)
    return meter
  }

  @Test("half-hours and midnights come an hour late, and are asked for by what they are called")
  func logs() throws {
    let meter = try smets1()
    meter.hold(1000, for: .hours(25))
    // The first ends at 00:30 UTC, 01:30 in London.
    let day = meter.readLog(.import, from: .epoch, through: .distantFuture)
    #expect(day.count == 50 && day.first?.stamp == Fixture.start + .minutes(90))
    let asked = meter.readLog(
      .import, from: Fixture.start + .hours(2), through: Fixture.start + .hours(3))
    #expect(asked.map(\.stamp) == [120, 150, 180].map { Fixture.start + .minutes($0) })
    let midnights = meter.readDailySnapshots(.import, from: .epoch, through: .distantFuture)
    #expect(midnights.map(\.stamp) == [Fixture.start + .hours(25)])
    #expect(meter.told(meter.clock(at: meter.now)) == meter.now + .hours(1))
    #expect(meter.end("CK-04"))
    #expect(
      meter.readLog(.import, from: .epoch, through: .distantFuture).first?.stamp
        == Fixture.start + .minutes(30))
  }

  /// 2026-10-25: London goes from 02:00 BST back to 01:00 at 01:00 UTC.
  @Test("in October an hour comes twice, and from then on stamps are right")
  func october() throws {
    let start = Instant(seconds: 1_792_886_400)
    let meter = try smets1(at: start)
    meter.hold(1000, for: .hours(3))
    let stamps = meter.readLog(.import, from: .epoch, through: .distantFuture).map(\.stamp)
    // 01:30 BST; then 01:00, 01:30, 02:00, 02:30 and 03:00 GMT.
    #expect(stamps == [90, 60, 90, 120, 150, 180].map { start + .minutes($0) })
  }

  @Test(
    "a readout shows London's wall time, and the rows of P.01 call it UTC",
    arguments: [
      OpticalPort.Zone.utc, .local,
    ])
  func optical(zone: OpticalPort.Zone) throws {
    let port = OpticalFixture.port { $0.zone = zone }
    let meter = Fixture.fit(OpticalFixture.profile(port))
    let answering = OpticalAnswering(meter: meter, port: port)
    try meter.begin(Self.fault)
    meter.hold(1000, for: .hours(1))
    let lines = answering.lines(at: meter.now)
    #expect(lines.contains("0.9.1(02:00:00)") && lines.contains("0.9.2(26-05-01)"))
    let rows = answering.say("R5", "P.01(;)", at: meter.now)
    #expect(rows.hasPrefix("P.01(22605010130)(00)(30)(2)"), "\(rows)")
    #expect(rows.hasSuffix("(00.500)(00.000)\r\n(00.500)(00.000)\r\n"))
  }

  @Test(
    "DLMS writes local time without a deviation, whatever zone its clock is in",
    arguments: [
      DLMSClock.Zone.utc, .london,
    ])
  func dlms(zone: DLMSClock.Zone) throws {
    var port = DLMSFixture.port()
    port.clock = DLMSClock(zone: zone)
    var profile = DLMSDeviceTests.profile(port)
    profile.kind = .electronic
    let bench = DLMSBench(Fixture.fit(profile), port, client: 32)
    try bench.associate()
    try bench.answering.meter.begin(Self.fault)
    bench.answering.meter.hold(1000, for: .minutes(30))
    let rows = try #require(try bench.value(7, DLMSDeviceTests.halfHours)?.elements)
    // 00:30 UTC, told as 01:30 with a deviation of 0 and no summer time.
    let stamp = COSEMKeys.octets("07EA 05 01 05 01 1E 00 00 0000 00") ?? []
    #expect(rows.first?.elements == [.octets(stamp), .uint8(0), .uint32(500), .uint32(0)])
  }

  @Test("the page of the clock shows it too")
  func face() throws {
    let meter = try smets1()
    let figures = { (meter: Meter) -> [Int?]? in
      guard case .crystal(let crystal) = meter.face(page: .clock)?.counter else { return nil }
      return crystal.digits.map(\.figure)
    }
    // Five places show HHMM.
    #expect(figures(meter) == [nil, 0, 1, 0, 0])
    #expect(meter.end("CK-04"))
    #expect(figures(meter) == [nil, 0, 0, 0, 0])
  }

  @Test("a meter that keeps no time cannot have it, nor can a SMETS2 meter, whose clock is UTC")
  func refused() {
    var clockless = Fixture.meter(of: .electronic)
    clockless.clock = nil
    #expect(throws: MeterFaultError.self) { try Fixture.fit(clockless).begin(Self.fault) }
    #expect(throws: MeterFaultError.self) { try Fixture.fit(Fixture.smets2()).begin(Self.fault) }
  }
}
