// Faults of measuring, registers, clock and memory: what one hour of a known flow gives under each.

import MeterModel
import Testing
import Timeline
import Units

@Suite struct MetrologyFaultTests {
  struct Case: Sendable {
    var fault: FaultSetting
    var meter: Profile
    /// Watts by phase.
    var flow: [Int64]
    /// Wh of import and export after ten hours; export −1 where there is no such register.
    var counts: [Int64]
  }

  private static func setting(_ id: String, _ whole: [String: Int64] = [:], _ choices: [String: String] = [:])
    -> FaultSetting
  {
    FaultSetting(id: id, whole: whole, choices: choices)
  }

  private static let electronic = Fixture.meter(of: .electronic)
  private static let disc = Fixture.disc(.backwards)
  private static let backstop = Fixture.disc(.backstop)
  private static var three: Profile {
    var profile = Fixture.meter(of: .electronic)
    (profile.phases, profile.connection) = (3, .currentTransformer)
    return profile
  }

  static let cases: [Case] = [
    // 1 kW × 1.03; −1 kW × 0.965.
    Case(fault: setting("ME-01"), meter: electronic, flow: [1000], counts: [10_300, 0]),
    Case(fault: setting("ME-01", ["error": -35_000]), meter: electronic, flow: [-1000], counts: [0, 9650]),
    // 30 % of 1 kW back passes.
    Case(fault: setting("ME-03"), meter: backstop, flow: [-1000], counts: [-3000, -1]),
    // 8 W while 5 W flow; 100 W are counted as they are.
    Case(fault: setting("ME-06"), meter: electronic, flow: [-5], counts: [80, 0]),
    Case(fault: setting("ME-06"), meter: electronic, flow: [100], counts: [1000, 0]),
    // Of 800 W the 500 W above 0 are read three times: 800 + 2 × 500. Of 400 W, from 300 W on:
    // 400 − 0.46 × 100.
    Case(fault: setting("ME-07"), meter: electronic, flow: [-800], counts: [0, 18_000]),
    Case(
      fault: setting("ME-07", ["above": 300, "error": -46]), meter: electronic, flow: [400],
      counts: [3540, 0]),
    // 2 A of 5 A: 12 % of −30 %.
    Case(fault: setting("ME-08"), meter: three, flow: [1000, 0, 0], counts: [8800, 0]),
    // 100/5 set for 200/5: half. 250 for 200 on phase 2 alone: 1000 + 1250.
    Case(fault: setting("ME-10"), meter: three, flow: [-1000, -1000, 0], counts: [0, 10_000]),
    Case(
      fault: setting("ME-10", ["fitted": 200, "set": 250], ["phase": "2"]), meter: three,
      flow: [1000, 1000, 0], counts: [22_500, 0]),
    // Phase 1 gone; with 23 V of 230 V a tenth of it is left.
    Case(fault: setting("ME-11"), meter: three, flow: [1000, 500, 200], counts: [7000, 0]),
    Case(fault: setting("ME-11", ["voltage": 23]), meter: three, flow: [1000, 0, 0], counts: [1000, 0]),
    // Currents 1 and 2 exchanged: −(1000 + 500)/2 + 200 = −550. All turned: −1700/2.
    Case(fault: setting("ME-12"), meter: three, flow: [1000, 500, 200], counts: [0, 5500]),
    Case(
      fault: setting("ME-12", [:], ["pairing": "231"]), meter: three, flow: [1000, 500, 200],
      counts: [0, 8500]),
    // k = 92/230 = 0.4: 0.6 × 1000 + 1.2 × 500. Balanced load is counted right.
    Case(fault: setting("ME-13", ["offset": 92]), meter: three, flow: [1000, 500, 0], counts: [12_000, 0]),
    Case(fault: setting("ME-13", ["offset": 92]), meter: three, flow: [500, 500, 500], counts: [15_000, 0]),
    // +1, +1, −1.5 kW per phase, and by magnitudes.
    Case(fault: setting("ME-15"), meter: three, flow: [1000, 1000, -1500], counts: [20_000, 15_000]),
    Case(
      fault: setting("ME-15", [:], ["sum": "absolute"]), meter: three, flow: [1000, 1000, -1500],
      counts: [35_000, 0]),
    // A magnet takes 30 %. Tilted by 23° the disc has 20 W of friction more.
    Case(fault: setting("ME-17"), meter: disc, flow: [1000], counts: [7000, -1]),
    Case(fault: setting("ME-17", ["error": 0, "tilt": 23]), meter: disc, flow: [1000], counts: [9800, -1]),
    // 2 A × 230 V = 460 W return another way: 1460 W. At 6 kW they are 7.7 %, below the trip of 8 %.
    Case(fault: setting("ME-18"), meter: electronic, flow: [1000], counts: [14_600, 0]),
    Case(fault: setting("ME-18"), meter: electronic, flow: [6000], counts: [60_000, 0]),
    Case(fault: setting("ME-19"), meter: disc, flow: [1000], counts: [6250, -1]),
    Case(fault: setting("ME-19", [:], ["factor": "1.6"]), meter: disc, flow: [1000], counts: [16_000, -1]),
    // May, 13 °C: −10 K × 500 ppm = −0.5 %. Ten years at 1000 ppm a year: +1 %.
    Case(fault: setting("ME-20"), meter: electronic, flow: [1000], counts: [9950, 0]),
    Case(
      fault: setting("ME-20", ["temperature": 0, "ageing": 1000, "age": 10]), meter: electronic,
      flow: [1000], counts: [10_100, 0]),
    Case(fault: setting("ME-21"), meter: disc, flow: [2000], counts: [0, -1]),
    Case(fault: setting("ME-21", ["below": 500]), meter: disc, flow: [500], counts: [0, -1]),
    Case(fault: setting("ME-21", ["below": 500]), meter: disc, flow: [501], counts: [5010, -1]),
    // 12 kWh, then back by 20 kWh.
    Case(fault: setting("RG-02"), meter: backstop, flow: [-2000], counts: [-8000, -1]),
    // Bit 20 is 1 048 576 Wh; one bank alone changes nothing.
    Case(fault: setting("RG-05"), meter: electronic, flow: [1000], counts: [1_058_576, 1_048_576]),
    Case(
      fault: setting("RG-05", [:], ["bank": "one"]), meter: electronic, flow: [1000], counts: [10_000, 0]),
    Case(fault: setting("RG-06"), meter: electronic, flow: [1000], counts: [0, 10_000]),
    // 6 s of each minute dead: nine tenths, and what stood below 1 Wh is lost at each round: at 600 W each
    // minute counts 9 Wh whole.
    Case(fault: setting("MF-05"), meter: electronic, flow: [600], counts: [5400, 0]),
  ]

