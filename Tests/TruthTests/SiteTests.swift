import Testing
import Timeline
import Truth
import Units

@Suite("A site gives its flow in blocks, the same however it is asked")
struct SiteTests {
  private let stream = RandomStream(seed: 1)

  @Test("a constant is one segment a block, however long")
  func constant() throws {
    let start = try at("2026-05-01T00:00Z")
    let site = try Site(.constant(Power(watts: -2000)), from: start, stream: stream)
    var segments: [FlowSegment] = []
    site.flow(until: start + .days(90), into: &segments)
    #expect(
      segments == [FlowSegment(endMilliseconds: (start + .days(90)).milliseconds, l1: -2_000_000)])
    site.flow(until: start + .days(90), into: &segments)
    site.flow(until: start, into: &segments)
    #expect(segments.count == 1)
    #expect(site.account == nil)
  }

  @Test("steps are cut at the ends of blocks and nowhere else")
  func steps() throws {
    let start = try at("2026-05-01T00:00Z")
    let flow = PrescribedFlow.steps([
      PrescribedFlow.Step(from: start, power: PhasePower(l1: Power(watts: 100))),
      PrescribedFlow.Step(from: start + .milliseconds(1500), power: PhasePower(l1: Power(watts: -50))),
      PrescribedFlow.Step(from: start + .seconds(4), power: .zero),
    ])
    let description = SiteDescription(boundary: .prescribed(flow))
    let whole = try Site(description, from: start, stream: stream)
      .flow(until: start + .seconds(10), inBlocksOf: .seconds(10))
    #expect(whole.map(\.endMilliseconds) == [1500, 4000, 10_000].map { start.milliseconds + $0 })
    #expect(whole.map(\.l1) == [100_000, -50_000, 0])
    for block in [1, 7, 999, 1000, 2500] {
      let parts = try Site(description, from: start, stream: stream)
        .flow(until: start + .seconds(10), inBlocksOf: .milliseconds(Int64(block)))
      #expect(joined(parts) == whole)
    }
    let late = try Site(description, from: start + .seconds(3), stream: stream)
      .flow(until: start + .seconds(5), inBlocksOf: .hours(1))
    #expect(late.map(\.l1) == [-50_000, 0])
  }

  @Test("storage is the caller's and is used again")
  func storage() throws {
    let start = try at("2026-05-01T00:00Z")
    let site = try Site(.constant(Power(watts: 1)), from: start, stream: stream)
    var segments: [FlowSegment] = []
    segments.reserveCapacity(16)
    let capacity = segments.capacity
    for hour in 1...40 {
      segments.removeAll(keepingCapacity: true)
      site.flow(until: start + .hours(Int64(hour)), into: &segments)
      #expect(segments.count == 1)
    }
    #expect(segments.capacity == capacity)
  }

  @Test("a story may not reach where nobody said what flows")
  func coverage() throws {
    let text = "start,export_wh\n2026-05-01T00:00Z,1\n2026-05-01T00:30Z,1\n"
    let from = try at("2026-05-01T00:00Z")
    let bare = SiteDescription(boundary: .prescribed(try PrescribedFlow(halfHourCSV: text)))
    #expect(throws: SiteFault.notCovered(try at("2026-05-01T01:00Z"))) {
      try Site(bare, from: from, until: from + .hours(2), stream: stream)
    }
    #expect(throws: SiteFault.notCovered(from - .hours(1))) {
      try Site(bare, from: from - .hours(1), until: from, stream: stream)
    }
    #expect(throws: Never.self) { try Site(bare, from: from, until: from + .hours(1), stream: stream) }
    // Told nothing of its end, it says afterwards where it ran dry.
    let site = try Site(bare, from: from, stream: stream)
    var segments: [FlowSegment] = []
    site.flow(until: from + .hours(1), into: &segments)
    #expect(site.uncoveredAt == nil)
    site.flow(until: from + .hours(3), into: &segments)
    #expect(site.uncoveredAt == from + .hours(1))

    let stated = SiteDescription(
      boundary: .prescribed(try PrescribedFlow(halfHourCSV: text, outside: PhasePower(l1: Power(watts: 5)))))
    let covered = try Site(stated, from: from - .hours(1), until: from + .hours(2), stream: stream)
      .flow(until: from + .hours(2), inBlocksOf: .minutes(50))
    #expect(joined(covered).map(\.l1) == [5000, -2000, 5000])
  }

  @Test(
    "what cannot be is refused before anything runs",
    arguments: [
      (
        SiteDescription(boundary: .prescribed(.constant(PhasePower(l1: .zero, l2: Power(watts: 1))))),
        SiteFault.phaseMissing
      ),
      (
        .constant(Power(watts: 2_000_000_000)), .powerTooLarge(Power(watts: 2_000_000_000))
      ),
      (
        SiteDescription(
          boundary: .prescribed(
            .steps([
              PrescribedFlow.Step(from: Instant(seconds: 5), power: .zero),
              PrescribedFlow.Step(from: Instant(seconds: 5), power: .zero),
            ]))), .timeGoesBack(Instant(seconds: 5))
      ),
      (
        SiteDescription(
          boundary: .prescribed(
            .steps([PrescribedFlow.Step(from: Instant(microseconds: 1), power: .zero)]))),
        .edgeNotOnMillisecond(Instant(microseconds: 1))
      ),
      (
        SiteDescription(
          boundary: .modelled(
            Installation(
              place: .init(latitude: 51, longitude: 0),
              generators: [
                Generator(capacity: Power(watts: 5000), tilt: 35, azimuth: 180, connection: .l2)
              ]))), .phaseMissing
      ),
      (
        SiteDescription(
          boundary: .modelled(
            Installation(generators: [Generator(capacity: Power(watts: 5000), tilt: 35, azimuth: 180)]))),
        .placeMissing
      ),
      (
        SiteDescription(
          boundary: .modelled(Installation(place: .init(latitude: 91, longitude: 0)))),
        .outOfRange(name: "latitude", allowed: "-90.0…90.0")
      ),
      (
        // 300 W all year is 2628 kWh.
        SiteDescription(
          boundary: .modelled(
            Installation(load: HouseholdLoad(annual: WattHours(2_000_000), base: Power(watts: 300))))),
        .baseAboveAnnual
      ),
    ])
  func refused(description: SiteDescription, fault: SiteFault) {
    #expect(throws: fault) { try Site(description, from: .epoch, stream: stream) }
  }
}
