import Testing
import Timeline
import Truth
import Units

@Suite("Faults of the site act on what flows, and leave nothing behind but what physics leaves")
struct SiteFaultTests {
  /// 2026-06-21T10:00Z
  private static let start = Instant(seconds: 1_782_036_000)

  /// Modules under a clear sky, a limit, and a home.
  private static func home() -> Installation {
    Installation(
      place: .init(latitude: 51.5, longitude: -0.1),
      generators: [Generator(capacity: Power(watts: 3950), tilt: 35, azimuth: 180)],
      load: HouseholdLoad(annual: WattHours(2_900_000)), sky: .clear, exportLimit: Power(watts: 2000))
  }

  private static func site(_ installation: Installation = home(), at: Instant = start) throws -> Site {
    try Site(
      SiteDescription(boundary: .modelled(installation)), from: at, stream: RandomStream(seed: 5))
  }

  /// Import and export of the next stretch, mW·ms.
  private static func live(_ site: Site, _ span: TimeSpan) -> (imported: Int64, exported: Int64) {
    var segments: [FlowSegment] = []
    var at = site.now.milliseconds
    site.flow(until: site.now + span, into: &segments)
    var sums: (Int64, Int64) = (0, 0)
    for segment in segments {
      let energy = (segment.l1 + segment.l2 + segment.l3) * (segment.endMilliseconds - at)
      if energy > 0 { sums.0 += energy } else { sums.1 -= energy }
      at = segment.endMilliseconds
    }
    return sums
  }

  @Test("the catalogue's eleven are there, each with a default that can be set")
  func catalogue() throws {
    #expect(SiteFaults.all.map(\.id) == (1...11).map { $0 < 10 ? "EF-0\($0)" : "EF-\($0)" })
    for fault in SiteFaults.all {
      let site = try Self.site()
      try site.begin(FaultSetting(id: fault.id))
      #expect(site.end(fault.id))
      #expect(!site.end(fault.id))
    }
  }

  @Test(
    "a site that states its flow, one without modules and one without a limit refuse what they cannot have")
  func refused() throws {
    let stated = try Site(.constant(Power(watts: -1000)), from: Self.start, stream: RandomStream(seed: 1))
    #expect(throws: FaultRefusal.self) { try stated.begin(FaultSetting(id: "EF-06")) }
    let bare = try Self.site(Installation(load: HouseholdLoad(base: Power(watts: 100))))
    for id in ["EF-03", "EF-04", "EF-05", "EF-06", "EF-07"] {
      #expect(throws: FaultRefusal.self) { try bare.begin(FaultSetting(id: id)) }
    }
    let home = try Self.site()
    #expect(throws: FaultRefusal.self) { try home.begin(FaultSetting(id: "EF-06", whole: ["generator": 2])) }
    #expect(throws: FaultRefusal.self) { try home.begin(FaultSetting(id: "ME-01")) }
  }

  @Test(
    "what a fault does in its hour, and that the hour after is as if it had never been",
    arguments: [
      ("EF-02", -1), ("EF-03", 1), ("EF-05", -1), ("EF-06", -1), ("EF-07", 0), ("EF-08", -1),
      ("EF-09", 0), ("EF-10", -1),
    ])
  func noResidue(id: String, sign: Int) throws {
    let settings = [
      "EF-05": FaultSetting(
        id: "EF-05", whole: ["share": 15, "shade-from": 90, "shade-width": 100, "shade-height": 80]),
      "EF-09": FaultSetting(id: "EF-09", whole: ["from": 0, "for": 24]),
    ]
    let (with, without) = (try Self.site(), try Self.site())
    try with.begin(settings[id] ?? FaultSetting(id: id))
    let (during, sound) = (Self.live(with, .hours(1)), Self.live(without, .hours(1)))
    // More than the limit does not get out, so what is added within it shows in import alone or not at all.
    let change = during.exported - sound.exported
    #expect(change.signum() == sign || sign == 0 && change >= 0, "\(id) \(change)")
    #expect(with.end(id))
    // A limit with a ramp needs a moment to let go.
    _ = (Self.live(with, .minutes(1)), Self.live(without, .minutes(1)))
    let (after, soundAfter) = (Self.live(with, .hours(1)), Self.live(without, .hours(1)))
    #expect(after == soundAfter, "\(id)")
  }