  @Test("each fault makes of a steady flow what its arithmetic says", arguments: cases)
  func steady(_ one: Case) throws {
    let meter = Fixture.fit(one.meter)
    try meter.begin(one.fault)
    meter.hold(
      one.flow[0], one.flow.count > 1 ? one.flow[1] : 0, one.flow.count > 2 ? one.flow[2] : 0,
      for: .hours(10))
    #expect(meter.both == one.counts, "\(one.fault.id)")
  }

  @Test("a fault that ends leaves a meter that measures as if it had never been", arguments: cases)
  func noResidue(_ one: Case) throws {
    let (meter, twin) = (Fixture.fit(one.meter), Fixture.fit(one.meter))
    try meter.begin(one.fault)
    meter.hold(one.flow[0], for: .hours(1))
    meter.end(one.fault.id)
    let before = meter.both
    for one in [meter, twin] {
      // Whole Wh, so that what stands below 1 Wh tells nothing.
      one.hold(1200, 500, -200, for: .minutes(90))
      one.hold(-720, -300, 60, for: .minutes(60))
    }
    #expect(
      zip(meter.both, before).map { $0 - $1 } == zip(twin.both, [0, before[1] < 0 ? -1 : 0]).map { $0 - $1 })
  }

  @Test("faults combine, and the order in which they begin does not matter")
  func combinations() throws {
    let faults = [
      "ME-01", "ME-06", "ME-07", "ME-08", "ME-09", "ME-10", "ME-11", "ME-12", "ME-13", "ME-15", "ME-16",
      "ME-17", "ME-20", "RG-06", "CK-01", "MF-05",
    ]
    func life(_ ids: [String]) throws -> [Int64] {
      let meter = Fixture.fit(Self.three)
      for id in ids { try meter.begin(FaultSetting(id: id)) }
      for step: Int64 in 0..<50 {
        meter.hold(900 - step * 37, 400 - step * 11, step * 23 - 500, for: .seconds(431))
      }
      return meter.both
    }
    let all = try life(faults)
    #expect(try life(faults.reversed()) == all)
    for shift in stride(from: 1, to: faults.count, by: 3) {
      #expect(try life(Array(faults[shift...] + faults[..<shift])) == all)
    }
    // And each pair.
    for (index, first) in faults.enumerated() {
      for second in faults[(index + 1)...] {
        #expect(try life([first, second]) == life([second, first]), "\(first) \(second)")
      }
    }
  }
}
