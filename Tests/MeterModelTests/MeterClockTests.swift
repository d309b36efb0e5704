// The meter's own clock: it moves energy between half-hours, never the total.

import MeterModel
import Testing
import Timeline
import Units

@Suite struct MeterClockTests {
  private static func drifting(_ partsPerBillion: Int64) -> Meter {
    var profile = Fixture.smets2(netting: .cycle)
    profile.clock = ClockFace(driftPartsPerBillion: partsPerBillion)
    return Fixture.fit(profile)
  }

  @Test("a quartz of 5.787037 ppm gains half a second a day")
  func quartz() {
    let meter = Self.drifting(5787)
    meter.hold(0, for: .days(30))
    // 30 × 86 400 s × 5787e-9 = 14.999 904 s.
    #expect(meter.clock(at: meter.now) - meter.now == TimeSpan(microseconds: 14_999_904))
  }

  @Test("a fast clock ends half-hours early, so energy falls into the one after")
  func fast() {
    // 100 ppm fast, 2 kW for ten days, then nothing. The clock says ten days after 864 000 s / 1.0001 = 863
    // 913.608 64 s, so at the next whole ms, 863 913.609 s: 479 952.005 Wh have flowed. Of the 480 000 Wh, 48
    // Wh fall into the half-hour after midnight: offset 86.4 s × 2 kW. A day before: 777 522.248 s, 431 956.8
    // Wh.
    let meter = Self.drifting(100_000)
    meter.hold(2000, for: .days(10))
    meter.hold(0, for: .days(1))
    let midnight = Fixture.start + .days(10)
    let rows = meter.readLog(.import, from: midnight, through: midnight + .hours(1))
    #expect(rows.map(\.stamp) == [midnight, midnight + .minutes(30), midnight + .minutes(60)])
    // A half-hour of this clock is 1799.82 s: 999.9 Wh.
    #expect(rows.map(\.energy.value) == [1000, 48, 0])
    #expect(meter.countedWhole(.import) == WattHours(480_000))
    let all = meter.readLog(.import, from: .epoch, through: midnight + .minutes(30))
    #expect(all.count == 481)
    #expect(all.reduce(0) { $0 + $1.energy.value } == 480_000)
    let snapshot = meter.readDailySnapshots(.import, from: midnight - .days(1), through: midnight)
    #expect(snapshot.map(\.value) == [WattHours(431_956), WattHours(479_952)])
  }

  @Test("a slow clock ends half-hours late")
  func slow() {
    // −100 ppm: the first half-hour ends after 1800 s / 0.9999 = 1800.180 018 s, at 1800.181 s: 1000.1 Wh of
    // 2 kW.
    let meter = Self.drifting(-100_000)
    meter.hold(2000, for: .minutes(30))
    #expect(meter.readLog(.import, from: .epoch, through: .distantFuture).isEmpty)
    meter.hold(2000, for: .milliseconds(180))
    #expect(meter.readLog(.import, from: .epoch, through: .distantFuture).isEmpty)
    meter.hold(2000, for: .milliseconds(1))
    #expect(meter.readLog(.import, from: .epoch, through: .distantFuture).map(\.energy.value) == [1000])
  }

  @Test("a clock set forward leaves stamps out, and the half-hour it cuts off is short")
  func forward() {
    let meter = Fixture.fit(Fixture.smets2())
    meter.hold(600, for: .minutes(40))
    meter.setClock(to: Fixture.start + .minutes(100))  // From 00:40 to 01:40.
    meter.hold(600, for: .minutes(50))  // Until 02:30 by its clock.
    let rows = meter.readLog(.import, from: .epoch, through: .distantFuture)
    // 00:30 whole; 01:00 has 10 min; 01:30 is left out; 02:00 has 20 min; 02:30 whole.
    #expect(rows.map { ($0.stamp - Fixture.start).microseconds / 60_000_000 } == [30, 60, 120, 150])
    #expect(rows.map(\.energy.value) == [300, 100, 200, 300])
    #expect(meter.clock(at: meter.now) == Fixture.start + .minutes(150))
  }

  @Test("a clock set back gives stamps twice")
  func back() {
    let meter = Fixture.fit(Fixture.smets2())
    meter.hold(600, for: .minutes(40))
    meter.setClock(to: Fixture.start + .minutes(20))
    meter.hold(600, for: .minutes(40))
    let rows = meter.readLog(.import, from: .epoch, through: .distantFuture)
    // 00:30 whole; 01:00 with 10 min; then 00:30 again with 10 min, 01:00 again, whole.
    #expect(rows.map { ($0.stamp - Fixture.start).microseconds / 60_000_000 } == [30, 60, 30, 60])
    #expect(rows.map(\.energy.value) == [300, 100, 100, 300])
  }

  @Test("a clock set within its half-hour makes it longer or shorter, and nothing else")
  func within() {
    let meter = Fixture.fit(Fixture.smets2())
    meter.hold(600, for: .minutes(10))
    meter.setClock(to: Fixture.start + .minutes(5))
    meter.hold(600, for: .minutes(25))
    let rows = meter.readLog(.import, from: .epoch, through: .distantFuture)
    #expect(rows.map(\.energy.value) == [350])
    #expect(rows.map(\.stamp) == [Fixture.start + .minutes(30)])
  }

  @Test("a meter that keeps no time cannot be set, and says the true time")
  func none() {
    let meter = Fixture.fit(Fixture.disc(.backwards))
    #expect(!meter.setClock(to: .epoch))
    #expect(meter.clock(at: Fixture.start) == Fixture.start)
  }
}
