// Static meters that are not ideal: MID limits, the error curve inside them, starting current.

import MeterModel
import Testing
import Timeline
import Units

@Suite struct AccuracyTests {
  /// 0.25–5(100) A class B.
  private static func accuracy(_ error: ErrorCurve = ErrorCurve(), starting: Int64 = 20) -> Accuracy {
    Accuracy(
      accuracyClass: .b, minimum: 250, transition: 500, maximum: 100_000, starting: starting, error: error)
  }

  private static func meter(_ accuracy: Accuracy) -> Meter {
    var profile = Fixture.smets2()
    profile.accuracy = accuracy
    return Fixture.fit(profile)
  }

  @Test("the limits are those of the MID, annex V, in per cent by class, load and temperature")
  func limits() {
    let rows: [(AccuracyClass, AccuracyLimits.Load, [Int64])] = [
      (.a, .balanced, [35_000, 45_000, 70_000, 90_000]), (.b, .small, [20_000, 25_000, 35_000, 40_000]),
      (.c, .balanced, [7000, 10_000, 13_000, 15_000]), (.c, .small, [10_000, 13_000, 17_000, 20_000]),
    ]
    for (name, load, expected) in rows {
      #expect(AccuracyLimits.Band.allCases.map { AccuracyLimits.limit(name, load, $0) } == expected)
    }
    #expect(AccuracyLimits.Band(celsius: 30) == .reference)
    #expect(AccuracyLimits.Band(celsius: -11) == .second)
    #expect(AccuracyLimits.Band(celsius: 71) == nil)
    // 0.04 × Itr, four hundredths: 0.5 A → 20 mA → 4.6 W at 230 V.
    #expect(500 * AccuracyLimits.starting(.b, throughTransformers: false) / 1_000_000 == 20)
  }

  @Test("below the starting current nothing is counted, from it on all is")
  func starting() {
    let meter = Self.meter(Self.accuracy())
    meter.advance(through: [
      FlowSegment(endMilliseconds: (meter.now + .hours(1000)).milliseconds, l1: 4599)
    ])
    #expect(meter.both == [0, 0])
    #expect(meter.power.l1 == .zero)
    meter.advance(through: [
      FlowSegment(endMilliseconds: (meter.now + .hours(1000)).milliseconds, l1: -4600)
    ])
    #expect(meter.both == [0, 4600])
  }

  @Test("the load-dependent error is a over I/Itr + 0.2")
  func loadDependence() {
    // a = 0.1 %; at Itr (115 W) 0.1 % / 1.2 = 0.0833 %: 115 W becomes 115.096 W to the mW.
    let meter = Self.meter(Self.accuracy(ErrorCurve(load: 1000)))
    meter.hold(115, for: .hours(1000))
    #expect(meter.both == [115_096, 0])
    // At 100 Itr hardly any: 0.1 % / 100.2 × 11.5 kW = 0.115 W.
    meter.hold(-11_500, for: .hours(1000))
    #expect(meter.both == [115_096, 11_500_115])
  }

  @Test("a meter in good order stays inside its class at every load, either way, and every month")
  func insideClass() {
    // Three standard deviations of each part of a good meter: gain 0.45 %, load 0.3 %, 0.015 %/K, and five
    // years at 0.06 % a year, all of one sign.
    for sign: Int64 in [-1, 1] {
      let error = ErrorCurve(gain: 4500 * sign, load: 3000 * sign, temperature: 150 * sign, drift: 600 * sign)
      let meter = Self.meter(Self.accuracy(error, starting: 0))
      for month in 0..<12 {
        var current: Int64 = 250
        while current <= 100_000 {
          let power = current * 230
          meter.advance(through: [
            FlowSegment(endMilliseconds: (meter.now + .minutes(1)).milliseconds, l1: power)
          ])
          let load: AccuracyLimits.Load = current < 500 ? .small : .balanced
          let limit = AccuracyLimits.limit(.b, load, .reference)
          let error = (meter.power.l1.milliwatts - power).magnitude * 1_000_000
          // One mW more than the limit says: power is whole mW.
          #expect(error <= UInt64(power * limit + 1_000_000), "month \(month), \(current) mA")
          current = current * 3 / 2
        }
        meter.hold(0, for: .days(30))
      }
    }
  }

  @Test("an ideal meter counts without error, whatever its class")
  func ideal() {
    let meter = Self.meter(Self.accuracy(starting: 0))
    meter.hold(1, for: .hours(1000))
    #expect(meter.both == [1000, 0])
  }
}
