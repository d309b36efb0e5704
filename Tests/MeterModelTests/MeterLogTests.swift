// What a smart meter remembers: half-hours by the end of each, daily snapshots, and how much of them.

import MeterModel
import Testing
import Timeline
import Units

@Suite struct MeterLogTests {
  @Test("a window of 24 hours, read inclusively, gives 49 half-hours stamped at their ends")
  func fortyNine() {
    let meter = Fixture.fit(Fixture.smets2(), at: Fixture.start - .hours(1))
    meter.hold(500, for: .hours(27))
    let rows = meter.readLog(.import, from: Fixture.start, through: Fixture.start + .days(1))
    #expect(rows.count == 49)
    #expect(rows.first?.stamp == Fixture.start)
    #expect(rows.last?.stamp == Fixture.start + .days(1))
    #expect(rows.allSatisfy { $0.energy == WattHours(250) && $0.quality == .actual })
    #expect(zip(rows, rows.dropFirst()).allSatisfy { $1.stamp - $0.stamp == .minutes(30) })
  }

  @Test("half-hours carry their remainders: they sum to the register's own advance")
  func remainders() {
    // 1.5 W is 0.75 Wh a half-hour; from 999 Wh the register passes whole Wh at 0.75, 1.5, 2.25, 3: 0, 1, 1,
    // 1, and again.
    let meter = Fixture.fit(Fixture.smets2(), reads: [.export: WattHours(999)])
    meter.advance(through: [FlowSegment(endMilliseconds: (meter.now + .days(1)).milliseconds, l1: -1500)])
    let rows = meter.readLog(.export, from: meter.now - .days(1), through: meter.now)
    #expect(rows.map(\.energy.value) == (0..<48).map { [0, 1, 1, 1][$0 % 4] })
    #expect(meter.countedWhole(.export) == WattHours(999 + 36))
    #expect(rows.reduce(0) { $0 + $1.energy.value } == 36)
  }

  @Test("93 days of export and 397 of import are kept; the newest entry overwrites the oldest")
  func ring() {
    let meter = Fixture.fit(Fixture.smets2())
    // Day n exports n Wh in its first half-hour and nothing else.
    for day in 1...400 {
      meter.hold(-2 * Int64(day), for: .minutes(30))
      meter.hold(0, for: .days(1) - .minutes(30))
    }
    let end = Fixture.start + .days(400)
    let export = meter.readLog(.export, from: .epoch, through: .distantFuture)
    #expect(export.count == 4464)
    #expect(export.first?.stamp == end - .days(93) + .minutes(30))
    #expect(export.first?.energy == WattHours(308))  // Day 400 − 93 + 1.
    #expect(export.last?.stamp == end)
    let imported = meter.readLog(.import, from: .epoch, through: .distantFuture)
    #expect(imported.count == 19_056)
    #expect(imported.first?.stamp == end - .days(397) + .minutes(30))
    // 31 midnights, the last one just now: 1 + … + 400 = 80 200; 30 days before, 1 + … + 370 = 68 635.
    let snapshots = meter.readDailySnapshots(.export, from: .epoch, through: .distantFuture)
    #expect(snapshots.count == 31)
    #expect(snapshots.last?.stamp == end && snapshots.last?.value == WattHours(80_200))
    #expect(snapshots.first?.stamp == end - .days(30) && snapshots.first?.value == WattHours(68_635))
  }

  @Test("a young log is as long as its life, and its first half-hour is what was left of it")
  func young() {
    let meter = Fixture.fit(Fixture.smets2(), at: Fixture.start + .minutes(20))
    meter.hold(600, for: .minutes(45))  // Until 01:05.
    let rows = meter.readLog(.import, from: Fixture.start, through: meter.now)
    #expect(rows.map(\.stamp) == [Fixture.start + .minutes(30), Fixture.start + .minutes(60)])
    #expect(rows.map(\.energy) == [WattHours(100), WattHours(300)])
    #expect(meter.readDailySnapshots(.import, from: .epoch, through: .distantFuture).isEmpty)
  }

  @Test("snapshots are the register as shown at UTC midnight, inclusive at both ends")
  func snapshots() {
    let meter = Fixture.fit(Fixture.smets2(), reads: [.export: WattHours((1 << 32) - 1000)])
    meter.hold(-100, for: .days(3))
    // 2400 Wh a day: 2^32 − 1000 + 2400 comes round to 1400, then 3800, 6200.
    let rows = meter.readDailySnapshots(
      .export, from: Fixture.start + .days(1), through: Fixture.start + .days(2))
    #expect(rows.map(\.stamp) == [Fixture.start + .days(1), Fixture.start + .days(2)])
    #expect(rows.map(\.value) == [WattHours(1400), WattHours(3800)])
  }

  @Test("each closing half-hour is told, and its entry keeps the cause it is given")
  func told() {
    let meter = Fixture.fit(Fixture.smets2())
    var told: [String] = []
    meter.whenLogged = { role, stamp, energy in
      told.append("\(role.rawValue) \((stamp - Fixture.start).microseconds / 60_000_000) \(energy.value)")
      return Cause(number: UInt32(told.count))
    }
    meter.hold(-1000, for: .minutes(65))
    #expect(told == ["import 30 0", "export 30 500", "import 60 0", "export 60 500"])
    let rows = meter.readLog(.export, from: .epoch, through: .distantFuture)
    #expect(rows.map(\.cause.number) == [2, 4])
  }

  @Test("a meter without logs has nothing to read")
  func none() {
    let meter = Fixture.fit(Fixture.disc(.backwards))
    meter.hold(1000, for: .days(2))
    #expect(meter.readLog(.import, from: .epoch, through: .distantFuture).isEmpty)
    #expect(meter.readDailySnapshots(.import, from: .epoch, through: .distantFuture).isEmpty)
    #expect(meter.readLog(.export, from: .epoch, through: .distantFuture).isEmpty)
  }
}
