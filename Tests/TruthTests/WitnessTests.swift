import Testing
import Timeline
import Truth
import Units

@Suite("The witness knows what truly crossed the boundary")
struct WitnessTests {
  @Test(
    "phases are summed as vectors, instant by instant",
    arguments: [
      // Watts by phase for an hour; net Wh in, Wh out.
      ([2000, 2000, -4000], 0, 0),
      ([1000, 1000, -1500], 500, 0),
      ([350, -1200, 80], 0, 770),
      ([-3680, 0, 0], 0, 3680),
    ] as [([Int64], Int64, Int64)])
  func phases(watts: [Int64], imported: Int64, exported: Int64) throws {
    let start = try at("2026-05-01T00:00Z")
    var witness = Witness(from: start)
    witness.observe([
      FlowSegment(
        endMilliseconds: (start + .hours(1)).milliseconds, l1: watts[0] * 1000, l2: watts[1] * 1000,
        l3: watts[2] * 1000)
    ])
    #expect(witness.importTotal.wholeWattHours == WattHours(imported))
    #expect(witness.exportTotal.wholeWattHours == WattHours(exported))
    #expect(witness.power == Power(watts: watts.reduce(0, +)))
    #expect(witness.now == start + .hours(1))
  }

  @Test(
    "an oven that switches every two seconds against the sun imports and exports, though its mean is nothing")
  func noNetting() throws {
    // 1.5 kW made, 3 kW used by turns of 2 s for an hour: ±1.5 kW for half of the time each is 750 Wh each
    // way.
    let start = try at("2026-05-01T12:00Z")
    var witness = Witness(from: start)
    witness.observe(
      (0..<1800).map { turn in
        FlowSegment(
          endMilliseconds: start.milliseconds + Int64(turn + 1) * 2000,
          l1: turn % 2 == 0 ? 1_500_000 : -1_500_000)
      })
    let first = HalfHour(containing: start)
    #expect(witness.export(of: first) == FineEnergy(WattHours(375)))
    #expect(witness.import(of: first.next) == FineEnergy(WattHours(375)))
    #expect(
      try witness.totals(from: start, to: start + .hours(1))
        == BoundaryTotals(
          import: SummedEnergy(milliwattMilliseconds: 750 * Int128(wattHour)),
          export: SummedEnergy(milliwattMilliseconds: 750 * Int128(wattHour))))
  }

  @Test("a segment over several half-hours is cut at their boundaries")
  func cut() throws {
    // From 00:10: 20 min of 600 W is 200 Wh, then 300 Wh in each half-hour, then 10 min is 100 Wh.
    let start = try at("2026-05-01T00:10Z")
    var witness = Witness(from: start)
    witness.observe([FlowSegment(endMilliseconds: (start + .minutes(90)).milliseconds, l1: -600_000)])
    let first = HalfHour(containing: start)
    let energies = (0...4).map { witness.export(of: first.advanced(by: $0)).wholeWattHours.value }
    #expect(energies == [200, 300, 300, 100, 0])
    #expect(witness.export(of: first.previous) == .zero)
    let all = try witness.totals(from: start, to: witness.now)
    #expect(all.export == witness.exportTotal)
    #expect(all.export.wholeWattHours == WattHours(900))
    let middle = try witness.totals(from: first.end, to: first.advanced(by: 3).start)
    #expect(middle.export.wholeWattHours == WattHours(600))
    #expect(throws: WitnessFault.notOnHalfHour(start + .minutes(5))) {
      try witness.totals(from: start + .minutes(5), to: witness.now)
    }
    #expect(throws: WitnessFault.notObserved(from: start, to: start + .hours(2))) {
      try witness.totals(from: start, to: start + .hours(2))
    }
    #expect(try witness.totals(from: first.end, to: first.end) == BoundaryTotals())
  }

  @Test("blocks of any size give one account, and it is the integral of the flow")
  func blocks() throws {
    let start = try at("2026-03-29T00:00Z")
    var steps: [PrescribedFlow.Step] = []
    let draws = RandomStream(seed: 3)
    var instant = start
    for index: UInt64 in 0..<400 {
      let power = Power(milliwatts: draws.whole(index, in: -4_000_000...4_000_000))
      steps.append(PrescribedFlow.Step(from: instant, power: PhasePower(l1: power)))
      instant = instant + .milliseconds(draws.whole(index + 1000, in: 1...900_000))
    }
    let description = SiteDescription(boundary: .prescribed(.steps(steps)))
    var accounts: Set<[Int64]> = []
    for block in [TimeSpan.minutes(30), .milliseconds(77_777), .hours(30)] {
      let site = try Site(description, from: start, stream: draws)
      var witness = Witness(from: start)
      var whole: [FlowSegment] = []
      var segments: [FlowSegment] = []
      while site.now < start + .hours(40) {
        segments.removeAll(keepingCapacity: true)
        site.flow(until: min(site.now + block, start + .hours(40)), into: &segments)
        witness.observe(segments)
        whole += segments
      }
      #expect(
        witness.exportTotal.milliwattMilliseconds == integral(whole, from: start) { max(-$0.l1, 0) })
      #expect(
        witness.importTotal.milliwattMilliseconds == integral(whole, from: start) { max($0.l1, 0) })
      let first = HalfHour(containing: start)
      accounts.insert((0..<80).map { witness.export(of: first.advanced(by: $0)).raw })
    }
    #expect(accounts.count == 1)
  }

  @Test("the account goes on past what a register's 64 bits would hold")
  func large() throws {
    // 5 MW for 1000 h is 5 GWh.
    let start = try at("2026-01-01T00:00Z")
    var witness = Witness(from: start)
    witness.observe([
      FlowSegment(endMilliseconds: (start + .hours(1000)).milliseconds, l1: -5_000_000_000)
    ])
    #expect(witness.exportTotal.wholeWattHours == WattHours(5_000_000_000))
    #expect(witness.exportTotal.fine == nil)
    #expect(witness.importTotal.fine == .zero)
  }
}
