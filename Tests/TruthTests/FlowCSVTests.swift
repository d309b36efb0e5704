import Testing
import Timeline
import Truth
import Units

@Suite("A flow may come from a CSV")
struct FlowCSVTests {
  @Test("power holds from its instant until the next row, and the last until further notice")
  func power() throws {
    let flow = try PrescribedFlow(
      powerCSV: """
        start,power_w
        2026-05-01T00:00Z,-2000
        2026-05-01 01:00:00.250+01:00,0.0015
        2026-05-01T01:00Z,350.5
        """)
    let start = try at("2026-05-01T00:00Z")
    #expect(flow.from == start)
    // 0.0015 W is 1.5 mW: half is rounded away from zero.
    #expect(
      flow.segments == [
        FlowSegment(endMilliseconds: start.milliseconds + 250, l1: -2_000_000),
        FlowSegment(endMilliseconds: start.milliseconds + 3_600_000, l1: 2),
      ])
    #expect(flow.after == PhasePower(l1: Power(milliwatts: 350_500)))
    #expect(flow.before == nil)
  }

  @Test("an empty last row ends the flow")
  func closed() throws {
    let flow = try PrescribedFlow(
      powerCSV: "from,l1_kw,l2_kw\n2026-05-01T00:00Z,1,-2\n2026-05-01T00:30Z,,\n")
    #expect(flow.after == nil)
    #expect(flow.to == (try at("2026-05-01T00:30Z")))
    #expect(flow.segments.map(\.l2) == [-2_000_000])
  }

  @Test("half-hours are given back to the watt-hour, both columns, in any units")
  func halfHours() throws {
    // 0.1, 0.0375 and 1.315000000000000013 kWh (a float artefact, rounded to 1 mW·ms); 3e-1 and 0E-20 kWh.
    let flow = try PrescribedFlow(
      halfHourCSV: """
        # exported by a portal
        Start,Import (Wh),Export_kWh
        2026-05-01T00:00Z,0,0.1
        2026-05-01T00:30Z,20.5,0.0375
        2026-05-01T01:00Z,1315.000000000000013,0E-20
        2026-05-01T01:30Z,7,3e-1
        """)
    let start = try at("2026-05-01T00:00Z")
    #expect(flow.from == start)
    // 20.5 + 1315 + 7 = 1342.5 Wh in, 100 + 37.5 + 300 = 437.5 Wh out.
    #expect(integral(flow.segments, from: start) { max($0.l1, 0) } == 1_342_500 * 3_600_000)
    #expect(integral(flow.segments, from: start) { max(-$0.l1, 0) } == 437_500 * 3_600_000)
    #expect(flow.to == (try at("2026-05-01T02:00Z")))
  }

  @Test("a stamp may mark the end of its half-hour")
  func endStamps() throws {
    let flow = try PrescribedFlow(halfHourCSV: "interval_end,export_wh\n2026-05-01T00:30Z,5\n")
    #expect(flow.from == (try at("2026-05-01T00:00Z")))
  }

  @Test("columns by phase are kept apart")
  func phases() throws {
    let flow = try PrescribedFlow(
      halfHourCSV: """
        start,import_l1_wh,import_l2_wh,export_l2_wh,export_l3_wh
        2026-05-01T00:00Z,500,100,300,900
        """)
    // L2: 300 of 400 Wh is 22.5 min of −800 W, then 7.5 min of 800 W.
    let start = flow.from.milliseconds
    #expect(
      flow.segments == [
        FlowSegment(endMilliseconds: start + 1_350_000, l1: 1_000_000, l2: -800_000, l3: -1_800_000),
        FlowSegment(endMilliseconds: start + 1_800_000, l1: 1_000_000, l2: 800_000, l3: -1_800_000),
      ])
  }

  @Test(
    "a London day of 46, 48 or 50 half-hours written in local time has no gap and no double",
    arguments: [
      ("2026-03-29", 46), ("2026-03-30", 48), ("2026-10-25", 50),
    ])
  func clockChange(day: String, count: Int) throws {
    let date = try CivilDate(parsing: day)
    let halfHours = SettlementPeriod.halfHours(of: date)
    var rows = ["start,export_wh"]
    var halfHour = halfHours.lowerBound
    while halfHour < halfHours.upperBound {
      let offset = LondonClock.offset(at: halfHour.start)
      let local = (halfHour.start + offset).description.dropLast()
      rows.append("\(local)\(offset == .zero ? "+00:00" : "+01:00"),\(rows.count)")
      halfHour = halfHour.next
    }
    let flow = try PrescribedFlow(halfHourCSV: rows.joined(separator: "\n"))
    #expect(rows.count - 1 == count)
    #expect(flow.from == LondonClock.startOfDay(date))
    #expect(flow.to == LondonClock.startOfDay(date.advanced(byDays: 1)))
    // 1 + 2 + … + n Wh.
    let watthours = Int128(count * (count + 1) / 2)
    #expect(integral(flow.segments, from: flow.from) { -$0.l1 } == watthours * Int128(wattHour))
  }

  @Test(
    "a bad file of half-hours is refused where it is bad",
    arguments: [
      ("start,export_kwh\n", "BS-CSV-03", 1, 1),
      ("export_kwh\n1\n", "BS-CSV-03", 1, 1),
      ("start\n2026-05-01T00:00Z\n", "BS-CSV-03", 1, 1),
      ("start,exprot_kwh\n", "BS-CSV-02", 1, 7),
      ("start,export_kwh,import_l1_kwh\n", "BS-CSV-02", 1, 7),
      ("start,export_kwh,Export kWh\n", "BS-CSV-04", 1, 18),
      ("start,from,export_kwh\n", "BS-CSV-04", 1, 7),
      ("start,export\n", "BS-CSV-05", 1, 7),
      ("start,export_kw\n", "BS-CSV-05", 1, 7),
      ("start,export_wh\n2026-05-01T00:00Z\n", "BS-CSV-06", 2, 1),
      ("start,export_wh\n2026-05-01T00:00,1\n", "BS-CSV-08", 2, 17),
      ("start,export_wh\n2026-02-30T00:00Z,1\n", "BS-CSV-08", 2, 9),
      ("start,export_wh\n2026-05-01T00:00Z,1.2.3\n", "BS-CSV-09", 2, 22),
      ("start,export_wh\n2026-05-01T00:00Z,-1\n", "BS-CSV-10", 2, 19),
      ("start,export_wh\n2026-05-01T00:00Z,1e30\n", "BS-CSV-10", 2, 19),
      ("start,export_wh\n2026-05-01T00:00Z,1\n2026-05-01T00:00Z,1\n", "BS-CSV-11", 3, 1),
      ("start,export_wh\n2026-05-01T00:00Z,1\n2026-05-01T01:30Z,1\n", "BS-CSV-12", 3, 1),
      ("start,export_wh\n2026-05-01T00:00Z,\n", "BS-CSV-12", 2, 19),
      ("start,export_wh\n2026-05-01T00:10Z,1\n", "BS-CSV-13", 2, 1),
      ("start,end,export_wh\n2026-05-01T00:00Z,2026-05-01T01:00Z,1\n", "BS-CSV-13", 2, 19),
    ])
  func refusedHalfHours(text: String, code: String, line: Int, column: Int) throws {
    let fault = try #require(throws: CSVFault.self) { try PrescribedFlow(halfHourCSV: text) }
    #expect(fault.code == code, "\(fault)")
    #expect([fault.line, fault.column] == [line, column], "\(fault)")
  }

  @Test(
    "a bad file of power is refused where it is bad",
    arguments: [
      ("start,power_kwh\n", "BS-CSV-05", 1, 7),
      ("end,power_w\n2026-05-01T00:00Z,1\n", "BS-CSV-03", 1, 1),
      ("start,power_w\n2026-05-01T00:00:00.0005Z,1\n", "BS-CSV-08", 2, 1),
      ("start,power_w\n2026-05-01T00:00Z,\n2026-05-01T01:00Z,2\n", "BS-CSV-12", 2, 19),
      ("start,power_w\n2026-05-01T02:00Z,1\n2026-05-01T01:00Z,2\n", "BS-CSV-11", 3, 1),
      ("start,power_w\n2026-05-01T00:00Z,1000000001\n", "BS-CSV-10", 2, 19),
      ("start,power_w\n2026-05-01T00:00Z,nan\n", "BS-CSV-09", 2, 19),
    ])
  func refusedPower(text: String, code: String, line: Int, column: Int) throws {
    let fault = try #require(throws: CSVFault.self) { try PrescribedFlow(powerCSV: text) }
    #expect(fault.code == code, "\(fault)")
    #expect([fault.line, fault.column] == [line, column], "\(fault)")
  }

  @Test("a gap is named by what is missing")
  func gapIsNamed() throws {
    let fault = try #require(throws: CSVFault.self) {
      try PrescribedFlow(halfHourCSV: "start,export_wh\n2026-05-01T00:00Z,1\n2026-05-01T01:30Z,1\n")
    }
    #expect(fault.message == "2 half-hours are missing before this row, from 2026-05-01T00:30Z")
  }
}
