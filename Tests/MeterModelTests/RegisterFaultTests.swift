// RG-03, RG-04, RG-11, RG-12, CK-01: registers, reads and clocks that are wrong while the measuring is right.

import MeterModel
import Testing
import Timeline
import Units

@Suite struct RegisterFaultTests {
  @Test("RG-03: a frozen register loses what it should have counted, for good; the other goes on")
  func frozen() throws {
    let meter = Fixture.fit(Fixture.smets2(), reads: [.export: WattHours(9000)])
    meter.hold(-1000, for: .minutes(30))
    try meter.begin(FaultSetting(id: "RG-03", choices: ["register": "export"]))
    meter.hold(-2000, for: .hours(1))
    meter.hold(600, for: .minutes(30))
    // 9000 + 500, and nothing of the 2000 Wh.
    #expect(meter.both == [300, 9500])
    #expect(meter.shown(.export) == WattHours(9500))
    #expect(meter.power.l1 == Power(watts: 600))
    meter.end("RG-03")
    meter.hold(-1000, for: .minutes(30))
    #expect(meter.both == [300, 10_000])
    let rows = meter.readLog(.export, from: .epoch, through: .distantFuture)
    #expect(rows.map(\.energy.value) == [500, 0, 0, 0, 500])
  }

  @Test("RG-03: all registers can freeze")
  func allFrozen() throws {
    let meter = Fixture.fit(Fixture.disc(.backwards), reads: [.import: WattHours(1000)])
    try meter.begin(FaultSetting(id: "RG-03"))
    meter.hold(5000, for: .hours(3))
    #expect(meter.countedWhole(.import) == WattHours(1000))
  }

  @Test("RG-04: a register restarts from 0 and counts on; its half-hours and its end do not notice")
  func restarted() throws {
    let meter = Fixture.fit(
      Fixture.smets2(), reads: [.import: WattHours(8_000_000), .export: WattHours(1_306_000)])
    meter.hold(-1000, for: .minutes(40))  // 666.66… Wh: 1 306 666.
    try meter.begin(FaultSetting(id: "RG-04", choices: ["register": "export"]))
    #expect(meter.both == [8_000_000, 0])
    meter.hold(-1000, for: .minutes(20))  // 333.33… Wh; the 0.66… Wh below 1 Wh went with the rest.
    #expect(meter.both == [8_000_000, 333])
    meter.end("RG-04")
    meter.hold(-1000, for: .hours(1))
    #expect(meter.both == [8_000_000, 1333])
    // 01:00: 166 (of 166.66…) before the reset and 333 (of 333.33…) after it.
    let rows = meter.readLog(.export, from: .epoch, through: .distantFuture)
    #expect(rows.map(\.energy.value) == [500, 499, 500, 500])
  }

  @Test("RG-04: all registers restart unless one is named")
  func allRestarted() throws {
    let meter = Fixture.fit(
      Fixture.meter(of: .modbus), reads: [.import: WattHours(5), .export: WattHours(6)])
    try meter.begin(FaultSetting(id: "RG-04"))
    #expect(meter.both == [0, 0])
  }

  @Test("RG-11: the chosen reads of the chosen register are 0, and those before and after are right")
  func zero() throws {
    let meter = Fixture.fit(
      Fixture.meter(of: .modbus), reads: [.import: WattHours(111), .export: WattHours(222)])
    _ = meter.sample(.export)  // A read before the fault is not counted.
    try meter.begin(
      FaultSetting(id: "RG-11", whole: ["read": 2, "repeat": 2], choices: ["register": "export"]))
    #expect((1...5).map { _ in meter.sample(.export)?.value } == [222, 0, 0, 222, 222])
    #expect((1...3).map { _ in meter.sample(.import)?.value } == [111, 111, 111])
    // The register is sound: whoever looks without reading sees it.
    #expect(meter.shown(.export) == WattHours(222))
    #expect(meter.both == [111, 222])
  }

