// From a supplier's file to pence, worked by hand.

import Scenario
import Settlement
import Testing
import Units

@Suite("Settling export files")
struct ExportSettlementTests {
  static func codes(_ outcome: Outcome) -> Set<ReasonCode> { Set(outcome.decisions.map(\.code)) }

  static func day(_ faces: some Sequence<String>, _ value: (Int) -> Int) -> [String] {
    ["start_local,export_wh"] + faces.enumerated().map { "\($1),\(value($0))" }
  }

  @Test("336 Wh and 1315 Wh at 4.1 p/kWh are 6.7691p, paid as 7p")
  func flat() throws {
    // 336 × 4.1 = 1377.6 and 1315 × 4.1 = 5391.5 thousandths of a penny: 6769.1 together.
    let file = try Export.file([
      "start,export_kwh", "2026-05-01T13:00+01:00,0.336", "2026-05-01T13:30+01:00,1.3150001",
    ])
    let outcome = try Export.settle(file)
    let statement = try #require(outcome.statements.first)
    #expect(statement.exact == (try NanoPence(parsing: "6.7691p")))
    #expect(statement.net == Pence(7))
    #expect(statement.status == .payable)
    #expect(statement.lines.map(\.reads) == [[Cause(number: 2), Cause(number: 3)]])
  }

  @Test("a spring day of 46 half-hours is complete and paid in full")
  func spring() throws {
    // 12 half-hours from 10:00 local (two hours of the clock less than 46 + 2): 100 Wh each,
    // 1.2 kWh × 4.1 = 4.92p.
    let faces = ExportTimesTests.faces("2026-03-29", skipping: 2..<4)
    let outcome = try Export.settle(try Export.file(Self.day(faces) { (18..<30).contains($0) ? 100 : 0 }))
    let statement = try #require(outcome.statements.first)
    #expect(statement.exact == (try NanoPence(parsing: "4.92p")))
    #expect(statement.net == Pence(5))
    #expect(statement.lines.map(\.halfHours) == [46])
    #expect(Self.codes(outcome).contains(.spDay46))
  }

  @Test("export in both of the two hours of an autumn night is paid, once each")
  func autumn() throws {
    // A battery gives 250 Wh in each half-hour from 01:00 to 02:00, which comes twice: 1 kWh × 4.1 = 4.1p,
    // paid as 4p. A file read as if the hour came once would pay 2.05p.
    let day = ExportTimesTests.faces("2026-10-25")
    let faces = day[..<4] + day[2..<4] + day[4...]
    let file = try Export.file(Self.day(faces) { (2..<6).contains($0) ? 250 : 0 })
    let outcome = try Export.settle(file, storage: true)
    let statement = try #require(outcome.statements.first)
    #expect(statement.exact == (try NanoPence(parsing: "4.1p")))
    #expect(statement.net == Pence(4))
    #expect(statement.lines.map(\.halfHours) == [50])
    #expect(Self.codes(outcome).contains(.spDay50))
  }

  @Test("the half-hour that ends at 00:00 takes the price of the day before")
  func lastHalfHour() throws {
    // 500 Wh from 23:30 to 24:00 of 1 January at 10 p/kWh are 5p;
    // the half-hour after midnight would cost 20 p/kWh.
    let file = try Export.file([
      "end_utc,export_wh", "2026-01-01T23:30,0", "2026-01-02T00:00,500", "2026-01-02T00:30,0",
    ])
    let rates = try RateFile(
      """
      start_utc,p_per_kwh
      2026-01-01T23:00Z,1
      2026-01-01T23:30Z,10
      2026-01-02T00:00Z,20
      """, file: "rates.csv")
    let statement = try #require(
      try Export.settle(file, prices: rates.prices, storage: true).statements.first)
    #expect(statement.exact == (try NanoPence(parsing: "5p")))
  }

  @Test("a day whose zeros are left out is held, and paid once that is stated")
  func omitted() throws {
    // 300 Wh and 400 Wh: 0.7 kWh × 4.1 = 2.87p, paid as 3p.
    let lines = ExportNumbersTests.sparse
    let span = ExportOptions(
      from: try Export.instant("2026-04-30T23:00Z"), until: try Export.instant("2026-05-01T23:00Z"))
    var held = try Export.settle(try Export.file(lines, span))
    #expect(held.statements.map(\.net) == [Pence(0)])
    #expect(Self.codes(held).isSuperset(of: [.readGapHH, .valPeriodCount]))
    var stated = span
    stated.zero = .omitted
    held = try Export.settle(try Export.file(lines, stated))
    #expect(held.statements.map(\.exact) == [try NanoPence(parsing: "2.87p")])
    #expect(held.statements.map(\.net) == [Pence(3)])
    #expect(held.statements[0].lines.map(\.halfHours) == [48])
  }

  @Test("a repeated row is paid once, and told")
  func repeated() throws {
    // 300 Wh × 4.1 = 1.23p.
    let outcome = try Export.settle(
      try Export.file(["start_utc,export_kwh", "2026-05-01T12:00Z,0.3", "2026-05-01T12:00Z,0.300"]))
    #expect(outcome.statements.map(\.exact) == [try NanoPence(parsing: "1.23p")])
    #expect(Self.codes(outcome).contains(.readDuplicate))
  }

  @Test("import and export columns that are swapped are seen by their hours")
  func swapped() throws {
    // "Export" runs by night and "import" at noon of a December day: VAL_REGISTERS_SWAPPED holds it all.
    let rows = ExportTimesTests.faces("2026-12-01").enumerated().map { index, face in
      "\(face),\((20..<28).contains(index) ? 0 : 200),\((20..<28).contains(index) ? 900 : 0)"
    }
    let outcome = try Export.settle(try Export.file(["start_utc,export_wh,import_wh"] + rows))
    #expect(Self.codes(outcome).contains(.valRegistersSwapped))
    #expect(outcome.statements.map(\.net) == [Pence(0)])
  }

  @Test("an estimate is held where estimates are never paid")
  func estimates() throws {
    let outcome = try Export.settle(
      try Export.file(["start_utc,export_kwh,quality", "2026-05-01T12:00Z,0.3,A", "2026-05-01T12:30Z,0.3,E"]))
    #expect(outcome.statements.map(\.exact) == [try NanoPence(parsing: "1.23p")])
    #expect(Self.codes(outcome).contains(.whldEstimate))
  }
}
