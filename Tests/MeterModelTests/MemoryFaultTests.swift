// CK-02, CK-03, MF-02, MF-06, MF-07: what clocks, logs and firmware do wrong, and what is left of it.

import MeterModel
import Testing
import Timeline
import Units

@Suite struct MemoryFaultTests {
  private static func rows(_ meter: Meter) -> [LogRead.Entry] {
    meter.readLog(.import, from: .epoch, through: .distantFuture)
  }

  private static func smets1() -> Profile {
    var profile = Fixture.smets2(netting: .cycle)
    profile.kind = .smets1
    return profile
  }

  @Test("CK-02: a step forward leaves stamps out, and the end of the fault does not set the clock")
  func step() throws {
    let meter = Fixture.fit(Fixture.smets2(netting: .cycle))
    meter.hold(2000, for: .minutes(40))
    try meter.begin(FaultSetting(id: "CK-02", whole: ["step": 3600]))
    meter.end("CK-02")
    meter.hold(2000, for: .minutes(20))
    // 30 minutes; 10 minutes of 2 kW under the stamp 01:00 (333 Wh); from 01:40 by its clock on to 02:00.
    #expect(Self.rows(meter).map { ($0.stamp - Fixture.start).microseconds / 60_000_000 } == [30, 60, 120])
    #expect(Self.rows(meter).map(\.energy.value) == [1000, 333, 667])
    #expect(meter.clock(at: meter.now) - meter.now == .hours(1))
  }

  @Test(
    "CK-03: a flat battery does nothing until the supply fails, then the clock begins anew where it is told")
  func battery() throws {
    for (word, instant) in [
      ("unix-epoch", Instant.epoch), ("gbcs-epoch", OutageFace.gbcsEpoch),
      ("manufacture", Instant(seconds: 1_420_070_400)),
    ] {
      let meter = Fixture.fit(Fixture.smets2(netting: .cycle))
      try meter.begin(FaultSetting(id: "CK-03", whole: ["reserve": 60], choices: ["restart": word]))
      meter.hold(2000, for: .hours(2))
      #expect(meter.clock(at: meter.now) == meter.now)
      meter.losePower()
      meter.hold(0, for: .minutes(60))
      meter.regainPower()
      #expect(meter.clock(at: meter.now) == meter.now, "an hour is what it still bears")
      meter.losePower()
      meter.hold(0, for: .minutes(61))
      meter.regainPower()
      #expect(meter.clock(at: meter.now) == instant && meter.clockStatus == .invalid)
      meter.end("CK-03")
      #expect(meter.clock(at: meter.now) == instant, "what is lost stays lost")
    }
  }

  @Test("MF-02: of sixty days the newest thirty can be read, and all again when the fault is over")
  func overwritten() throws {
    let meter = Fixture.fit(Fixture.smets2(netting: .cycle))
    meter.hold(1000, for: .days(60))
    try meter.begin(FaultSetting(id: "MF-02", whole: ["depth": 30]))
    #expect(Self.rows(meter).count == 30 * 48)
    #expect(Self.rows(meter).first?.stamp == Fixture.start + .days(30) + .minutes(30))
    meter.end("MF-02")
    #expect(Self.rows(meter).count == 60 * 48)
  }

  @Test("MF-07: half-hours are twice their energy, registers are right")
  func meanPower() throws {
    let meter = Fixture.fit(Self.smets1())
    meter.hold(1000, for: .hours(1))
    try meter.begin(FaultSetting(id: "MF-07"))
    // 1 kW over half an hour: 500 Wh, told as 1000 W.
    #expect(Self.rows(meter).map(\.energy.value) == [1000, 1000])
    #expect(meter.sample(.import) == WattHours(1000))
    meter.end("MF-07")
    #expect(Self.rows(meter).map(\.energy.value) == [500, 500])
  }

  @Test("MF-06: new firmware resets the registers for good, or tells them scaled while it runs")
  func firmware() throws {
    let reset = Fixture.fit(Fixture.smets2(netting: .cycle))
    reset.hold(1000, for: .hours(3))
    try reset.begin(FaultSetting(id: "MF-06", choices: ["effect": "reset"]))
    reset.hold(1000, for: .hours(1))
    #expect(reset.sample(.import) == WattHours(1000) && reset.firmware == 2)
    reset.end("MF-06")
    #expect(reset.sample(.import) == WattHours(1000) && reset.firmware == 1)
    for (effect, told) in [
      ("tenfold", 30_000), ("thousandfold", 3_000_000), ("tenth", 300), ("thousandth", 3),
    ] {
      let meter = Fixture.fit(Fixture.smets2(netting: .cycle))
      meter.hold(1000, for: .hours(3))
      try meter.begin(FaultSetting(id: "MF-06", choices: ["effect": effect]))
      #expect(meter.sample(.import) == WattHours(Int64(told)), "\(effect)")
      meter.end("MF-06")
      #expect(meter.sample(.import) == WattHours(3000))
    }
  }
}
