// ME-02, ME-04, ME-05, ME-09, ME-14: what each leaves in the registers, with the working. Each story has an
// hour before, an hour or two with the fault, and an hour after, so that its end is seen to leave nothing
// behind.

import BackspinTesting
import MeterModel
import Testing
import Timeline
import Units

@Suite struct MeasurementFaultTests {
  private func put(_ id: String, _ choices: [String: String] = [:], in meter: Meter) throws {
    try meter.begin(FaultSetting(id: id, choices: choices))
  }

  @Test("ME-02: a disc whose backstop is gone falls by what is exported, and stays where it fell to")
  func backwards() throws {
    let meter = Fixture.fit(Fixture.disc(.backstop), reads: [.import: WattHours(1_500_000)])
    meter.hold(-2000, for: .hours(1))  // Held by the backstop: 1500 kWh.
    #expect(meter.countedWhole(.import) == WattHours(1_500_000))
    try put("ME-02", in: meter)
    meter.hold(-2500, for: .hours(2))  // 1500 − 5 = 1495 kWh.
    meter.hold(400, for: .minutes(30))  // + 0.2 = 1495.2 kWh.
    #expect(meter.countedWhole(.import) == WattHours(1_495_200))
    #expect(meter.display(.import) == "01495")
    #expect(meter.end("ME-02"))
    meter.hold(-2000, for: .hours(1))  // Held again.
    meter.hold(1000, for: .hours(1))
    #expect(meter.countedWhole(.import) == WattHours(1_496_200))
  }

  @Test("ME-02: from a young register it passes zero downwards and looks like one that came round")
  func backwardsThroughZero() throws {
    let meter = Fixture.fit(Fixture.disc(.backstop), reads: [.import: WattHours(3_400)])
    try put("ME-02", in: meter)
    meter.hold(-1500, for: .hours(4))  // 3.4 − 6 = −2.6 kWh: the drums show 99 997.4.
    #expect(meter.countedWhole(.import) == WattHours(-2600))
    #expect(meter.display(.import) == "99997")
  }

  @Test("ME-04: export is added to import, and the export register stands still meanwhile")
  func absolute() throws {
    let meter = Fixture.fit(Fixture.meter(of: .electronic))
    meter.hold(-1000, for: .hours(1))
    try put("ME-04", in: meter)
    meter.hold(-3000, for: .minutes(20))  // 1000 Wh.
    meter.hold(500, for: .hours(1))  // 500 Wh.
    #expect(meter.both == [1500, 1000])
    meter.end("ME-04")
    meter.hold(-1000, for: .hours(1))
    #expect(meter.both == [1500, 2000])
  }

  @Test("ME-04: a meter that counted import only now counts both")
  func absoluteFromImportOnly() throws {
    let meter = Fixture.fit(Fixture.meter(of: .smets1, flow: .importOnly))
    meter.hold(-1000, for: .hours(1))
    #expect(meter.countedWhole(.import) == .zero)
    try put("ME-04", in: meter)
    meter.hold(-1000, for: .hours(1))
    #expect(meter.countedWhole(.import) == WattHours(1000))
    #expect(meter.countedWhole(.export) == nil)
  }

  @Test("ME-05: what flows out while the export register is off is counted nowhere, and its half-hours are 0")
  func exportOff() throws {
    var profile = Fixture.meter(of: .smets1)
    profile.logs = LogCapacity(exportHalfHours: 100, importHalfHours: 100)
    let meter = Fixture.fit(profile, reads: [.export: WattHours(70_000)])
    meter.hold(-1000, for: .minutes(30))  // 500 Wh: 70 500.
    try put("ME-05", in: meter)
    meter.hold(-1000, for: .hours(1))
    meter.hold(2000, for: .minutes(30))
    #expect(meter.both == [1000, 70_500])
    meter.end("ME-05")
    meter.hold(-1000, for: .minutes(30))
    #expect(meter.both == [1000, 71_000])
    let rows = meter.readLog(.export, from: .epoch, through: .distantFuture)
    #expect(rows.map(\.energy.value) == [500, 0, 0, 0, 500])
  }

