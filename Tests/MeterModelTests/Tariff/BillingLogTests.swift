// Billing data logs, daily reads, daily consumption and maximum demand: what writes a row, and how many stay.

import MeterModel
import Testing
import Timeline
import Units

@Suite struct BillingLogTests {
  private func rows(_ meter: Meter, _ trigger: TariffStand.Trigger) -> [TariffStand] {
    meter.readBilling(trigger, from: .epoch, through: .distantFuture)
  }

  @Test("the calendar writes a row each month and sets the block counters to zero; registers stay")
  func monthly() throws {
    let meter = Fixture.fit(Fixture.smets2())
    meter.take(TariffTests.blocks)
    #expect(meter.setBillingCalendar(BillingCalendar(.months(1, day: 1, from: 1))) == nil)
    // May has 31 days: 744 h at 100 W are 74.4 kWh, 10 + 10 + 54.4; June 72 kWh.
    meter.hold(100, for: .days(61))
    let found = rows(meter, .calendar)
    #expect(found.map(\.stamp) == [Fixture.start + .days(31), Fixture.start + .days(61)])
    #expect([1, 2, 3].map { found[0].block($0, time: 1).value } == [10_000, 10_000, 54_400])
    #expect([1, 2, 3].map { found[1].block($0, time: 1).value } == [20_000, 20_000, 106_400])
    #expect(found[1].total == WattHours(146_400))
    #expect(meter.blockCounters?.isEmpty == true)
  }

  @Test("twelve rows are kept; the thirteenth overwrites the first")
  func twelve() {
    let meter = Fixture.fit(Fixture.smets2())
    meter.setBillingCalendar(BillingCalendar(.daily, minute: 720))
    // Rows at noon of days 1 to 13, 12 Wh after half a day, then 24 Wh a day.
    meter.hold(1, for: .days(13))
    let found = rows(meter, .calendar)
    #expect(found.count == 12)
    #expect(found.first?.stamp == Fixture.start + .hours(36) && found.first?.total == WattHours(36))
    #expect(found.last?.stamp == Fixture.start + .hours(12) + .days(12))
    // So many changes of tariff leave their own twelve.
    for _ in 0..<14 { meter.take(.single) }
    #expect(rows(meter, .tariff).count == 12 && rows(meter, .calendar).count == 12)
  }

  @Test("a row that is asked for lies between two stamps, both included")
  func windows() {
    let meter = Fixture.fit(Fixture.smets2())
    meter.setBillingCalendar(BillingCalendar(.daily))
    meter.hold(1, for: .days(5))
    let found = meter.readBilling(
      .calendar, from: Fixture.start + .days(2), through: Fixture.start + .days(4))
    #expect(found.count == 3)
  }

  @Test("the daily read log keeps 31 midnights with all registers, and agrees with the snapshots")
  func daily() {
    let meter = Fixture.fit(Fixture.smets2())
    meter.take(TariffTests.night)
    meter.hold(1000, for: .days(40))
    let found = rows(meter, .midnight)
    #expect(found.count == 31)
    #expect(found.first?.stamp == Fixture.start + .days(10))
    // 17 kWh of day and 7 kWh of night each day.
    #expect(found.last?.register(1) == WattHours(680_000) && found.last?.register(2) == WattHours(280_000))
    let snapshots = meter.readDailySnapshots(.import, from: .epoch, through: .distantFuture)
    #expect(found.map(\.total) == snapshots.map(\.value))
  }

  @Test("daily consumption is kept for 731 days, from the first whole day on")
  func consumption() {
    let meter = Fixture.fit(Fixture.smets2(), at: Fixture.start + .hours(12))
    for day in Int64(1)...740 { meter.hold(day, for: .days(1)) }
    let found = meter.readDailyConsumption(from: .epoch, through: .distantFuture)
    #expect(found.count == 731)
    // The last midnight, half a day ago, ends 12 h at 739 W and 12 h at 740 W: 8868 + 8880.
    #expect(found.last?.energy == WattHours(17_748))
    // 739 days were whole, the first eight are overwritten: day 9 has 12 h at 9 W and 12 h at 10 W.
    #expect(found.first?.energy == WattHours(228))
  }

