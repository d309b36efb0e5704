// MF-02, MF-03 and MF-07 in the rows of a DLMS load profile, as in what comes over the WAN.

import MeterModel
import Testing
import Units
import Wire

@Suite("Faults of the log over DLMS") struct DLMSLogFaultTests {
  /// A SMETS1-era meter with a DLMS side, four half-hours of 1, 2, 3 and 4 kW behind it.
  private func bench() throws -> DLMSBench {
    let port = DLMSFixture.port()
    var profile = DLMSDeviceTests.profile(port)
    profile.kind = .smets1
    let meter = Fixture.fit(profile)
    for kilowatts: Int64 in 1...4 { meter.hold(kilowatts * 1000, for: .minutes(30)) }
    let bench = DLMSBench(meter, port, client: 32)
    try bench.associate()
    return bench
  }

  private func imports(_ bench: DLMSBench) throws -> [COSEMValue?] {
    let rows = try #require(try bench.value(7, DLMSDeviceTests.halfHours)?.elements)
    return rows.map { $0.elements?[2] }
  }

  private func numbers(_ values: [UInt32]) -> [COSEMValue?] { values.map { .uint32($0) } }

  @Test("MF-03: each value stands one slot late, and the last comes round to the first")
  func pointer() throws {
    let bench = try bench()
    #expect(try imports(bench) == numbers([500, 1000, 1500, 2000]))
    try bench.answering.meter.begin(FaultSetting(id: "MF-03", whole: ["slots": 1]))
    #expect(try imports(bench) == numbers([2000, 500, 1000, 1500]))
    #expect(bench.answering.meter.end("MF-03"))
    #expect(try imports(bench) == numbers([500, 1000, 1500, 2000]))
  }

  @Test("MF-07: mean powers are twice the energies; with MF-03 in any order")
  func power() throws {
    for order in [["MF-03", "MF-07"], ["MF-07", "MF-03"]] {
      let bench = try bench()
      for id in order {
        let whole: [String: Int64] = id == "MF-03" ? ["slots": -1] : [:]
        try bench.answering.meter.begin(FaultSetting(id: id, whole: whole))
      }
      #expect(try imports(bench) == numbers([2000, 3000, 4000, 1000]))
      let entries = bench.answering.meter.readLog(.import, from: .epoch, through: .distantFuture)
      #expect(entries.map(\.energy.value) == [2000, 3000, 4000, 1000], "the same over the WAN")
    }
  }

  @Test("MF-02: rows of longer ago than a day are gone, and the count of entries says so")
  func overwritten() throws {
    let bench = try bench()
    // 26 h in all: 52 rows, of which those that ended more than 2 h after the start are left.
    bench.answering.meter.hold(1000, for: .hours(24))
    #expect(try imports(bench).count == 52)
    try bench.answering.meter.begin(FaultSetting(id: "MF-02", whole: ["depth": 1]))
    #expect(try imports(bench).count == 48)
    #expect(try bench.value(7, DLMSDeviceTests.halfHours, 7) == .uint32(48))
  }
}
