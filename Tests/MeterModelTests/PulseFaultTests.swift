// ME-22 and DP-06: what each makes of a pulse output, and that no draw depends on another.

import MeterModel
import Testing
import Timeline
import Units

@Suite("Faults of a pulse output") struct PulseFaultTests {
  /// An hour at 3.6 kW and 1000 imp/kWh: 3600 quanta, one each second.
  private static func hour(_ settings: [FaultSetting]) throws -> [Pulse] {
    let meter = PulseOutputTests.meter()
    let output = try #require(meter.watchPulses())
    for setting in settings { try meter.begin(setting) }
    meter.hold(3600, for: .hours(1))
    #expect(meter.both == [3600, 0])
    return output.take(through: .distantFuture)
  }

  @Test("a divider of another model makes the pulses part from the register by just that factor")
  func divider() throws {
    for (factor, expected) in [(Int64(500), 1800), (2000, 7200), (10_000, 36_000), (1000, 3600)] {
      let pulses = try Self.hour([FaultSetting(id: "ME-22", whole: ["constant": factor, "doubled": 0])])
      // 10 pulses a second are more than 40 ms on and 30 ms off allow: 14.28 a second go out.
      #expect(pulses.count == expected, "\(factor)")
    }
  }

  /// 3600 draws at 25 %: 900 expected, four standard deviations are 104.
  @Test("lost and doubled pulses are drawn each for itself: one fault more moves no other draw")
  func draws() throws {
    let lost = try Self.hour([FaultSetting(id: "ME-22", whole: ["lost": 25, "doubled": 0])])
    #expect((2596...2804).contains(lost.count))
    let both = try Self.hour([FaultSetting(id: "ME-22", whole: ["lost": 25, "doubled": 25])])
    let kept = both.filter { $0.origin == .energy }
    #expect(kept.map(\.number) == lost.map(\.number))
    let light = try Self.hour([
      FaultSetting(id: "ME-22", whole: ["lost": 25, "doubled": 0]), FaultSetting(id: "DP-06"),
    ])
    #expect(light.filter { $0.origin == .energy } == lost)
    #expect(
      try Self.hour([FaultSetting(id: "ME-22", whole: ["lost": 25])])
        == Self.hour([
          FaultSetting(id: "ME-22", whole: ["lost": 25])
        ]))
  }

  @Test("a bouncing contact closes again within the pulse, and jitter stays in its bounds")
  func bounceAndJitter() throws {
    let pulses = try Self.hour([
      FaultSetting(id: "ME-22", whole: ["doubled": 0, "bounces": 2, "gap": 5, "jitter": 200])
    ])
    #expect(pulses.count == 3 * 3600)
    var last = Fixture.start
    var shifts: Set<Int64> = []
    for (index, pulse) in pulses.enumerated() where pulse.origin == .energy {
      let due = Fixture.start + .seconds(Int64(pulse.number))
      shifts.insert((pulse.at - due).microseconds)
      #expect((pulse.at - due).magnitude <= .milliseconds(200))
      #expect(pulses[index + 1].at == pulse.at + .milliseconds(5))
      #expect(pulses[index + 2].at == pulse.at + .milliseconds(10))
      #expect(pulse.at > last)
      last = pulse.at
    }
    #expect(shifts.count > 3000)
  }

  /// 600 an hour expected; four standard deviations are 98.
  @Test("stray light comes without energy, and a blind sensor sees none of the meter's pulses")
  func light() throws {
    let flashes = try Self.hour([FaultSetting(id: "DP-06", whole: ["flashes": 600, "unseen": 100])])
    #expect(flashes.allSatisfy { $0.origin == .light })
    #expect((502...698).contains(flashes.count))
    let twice = try Self.hour([FaultSetting(id: "DP-06", whole: ["flashes": 0, "twice": 100])])
    #expect(twice.count == 7200)
    #expect(twice[1].at == twice[0].end)
  }

  @Test("a fault that ends leaves the output in order, and what was half full stays so")
  func ends() throws {
    let meter = PulseOutputTests.meter()
    let output = try #require(meter.watchPulses())
    meter.hold(1000, for: .milliseconds(1800))
    try meter.begin(FaultSetting(id: "ME-22", whole: ["constant": 2000, "doubled": 0]))
    // Half a quantum is left, which now takes 0.9 s.
    meter.hold(1000, for: .milliseconds(900))
    meter.end("ME-22")
    meter.hold(1000, for: .milliseconds(3600))
    #expect(PulseOutputTests.instants(output, meter) == [2_700_000, 6_300_000])
  }
}
