// A twin-element meter: two elements on one phase, export on the primary alone, nothing netted between them.

import MeterModel
import Testing
import Timeline
import Units

@Suite struct TwinElementTests {
  private static var twin: Profile {
    var profile = Fixture.smets2()
    profile.registers.insert(RegisterFace(role: .secondaryImport, rollover: .u32), at: 1)
    return profile
  }

  private func all(_ meter: Meter) -> [Int64] {
    [RegisterRole.import, .secondaryImport, .export].map { meter.countedWhole($0)?.value ?? -1 }
  }

  @Test(
    "each element counts its own import, and only the primary one export",
    arguments: [
      // kW on each element for an hour; Wh of import, secondary import, export.
      (2, 0, [2000, 0, 0]), (0, 3, [0, 3000, 0]), (2, 3, [2000, 3000, 0]), (-3, 2, [0, 2000, 3000]),
      (-3, -1, [0, 0, 3000]), (1, -1, [1000, 0, 0]),
    ] as [(Int64, Int64, [Int64])])
  func directions(primary: Int64, second: Int64, expected: [Int64]) {
    let meter = Fixture.fit(Self.twin)
    meter.hold(primary * 1000, second * 1000, for: .hours(1))
    #expect(all(meter) == expected)
  }

  @Test("half-hours and midnights of the second element are logged as the primary's are")
  func logs() {
    let meter = Fixture.fit(Self.twin, reads: [.secondaryImport: WattHours(500)])
    meter.hold(-3000, 2000, for: .days(1))
    let rows = meter.readLog(.secondaryImport, from: .epoch, through: .distantFuture)
    #expect(rows.count == 48 && rows.allSatisfy { $0.energy == WattHours(1000) })
    let midnights = meter.readDailySnapshots(.secondaryImport, from: .epoch, through: .distantFuture)
    #expect(midnights.map(\.value) == [WattHours(48_500)])
    #expect(meter.readLog(.export, from: .epoch, through: .distantFuture).count == 48)
  }

  @Test("an element that is not ideal errs on both circuits, each by itself")
  func gain() throws {
    let meter = Fixture.fit(Self.twin)
    try meter.begin(FaultSetting(id: "ME-01", whole: ["error": 100_000]))
    // 10 % too much of 1 kW and 2 kW for an hour.
    meter.hold(1000, 2000, for: .hours(1))
    #expect(all(meter) == [1100, 2200, 0])
  }

  @Test("line and load reversed turns both elements, and what leaves the second one is lost")
  func reversed() throws {
    let meter = Fixture.fit(Self.twin)
    try meter.begin(FaultSetting(id: "ME-14"))
    meter.hold(1000, 2000, for: .hours(1))
    #expect(all(meter) == [0, 0, 1000])
  }

  @Test("netting is each element's own: a second of +1 and −1 kW does not cancel across them")
  func netting() {
    let meter = Fixture.fit(Self.twin)
    // 3600 s: on the primary ±2 kW by turns within each second nets to nothing; the second draws 1 kW.
    var segments: [FlowSegment] = []
    for second in 0..<Int64(3600) {
      let start = Fixture.start.milliseconds + second * 1000
      segments.append(FlowSegment(endMilliseconds: start + 500, l1: 2_000_000, l2: 1_000_000))
      segments.append(FlowSegment(endMilliseconds: start + 1000, l1: -2_000_000, l2: 1_000_000))
    }
    meter.advance(through: segments)
    #expect(all(meter) == [0, 1000, 0])
  }

  @Test("an open switch stops both elements")
  func open() {
    let meter = Fixture.fit(Self.twin)
    meter.setSupply(.disconnected)
    meter.hold(1000, 2000, for: .hours(1))
    #expect(all(meter) == [0, 0, 0])
  }

  @Test("the display has a page for each register")
  func pages() {
    #expect(
      Self.twin.displayPages == [.import, .secondaryImport, .export, .power, .clock, .test])
    let meter = Fixture.fit(Self.twin, reads: [.secondaryImport: WattHours(1_234_567)])
    #expect(meter.sight(of: .secondaryImport) == WattHours(1_234_000))
  }
}
