// Stores: exact energy, what is bought and sold, and what keeps export in bounds.

import Testing
import Timeline
import Units

@testable import Truth

@Suite("Stores and limits are exact and do as they are told")
struct StorageTests {
  private static let london = SiteDescription.Place(latitude: 51.5074, longitude: -0.1278, altitude: 25)

  private func site(
    _ installation: Installation, from: String = "2026-05-01T00:00Z", supply: SiteDescription.Supply = .single
  ) throws -> Site {
    try Site(
      SiteDescription(supply: supply, boundary: .modelled(installation)), from: at(from),
      stream: RandomStream(seed: 1))
  }

  private func battery(_ change: (inout StorageUnit) -> Void = { _ in }) -> StorageUnit {
    var unit = StorageUnit(capacity: WattHours(10_000), power: Power(watts: 3000))
    (unit.standby, unit.deadBand) = (.zero, .zero)
    change(&unit)
    return unit
  }

  private func home(
    _ storage: [StorageUnit], load: HouseholdLoad = HouseholdLoad(annual: WattHours(3_500_000))
  )
    -> Installation
  {
    var installation = Installation(
      place: Self.london, generators: [Generator(capacity: Power(watts: 3950), tilt: 35, azimuth: 180)],
      load: load)
    installation.storage = storage
    return installation
  }