  @Test("RG-11: the end of the fault makes reads right at once")
  func zeroEnded() throws {
    let meter = Fixture.fit(Fixture.meter(of: .electronic), reads: [.import: WattHours(111)])
    try meter.begin(FaultSetting(id: "RG-11", whole: ["repeat": 3]))
    #expect(meter.sample(.import) == .zero)
    meter.end("RG-11")
    #expect(meter.sample(.import) == WattHours(111))
    try meter.begin(FaultSetting(id: "RG-11"))
    #expect(meter.sample(.import) == .zero)
    #expect(meter.sample(.import) == WattHours(111))
  }

  @Test("RG-12: one read is multiplied, or raised, and comes round where the register does")
  func spike() throws {
    let rows: [(whole: [String: Int64], reads: [Int64])] = [
      ([:], [4_000_000, 400_000, 400_000]),
      (["factor": 1000, "read": 3], [400_000, 400_000, 400_000_000]),
      (["add": 250_000, "read": 2], [400_000, 650_000, 400_000]),
    ]
    for row in rows {
      let meter = Fixture.fit(Fixture.meter(of: .modbus), reads: [.export: WattHours(400_000)])
      try meter.begin(FaultSetting(id: "RG-12", whole: row.whole))
      #expect((1...3).map { _ in meter.sample(.export)?.value ?? -1 } == row.reads)
      #expect(meter.countedWhole(.export) == WattHours(400_000))
    }
    // Five digits come round at 100 000 kWh: 10 × 12 345 678 Wh = 123 456 780 Wh shows 23 456.78 kWh.
    var profile = Fixture.meter(of: .modbus)
    profile.registers = [RegisterFace(role: .import, resolution: WattHours(10), rollover: .digits(5))]
    let meter = Fixture.fit(profile, reads: [.import: WattHours(12_345_678)])
    try meter.begin(FaultSetting(id: "RG-12"))
    // As it is seen, in steps of 10 Wh: 10 × 12 345 670.
    #expect(meter.sample(.import) == WattHours(23_456_700))
  }

  @Test("CK-01: a clock drifts while the fault lasts, and stays where it drifted to")
  func drift() throws {
    let meter = Fixture.fit(Fixture.smets2(netting: .cycle))
    meter.hold(0, for: .days(1))
    try meter.begin(FaultSetting(id: "CK-01", whole: ["ppm": -250]))
    meter.hold(0, for: .days(4))
    // 4 × 86 400 s × 250e-6 = 86.4 s behind.
    #expect(meter.now - meter.clock(at: meter.now) == .seconds(86) + .milliseconds(400))
    meter.end("CK-01")
    meter.hold(0, for: .days(10))
    #expect(meter.now - meter.clock(at: meter.now) == .seconds(86) + .milliseconds(400))
    // 3 kW begins at 00:00 true, which its clock calls 23:58:33.6: 86.4 s × 3 kW = 72 Wh go into the
    // half-hour before.
    meter.hold(3000, for: .hours(1))
    let midnight = Fixture.start + .days(15)
    let rows = meter.readLog(.import, from: midnight, through: midnight + .minutes(30))
    #expect(rows.map(\.energy.value) == [72, 1500])
    #expect(meter.countedWhole(.import) == WattHours(3000))
    meter.setClock(to: meter.now)
    #expect(meter.clock(at: meter.now) == meter.now)
  }

  @Test("CK-01: the drift adds to the meter's own")
  func driftAdds() throws {
    var profile = Fixture.smets2()
    profile.clock = ClockFace(driftPartsPerBillion: 50_000)
    let meter = Fixture.fit(profile)
    try meter.begin(FaultSetting(id: "CK-01", whole: ["ppm": 150]))
    meter.hold(0, for: .seconds(100_000))
    #expect(meter.clock(at: meter.now) - meter.now == .seconds(20))
  }
}
