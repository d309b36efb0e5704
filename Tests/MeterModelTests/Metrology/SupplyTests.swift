// The supply of a smart meter, its switch and its clock: who may do what, and what an outage leaves.

import MeterModel
import Testing
import Timeline
import Units

@Suite struct SupplyTests {
  private static func smets2(_ gaps: LogCapacity.Gaps = .zeroFill, clearedAfter: TimeSpan? = nil) -> Meter {
    var profile = Fixture.smets2()
    (profile.logs.gaps, profile.logs.clearedAfter) = (gaps, clearedAfter)
    profile.clock = ClockFace(backup: .hours(48))
    return Fixture.fit(profile)
  }

  private static func stamps(_ meter: Meter) -> [Int64] {
    meter.readLog(.export, from: .epoch, through: meter.now + .days(400)).map {
      ($0.stamp - Fixture.start).microseconds / 1_800_000_000
    }
  }

  @Test("an armed switch stays open until somebody presses the button")
  func armed() {
    let meter = Self.smets2()
    meter.setSupply(.armed)
    meter.hold(-1000, for: .hours(1))
    #expect(meter.both == [0, 0])
    #expect(meter.pressButton())
    #expect(!meter.pressButton())
    meter.hold(-1000, for: .hours(1))
    #expect(meter.both == [0, 1000])
    meter.setSupply(.disconnected)
    #expect(!meter.pressButton())
    meter.hold(-1000, for: .hours(1))
    #expect(meter.both == [0, 1000])
  }

  @Test("half-hours wholly without supply are entries of 0 or none, as the maker has it")
  func gaps() {
    for (gaps, expected) in [
      (LogCapacity.Gaps.zeroFill, Array(Int64(1)...6)), (.omit, [1, 2, 5, 6]),
    ] {
      let meter = Self.smets2(gaps)
      // Gone from 00:45 to 02:15: the half-hours that end at 01:30 and 02:00 had none at all.
      meter.hold(-1000, for: .minutes(45))
      meter.loseSupply()
      #expect(!meter.isPowered)
      meter.hold(-1000, for: .minutes(90))
      meter.restoreSupply()
      meter.hold(-1000, for: .minutes(45))
      #expect(meter.both == [0, 1500])
      #expect(Self.stamps(meter) == expected)
      let energies = meter.readLog(.export, from: .epoch, through: meter.now).map(\.energy.value)
      #expect(energies.filter { $0 > 0 } == [500, 250, 250, 500])
      #expect(meter.events.map(\.code) == [.powerDown, .powerUp])
    }
  }

  @Test("an outage of more than three days clears the log of a maker who does so; the registers stay")
  func cleared() {
    for (days, kept) in [(Int64(3), true), (4, false)] {
      let meter = Self.smets2(clearedAfter: .days(3))
      meter.hold(-1000, for: .hours(2))
      meter.loseSupply()
      meter.hold(-1000, for: .days(days))
      meter.restoreSupply()
      #expect(Self.stamps(meter).contains(1) == kept)
      #expect(meter.both == [0, 2000])
    }
  }

  @Test("a clock whose backup ended begins at 2000 and is invalid until the import supplier sets it")
  func clockLost() {
    let meter = Self.smets2()
    meter.loseSupply()
    meter.hold(0, for: .hours(47))
    meter.restoreSupply()
    #expect(meter.clock(at: meter.now) == meter.now)
    meter.loseSupply()
    meter.hold(0, for: .hours(49))
    meter.restoreSupply()
    #expect(meter.clock(at: meter.now) == Instant(seconds: 946_684_800))
    #expect(meter.clockStatus == .invalid)
    #expect(meter.adjustClock(to: meter.now, tolerance: .seconds(60), by: .exportSupplier) == .refused)
    #expect(meter.clockStatus == .invalid)
    let asked = meter.now + .seconds(61)
    #expect(meter.adjustClock(to: asked, tolerance: .seconds(60), by: .importSupplier) == .outsideTolerance)
    #expect(meter.adjustClock(to: meter.now, tolerance: .seconds(60), by: .importSupplier) == .adjusted)
    #expect(meter.clockStatus == .reliable)
    #expect(meter.clock(at: meter.now) == meter.now)
  }

  @Test("a clock that drifted beyond ten seconds is unreliable")
  func unreliable() throws {
    let meter = Self.smets2()
    try meter.begin(FaultSetting(id: "CK-01", whole: ["ppm": 250]))
    // 250 ppm are 10 s in 40 000 s.
    meter.hold(0, for: .seconds(40_000))
    #expect(meter.clockStatus == .reliable)
    meter.hold(0, for: .seconds(4))
    #expect(meter.clockStatus == .unreliable)
  }
}
