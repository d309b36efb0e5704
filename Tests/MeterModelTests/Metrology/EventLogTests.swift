// Event logs of three kinds, and the load limit that writes into one of them.

import MeterModel
import Testing
import Timeline
import Units

@Suite struct EventLogTests {
  private static func split(_ capacity: Int = 100) -> Meter {
    var profile = Fixture.smets2()
    profile.logs.eventLogs = [.events: capacity, .security: capacity, .power: capacity]
    return Fixture.fit(profile)
  }

  @Test("each event goes into the log that GBCS has for it")
  func kinds() throws {
    let meter = Self.split()
    meter.loseSupply()
    meter.hold(0, for: .seconds(179))
    meter.restoreSupply()
    meter.loseSupply()
    meter.hold(0, for: .seconds(180))
    meter.restoreSupply()
    meter.adjustClock(to: meter.now, tolerance: .seconds(60), by: .importSupplier)
    meter.adjustClock(to: meter.now + .seconds(61), tolerance: .seconds(60), by: .importSupplier)
    try meter.begin(FaultSetting(id: "MF-06"))
    meter.setSupply(.disconnected)
    meter.setSupply(.armed)
    #expect(meter.pressButton())
    #expect(meter.events(in: .power)?.map(\.alert) == [0x8F57, 0x8F35, 0x8F57, 0x8F36, nil, 0x8F32, nil])
    #expect(meter.events(in: .security)?.map(\.alert) == [0x81C6, 0x8F43])
    #expect(meter.events(in: .events)?.map(\.alert) == [nil, 0x8145])
    #expect(meter.events.count == 11)
    #expect(meter.events.map(\.code).prefix(2) == [.powerDown, .powerUp])
  }

  @Test("a log of a hundred keeps the newest hundred, whatever the other logs hold")
  func circular() {
    let meter = Self.split()
    meter.setClock(to: meter.now)
    for _ in 0..<51 {
      meter.loseSupply()
      meter.hold(0, for: .seconds(10))
      meter.restoreSupply()
      meter.hold(0, for: .seconds(10))
    }
    // 102 power events: the first outage is forgotten, the second began after 20 s.
    let power = meter.events(in: .power) ?? []
    #expect(power.count == 100)
    #expect(power.first?.stamp == Fixture.start + .seconds(20))
    #expect(meter.events(in: .events)?.count == 2)
    #expect(meter.events(in: .security) == [])
  }

  @Test("a meter with one log has everything in it, in order, and no other log")
  func single() {
    let meter = Fixture.fit(Fixture.smets2())
    meter.loseSupply()
    meter.hold(0, for: .seconds(10))
    meter.restoreSupply()
    meter.setClock(to: meter.now)
    #expect(meter.events(in: .events)?.map(\.code) == [.powerDown, .powerUp, .clockWas, .clockSet])
    #expect(meter.events(in: .power) == nil && meter.events(in: .security) == nil)
  }

  @Test("every code with an alert has one of its own, and each has words")
  func codes() {
    let alerts = MeterEvent.Code.allCases.compactMap { MeterEvent(stamp: .epoch, code: $0).alert }
    #expect(Set(alerts).count == alerts.count)
    #expect(MeterEvent.Code.allCases.allSatisfy { $0.words != "event" })
    let swell = MeterEvent(stamp: .epoch, code: .swell, phase: 3)
    #expect(swell.words == "1970-01-01T00:00Z 8027 voltage swell on phase 3")
  }

  // 7 kW from 60 s on against a limit of 6900 W for 300 s: open at 360 s, closed at 390 s, and again 300 s
  // later. Whoever lets the meter live asks for its edge.
  @Test("a load limit opens the switch after its period and closes it after the restoration period")
  func loadLimit() {
    let meter = Self.split()
    meter.setLoadLimit(LoadLimit(threshold: Power(watts: 6900)))
    var edges: [Int64] = []
    let end = Fixture.start + .seconds(700)
    while meter.now < end {
      let stop = min(
        end, meter.switchEdge ?? end,
        meter.now < Fixture.start + .seconds(60) ? Fixture.start + .seconds(60) : end)
      let isOn = meter.now >= Fixture.start + .seconds(60) && meter.supply == .connected
      let before = meter.supply
      meter.hold(isOn ? 7000 : 0, for: stop - meter.now)
      if meter.supply != before { edges.append((meter.now - Fixture.start).microseconds / 1_000_000) }
    }
    #expect(edges == [360, 390, 690])
    #expect(meter.loadLimitCount == 2)
    #expect(
      meter.events(in: .power)?.map(\.alert) == [0x8F01, 0x8F33, 0x8F34, 0x8F01, 0x8F33])
    // 7 kW for 300 s twice: 1166.67 Wh.
    #expect(meter.both == [1166, 0])
  }

  @Test("export, and import up to the limit, leave the switch alone; so does import that pauses")
  func withinTheLimit() {
    let meter = Self.split()
    meter.setLoadLimit(LoadLimit(threshold: Power(watts: 6900)))
    meter.hold(-9000, for: .minutes(10))
    meter.hold(6900, for: .minutes(10))
    for _ in 0..<10 {
      meter.hold(7000, for: .seconds(299))
      meter.hold(0, for: .seconds(1))
    }
    #expect(meter.supply == .connected && meter.loadLimitCount == 0)
  }

  @Test("a press of the button closes what the load limit opened, and the limit goes on")
  func button() {
    let meter = Self.split()
    meter.setLoadLimit(LoadLimit(threshold: Power(watts: 3000), period: .seconds(60), restoration: .hours(1)))
    meter.hold(4000, for: .seconds(60))
    #expect(meter.supply == .armed)
    #expect(meter.pressButton())
    meter.hold(4000, for: .seconds(60))
    #expect(meter.supply == .armed && meter.loadLimitCount == 2)
  }
}
