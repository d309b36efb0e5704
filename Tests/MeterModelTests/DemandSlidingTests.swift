// Sliding and fixed blocks of demand, by worked numbers (IEC 61557-12, annex A).

import MeterModel
import Testing
import Units

@Suite("Demand that slides") struct DemandSlidingTests {
  /// A meter whose mean over 15 min somebody can read.
  private func meter(slides: TimeSpan?) throws -> Meter {
    let total = try #require(ModbusQuantity(named: "active-power-demand-total"))
    let map = try ModbusMap(
      demandPeriod: .minutes(15), demandSlides: slides,
      blocks: [.init(functions: [4], addresses: 0...1, gap: .zero)],
      points: [
        ModbusPoint(
          name: "demand", shows: .quantity(total), functions: [4], address: 0, number: .float32,
          source: "ours")
      ])
    var profile = Fixture.meter(of: .modbus)
    profile.modbus = map
    return Fixture.fit(profile)
  }

  private func mean(_ meter: Meter, _ item: DemandCounter.Item = .total) -> Int64? { meter.demand?[item] }

  /// 10 min of nothing, 10 of 3 kW, 10 of nothing. Blocks end at 15 and 30 min: 5 min of 3 kW in each, a mean
  /// of 1 kW. A quarter that slides by a minute holds all ten minutes at 20…25 min: 2 kW.
  @Test("a peak across a boundary is halved by blocks and whole in a block that slides")
  func peak() throws {
    for (slides, largest) in [(nil, 1_000_000), (TimeSpan.minutes(1), 2_000_000)] as [(TimeSpan?, Int64)] {
      let meter = try meter(slides: slides)
      for watts: Int64 in [0, 3000, 0] { meter.hold(watts, for: .minutes(10)) }
      // The last quarter, from 15 to 30 min, holds five minutes of it.
      #expect(mean(meter) == 1_000_000)
      #expect(meter.demand?.largest(.total) == largest)
    }
  }

  @Test("a mean is renewed each minute, and none shows before the first whole period")
  func renewed() throws {
    let meter = try meter(slides: .minutes(1))
    meter.hold(1500, for: .minutes(14))
    #expect(mean(meter, .import) == 0)
    meter.hold(1500, for: .minutes(1))
    #expect(mean(meter, .import) == 1_500_000)
    // A minute of nothing takes a fifteenth away.
    meter.hold(0, for: .minutes(1))
    #expect(mean(meter, .import) == 1_400_000)
  }

  @Test("another period begins anew; one that the step does not divide is a block")
  func anotherPeriod() throws {
    let set = try meter(slides: .minutes(1))
    set.setDemandPeriod(minutes: 5)
    set.hold(600, for: .minutes(5))
    set.hold(0, for: .minutes(1))
    #expect(mean(set, .import) == 480_000)
    let blocks = try meter(slides: .minutes(2))
    blocks.hold(1500, for: .minutes(15))
    blocks.hold(0, for: .minutes(2))
    #expect(mean(blocks, .import) == 1_500_000)
  }
}
