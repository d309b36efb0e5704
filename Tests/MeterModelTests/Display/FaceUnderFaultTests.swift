// The drawn face is that of the faulty meter: what a fault makes of the display's text it makes of the
// picture, and without supply the display is dark while drums and dials stand.

import MeterModel
import Testing
import Units

struct FaceUnderFaultTests {
  /// 15 320.45 kWh of import on five digits and two decimals.
  private func electronic() -> Meter {
    Fixture.fit(Fixture.meter(of: .electronic), reads: [.import: WattHours(15_320_450)])
  }

  private func figures(_ meter: Meter) -> String? {
    meter.face(page: .import)?.figures?.map { $0.map(String.init) ?? "?" }.joined()
  }

  /// A tenth of 15 320.45 is 1532.045; ten times it 153 204.5, of which five digits show 53 204.50. Zeros are
  /// zeros, all ones the highest number there is; three digits and one decimal show 320.4.
  @Test(
    "a fault of the register's way to the display changes text and picture alike",
    arguments: [
      (FaultSetting(id: "RG-08", whole: ["exponent": -1]), "01532.04"),
      (FaultSetting(id: "RG-08", whole: ["exponent": 1]), "53204.50"),
      (FaultSetting(id: "MF-04", choices: ["shows": "zeros"]), "00000.00"),
      (FaultSetting(id: "MF-04", choices: ["shows": "ones"]), "99999.99"),
      (FaultSetting(id: "DP-01", whole: ["digit": 3], choices: ["segment": "a"]), "153?0.45"),
      (FaultSetting(id: "DP-01", whole: ["digit": 6], choices: ["segment": "a"]), "15320.4?"),
    ])
  func drawn(_ setting: FaultSetting, _ text: String) throws {
    let meter = electronic()
    #expect(meter.display(.import) == "15320.45" && figures(meter) == "1532045")
    try meter.begin(setting)
    #expect(meter.display(.import) == text)
    #expect(figures(meter) == text.filter { $0 != "." })
    #expect(meter.end(setting.id))
    #expect(meter.display(.import) == "15320.45" && figures(meter) == "1532045")
  }

  @Test("RG-01: a meter of fewer digits is drawn with fewer")
  func fewerDigits() throws {
    let meter = electronic()
    try meter.begin(FaultSetting(id: "RG-01", whole: ["decimals": 1], choices: ["digits": "4"]))
    // Its 100 kWh before the end of four digits.
    #expect(meter.display(.import) == "9900.0")
    #expect(figures(meter) == "99000")
    guard case .crystal(let crystal) = meter.face(page: .import)?.counter else { throw Missing() }
    #expect(crystal.decimals == 1)
  }

  @Test("DP-05: what stands there is what stood there when it began, in text and picture")
  func stands() throws {
    let meter = electronic()
    try meter.begin(FaultSetting(id: "DP-05"))
    meter.hold(1000, for: .hours(1))
    #expect(meter.display(.import) == "15320.45" && figures(meter) == "1532045")
    // A value that stands is spoilt on its way to the display as any is.
    try meter.begin(FaultSetting(id: "RG-08", whole: ["exponent": -1]))
    #expect(meter.display(.import) == "01532.04")
    meter.refreshDisplay()
    #expect(meter.display(.import) == "01532.14")
  }

  @Test("a blank display has no text")
  func blank() throws {
    let meter = electronic()
    try meter.begin(FaultSetting(id: "DP-02"))
    #expect(meter.display(.import) == "" && figures(meter) == nil)
  }

  @Test(
    "without supply a display, its light and its LED are dark, and nobody reads it; then all is as before")
  func outage() throws {
    var profile = Fixture.smets2()
    profile.pulse = PulsePort(kind: .led)
    let meter = Fixture.fit(profile, reads: [.import: WattHours(836_000)])
    let before = meter.face(page: .import)
    #expect(before?.lamp == .lit && before?.hasSupply == true)
    meter.loseSupply()
    let dark = try #require(meter.face(page: .import))
    #expect(dark.figures == nil && dark.lamp == .dark && !dark.hasSupply)
    #expect(meter.display(.import) == "" && meter.sight(of: .import) == nil)
    meter.restoreSupply()
    #expect(meter.face(page: .import) == before)
    let rail = Fixture.fit(Fixture.meter(of: .modbus))
    guard case .crystal(let lit) = rail.face()?.counter else { throw Missing() }
    rail.loseSupply()
    guard case .crystal(let off) = rail.face()?.counter else { throw Missing() }
    #expect(lit.isLit && !off.isLit && off.isBlank)
  }

  @Test("without supply a disc stands where it stood, and its drums are read")
  func discInOutage() throws {
    let meter = Fixture.fit(Fixture.disc(.backwards), reads: [.import: WattHours(15_320_000)])
    meter.hold(1000, for: .minutes(10))
    meter.loseSupply()
    let dark = meter.face()
    meter.hold(1000, for: .hours(5))
    #expect(meter.face()?.counter == dark?.counter && meter.face()?.discAngle == dark?.discAngle)
    #expect(meter.sight(of: .import) == WattHours(15_320_000) && meter.display(.import) == "15320")
  }

  @Test("DP-03 and DP-04: the text is what a person reads there")
  func mechanical() throws {
    // 15 329.6: the tens drum is carried 0.6 of a figure.
    let drums = Fixture.fit(Fixture.disc(.backwards), reads: [.import: WattHours(15_329_600)])
    #expect(drums.display(.import) == "15329")
    try drums.begin(FaultSetting(id: "DP-03"))
    #expect(drums.display(.import) == "15339")
    var profile = Fixture.disc(.backwards)
    profile.face = FaceDesign(style: .dials, year: 1962, hasTenth: true)
    let dials = Fixture.fit(profile, reads: [.import: WattHours(15_330_300)])
    try dials.begin(FaultSetting(id: "DP-04", whole: ["offset": -100], choices: ["dial": "10"]))
    #expect(dials.display(.import) == "15320")
  }

  private struct Missing: Error {}
}