  @Test(
    "to the last mW·ms: made + imported = used + exported + stored + lost",
    arguments: [Generator.Connection.l1, .l2, .all])
  func balance(connection: Generator.Connection) throws {
    let keeper = battery {
      $0.connection = connection
      $0.standby = Power(watts: 20)
      $0.deadBand = Power(watts: 40)
    }
    let trader = battery {
      $0.mode = .arbitrage
      $0.charges = .init(from: 30, until: 330)
      $0.discharges = .init(from: 960, until: 1140)
      $0.connection = connection
    }
    var car = battery {
      $0.present = .init(from: 18 * 60, until: 8 * 60)
      $0.journey = WattHours(6000)
    }
    car.connection = connection
    let site = try site(home([keeper, trader, car]), supply: .three)
    var witness = Witness(from: site.now)
    var segments: [FlowSegment] = []
    for _ in 0..<5 * 48 {
      segments.removeAll(keepingCapacity: true)
      site.flow(until: site.now + .milliseconds(1_799_500), into: &segments)
      witness.observe(segments)
    }
    let account = try #require(site.account)
    #expect(
      account.generated + account.imported == account.consumed + account.exported + account.stored
        + account.lost)
    #expect(account.imported == witness.importTotal && account.exported == witness.exportTotal)
    #expect(account.lost > SummedEnergy() && account.exportedBought > SummedEnergy())
  }

  @Test("a battery that starts empty and ends empty loses what its efficiency says")
  func roundTrip() {
    // 10 kWh taken in at 3 kW and given back: 0.88 of it comes out.
    var control = StorageControl(
      battery {
        $0.initial = 0
        $0.mode = .arbitrage
        $0.charges = .init(from: 0, until: 60)
        $0.discharges = .init(from: 60, until: 300)
      })
    var (taken, given): (Int64, Int64) = (0, 0)
    for second in 0..<300 * 60 {
      control.begin(minuteOfDay: second / 60)
      let step = control.step(boundary: 0, surplus: 0, for: 1000, isNewSecond: true)
      if step.power < 0 { taken -= step.power * 1000 } else { given += step.power * 1000 }
    }
    // An hour at 3 kW.
    #expect(taken == 3000 * wattHour)
    #expect(abs(Double(given) / Double(taken) - 0.88) < 0.0001)
    #expect(control.store.held < wattHour / 1000)
  }

  @Test("a trading battery exports without sun what it bought, and it is known to be bought")
  func brown() throws {
    var installation = Installation(load: HouseholdLoad(base: Power(watts: 100)))
    installation.storage = [
      battery {
        $0.initial = 0
        $0.mode = .arbitrage
        $0.charges = .init(from: 30, until: 330)
        $0.discharges = .init(from: 960, until: 1140)
      }
    ]
    // May: London is an hour ahead. Charges 23:30–04:30 UTC, discharges 15:00–18:00 UTC.
    let site = try site(installation, from: "2026-05-01T22:00Z")
    let flow = site.flow(until: try at("2026-05-02T22:00Z"), inBlocksOf: .hours(1))
    func power(_ time: String) throws -> Int64 {
      let instant = try at(time).milliseconds
      return try #require(flow.first { $0.endMilliseconds > instant }).l1
    }
    #expect(try power("2026-05-01T23:00Z") == 100_000)
    #expect(try power("2026-05-02T00:00Z") == 3_100_000)
    #expect(try power("2026-05-02T12:00Z") == 100_000)
    #expect(try power("2026-05-02T15:30Z") == -2_900_000)
    let account = try #require(site.account)
    // All of the export was bought; the last fraction of a mW·ms of each second may not be.
    #expect(account.exported > SummedEnergy(milliwattMilliseconds: Int128(7000 * wattHour)))
    let own = account.exported - account.exportedBought
    #expect(own < SummedEnergy(milliwattMilliseconds: 1_000_000))
  }

  @Test("charged by the sun alone, nothing that leaves was bought")
  func green() throws {
    var installation = Installation(
      place: Self.london, generators: [Generator(capacity: Power(watts: 3950), tilt: 35, azimuth: 180)],
      sky: .clear)
    installation.storage = [battery { $0.initial = 0 }]
    let site = try site(installation, from: "2026-06-21T00:00Z")
    _ = site.flow(until: try at("2026-06-22T00:00Z"), inBlocksOf: .hours(1))
    let account = try #require(site.account)
    #expect(account.exported > SummedEnergy() && account.stored > SummedEnergy())
    // It answers a second late: for a second at dusk and dawn it may take from the grid.
    #expect(account.exportedBought < SummedEnergy(milliwattMilliseconds: Int128(wattHour)))
  }

  @Test("within its dead band a battery leaks both ways, some 20 to 60 kWh a year each")
  func leaks() throws {
    var installation = Installation(load: HouseholdLoad(annual: WattHours(3_000_000)))
    installation.storage = [
      battery {
        $0.capacity = WattHours(90_000_000)
        $0.initial = 1
        $0.power = Power(watts: 20_000)
        $0.deadBand = Power(watts: 40)
      }
    ]
    let site = try site(installation)
    _ = site.flow(until: try at("2026-05-15T00:00Z"), inBlocksOf: .hours(6))
    let account = try #require(site.account)
    // Fourteen days of a year.
    let imported = Double(account.imported.wholeWattHours.value) / 1000 * 365 / 14
    let exported = Double(account.exported.wholeWattHours.value) / 1000 * 365 / 14
    #expect((10...80).contains(imported), "\(imported)")
    #expect((10...80).contains(exported), "\(exported)")
  }

  @Test("a limit with a ramp lets more out for a few seconds, and no longer")
  func ramp() throws {
    var installation = Installation(
      place: Self.london, generators: [Generator(capacity: Power(watts: 6000), tilt: 35, azimuth: 180)],
      exportLimit: Power(watts: 1500))
    installation.exportRamp = 5
    let start = try at("2026-06-12T10:00Z")
    let flow = try site(installation, from: "2026-06-12T10:00Z").flow(
      until: start + .hours(4), inBlocksOf: .hours(1))
    let above = flow.filter { $0.l1 < -1_500_500 }
    #expect(!above.isEmpty)
    var (longest, run) = (0, 0)
    var last = start.milliseconds
    for segment in flow {
      let length = Int((segment.endMilliseconds - last) / 1000)
      // More than 5 % above the limit.
      run = segment.l1 < -1_575_000 ? run + length : 0
      longest = max(longest, run)
      last = segment.endMilliseconds
    }
    // Edges of clouds take 8 s each and may follow one another.
    #expect(longest <= 30, "\(longest) s")
  }

  @Test("a weak network trips generation at noon: a comb of gaps of 20 to 60 s")
  func trips() throws {
    var installation = Installation(
      place: Self.london, generators: [Generator(capacity: Power(watts: 10_000), tilt: 35, azimuth: 180)],
      sky: .clear)
    var weak = SupplyVoltage()
    (weak.mean, weak.spread, weak.impedance) = (250, 0, 0.5)
    installation.voltage = weak
    let start = try at("2026-06-21T11:00Z")
    let flow = try site(installation, from: "2026-06-21T11:00Z").flow(
      until: start + .hours(1), inBlocksOf: .hours(1))
    // 262.2 V are reached at 12.2 V / 0.5 Ω = 24.4 A × 250 V = 6.1 kW.
    let gaps = flow.indices.filter { flow[$0].l1 == 0 }
    #expect((50...150).contains(gaps.count), "\(gaps.count)")
    for gap in gaps where gap > 0 {
      let length = (flow[gap].endMilliseconds - flow[gap - 1].endMilliseconds) / 1000
      #expect((20...60).contains(length), "\(length) s")
    }
    weak.mean = 230
    installation.voltage = weak
    let strong = try site(installation, from: "2026-06-21T11:00Z").flow(
      until: start + .hours(1), inBlocksOf: .hours(1))
    #expect(strong.allSatisfy { $0.l1 < 0 })
  }
}
