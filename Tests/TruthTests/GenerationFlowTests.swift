// The exact flow of the generators, for a meter beside them: to the last mW·ms what the account says.

import Testing
import Timeline
import Truth
import Units

@Suite("Flow of the generators") struct GenerationFlowTests {
  private static let start = Instant(seconds: 1_777_593_600)

  private func sum(_ flow: [FlowSegment], from start: Instant = start) -> Int64 {
    var (sum, at) = (Int64(0), start.milliseconds)
    for one in flow {
      sum += (one.l1 + one.l2 + one.l3) * (one.endMilliseconds - at)
      at = one.endMilliseconds
    }
    return sum
  }

  private func installation(storage: Bool) -> SiteDescription {
    var home = Installation(
      place: .init(latitude: 51.48, longitude: -0.09),
      generators: [Generator(capacity: Power(watts: 3950), tilt: 35, azimuth: 180)],
      load: HouseholdLoad(annual: WattHours(2_900_000)), exportLimit: Power(watts: 1000))
    if storage { home.storage = [StorageUnit(capacity: WattHours(9500), power: Power(watts: 3600))] }
    return SiteDescription(boundary: .modelled(home))
  }

  @Test("what is written down is what the account says, in one block or in many", arguments: [false, true])
  func exact(storage: Bool) throws {
    var flows: [[FlowSegment]] = []
    for step: Int64 in [86_400, 1800, 977] {
      let site = try Site(
        installation(storage: storage), from: Self.start, stream: RandomStream(seed: 1).stream("site"))
      site.keepsGeneration = true
      var (boundary, made, all): ([FlowSegment], [FlowSegment], [FlowSegment]) = ([], [], [])
      var at = Self.start
      while at < Self.start + .days(1) {
        at = min(at + .seconds(step), Self.start + .days(1))
        site.flow(until: at, into: &boundary)
        site.takeGeneration(into: &made)
        #expect(made.last?.endMilliseconds == at.milliseconds)
        all += made
      }
      let account = try #require(site.account)
      #expect(Int128(sum(all)) == account.generated.milliwattMilliseconds)
      #expect(account.generated.wholeWattHours.value > 1000)
      flows.append(all)
    }
    if !storage { #expect(sum(flows[0]) == sum(flows[1]) && sum(flows[1]) == sum(flows[2])) }
  }

  @Test("a stated flow of generators comes beside a stated boundary, draws and all")
  func stated() throws {
    let made = PrescribedFlow.steps([
      .init(from: Self.start, power: PhasePower(l1: Power(watts: 1000))),
      .init(from: Self.start + .minutes(15), power: PhasePower(l1: Power(watts: -200))),
    ])
    let description = SiteDescription(
      boundary: .prescribed(.constant(PhasePower(l1: Power(watts: -600)))), generated: made)
    #expect(description.knowsGeneration)
    let site = try Site(description, from: Self.start, stream: RandomStream(seed: 1))
    site.keepsGeneration = true
    var (boundary, flow): ([FlowSegment], [FlowSegment]) = ([], [])
    site.flow(until: Self.start + .minutes(20), into: &boundary)
    site.takeGeneration(into: &flow)
    #expect(flow.map(\.l1) == [1_000_000, -200_000])
    #expect(
      flow.map(\.endMilliseconds) == [15, 20].map { (Self.start + .minutes($0)).milliseconds })
    #expect(!SiteDescription.constant(.zero).knowsGeneration)
  }

  @Test("a story may not reach beyond what is stated of the generators")
  func uncovered() {
    let made = PrescribedFlow(from: Self.start, segments: [], before: nil, after: nil)
    let description = SiteDescription(boundary: .prescribed(.constant(.zero)), generated: made)
    #expect(throws: SiteFault.self) {
      try Site(
        description, from: Self.start, until: Self.start + .hours(1), stream: RandomStream(seed: 1))
    }
  }
}