  @Test("a register that is set by hand leaves its day out of the consumption, and begins in register 1")
  func set() throws {
    let meter = Fixture.fit(Fixture.smets2())
    meter.take(TariffTests.night)
    meter.hold(1000, for: .hours(60))
    meter.set(.import, to: WattHours(5_000))
    meter.hold(1000, for: .hours(36))
    let found = meter.readDailyConsumption(from: .epoch, through: .distantFuture)
    #expect(found.map(\.stamp) == [Fixture.start + .days(2), Fixture.start + .days(4)])
    let seen = try #require(meter.tariffStand)
    #expect(seen.register(1) + seen.register(2) == seen.total)
  }

  @Test("the second element has its own four registers, table and total in each row")
  func twin() throws {
    var profile = Fixture.smets2()
    profile.registers.insert(RegisterFace(role: .secondaryImport, rollover: .u32), at: 1)
    let meter = Fixture.fit(profile)
    #expect(meter.takeSecond(TariffTests.night.table).isEmpty)
    let five = SwitchingTable(days: [[SwitchingTable.Switch(minute: 0, action: .register(5))]])
    #expect(meter.takeSecond(five) == ["there is no register tou 5: 1…4"])
    meter.hold(-1000, 2000, for: .days(1))
    let row = try #require(rows(meter, .midnight).last)
    // 17 h and 7 h of 2 kW.
    #expect(row.secondRegister(1) == WattHours(34_000) && row.secondRegister(2) == WattHours(14_000))
    #expect(row.secondTotal == WattHours(48_000) && row.total == .zero && row.parts.isEmpty)
    #expect(meter.activeSecondTariff == .register(1))
  }

  @Test("half-hours without supply bring nothing, and the calendar falls due all the same")
  func outage() {
    let meter = Fixture.fit(Fixture.smets2())
    meter.setBillingCalendar(BillingCalendar(.daily))
    meter.hold(1000, for: .hours(12))
    meter.loseSupply()
    meter.hold(1000, for: .hours(24))
    meter.restoreSupply()
    meter.hold(1000, for: .hours(12))
    let found = rows(meter, .calendar)
    #expect(found.map(\.total.value) == [12_000, 24_000])
  }

  @Test("maximum demand is twice the Wh of the highest half-hour, with its end")
  func demand() {
    let meter = Fixture.fit(Fixture.smets2())
    #expect(meter.setDemandWindow(960..<1140))  // 16:00 to 19:00.
    meter.hold(2000, for: .hours(16))
    meter.hold(5000, for: .minutes(15))
    meter.hold(1000, for: .minutes(15))  // 1250 + 250 Wh: 3 kW to 16:30.
    meter.hold(500, for: .minutes(150))
    meter.hold(4000, for: .minutes(30))  // To 19:30, outside the time.
    meter.hold(-3600, for: .hours(1))
    let at = Fixture.start + .minutes(19 * 60 + 30)
    #expect(meter.maximumDemand(.import) == MaximumDemand(power: Power(milliwatts: 4_000_000), stamp: at))
    #expect(
      meter.maximumDemand(.importWithin)
        == MaximumDemand(power: Power(milliwatts: 3_000_000), stamp: Fixture.start + .minutes(990)))
    #expect(
      meter.maximumDemand(.export)
        == MaximumDemand(power: Power(milliwatts: 3_600_000), stamp: at + .minutes(30)))
    #expect(meter.resetMaximumDemand() && meter.maximumDemand(.import) == nil)
    #expect(meter.demandResetAt == meter.now)
    #expect(!meter.setDemandWindow(960..<1500))
  }
}
