// The pulse output: worked numbers for instants, directions, netting and overrun.

import MeterModel
import Testing
import Timeline
import Units

@Suite("A pulse output") struct PulseOutputTests {
  static func meter(_ port: PulsePort = PulsePort(), _ change: (inout Profile) -> Void = { _ in }) -> Meter {
    var profile = Fixture.smets2()
    profile.pulse = port
    change(&profile)
    return Fixture.fit(profile)
  }

  /// Instants of pulses in µs since the start.
  static func instants(_ output: PulseOutput?, _ meter: Meter) -> [Int64] {
    (output?.take(through: .distantFuture) ?? []).map { ($0.at - Fixture.start).microseconds }
  }

  /// 1000 imp/kWh at 1 kW: a pulse each 3.6 s. 800 imp/kWh at 2.3 kW: 3 600 000 / (800 × 2300) s =
  /// 1.956 521 73… s, so the second is full in µs 3 913 044 and the 23rd after exactly 45 s.
  @Test("at constant power quanta are full at multiples of 3.6 MJ / (C P), cut up to the µs, without drift")
  func even() throws {
    let meter = Self.meter()
    let output = meter.watchPulses()
    meter.hold(1000, for: .seconds(18))
    #expect(Self.instants(output, meter) == [3_600_000, 7_200_000, 10_800_000, 14_400_000, 18_000_000])

    let other = Self.meter(PulsePort(constant: PulseConstant(800)))
    let second = other.watchPulses()
    other.hold(2300, for: .seconds(45))
    let instants = Self.instants(second, other)
    #expect(instants.count == 23)
    #expect(instants.prefix(2) == [1_956_522, 3_913_044])
    #expect(instants.last == 45_000_000)
  }

  /// A disc of 166 2/3 rev/kWh turns once in 6 Wh: 21.6 s at 1 kW.
  @Test("a constant that is a vulgar fraction is exact")
  func fraction() {
    let meter = Self.meter(PulsePort(constant: PulseConstant(500, over: 3)))
    let output = meter.watchPulses()
    meter.hold(1000, for: .minutes(36))
    let instants = Self.instants(output, meter)
    #expect(instants.count == 100)
    #expect(instants.first == 21_600_000)
    #expect(instants.last == 2_160_000_000)
  }

  @Test("cutting the flow into pieces moves no pulse")
  func pieces() {
    let whole = Self.meter()
    let wholeOutput = whole.watchPulses()
    whole.hold(1700, for: .hours(2))
    let cut = Self.meter()
    let cutOutput = cut.watchPulses()
    for span: Int64 in [1, 999, 1, 37_001, 500, 7_162_498] { cut.hold(1700, for: .milliseconds(span)) }
    #expect(Self.instants(cutOutput, cut) == Self.instants(wholeOutput, whole))
  }

  /// 2 kW in for 9 s (5 Wh), 1 kW out for 18 s (5 Wh): forward 5 pulses, back 5, both 10.
  @Test("an output follows one direction, or both without a word which")
  func directions() {
    for (follows, expected) in [(PulsePort.Follows.forward, 5), (.reverse, 5), (.both, 10)] {
      let meter = Self.meter(PulsePort(follows: follows))
      let output = meter.watchPulses()
      meter.hold(2000, for: .seconds(9))
      meter.hold(-1000, for: .seconds(18))
      #expect(Self.instants(output, meter).count == expected, "\(follows)")
    }
  }

  @Test("line and load reversed turns what the output follows, a frozen register does not stop it")
  func registerFaults() throws {
    let meter = Self.meter(PulsePort(follows: .forward))
    let output = meter.watchPulses()
    try meter.begin(FaultSetting(id: "RG-03"))
    meter.hold(1000, for: .seconds(36))
    #expect(Self.instants(output, meter).count == 10)
    #expect(meter.both == [0, 0])
    try meter.begin(FaultSetting(id: "ME-14"))
    meter.hold(1000, for: .seconds(36))
    #expect(Self.instants(output, meter).isEmpty)
  }

  /// An oven of 3 kW on and off 2 s each over 1.5 kW of sun, an hour: 750 Wh each way to a meter that nets
  /// over a second, nothing to a bucket of 1 Wh (1.5 kW × 2 s = 0.833 Wh).
  @Test("netting is the register's: pulses over an hour are its Wh in every way of netting")
  func netting() {
    let cases: [(Netting, Int)] = [
      (.second, 750), (.cycle, 750), (.bucket(FineEnergy(WattHours(1))), 0), (.window(.seconds(4)), 0),
    ]
    for (netting, expected) in cases {
      let meter = Self.meter { $0.netting = netting }
      let output = meter.watchPulses()
      for _ in 0..<900 {
        meter.hold(1500, for: .seconds(2))
        meter.hold(-1500, for: .seconds(2))
      }
      let count = Self.instants(output, meter).count
      #expect(meter.both[0] == Int64(expected), "\(netting)")
      // A window that turned may have shown one quantum early; it is set against what follows.
      #expect((expected...expected + 1).contains(count), "\(netting): \(count)")
    }
  }

  /// +2, +2, −4 kW for an hour: the vector sum is nothing, phase by phase 4 kWh each way, absolute 8 kWh.
  @Test("phases are summed as the meter sums them")
  func phases() {
    for (sum, expected) in [(PhaseSum.vector, 0), (.perPhase, 4000), (.absolute, 8000)] {
      let meter = Fixture.fit(
        {
          var profile = Fixture.smets2(phases: 3, phaseSum: sum)
          profile.pulse = PulsePort()
          return profile
        }())
      let output = meter.watchPulses()
      meter.hold(2000, 2000, -4000, for: .hours(1))
      #expect(Self.instants(output, meter).count == expected, "\(sum)")
    }
  }

  /// 10 000 imp/kWh, 30 ms on, 30 ms off: 16.67 Hz at the most, which is 6 kW. At 12 kW for 6 s 200 quanta
  /// are full, one each 30 ms, and a pulse can begin each 60 ms.
  @Test("above its full power an output sends what it can and loses the rest")
  func overrun() {
    let port = PulsePort(
      kind: .s0ClassA, constant: PulseConstant(10_000), width: .milliseconds(30),
      minimalOff: .milliseconds(30))
    #expect(port.fullPower == Power(watts: 6000))
    let meter = Self.meter(port)
    let output = meter.watchPulses()
    meter.hold(12_000, for: .seconds(6))
    let instants = Self.instants(output, meter)
    #expect(output?.quanta == 200)
    #expect(UInt64(instants.count) + (output?.overrun ?? 0) == 200)
    #expect((100...102).contains(instants.count))
    for (one, next) in zip(instants, instants.dropFirst()) { #expect(next - one >= 60_000) }
    // At 6 kW none is lost.
    let full = Self.meter(port)
    let fullOutput = full.watchPulses()
    full.hold(6000, for: .seconds(6))
    #expect(Self.instants(fullOutput, full).count == 100)
    #expect(fullOutput?.overrun == 0)
  }

  @Test("the next pulse is foretold at the present power, and nothing is where nothing flows")
  func foresight() {
    let meter = Self.meter()
    let output = meter.watchPulses()
    #expect(output?.next == nil)
    meter.hold(1000, for: .seconds(3))
    #expect(output?.next == Fixture.start + .milliseconds(3600))
    meter.hold(0, for: .seconds(3))
    #expect(output?.next == nil)
    #expect(Fixture.fit(Fixture.smets2()).watchPulses() == nil)
  }
}
