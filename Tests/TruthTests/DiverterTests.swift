// A diverter: bursts of a heater that keep what crosses the boundary at nothing.

import Testing
import Timeline
import Units

@testable import Truth

@Suite("A diverter puts surplus into water in bursts, and no energy is lost by it")
struct DiverterTests {
  @Test(
    "under a steady surplus of 1 kW a heater of 3 kW fires a third of the time, once its bucket is half full")
  func bursts() {
    var control = DiverterControl(Diverter())
    var (firing, firstFire) = (0, Int64.max)
    // 1 kW leaves. Half of 1 Wh is 1800 J: 1.8 s. From then on two pauses of 100 ms give 200 J,
    // a burst takes 200 J.
    for number in 0..<Int64(618) {
      let drawn = control.fire(from: number * 100, until: number * 100 + 100, boundary: -1_000_000)
      guard drawn > 0 else { continue }
      #expect(drawn == 3_000_000)
      firing += 1
      firstFire = min(firstFire, number * 100)
    }
    #expect(firstFire == 1800)
    // 60 s after the first burst: 600 decisions, of which each third fires.
    #expect(firing == 200)
  }

  @Test("a tank that has had its share for the day takes no more until London's midnight")
  func full() {
    var unit = Diverter()
    unit.daily = WattHours(1)
    var control = DiverterControl(unit)
    control.begin(minuteOfDay: 720)
    func drawn() -> Int64 {
      (0..<Int64(600)).reduce(0) { sum, number in
        sum + control.fire(from: number * 100, until: number * 100 + 100, boundary: -2_000_000) * 100
      }
    }
    // 1 Wh is 3600 J: twelve bursts of 300 J.
    #expect(drawn() == 3_600_000_000)
    #expect(drawn() == 0)
    // The hour that London lives twice in October is no new day; midnight is.
    control.begin(minuteOfDay: 119)
    control.begin(minuteOfDay: 60)
    #expect(drawn() == 0)
    control.begin(minuteOfDay: 1439)
    control.begin(minuteOfDay: 0)
    #expect(drawn() == 3_600_000_000)
  }

  /// Four hours at noon under a clear sky: 4 kWp, 200 W at home, and a diverter or none.
  private func site(_ diverter: Diverter?) throws -> Site {
    var home = Installation(
      place: .init(latitude: 51.5, longitude: -0.1),
      generators: [Generator(capacity: Power(watts: 2500), tilt: 35, azimuth: 180)],
      load: HouseholdLoad(base: Power(watts: 200)), sky: .clear)
    home.load.diverter = diverter
    // 2026-06-21T10:00Z
    return try Site(
      SiteDescription(boundary: .modelled(home)), from: Instant(seconds: 1_782_036_000),
      stream: RandomStream(seed: 5))
  }

  @Test("what would have left is used; import and export take turns within seconds; the account balances")
  func balance() throws {
    let (plain, diverted) = (try site(nil), try site(Diverter()))
    for one in [plain, diverted] {
      var segments: [FlowSegment] = []
      one.flow(until: one.now + .hours(2), into: &segments)
    }
    let (before, after) = (try #require(plain.account), try #require(diverted.account))
    func value(_ energy: SummedEnergy) -> Int128 { energy.milliwattMilliseconds }
    #expect(value(before.generated) == value(after.generated))
    #expect(
      value(after.generated) + value(after.imported) == value(after.consumed) + value(after.exported))
    // Each burst takes less than a second's energy out of the bucket, whose 1 Wh is all that can be missing.
    let taken = value(after.consumed) - value(before.consumed)
    #expect(value(before.exported) - taken >= 0)
    #expect(value(before.exported) - taken <= Int128(FineEnergy.perWattHour))
    // At some 1.5 kW of 3 kW it fires half of the time, and then as much comes in as leaves in the pauses.
    #expect(value(before.imported) == 0)
    #expect(value(after.imported) > value(before.exported) / 4)
    #expect(value(after.imported) < value(before.exported))
  }

  @Test("the flow is the same in one block and in many")
  func blocks() throws {
    let (whole, parts) = (try site(Diverter()), try site(Diverter()))
    var (one, many): ([FlowSegment], [FlowSegment]) = ([], [])
    whole.flow(until: whole.now + .seconds(97), into: &one)
    let start = parts.now
    for milliseconds: Int64 in [1, 49, 50, 333, 1000, 2777, 59_999, 97_000] {
      parts.flow(until: start + .milliseconds(milliseconds), into: &many)
    }
    func power(_ segments: [FlowSegment], at milliseconds: Int64) -> Int64? {
      segments.first { $0.endMilliseconds > start.milliseconds + milliseconds }?.l1
    }
    for milliseconds in stride(from: Int64(0), to: 97_000, by: 10) {
      #expect(power(one, at: milliseconds) == power(many, at: milliseconds), "\(milliseconds)")
    }
  }
}