  @Test("faults combine in any order, and the account balances to the last mW·ms through all of them")
  func combined() throws {
    let ids = SiteFaults.all.map(\.id).filter { $0 != "EF-04" && $0 != "EF-11" }
    var flows: [[FlowSegment]] = []
    for order in [ids, ids.reversed(), ids.sorted { $0.suffix(1) + $0 < $1.suffix(1) + $1 }] {
      let site = try Self.site()
      var segments: [FlowSegment] = []
      site.flow(until: site.now + .minutes(7), into: &segments)
      for id in order { try site.begin(FaultSetting(id: id)) }
      site.flow(until: site.now + .hours(9), into: &segments)
      for id in order { site.end(id) }
      site.flow(until: site.now + .hours(9), into: &segments)
      flows.append(segments)
      let account = try #require(site.account)
      #expect(
        account.generated.milliwattMilliseconds + account.imported.milliwattMilliseconds
          == account.consumed.milliwattMilliseconds + account.exported.milliwattMilliseconds
          + account.stored.milliwattMilliseconds + account.lost.milliwattMilliseconds)
    }
    #expect(flows[0] == flows[1] && flows[0] == flows[2])
  }

  @Test("a generator that goes at night leaves a battery's site as dark as it was")
  func visitorGone() throws {
    // 2026-06-20T22:00Z: it is dark in London until 03:43Z.
    let night = Instant(seconds: Self.start.seconds - 12 * 3600)
    var home = Self.home()
    home.storage = [StorageUnit(capacity: WattHours(9500), power: Power(watts: 3600))]
    let site = try Self.site(home, at: night)
    try site.begin(FaultSetting(id: "EF-09", whole: ["from": 0, "for": 24]))
    _ = Self.live(site, .hours(1))
    let during = try #require(site.account).generated.milliwattMilliseconds
    #expect(during > 0)
    site.end("EF-09")
    _ = Self.live(site, .hours(3))
    #expect(try #require(site.account).generated.milliwattMilliseconds == during)
  }

  @Test("without supply nothing flows; then loads come with an inrush, and generation a minute later")
  func outage() throws {
    let site = try Self.site()
    _ = Self.live(site, .minutes(10))
    try site.begin(FaultSetting(id: "EF-11", whole: ["inrush": 6000, "inrush-time": 30]))
    #expect(Self.live(site, .minutes(90)) == (0, 0))
    site.end("EF-11")
    let minute = Self.live(site, .seconds(60))
    #expect(minute.exported == 0)
    // 6 kW falling to nothing in 30 s, second by second: 6 kW × 15.5 s, and what the home uses.
    #expect(minute.imported >= 6_000_000 * 15_500)
    #expect(Self.live(site, .minutes(1)).exported > 0)
    let curtailed = try Self.site()
    try curtailed.begin(FaultSetting(id: "EF-11", choices: ["kind": "curtailment"]))
    let flow = Self.live(curtailed, .hours(1))
    #expect(flow.exported == 0 && flow.imported > 0)
  }

  @Test("dew keeps an inverter off from sunrise for as long as it takes to dry, and no longer")
  func dew() throws {
    // Midnight of the same day; the sun rises about 03:43 UTC.
    let midnight = Instant(seconds: Self.start.seconds - 36_000)
    var empty = Self.home()
    empty.load = HouseholdLoad()
    let (wet, dry) = (try Self.site(empty, at: midnight), try Self.site(empty, at: midnight))
    try wet.begin(FaultSetting(id: "EF-06", whole: ["dry-after": 120], choices: ["when": "dawn"]))
    _ = (Self.live(wet, .minutes(220)), Self.live(dry, .minutes(220)))
    let morning = (Self.live(wet, .minutes(110)), Self.live(dry, .minutes(110)))
    #expect(morning.0.exported == 0 && morning.1.exported > 0)
    _ = (Self.live(wet, .minutes(30)), Self.live(dry, .minutes(30)))
    #expect(Self.live(wet, .hours(1)) == Self.live(dry, .hours(1)))
  }

  @Test("snow that is frozen on lies through the sun; other snow slides off; both melt in their time")
  func snow() throws {
    // 2026-01-10T00:00Z
    let winter = Instant(seconds: 1_768_003_200)
    func exported(_ leaves: String, melt: Int64) throws -> [Int64] {
      var home = Self.home()
      home.load = HouseholdLoad()
      home.weather.airTemperature = -3
      let site = try Self.site(home, at: winter)
      try site.begin(
        FaultSetting(id: "EF-04", whole: ["depth": 6, "melt": melt], choices: ["leaves": leaves]))
      return (0..<4).map { _ in Self.live(site, .days(1)).exported }
    }
    #expect(try exported("thaw", melt: 0) == [0, 0, 0, 0])
    // 6 cm less 2 cm a day leave 1 cm after 2.5 days.
    let melted = try exported("thaw", melt: 20)
    #expect(melted[0] == 0 && melted[1] == 0 && melted[2] > 0 && melted[3] > melted[2])
    #expect(try exported("sun", melt: 0)[0] > 0)
  }
}