  @Test("ME-09: a reversed transformer turns the sign of its phase before phases are summed")
  func transformer() {
    // One hour at +1, +2, −0.5 kW; the rest is sums.
    TextTable.each(
      """
      sum        phase  import  export
      vector     1         0.5       0
      vector     2           0     1.5
      vector     3         3.5       0
      vector     all         0     2.5
      per-phase  1           2     1.5
      per-phase  2           1     2.5
      per-phase  3         3.5       0
      per-phase  all       0.5       3
      absolute   2         3.5       0
      """
    ) { row in
      let sum = try row.value("sum") { PhaseSum(rawValue: $0) }
      let meter = Fixture.fit(Fixture.smets2(phases: 3, phaseSum: sum))
      try put("ME-09", ["phase": row.text("phase")], in: meter)
      meter.hold(1000, 2000, -500, for: .hours(1))
      let expected = try ["import", "export"].map { column in
        try row.value(column) { try WattHours(parsing: $0 + " kWh") }.value
      }
      #expect(meter.both == expected, sourceLocation: row.sourceLocation)
      let before = meter.both
      meter.end("ME-09")
      meter.hold(1000, 1000, 1000, for: .hours(1))
      #expect(meter.both == [before[0] + 3000, before[1]], sourceLocation: row.sourceLocation)
    }
  }

  @Test("ME-09: on a single-phase transformer meter, export is counted as import")
  func singleTransformer() throws {
    var profile = Fixture.meter(of: .modbus)
    profile.connection = .currentTransformer
    let meter = Fixture.fit(profile)
    try put("ME-09", in: meter)
    meter.hold(-2000, for: .minutes(90))
    #expect(meter.both == [3000, 0])
    #expect(meter.power.l1 == Power(watts: 2000))
  }

  @Test("ME-14: with line and load reversed, import and export change places, on each phase")
  func reversed() throws {
    for profile in [Fixture.smets2(), Fixture.smets2(phases: 3)] {
      let meter = Fixture.fit(profile)
      meter.hold(1000, for: .hours(1))
      try put("ME-14", in: meter)
      meter.hold(1000, for: .hours(1))
      meter.hold(-3000, for: .hours(1))
      #expect(meter.both == [4000, 1000])
      #expect(meter.power.l1 == Power(watts: 3000))
      meter.end("ME-14")
      meter.hold(-500, for: .hours(1))
      #expect(meter.both == [4000, 1500])
    }
  }

  @Test("ME-14: a meter that counts import only counts the export, and nothing of the import")
  func reversedImportOnly() throws {
    let meter = Fixture.fit(Fixture.meter(of: .electronic, flow: .importOnly))
    try put("ME-14", in: meter)
    meter.hold(1000, for: .hours(1))
    #expect(meter.countedWhole(.import) == .zero)
    meter.hold(-3000, for: .hours(1))
    #expect(meter.countedWhole(.import) == WattHours(3000))
  }

  @Test("a fault within a half-hour bites from its instant on")
  func midway() throws {
    let meter = Fixture.fit(Fixture.smets2())
    meter.hold(600, for: .minutes(10))
    try put("ME-14", in: meter)
    meter.hold(600, for: .minutes(5))
    meter.end("ME-14")
    meter.hold(600, for: .minutes(15))
    // 25 min of import, 5 min of "export".
    let rows = [RegisterRole.import, .export].map { meter.readLog($0, from: .epoch, through: .distantFuture) }
    #expect(rows.map { $0.map(\.energy.value) } == [[250], [50]])
  }

  @Test("two faults act together: reversed and adding, a meter adds as before")
  func together() throws {
    let meter = Fixture.fit(Fixture.meter(of: .electronic))
    try put("ME-04", in: meter)
    try put("ME-14", in: meter)
    meter.hold(-1000, for: .hours(1))
    meter.hold(2000, for: .hours(1))
    #expect(meter.both == [3000, 0])
    meter.end("ME-04")
    meter.hold(2000, for: .hours(1))
    #expect(meter.both == [3000, 2000])
    #expect(meter.presentFaults == ["ME-14"])
  }
}
