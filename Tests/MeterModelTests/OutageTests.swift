// A supply that fails: what the registers, the log and the clock of each make do then.

import MeterModel
import Testing
import Timeline
import Units

@Suite struct OutageTests {
  private static func meter(_ outage: OutageFace) -> Meter {
    var profile = Fixture.smets2(netting: .cycle)
    profile.outage = outage
    return Fixture.fit(profile)
  }

  private static func rows(_ meter: Meter) -> [LogRead.Entry] {
    meter.readLog(.import, from: .epoch, through: .distantFuture)
  }

  /// 2 kW for 45 minutes, two hours without supply, 2 kW for 15 minutes: of the half-hour in which it fails
  /// 15 minutes were metered (500 Wh), of the one in which it returns 15 as well.
  private static func twoHours(_ outage: OutageFace) -> Meter {
    let meter = meter(outage)
    meter.hold(2000, for: .minutes(45))
    meter.losePower()
    meter.hold(2000, for: .hours(2))
    meter.regainPower()
    meter.hold(2000, for: .minutes(15))
    return meter
  }

  @Test("nothing is metered without supply, and nothing is lost of what was")
  func registers() {
    // 45 + 15 minutes of 2 kW.
    #expect(Self.twoHours(OutageFace()).countedWhole(.import) == WattHours(2000))
  }

  @Test(
    "half-hours wholly without supply are 0, missing or marked, by make",
    arguments: [
      (OutageFace.Gaps.zero, [1000, 500, 0, 0, 0, 500], 0), (.omitted, [1000, 500, 500], 0),
      (.marked, [1000, 500, 0, 0, 0, 500], 3),
    ])
  func gaps(_ gaps: OutageFace.Gaps, energies: [Int64], missing: Int) {
    let rows = Self.rows(Self.twoHours(OutageFace(gaps: gaps)))
    #expect(rows.map(\.energy.value) == energies)
    #expect(rows.count { $0.quality == .missing } == missing)
    #expect(rows.last?.stamp == Fixture.start + .hours(3))
  }

  @Test("more than three days without supply empty the log of a make that does so; three days do not")
  func cleared() {
    for (span, kept) in [(TimeSpan.days(3), 48 + 144), (.days(3) + .minutes(30), 0)] {
      let meter = Self.meter(OutageFace(gaps: .zero, clearsLogsAfter: .days(3)))
      meter.hold(2000, for: .days(1))
      meter.losePower()
      meter.hold(0, for: span)
      meter.regainPower()
      #expect(Self.rows(meter).count == kept)
      #expect(meter.countedWhole(.import) == WattHours(48_000), "registers stay")
    }
  }

  @Test(
    "a clock outlives its reserve by nothing: it begins anew, and says that it is invalid until it is set")
  func clock() {
    for (span, isLost) in [(TimeSpan.hours(48), false), (.hours(48) + .milliseconds(1), true)] {
      let meter = Self.meter(OutageFace(gaps: .zero, clockReserve: .hours(48)))
      meter.hold(2000, for: .days(1))
      meter.losePower()
      meter.hold(0, for: span)
      meter.regainPower()
      #expect(meter.clock(at: meter.now) == (isLost ? OutageFace.gbcsEpoch : meter.now))
      #expect(meter.clockStatus == (isLost ? .invalid : .reliable))
      meter.setClock(to: meter.now)
      #expect(meter.clockStatus == .reliable)
    }
  }

  @Test("a meter without supply shows nothing, takes no setting and notes no second failure")
  func dark() {
    let meter = Self.meter(OutageFace())
    meter.losePower()
    meter.losePower()
    #expect(!meter.isPowered && meter.display(.import) == nil && meter.displayed(.import) == nil)
    #expect(!meter.setClock(to: meter.now + .hours(1)))
    meter.hold(1000, for: .minutes(2))
    meter.regainPower()
    meter.regainPower()
    #expect(meter.events.map(\.code) == [.supplyInterrupted, .supplyRestored])
    meter.losePower()
    meter.hold(1000, for: .minutes(3))
    meter.regainPower()
    #expect(meter.events.last?.code == .supplyRestoredLate)
  }

  @Test("a disabled supply meters nothing; armed it waits for the button")
  func switched() {
    let meter = Self.meter(OutageFace())
    meter.setSupply(.disconnected)
    meter.hold(2000, for: .hours(1))
    meter.pressSupplyButton()
    #expect(meter.supply == .disconnected)
    meter.setSupply(.armed)
    meter.hold(-2000, for: .hours(1))
    #expect(meter.countedWhole(.import) == .zero && meter.countedWhole(.export) == .zero)
    meter.pressSupplyButton()
    meter.hold(-2000, for: .hours(1))
    #expect(meter.countedWhole(.export) == WattHours(2000))
  }
}
