// Resolution, rollover and digits: they belong to the moment of reading. The count inside goes on without
// them.

import BackspinTesting
import MeterModel
import Testing
import Timeline
import Units

@Suite struct MeterReadingTests {
  @Test("a display cuts, wraps and fills with zeros; below zero it shows what an odometer shows")
  func displays() {
    TextTable.each(
      """
      digits  decimals  count       text         number
      5       0           15320400  15320      15320000
      5       1           15320499  15320.4    15320400
      5       3             446600  00446.600    446600
      5       0           99999999  99999      99999000
      5       0          100000000  00000             0
      5       0          123456789  23456      23456000
      6       0          100000000  100000    100000000
      5       0             -12700  99987      99987000
      5       2                 -1  99999.99   99999990
      4       0             -12700  9987        9987000
      5       0                  0  00000             0
      """
    ) { row in
      let face = try DisplayFace(digits: Int(row.whole("digits")), decimals: Int(row.whole("decimals")))
      var profile = Fixture.disc(.backwards)
      profile.display = face
      let meter = Fixture.fit(profile, reads: [.import: WattHours(try row.whole("count"))])
      #expect(try meter.display(.import) == row.text("text"), sourceLocation: row.sourceLocation)
      #expect(try meter.displayed(.import)?.value == row.whole("number"), sourceLocation: row.sourceLocation)
    }
  }

  @Test("a protocol shows its own step and comes round at its own end")
  func protocols() {
    var profile = Fixture.smets2()
    profile.registers = [
      RegisterFace(role: .import, resolution: WattHours(100), rollover: .digits(6)), Fixture.exportWattHours,
    ]
    let meter = Fixture.fit(
      profile, reads: [.import: WattHours(1_000_000_199), .export: WattHours((1 << 32) + 7)])
    #expect(meter.shown(.import) == WattHours(100))
    #expect(meter.shown(.export) == WattHours(7))
    #expect(meter.countedWhole(.import) == WattHours(1_000_000_199))
    #expect(meter.display(.import) == "00000")
    #expect(meter.shown(.total) == nil && meter.counted(.total) == nil && meter.display(.total) == nil)
  }

  @Test("an old disc that exports falls by day, and below zero reads 99 9xx")
  func disc() {
    let meter = Fixture.fit(Fixture.disc(.backwards), reads: [.import: WattHours(15_320_400)])
    meter.hold(-1500, for: .hours(4))
    // 15 320.4 − 6 = 15 314.4 kWh.
    #expect(meter.display(.import) == "15314")
    #expect(meter.shown(.import) == WattHours(15_314_000))
    #expect(meter.countedWhole(.import) == WattHours(15_314_400))
    let young = Fixture.fit(Fixture.disc(.backwards), reads: [.import: WattHours(5000)])
    young.hold(-2000, for: .hours(5))
    // 5 − 10 = −5 kWh.
    #expect(young.display(.import) == "99995")
    #expect(young.countedWhole(.import) == WattHours(-5000))
  }

  @Test("a backstop holds the disc")
  func backstop() {
    let meter = Fixture.fit(Fixture.disc(.backstop), reads: [.import: WattHours(15_320_400)])
    meter.hold(-1500, for: .hours(4))
    #expect(meter.display(.import) == "15320")
    meter.hold(1000, for: .hours(1))
    #expect(meter.display(.import) == "15321")
  }

  @Test("a meter without a display shows nothing")
  func blind() {
    var profile = Fixture.smets2()
    profile.display = nil
    #expect(Fixture.fit(profile).display(.import) == nil)
    #expect(Fixture.fit(profile).displayed(.import) == nil)
  }

  @Test("a count that is set is counted on from, and half-hours do not see it")
  func set() {
    let meter = Fixture.fit(Fixture.smets2())
    meter.hold(1000, for: .minutes(15))
    #expect(meter.set(.import, to: WattHours(7_000_000)))
    #expect(!meter.set(.total, to: WattHours(1)))
    meter.hold(1000, for: .minutes(15))
    #expect(meter.shown(.import) == WattHours(7_000_250))
    #expect(meter.readLog(.import, from: .epoch, through: .distantFuture).map(\.energy.value) == [500])
  }

  @Test("fine counts at the start are kept to the mW·ms")
  func fine() {
    let start = FineEnergy(milliwattMilliseconds: 5 * FineEnergy.perWattHour + 123)
    let meter = Meter(
      profile: Fixture.smets2(), serial: "M1", at: Fixture.start, registers: [.import: start],
      stream: RandomStream(seed: 1))
    #expect(meter.counted(.import) == start)
    meter.hold(1, for: .seconds(1))
    #expect(meter.counted(.import) == start + FineEnergy(milliwattMilliseconds: 1_000_000))
    let below = Meter(
      profile: Fixture.disc(.backwards), serial: "M1", at: Fixture.start,
      registers: [.import: FineEnergy(milliwattMilliseconds: -1)], stream: RandomStream(seed: 1))
    #expect(below.countedWhole(.import) == WattHours(-1))
    #expect(below.display(.import) == "99999")
  }
}
