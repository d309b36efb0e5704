// The clock over DLMS: zones, both signs of the deviation, setting it, and the faults of answers.

import MeterModel
import Testing
import Units
import Wire

@Suite("A meter's clock and faults over DLMS")
struct DLMSClockTests {
  static let clock = LogicalName(0, 0, 1, 0, 0)

  @Test(
    "the clock says its zone, deviation and status",
    arguments: [
      // 2026-05-01 is in British summer time: 00:00Z is 01:00 there, a Friday.
      (.utc, .utcMinusLocal, true, "07EA 05 01 05 00 00 00 00 0000 00"),
      (.london, .utcMinusLocal, true, "07EA 05 01 05 01 00 00 00 FFC4 80"),
      (.london, .localMinusUTC, true, "07EA 05 01 05 01 00 00 00 003C 80"),
      (.utc, .unspecified, false, "07EA 05 01 05 00 00 00 00 8000 FF"),
    ] as [(DLMSClock.Zone, DLMSClock.Deviation, Bool, String)])
  func zones(_ zone: DLMSClock.Zone, _ deviation: DLMSClock.Deviation, _ status: Bool, _ hex: String) throws {
    let bench = try DLMSDeviceTests.bench {
      $0.clock = DLMSClock(zone: zone, deviation: deviation, statesStatus: status)
    }
    #expect(try bench.value(8, Self.clock) == .octets(COSEMKeys.octets(hex) ?? []))
  }

  @Test("rows over the autumn change have 50 stamps of a London day, each a half-hour on in UTC")
  func autumn() throws {
    // 2026-10-25: the clocks go back at 01:00 UTC. Local day: 2026-10-24T23:00Z to 2026-10-26T00:00Z.
    var port = DLMSFixture.port()
    port.clock = DLMSClock(zone: .london)
    let start = Instant(seconds: 1_792_882_800)
    let meter = Fixture.fit(DLMSDeviceTests.profile(port), at: start)
    meter.hold(1000, for: .hours(25))
    let bench = DLMSBench(meter, port)
    try bench.associate()
    let rows = try #require(try bench.value(7, DLMSDeviceTests.halfHours)?.elements)
    let stamps = rows.compactMap { $0.elements?.first?.string.flatMap { COSEMDateTime($0) } }
    #expect(stamps.count == 50)
    for (number, stamp) in stamps.enumerated() {
      #expect(stamp.instant(.utcMinusLocal) == start + .minutes(30 * Int64(number + 1)))
    }
    // 01:30 local comes twice: with a deviation of -60, and of 0.
    #expect(stamps.filter { ($0.hour, $0.minute) == (1, 30) }.map(\.deviation) == [-60, 0])
  }

