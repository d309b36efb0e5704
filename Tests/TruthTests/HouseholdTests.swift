import Testing
import Timeline
import Units

@testable import Truth

@Suite("A household draws like a household")
struct HouseholdTests {
  private func halfHours(annual: Int64, days: Int64, seed: UInt64) throws -> [Double] {
    let start = try at("2026-01-01T00:00Z")
    let description = SiteDescription(
      boundary: .modelled(Installation(load: HouseholdLoad(annual: WattHours(annual)))))
    let site = try Site(description, from: start, stream: RandomStream(seed: seed))
    var witness = Witness(from: start)
    var segments: [FlowSegment] = []
    while site.now < start + .days(days) {
      segments.removeAll(keepingCapacity: true)
      site.flow(until: site.now + .hours(12), into: &segments)
      #expect(segments.allSatisfy { $0.l1 >= 0 })
      witness.observe(segments)
    }
    let first = HalfHour(containing: start)
    return (0..<Int(days) * 48).map {
      Double(witness.import(of: first.advanced(by: $0)).raw) / Double(wattHour) / 1000
    }
  }

  @Test(
    "a year comes to what was said, with a peak and a spread like a real London home's", arguments: [1, 2, 3])
  func year(seed: UInt64) throws {
    // The real home of 2012 (Low Carbon London, 3741 kWh): top half-hour of 1.5 kWh, 2.5 % above 0.77, 5 %
    // above 0.64, median 0.125.
    let halfHours = try halfHours(annual: 3_741_000, days: 365, seed: seed)
    #expect(abs(halfHours.reduce(0, +) / 3741 - 1) < 0.05)
    let sorted = halfHours.sorted(by: >)
    #expect((1.4...4).contains(sorted[0]))
    // The load duration of its busiest 5 %: kWh above which 1, 2 … 5 % of all half-hours lie, and their mean.
    let real = [(175, 0.989), (350, 0.835), (526, 0.738), (701, 0.681), (876, 0.643)]
    for (rank, energy) in real {
      #expect(abs(sorted[rank] / energy - 1) < 0.1, "the \(rank)th")
    }
    let busiest: Double = sorted[..<876].reduce(0, +) / 876
    #expect(abs(busiest / 0.840 - 1) < 0.1)
    #expect(sorted.last.map { $0 > 0.02 } == true)

    let days = stride(from: 0, to: halfHours.count, by: 48).map { halfHours[$0..<$0 + 48].reduce(0, +) }
    let mean = days.reduce(0, +) / 365
    let spread = (days.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 365).squareRoot() / mean
    #expect((0.18...0.35).contains(spread))
    // Winter (January, February) over summer (June, July): class 1 has 13.2 over 9.8 kWh a day.
    let winter = days[0..<59].reduce(0, +) / 59
    let summer = days[151..<212].reduce(0, +) / 61
    #expect((1.1...1.6).contains(winter / summer))
    // Evening (18:00–21:00) over night (02:00–05:00): class 1 has about 3.
    let evening = stride(from: 0, to: halfHours.count, by: 48).reduce(0) {
      $0 + halfHours[$1 + 36..<$1 + 42].reduce(0, +)
    }
    let night = stride(from: 0, to: halfHours.count, by: 48).reduce(0) {
      $0 + halfHours[$1 + 4..<$1 + 10].reduce(0, +)
    }
    #expect((2...5).contains(evening / night))
  }

  @Test(
    "the day that a household lives is London's, of 23, 24 or 25 hours",
    arguments: [
      ("2026-03-29", 23), ("2026-03-30", 24), ("2026-10-25", 25),
    ])
  func londonDay(day: String, hours: Int64) throws {
    var home = Household(
      HouseholdLoad(annual: WattHours(2_900_000)), supply: .single, stream: RandomStream(seed: 1))
    let start = LondonClock.startOfDay(try CivilDate(parsing: day)).seconds
    home.prepare(for: start + 3600)
    #expect(home.window == start..<start + hours * 3600)
    #expect(home.edges.allSatisfy { home.window.contains($0.second) })
    #expect(home.edges.count > 300)
  }

  @Test("leaving an hour out moves no other: each day's edges are its own")
  func independentDays() throws {
    let load = HouseholdLoad(annual: WattHours(2_900_000))
    let noon = try at("2026-02-10T12:00Z").seconds
    var direct = Household(load, supply: .three, stream: RandomStream(seed: 4))
    direct.prepare(for: noon)
    var through = Household(load, supply: .three, stream: RandomStream(seed: 4))
    for day: Int64 in stride(from: -5, through: 0, by: 1) { through.prepare(for: noon + day * 86_400) }
    #expect(direct.edges.map(\.second) == through.edges.map(\.second))
    #expect(direct.edges.map(\.milliwatts) == through.edges.map(\.milliwatts))
    #expect(Set(direct.edges.map(\.phase)) == [0, 1, 2])
  }

  @Test("Poisson counts have their mean")
  func poisson() {
    let draws = RandomStream(seed: 9)
    for mean in [0.25, 5.0, 12.0] {
      let sum = (0..<20_000).reduce(0) { $0 + Household.poisson(mean: mean, draws.fraction(UInt64($1))) }
      // Standard error of 20 000 draws: √(mean / 20 000), four of them.
      #expect(abs(Double(sum) / 20_000 - mean) < 4 * (mean / 20_000).squareRoot())
    }
    #expect(Household.poisson(mean: 0, 0.5) == 0)
  }
}
