// What an LCD shows: pages, digits, dead segments, a blank display, a value that stands.

import MeterModel
import Testing
import Timeline
import Units

struct CrystalDisplayTests {
  private func smart(export: Int64 = 836_000) -> Meter {
    Fixture.fit(Fixture.smets2(), reads: [.import: WattHours(5_000_000), .export: WattHours(export)])
  }

  @Test(
    "a smart meter has a page for each register, power, clock and test, and rolls through all but the test")
  func pages() throws {
    let meter = smart()
    #expect(meter.profile.displayPages == [.import, .export, .power, .clock, .test])
    #expect(meter.face(page: .total) == nil)
    // Ten seconds a page from midnight.
    var seen: [DisplayPage] = []
    for _ in 0..<5 {
      seen.append(try #require(meter.face()?.page))
      meter.hold(-1000, for: .seconds(10))
    }
    #expect(seen == [.import, .export, .power, .clock, .import])
  }

  @Test("a page shows its register, cut to the digits, and which way energy flows")
  func registers() throws {
    let meter = smart(export: 123_456_789)
    meter.hold(-1000, for: .seconds(1))
    let face = try #require(meter.face(page: .export))
    #expect(face.figures == [2, 3, 4, 5, 6])
    guard case .crystal(let crystal) = face.counter else { throw Missing() }
    #expect(crystal.signs == [.kilowattHours, .exporting])
    let power = try #require(meter.face(page: .power))
    guard case .crystal(let now) = power.counter else { throw Missing() }
    #expect(now.digits.map(\.figure) == [nil, 1, 0, 0, 0])
    #expect(power.figures == nil)
  }

  @Test("a dead segment changes what a person sees and nothing that a port says")
  func dead() throws {
    let meter = smart()
    try meter.begin(FaultSetting(id: "DP-01", whole: ["digit": 2], choices: ["segment": "g"]))
    #expect(meter.sight(of: .export) == WattHours(36_000))
    #expect(meter.shown(.export) == WattHours(836_000))
    #expect(meter.end("DP-01"))
    #expect(meter.sight(of: .export) == WattHours(836_000))
  }

  @Test("a digit that the display has not cannot lose a segment")
  func noSuchDigit() {
    #expect(throws: MeterFaultError.self) {
      try smart().begin(FaultSetting(id: "DP-01", whole: ["digit": 5]))
    }
    #expect(throws: MeterFaultError.self) {
      try Fixture.fit(Fixture.disc(.backwards)).begin(FaultSetting(id: "DP-01"))
    }
  }

  @Test("a blank display shows nothing to anybody while the meter counts")
  func blank() throws {
    let meter = smart()
    try meter.begin(FaultSetting(id: "DP-02"))
    meter.hold(-1_000_000, for: .hours(1))
    #expect(meter.sight(of: .export) == nil)
    #expect(meter.face(page: .export)?.figures == nil)
    #expect(meter.shown(.export) == WattHours(1_836_000))
  }

  @Test("a value stands until the display is renewed")
  func stands() throws {
    let meter = smart()
    try meter.begin(FaultSetting(id: "DP-05"))
    #expect(meter.displayDwell == .seconds(10))
    meter.refreshDisplay()
    meter.hold(-1_000_000, for: .hours(1))
    #expect(meter.sight(of: .export) == WattHours(836_000))
    meter.refreshDisplay()
    #expect(meter.sight(of: .export) == WattHours(1_836_000))
    #expect(meter.end("DP-05"))
    #expect(meter.displayDwell == nil)
  }

  @Test(
    "display faults combine in any order and leave nothing behind",
    arguments: [
      ["DP-01", "DP-05", "DP-02"], ["DP-02", "DP-01", "DP-05"], ["DP-05", "DP-02", "DP-01"],
    ])
  func combined(order: [String]) throws {
    let meter = smart()
    let before = meter.face(page: .export)
    for id in order { try meter.begin(FaultSetting(id: id)) }
    let bent = meter.face(page: .export)
    for id in order { #expect(meter.end(id)) }
    #expect(bent != before && meter.face(page: .export) == before)
    let other = smart()
    for id in order.reversed() { try other.begin(FaultSetting(id: id)) }
    #expect(other.face(page: .export) == bent)
  }

  private struct Missing: Error {}
}
