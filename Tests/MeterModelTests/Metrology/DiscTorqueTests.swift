// What the torques of a Ferraris disc do to its register. Expected numbers follow from
// w = P + P_c (V / Vn)² − P_f sign(w), worked beside each case.

import MeterModel
import Testing
import Timeline
import Units

@Suite struct DiscTorqueTests {
  private static func disc(_ torque: DiscTorque, _ flow: FlowMode = .backwards) -> Meter {
    var profile = Fixture.disc(flow)
    profile.torque = torque
    return Fixture.fit(profile)
  }

  /// Whole Wh after a thousand hours at a constant power in watts.
  private static func after(_ watts: Int64, _ torque: DiscTorque = DiscTorque(), millivolts: Int64 = 230_000)
    -> Int64?
  {
    let meter = disc(torque)
    meter.setVoltage(millivolts: millivolts)
    meter.hold(watts, for: .hours(1000))
    return meter.countedWhole(.import)?.value
  }

  @Test("the compensation pushes forwards: a disc loses less backwards than it gains forwards")
  func asymmetry() {
    // 50 + 4 − 3.5; −50 + 4 + 3.5; −2000 + 4 + 3.5, which is 0.375 % less than 2 kW.
    #expect(Self.after(50) == 50_500)
    #expect(Self.after(-50) == -42_500)
    #expect(Self.after(-2000) == -1_992_500)
  }

  @Test("a disc stands until the load and the compensation exceed the stiction")
  func starting() {
    // |10 + 4| is not above 14; 11 + 4 is: 11.5 W. Backwards |−18 + 4| = 14 is not above it.
    #expect(Self.after(10) == 0)
    #expect(Self.after(11) == 11_500)
    #expect(Self.after(-18) == 0)
    #expect(Self.after(-19) == -11_500)
  }

  @Test("a standby load of 15 W below the start is not counted: 131 kWh a year are missed")
  func standby() {
    // Starts above 40 − 4 = 36 W. The truth is 15 W × 8760 h = 131.4 kWh.
    let meter = Self.disc(DiscTorque(stiction: Power(watts: 40)))
    meter.hold(15, for: .days(365))
    #expect(meter.countedWhole(.import) == .zero)
  }

  @Test("at 253 V a compensation above the stiction creeps with nothing connected; at 230 V it does not")
  func creep() {
    // 12 W × 1.21 = 14.52 W > 14 W: 14.52 − 3.5 = 11.02 W forwards. The usual 4 W × 1.21 = 4.84 W do not.
    let torque = DiscTorque(compensation: Power(watts: 12))
    #expect(Self.after(0, torque) == 0)
    #expect(Self.after(0, torque, millivolts: 253_000) == 11_020)
    #expect(Self.after(0, millivolts: 253_000) == 0)
  }

  @Test("the error by load is that of a class 2 meter: a little fast at small loads, 1 % slow at 80 A")
  func loadCurve() {
    // 1 % Ib = 46 W: +0.5/46 = +1.09 %. 5 %: 230.5/230. 400 % = 18.4 kW: +0.5 W − 1 % × 18.4 kW = −183.5 W.
    // 50 %, 9.2 kW: a quarter of the 1 %: −23 W + 0.5 W.
    let torque = DiscTorque(overload: 10_000)
    #expect(Self.after(46, torque) == 46_500)
    #expect(Self.after(230, torque) == 230_500)
    #expect(Self.after(9200, torque) == 9_177_500)
    #expect(Self.after(18_400, torque) == 18_216_500)
  }

  @Test("a backstop lets the disc turn back by its travel, once, and by its slip")
  func backstop() {
    // 187.5 rev/kWh: a tenth of a turn is 0.5333 Wh = 1.92e9 mW·ms; at 1 kW that is 1920 ms.
    let ideal = DiscTorque(compensation: .zero, friction: .zero, stiction: .zero, backstopTravel: 100)
    let meter = Self.disc(ideal, .backstop)
    meter.hold(-1000, for: .hours(1))
    #expect(meter.counted(.import)?.milliwattMilliseconds == -1_920_000_000)
    meter.hold(-1000, for: .hours(1))
    #expect(meter.counted(.import)?.milliwattMilliseconds == -1_920_000_000)
    // 100 Wh are 3.6e11 mW·ms. Forwards by more than the travel; then the travel is there again.
    meter.hold(1000, for: .minutes(6))
    #expect(meter.counted(.import)?.milliwattMilliseconds == 358_080_000_000)
    meter.hold(-1000, for: .hours(1))
    #expect(meter.counted(.import)?.milliwattMilliseconds == 356_160_000_000)
    // A pawl that lets a quarter pass, without travel.
    var worn = ideal
    (worn.backstopTravel, worn.backstopSlip) = (0, 25)
    let slipping = Self.disc(worn, .backstop)
    slipping.hold(-1000, for: .hours(4))
    #expect(slipping.countedWhole(.import) == WattHours(-1000))
  }

  @Test("several elements drive one disc: phases that flow against each other cancel")
  func polyphase() {
    var profile = Fixture.disc(.backwards)
    (profile.phases, profile.torque) = (3, DiscTorque())
    let meter = Fixture.fit(profile)
    meter.hold(2000, 2000, -4000, for: .hours(100))
    #expect(meter.countedWhole(.import) == .zero)
    // 1000 − 200 − 300 = 500, and 0.5 for the torques.
    meter.hold(1000, -200, -300, for: .hours(100))
    #expect(meter.countedWhole(.import) == WattHours(50_050))
  }

  @Test("gain, temperature and age turn the disc faster or slower")
  func errors() {
    // +2 %: 1000.5 W × 1.02 = 1020.51 W.
    #expect(Self.after(1000, DiscTorque(error: ErrorCurve(gain: 20_000))) == 1_020_510)
    // In May (13 °C) 10 K below 23 °C at 300 ppm/K: −0.3 %: 1000.5 × 0.997 = 997.4985 → 997.499 W to the
    // mW, halves away from zero; 240 h (the fixture starts on 1 May).
    let meter = Self.disc(DiscTorque(error: ErrorCurve(temperature: 300)))
    meter.hold(1000, for: .days(10))
    #expect(meter.countedWhole(.import) == WattHours(239_399))
  }

  // Compensation of 12 W at 253 V pushes with 12 × 1.21 = 14.52 W, less 3.5 W of friction: 11.02 W; at 230 V
  // with 12 W it stays below the stiction of 14 W. So half an hour of each makes 5.51 Wh.
  @Test("a voltage that changes on the way drives a disc from there on, in one block or in many")
  func voltageOnTheWay() {
    let torque = DiscTorque(compensation: Power(watts: 12))
    let (once, often) = (Self.disc(torque), Self.disc(torque))
    for pieces in [[once], [often]] {
      let meter = pieces[0]
      let count: Int64 = meter === once ? 1 : 3600
      for number in 0..<count {
        let (from, to) = (number * 3600 / count, (number + 1) * 3600 / count)
        let ends = ([1800] + [to]).filter { $0 > from && $0 <= to }
        meter.feel(
          Set(ends).sorted().map {
            VoltageSegment(
              endMilliseconds: (Fixture.start + .seconds($0)).milliseconds,
              millivolts: $0 <= 1800 ? 230_400 : 253_000)
          })
        meter.hold(0, for: .seconds(to - from))
      }
    }
    #expect(once.counted(.import) == often.counted(.import))
    #expect(once.counted(.import) == FineEnergy(milliwattMilliseconds: 11_020 * 1_800_000))
  }
}
