// Time-of-use registers, blocks and the billing logs of a smart meter, with the working of each number. The
// meter begins on Friday 1 May 2026 at 00:00Z.

import MeterModel
import Testing
import Timeline
import Units

@Suite struct TariffTests {
  private typealias Switch = SwitchingTable.Switch

  /// 00:30 to 07:30 in register 2, else register 1: seven hours of night.
  static let night = MeterTariff(
    table: SwitchingTable(days: [
      [
        Switch(minute: 0, action: .register(1)), Switch(minute: 30, action: .register(2)),
        Switch(minute: 450, action: .register(1)),
      ]
    ]))

  /// All in blocks of time of use 1, which end at 10 and 20 kWh.
  static let blocks = MeterTariff(
    table: SwitchingTable(days: [[Switch(minute: 0, action: .blocks(1))]]),
    thresholds: [1: [WattHours(10_000), WattHours(20_000)]])

  private func stand(_ meter: Meter) throws -> TariffStand { try #require(meter.tariffStand) }

  @Test("day and night are counted apart, and always sum to the import register")
  func night() throws {
    let meter = Fixture.fit(Fixture.smets2(), reads: [.import: WattHours(7_000)])
    #expect(meter.take(Self.night).isEmpty)
    // 600 W: 0.6 kWh an hour; 17 h of day, 7 h of night.
    meter.hold(600, for: .days(1))
    var seen = try stand(meter)
    #expect(seen.register(1) == WattHours(7_000 + 10_200))
    #expect(seen.register(2) == WattHours(4_200))
    #expect(seen.total == WattHours(21_400))
    // In the middle of a half-hour of the night: 00:45, a quarter of an hour of it counted.
    meter.hold(600, for: .minutes(45))
    seen = try stand(meter)
    #expect(seen.register(1) == WattHours(17_200 + 300))
    #expect(seen.register(2) == WattHours(4_200 + 150))
    #expect(seen.register(1) + seen.register(2) == seen.total)
    #expect(meter.activeTariff?.action == .register(2))
  }

  @Test("each of 48 registers takes its own half-hour; 48 of them sum to the day")
  func fortyEight() throws {
    let meter = Fixture.fit(Fixture.smets2())
    let day = (0..<48).map { Switch(minute: $0 * 30, action: .register($0 + 1)) }
    #expect(meter.take(MeterTariff(table: SwitchingTable(days: [day]))).isEmpty)
    // In half-hour n (from 1) 2 n Wh.
    for number in Int64(1)...48 { meter.hold(4 * number, for: .minutes(30)) }
    let seen = try stand(meter)
    #expect((1...48).allSatisfy { seen.register($0) == WattHours(Int64($0) * 2) })
    // 2 · 48 · 49 / 2 = 2352.
    #expect(seen.total == WattHours(2352))
  }

  @Test("export goes to no register by time of use")
  func export() throws {
    let meter = Fixture.fit(Fixture.smets2())
    meter.take(Self.night)
    meter.hold(-2000, for: .days(1))
    let seen = try stand(meter)
    #expect(seen.parts.isEmpty && seen.total == .zero)
    #expect(meter.countedWhole(.export) == WattHours(48_000))
  }

  @Test("a block that is full hands on to the next at the Wh; registers go on when counters begin anew")
  func blocks() throws {
    let meter = Fixture.fit(Fixture.smets2())
    #expect(meter.take(Self.blocks).isEmpty)
    // 3 kW: 9 kWh in 3 h, 10.5 kWh after 3.5 h, 24 kWh after 8 h.
    meter.hold(3000, for: .hours(3))
    #expect(meter.activeTariff?.block == 1)
    meter.hold(3000, for: .minutes(30))
    #expect(meter.activeTariff?.block == 2)
    #expect(try stand(meter).block(1, time: 1) == WattHours(10_000))
    #expect(try stand(meter).block(2, time: 1) == WattHours(500))
    meter.hold(3000, for: .minutes(270))
    #expect(meter.blockCounters?.map(\.value.value) == [10_000, 10_000, 4_000])
    #expect(meter.resetBlockCounters())
    #expect(meter.blockCounters?.isEmpty == true)
    // Block 1 again: 6 kWh in 2 h.
    meter.hold(3000, for: .hours(2))
    let seen = try stand(meter)
    #expect([1, 2, 3, 4].map { seen.block($0, time: 1).value } == [16_000, 10_000, 4_000, 0])
    #expect(meter.blockCounters?.map(\.value.value) == [6_000])
    #expect(seen.parts.reduce(0) { $0 + $1.value.value } == seen.total.value)
  }

  @Test(
    "one half-hour can fill several blocks; all above the last threshold is in the last block that is open")
  func several() throws {
    let meter = Fixture.fit(Fixture.smets2())
    var tariff = Self.blocks
    tariff.thresholds = [1: [WattHours(100), WattHours(300), WattHours(600)]]
    meter.take(tariff)
    meter.hold(2000, for: .minutes(30))
    let seen = try stand(meter)
    #expect([1, 2, 3, 4].map { seen.block($0, time: 1).value } == [100, 200, 300, 400])
  }

  @Test("without thresholds all is in the first block")
  func oneBlock() throws {
    let meter = Fixture.fit(Fixture.smets2())
    meter.take(MeterTariff(table: Self.blocks.table))
    meter.hold(2000, for: .hours(10))
    #expect(try stand(meter).block(1, time: 1) == WattHours(20_000))
  }

  @Test("counters begin anew each midnight where they were told to")
  func daily() throws {
    let meter = Fixture.fit(Fixture.smets2())
    meter.take(Self.blocks)
    meter.resetBlockCounters(daily: true)
    // 12 kWh a day: 10 in the first block, 2 in the second, each day.
    meter.hold(500, for: .days(3))
    let seen = try stand(meter)
    #expect(seen.block(1, time: 1) == WattHours(30_000) && seen.block(2, time: 1) == WattHours(6_000))
  }

  @Test("a tariff told for later holds from its instant on, and a row is written as it changes")
  func later() throws {
    let meter = Fixture.fit(Fixture.smets2())
    #expect(meter.take(Self.night, from: Fixture.start + .days(1)).isEmpty)
    meter.hold(1000, for: .days(2))
    let seen = try stand(meter)
    // A day in register 1, then 17 h more; 7 h in register 2.
    #expect(seen.register(1) == WattHours(41_000) && seen.register(2) == WattHours(7_000))
    let rows = meter.readBilling(.tariff, from: .epoch, through: .distantFuture)
    #expect(rows.map(\.stamp) == [Fixture.start + .days(1)])
    #expect(rows.first?.register(1) == WattHours(24_000) && rows.first?.total == WattHours(24_000))
  }

  @Test("a tariff taken inside a half-hour leaves what came before where it was")
  func inside() throws {
    let meter = Fixture.fit(Fixture.smets2())
    meter.hold(1200, for: .minutes(10))  // 200 Wh.
    meter.take(
      MeterTariff(table: SwitchingTable(days: [[Switch(minute: 0, action: .register(5))]])))
    meter.hold(1200, for: .minutes(25))  // 400 Wh to the end of the half-hour, 100 Wh after.
    let seen = try stand(meter)
    #expect(seen.register(1) == WattHours(200) && seen.register(5) == WattHours(500))
    #expect(seen.total == WattHours(700))
  }

  @Test("what no meter can hold is refused, and the tariff stays")
  func refused() {
    let meter = Fixture.fit(Fixture.smets2())
    let wrong = MeterTariff(table: SwitchingTable(days: [[Switch(minute: 0, action: .register(49))]]))
    #expect(meter.take(wrong) == ["there is no register tou 49: 1…48"])
    #expect(meter.tariff == .single)
    #expect(meter.takeSecond(.single) == ["it has no second element"])
    let plain = Fixture.fit(Fixture.meter(of: .electronic))
    #expect(plain.take(.single) == ["it has no time-of-use registers"])
    #expect(plain.tariffStand == nil && plain.maximumDemand(.import) == nil)
  }

  @Test("a SMETS1 make with four registers has no fifth, and no blocks")
  func four() {
    var profile = Fixture.meter(of: .smets1)
    profile.timeOfUse = 4
    let meter = Fixture.fit(profile)
    #expect(meter.take(Self.night).isEmpty)
    #expect(meter.take(Self.blocks) == ["there are no blocks"])
  }

  @Test("a clock that is an hour ahead switches an hour early")
  func clock() throws {
    let meter = Fixture.fit(Fixture.smets2())
    meter.take(Self.night)
    meter.setClock(to: Fixture.start + .hours(1))
    // Its 01:00 to 07:30 is night: 6.5 h; then half an hour of day.
    meter.hold(1000, for: .hours(7))
    let seen = try stand(meter)
    #expect(seen.register(2) == WattHours(6_500) && seen.register(1) == WattHours(500))
  }

  @Test("MF-01: a dip takes from registers by time of use what it takes from the total")
  func dip() throws {
    let meter = Fixture.fit(Fixture.smets2())
    meter.take(Self.night)
    meter.hold(1000, for: .hours(12))
    try meter.begin(FaultSetting(id: "MF-01"))
    meter.hold(1300, for: .hours(40) + .minutes(20))
    let seen = try stand(meter)
    #expect(seen.register(1) + seen.register(2) == seen.total)
    // Something was lost: 12 kWh and 52.433 kWh flowed.
    #expect(seen.total < WattHours(64_433))
  }

  @Test("RG-07: a register that stands loses its share, and the sum falls short of the total by it")
  func standing() throws {
    let meter = Fixture.fit(Fixture.smets2())
    meter.take(Self.night)
    try meter.begin(FaultSetting(id: "RG-07", whole: ["rate": 2]))
    meter.hold(1000, for: .days(1))
    let seen = try stand(meter)
    #expect(seen.register(1) == WattHours(17_000) && seen.register(2) == .zero)
    #expect(seen.total == WattHours(24_000))
  }
}
