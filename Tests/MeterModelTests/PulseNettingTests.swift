// ME-15 and ME-16 at the pulse output: it counts out what the measuring element makes of the flow, so a
// netting that is wrong for the registers is wrong for the LED too.

import MeterModel
import Testing
import Units

@Suite("Netting and pulses") struct PulseNettingTests {
  private static let bucket = FaultSetting(
    id: "ME-16", whole: ["bucket": 1000], choices: ["netting": "bucket"])

  /// An oven that cycles by two seconds over a steady generator: 1.5 kW in, 1.5 kW out, for an hour.
  private func cook(_ meter: Meter) {
    for _ in 0..<900 {
      meter.hold(1500, for: .seconds(2))
      meter.hold(-1500, for: .seconds(2))
    }
  }

  @Test("a bucket of 1 Wh swallows an oven that cycles by two seconds, in registers and pulses alike")
  func oven() throws {
    let sound = PulseOutputTests.meter(PulsePort(follows: .both))
    let output = try #require(sound.watchPulses())
    cook(sound)
    // 1.5 kW for half of an hour each way.
    #expect(sound.both == [750, 750])
    #expect(output.take(through: .distantFuture).count == 1500)
    for isWatchedFirst in [true, false] {
      let meter = PulseOutputTests.meter(PulsePort(follows: .both))
      let early = isWatchedFirst ? meter.watchPulses() : nil
      try meter.begin(Self.bucket)
      let late = try #require(early ?? meter.watchPulses())
      cook(meter)
      #expect(meter.both == [0, 0])
      #expect(late.take(through: .distantFuture).isEmpty)
    }
  }

  /// 7.2 kW for 1.25 s are 2.5 Wh: two quanta are out, and half a Wh stands in the bucket. The fault ends,
  /// the half is booked as it is into the register, and the third pulse comes a quarter of a second later.
  @Test("what a bucket held when the fault ends is booked, and no quantum is lost")
  func remainder() throws {
    let meter = PulseOutputTests.meter()
    let output = try #require(meter.watchPulses())
    try meter.begin(Self.bucket)
    meter.hold(7200, for: .milliseconds(1250))
    #expect(output.take(through: .distantFuture).map(\.number) == [1, 2])
    #expect(meter.end("ME-16"))
    meter.hold(7200, for: .milliseconds(250))
    #expect(PulseOutputTests.instants(output, meter) == [1_500_000])
  }

  /// +2, +2 and −4 kW for an hour: as vectors nothing; by phase 4 kWh each way.
  @Test("ME-15: phases summed one by one make pulses where their vector makes none")
  func phaseSum() throws {
    let meter = PulseOutputTests.meter(PulsePort(follows: .forward)) { $0.phases = 3 }
    let output = try #require(meter.watchPulses())
    meter.hold(2000, 2000, -4000, for: .hours(1))
    #expect(output.take(through: .distantFuture).isEmpty)
    try meter.begin(FaultSetting(id: "ME-15", choices: ["sum": "per-phase"]))
    meter.hold(2000, 2000, -4000, for: .hours(1))
    #expect(meter.both == [4000, 4000])
    #expect(output.take(through: .distantFuture).count == 4000)
  }
}