  @Test("a manager sets the clock and the log says so; a reader may not")
  func setting() throws {
    let bench = try DLMSDeviceTests.bench(client: 48)
    let wanted = COSEMDateTime(
      Fixture.start + .minutes(7), offset: .zero, sign: .utcMinusLocal, status: [])
    let item = COSEMItem(COSEMDescriptor(8, Self.clock, 2))
    #expect(
      try bench.ask { .set($0, item, .octets(wanted.octets)) }
        == .set(InvokeID(number: 2), .success))
    #expect(try bench.value(8, Self.clock) == .octets(wanted.octets))
    let log = try #require(try bench.value(7, LogicalName(0, 0, 99, 98, 0))?.elements)
    #expect(log.map { $0.elements?.last } == [.uint8(4), .uint8(5)])
    guard case .set(_, .typeUnmatched) = try bench.ask({ .set($0, item, .uint8(3)) }) else {
      return #expect(Bool(false))
    }
    let reader = try DLMSDeviceTests.bench()
    guard case .set(_, .readWriteDenied) = try reader.ask({ .set($0, item, .octets(wanted.octets)) }) else {
      return #expect(Bool(false))
    }
  }

  @Test("PR-06: the scaler is off by the powers asked for, the raw number is not")
  func scalerWrong() throws {
    let bench = try DLMSDeviceTests.bench()
    try bench.answering.begin(FaultSetting(id: "PR-06", whole: ["powers": -3]))
    let name = DLMSDeviceTests.importName
    #expect(try bench.value(3, name) == .uint32(12_345_678))
    #expect(try bench.value(3, name, 3) == .structure([.int8(-3), .enumerated(30)]))
    #expect(bench.answering.end("PR-06"))
    #expect(try bench.value(3, name, 3) == .structure([.int8(0), .enumerated(30)]))
  }

  @Test("PR-07: after a gap the stamp is left out as if there were none")
  func gapsHidden() throws {
    let bench = try DLMSDeviceTests.bench(hours: 1) { $0.profiles[0].compressesNull = true }
    try bench.answering.begin(FaultSetting(id: "PR-07"))
    let meter = bench.answering.meter
    meter.setClock(to: meter.now + .hours(3))
    meter.hold(1000, for: .minutes(30))
    let rows = try #require(try bench.value(7, DLMSDeviceTests.halfHours)?.elements)
    #expect(rows.map { $0.elements?.first == .null } == [false, true, true, true])
  }

  @Test("PR-09 is one fault at every port, and DLMS cannot list a name twice")
  func oneConfusion() throws {
    let optical = try #require(OpticalFaults.all.first { $0.id == "PR-09" })
    #expect(DLMSFaults.all.first { $0.id == "PR-09" } == optical)
    #expect(PortFaults.all.count { $0.id == "PR-09" } == 1)
    let bench = try DLMSDeviceTests.bench()
    #expect(throws: FaultRefusal.self) {
      try bench.answering.begin(FaultSetting(id: "PR-09", choices: ["kind": "twice"]))
    }
    #expect(!bench.answering.end("PR-09"))
  }

  @Test(
    "PR-09: a register shows another's count, or cannot be read",
    arguments: [
      ("sum", 14_691_356, 2_345_678), ("net", 10_000_000, 2_345_678), ("swapped", 2_345_678, 12_345_678),
      ("missing", 12_345_678, nil),
    ] as [(String, UInt32, UInt32?)])
  func confused(_ kind: String, _ imported: UInt32, _ exported: UInt32?) throws {
    let bench = try DLMSDeviceTests.bench()
    try bench.answering.begin(FaultSetting(id: "PR-09", choices: ["kind": kind]))
    #expect(try bench.value(3, DLMSDeviceTests.importName) == .uint32(imported))
    #expect(
      try bench.get(3, DLMSDeviceTests.exportName, 2)
        == (exported.map { .data(.uint32($0)) } ?? .error(.objectUnavailable)))
  }

  @Test(
    "PR-08: a counter that fell back, or a wrong tag, is refused by the reader, also when it associates anew")
  func counterFaulty() throws {
    let bench = try DLMSDeviceTests.bench(client: 48)
    for _ in 0..<5 { _ = try bench.value(3, DLMSDeviceTests.importName) }
    try bench.answering.begin(FaultSetting(id: "PR-08", choices: ["kind": "tag"]))
    #expect(
      throws: COSEMSession.Fault.security("the answer's tag is wrong: other keys, or changed on its way")
    ) {
      try bench.value(3, DLMSDeviceTests.importName)
    }
    #expect(bench.answering.end("PR-08"))
    #expect(try bench.value(3, DLMSDeviceTests.importName) == .uint32(12_345_678))
    try bench.answering.begin(FaultSetting(id: "PR-08"))
    for attempt in 1...2 {
      let fault = #expect(throws: COSEMSession.Fault.self) {
        if attempt == 1 { _ = try bench.value(3, DLMSDeviceTests.importName) } else { try bench.associate() }
      }
      guard case .security(let word) = fault else { return #expect(Bool(false)) }
      #expect(word.contains("invocation counter"))
    }
  }

  @Test("faults of DLMS answers have ids of their own and refuse what they do not know")
  func catalogue() throws {
    // What every port can have is declared once: OBIS confusion.
    let others = Set((MeterFaults.all + ModbusFaults.all).map(\.id))
    #expect(DLMSFaults.all.map(\.id).filter(others.contains) == ["PR-09"])
    let bench = try DLMSDeviceTests.bench()
    #expect(throws: FaultRefusal.self) { try bench.answering.begin(FaultSetting(id: "PR-05")) }
    #expect(throws: FaultRefusal.self) {
      try bench.answering.begin(FaultSetting(id: "PR-06", whole: ["powers": 4]))
    }
  }
}
