// Generators that need no sun, and loads that need the weather: their years are like those of real ones.

import Testing
import Timeline
import Units

@testable import Truth

@Suite("Wind, water, gas and heat are believable")
struct TechnologyTests {
  private static let start = 1_767_225_600  // 2026-01-01T00:00Z
  private static let hours = 8760

  /// Mean power of each month's hours as a share of the rating, from a source asked each hour.
  private func months(_ power: (Int64) -> Int64, rated: Double) -> (year: Double, byMonth: [Double]) {
    var sums = [Double](repeating: 0, count: 12)
    var counts = [Double](repeating: 0, count: 12)
    for hour in 0..<Self.hours {
      let second = Int64(Self.start + hour * 3600)
      let month = CivilDate(dayNumber: Int(second / 86_400)).month - 1
      sums[month] += Double(power(second)) / rated
      counts[month] += 1
    }
    return (sums.reduce(0, +) / Double(Self.hours), zip(sums, counts).map { $0 / $1 })
  }

  @Test(
    "a turbine in the country has a load factor of 0.12 to 0.25, one in a town next to none",
    arguments: [(5.2, 0.12...0.25), (2.8, 0.0...0.08)])
  func wind(mean: Double, factor: ClosedRange<Double>) {
    var turbine = WindTurbine()
    turbine.meanWind = mean
    for seed: UInt64 in 1...3 {
      let wind = WindGeneration(turbine, rated: 6_000_000, stream: RandomStream(seed: seed))
      let made = months({ max(wind.milliwatts(at: $0), 0) }, rated: 6_000_000)
      #expect(factor.contains(made.year), "\(made.year)")
      let winter = made.byMonth[0] + made.byMonth[1] + made.byMonth[11]
      let summer = made.byMonth[5] + made.byMonth[6] + made.byMonth[7]
      #expect(winter > 1.2 * summer)
      // Asked for anywhere, the same.
      #expect(wind.milliwatts(at: 1_781_000_000) == wind.milliwatts(at: 1_781_000_000))
    }
  }

  @Test("a turbine draws for its electronics while it stands, and is braked in a storm")
  func windLimits() {
    var calm = WindTurbine()
    calm.meanWind = 0.1
    let still = WindGeneration(calm, rated: 6_000_000, stream: RandomStream(seed: 1))
    #expect(still.milliwatts(at: 1_781_000_000) == -8000)
    var storm = WindTurbine()
    storm.meanWind = 200
    let braked = WindGeneration(storm, rated: 6_000_000, stream: RandomStream(seed: 1))
    #expect(braked.milliwatts(at: 1_781_000_000) == -8000)
  }

  @Test("a run-of-river scheme stands still in the dry months and is at its most in winter")
  func hydro() {
    for seed: UInt64 in 1...3 {
      let hydro = HydroGeneration(HydroTurbine(), rated: 15_000_000, stream: RandomStream(seed: seed))
      let made = months(hydro.milliwatts, rated: 15_000_000)
      #expect((0.25...0.6).contains(made.year), "\(made.year)")
      let winter = (made.byMonth[0] + made.byMonth[1]) / 2
      let late = (made.byMonth[6] + made.byMonth[7]) / 2
      #expect(winter > 0.6 && late < 0.35 * winter, "\(winter) \(late)")
      #expect(
        (0..<Self.hours).allSatisfy { hydro.milliwatts(at: Int64(Self.start + $0 * 3600)) <= 15_000_000 })
    }
  }

  @Test("a digester runs 0.8 to 0.95 of its rating over the year, with whole stops")
  func digester() {
    for seed: UInt64 in 1...3 {
      var digester = DigesterGeneration(
        AnaerobicDigester(), rated: 500_000_000, stream: RandomStream(seed: seed))
      var stopped = 0
      let made = months(
        {
          let power = digester.milliwatts(at: $0)
          if power == 0 { stopped += 1 }
          return power
        }, rated: 500_000_000)
      #expect((0.80...0.95).contains(made.year), "\(made.year)")
      // A week of service and some 14 stops of 20 h: 168 + 280 h.
      #expect((250...800).contains(stopped), "\(stopped) h")
    }
  }

  @Test("a Stirling engine of 1 kW makes 2000 to 2600 kWh a year, most of it in the cold half")
  func chp() {
    var chp = CHPGeneration(
      MicroCHP(), rated: 1_000_000, weather: Weather(), stream: RandomStream(seed: 1))
    var (year, cold) = (0.0, 0.0)
    for minute in 0..<Self.hours * 60 {
      let second = Int64(Self.start + minute * 60)
      let made = Double(max(chp.milliwatts(at: second), 0)) / 60e6
      year += made
      let month = CivilDate(dayNumber: Int(second / 86_400)).month
      if month >= 10 || month <= 4 { cold += made }
    }
    #expect((2000...2600).contains(year), "\(year)")
    #expect((0.70...0.92).contains(cold / year), "\(cold / year)")
    var starts = false
    for second in 0..<86_400 where chp.milliwatts(at: Int64(Self.start + second)) == -200_000 {
      starts = true
    }
    #expect(starts, "it draws while it starts")
  }

  /// kWh in a year of a home that has nothing but this.
  private func year(_ load: HouseholdLoad) throws -> Double {
    let site = try Site(
      SiteDescription(boundary: .modelled(Installation(load: load))),
      from: Instant(seconds: Int64(Self.start)), stream: RandomStream(seed: 3))
    var segments: [FlowSegment] = []
    for _ in 0..<365 {
      segments.removeAll(keepingCapacity: true)
      site.flow(until: site.now + .days(1), into: &segments)
      #expect(segments.allSatisfy { $0.l1 >= 0 })
    }
    return Double(try #require(site.account).consumed.wholeWattHours.value) / 1000
  }

  @Test("a vehicle takes 2500 to 3000 kWh a year, at night; a heat pump 3000 to 5000 kWh")
  func loads() throws {
    var car = HouseholdLoad()
    car.vehicle = Vehicle()
    // 7.5 kWh on 365 days are 2737.5 kWh.
    let driven = try year(car)
    #expect((2500...3000).contains(driven), "\(driven)")
    var warm = HouseholdLoad()
    warm.heatPump = HeatPump()
    let heated = try year(warm)
    #expect((3000...5000).contains(heated), "\(heated)")
  }

  @Test("nobody at home: what never sleeps runs on, and nothing is switched on")
  func vacant() throws {
    let start = try at("2026-05-01T00:00Z")
    var load = HouseholdLoad(annual: WattHours(2_900_000))
    load.vehicle = Vehicle()
    load.vacant = [start..<start + .days(3)]
    let site = try Site(
      SiteDescription(boundary: .modelled(Installation(load: load))), from: start + .hours(12),
      stream: RandomStream(seed: 1))
    let flow = site.flow(until: start + .days(2), inBlocksOf: .hours(1))
    // 90 W of base, and a fridge of 90 W.
    #expect(Set(flow.map(\.l1)).isSubset(of: [90_000, 180_000]))
    let lived = site.flow(until: start + .days(5), inBlocksOf: .hours(1))
    #expect(lived.contains { $0.l1 > 2_000_000 })
  }
}
