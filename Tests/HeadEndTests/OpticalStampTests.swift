// Which instants a profile's stamps are, and where nobody can tell.

import HeadEnd
import Testing
import Units

@Suite("Optical port: stamps of a load profile")
struct OpticalStampTests {
  /// One section of half-hours from a stamp, read with options.
  private func read(
    _ stamp: String, rows: Int = 1, address: String = "P.01",
    _ change: @escaping (inout OpticalOptions) -> Void = { _ in }
  ) throws -> MeterReading {
    let bench = OpticalProgrammingTests.bench()
    let values = (1...rows).map { "(0.\($0)00)" }.joined(separator: "\r\n")
    bench.meter.answers["R5 P.01(;)"] = ["\(address)(\(stamp))(00)(30)(1)(1.8.0)(kWh)\r\n\(values)\r\n"]
    return try bench.reader(change).readProfile()
  }

  @Test(
    "a London stamp is told in UTC unless the clock changes there",
    arguments: [
      // 2026-10-25: 01:00 to 01:59 come twice. 2026-03-29: 01:00 to 01:59 are left out.
      ("2610250030", "2026-10-24T23:30Z"), ("2610250130", nil), ("2610250200", "2026-10-25T02:00Z"),
      ("2603290030", "2026-03-29T00:30Z"), ("2603290130", nil), ("2603290200", "2026-03-29T01:00Z"),
      ("2607010000", "2026-06-30T23:00Z"), ("2601012400", "2026-01-02T00:00Z"),
      // A season digit leaves no doubt.
      ("12610250130", "2026-10-25T00:30Z"), ("02610250130", "2026-10-25T01:30Z"),
    ] as [(String, String?)])
  func london(_ stamp: String, _ expected: String?) throws {
    let reading = try read(stamp) { $0.zone = .london }
    #expect(reading.profile.map(\.stamp) == [try expected.map { try Instant(parsing: $0) }])
    #expect(reading.profile.map(\.stampText) == [stamp])
    let isSaid = reading.remarks.contains("\(stamp) is no certain time: the clock changed there")
    #expect(isSaid == (expected == nil))
  }

  @Test("rows after a stamp that cannot be told have none either, and keep the meter's words")
  func uncertainRows() throws {
    let rows = try read("2610250130", rows: 2) { $0.zone = .london }.profile
    #expect(rows.map(\.stamp) == [nil, nil])
    #expect(rows.map(\.stampText) == ["2610250130", "2610250130+30 min"])
  }

  @Test("a stamp without a season digit that is taken for UTC is said to be")
  func assumed() throws {
    let remark = "stamps without a season digit are taken for UTC"
    #expect(try read("2607010030").remarks.contains(remark))
    #expect(try read("22607010030").remarks.contains(remark) == false)
  }

  @Test("24:00 is the end of a day; no time lies after it")
  func beyond() {
    let failure = #expect(throws: DialogueFailure.self) { try read("22607012430") }
    #expect(failure?.kind == .unreadable)
  }

  @Test("the profile of another name is never taken")
  func anotherProfile() {
    let failure = #expect(throws: DialogueFailure.self) { try read("22607010030", address: "P.02") }
    #expect(failure?.kind == .unexpected)
    #expect(failure?.detail == "P.02 came where P.01 was asked for")
  }
}
