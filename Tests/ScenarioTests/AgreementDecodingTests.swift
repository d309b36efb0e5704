// Agreements and tariffs of scenarios: what the forms mean, and what is told about broken ones and broken
// price files.

import Foundation
import Scenario
import Settlement
import Testing
import Truth
import Units

@Suite("Agreements and tariffs")
struct AgreementDecodingTests {
  static func story(_ agreement: String, site: String = "{flow: -1 kW}", _ files: [String: String] = [:])
    throws
    -> ScenarioFile
  {
    try Shelf.story(
      """
      id: one
      title: One
      from: 2026-05-01T00:00Z
      site: \(site)
      meters: {export: {profile: smets2-single-element, mpan: "9900000000015"}}
      agreement: \(agreement)
      timeline:
        - {every: day, at: "00:10Z", remote-reads: export}
        - {at: 2026-05-03T00:00Z, settle: export}
      expect: [{paid: equals-entitled}]
      """, files)
  }

  static func agreement(_ text: String, site: String = "{flow: -1 kW}", _ files: [String: String] = [:])
    throws
    -> Agreement
  {
    try #require(try story(text, site: site, files).agreement)
  }

  /// "code line:column" of what is told, of the scenario or of a file beside it.
  static func told(_ agreement: String, site: String = "{flow: -1 kW}", _ files: [String: String] = [:])
    -> String
  {
    do {
      _ = try story(agreement, site: site, files)
      return "nothing"
    } catch let several as Diagnostics {
      return several.list.map { "\($0.code) \($0.at.line):\($0.at.column)" }.joined(separator: " ")
    } catch {
      return "\(error)"
    }
  }

  static let solar =
    "{place: {latitude: 51.48, longitude: -0.09}, generation: [{technology: solar-pv, capacity: 3.95 kWp, "
    + "tilt: 35, azimuth: 180}, {technology: solar-pv, capacity: 2 kWp, tilt: 35, azimuth: 90}], "
    + "load: {household: 2900 kWh/year}, export-limit: 3.68 kW}"

  @Test("what stands elsewhere in the story need not be said again")
  func defaults() throws {
    let one = try Self.agreement("{licensee: bulb, tariff: {flat: 5.57 p/kWh}}", site: Self.solar)
    #expect(one.licensee == "bulb")
    #expect(one.exportMPAN == "9900000000015")
    #expect(one.start == (try Instant(parsing: "2026-05-01T00:00Z")))
    #expect(one.tariff.map(\.shape) == [.flat(UnitRate(microPencePerKilowattHour: 5_570_000))])
    #expect(one.tariff[0].from == one.start && one.tariff[0].isSEG)
    // Two arrays of one technology add up (R-CHG-03).
    #expect(
      one.installation
        == DeclaredInstallation(
          technology: .solarPV, capacity: Power(watts: 5950), exportLimit: Power(watts: 3680)))
    #expect(one.meters.map(\.serial) == ["EXPORT"])
    #expect(one.generatorIsOccupier)
  }

  @Test("everything may be said")
  func everything() throws {
    let one = try Self.agreement(
      """
      {licensee: bulb, tariff: {flat: 4.1 p/kWh, name: SEG-1, seg: false}, start: 2026-04-01T00:00Z,
        installation: {technology: hydro, capacity: 12 kW, export-limit: 10 kW, storage: true},
        import-supplier: Other Energy, import-rate: £0.245/kWh, occupier: other}
      """)
    #expect(one.tariff[0].name == "SEG-1" && !one.tariff[0].isSEG)
    #expect(one.tariff[0].from == (try Instant(parsing: "2026-04-01T00:00Z")))
    #expect(
      one.installation
        == DeclaredInstallation(
          technology: .hydro, capacity: Power(watts: 12_000), exportLimit: Power(watts: 10_000),
          hasStorage: true))
    #expect(one.importSupplier == "Other Energy")
    #expect(one.importRate == UnitRate(microPencePerKilowattHour: 24_500_000))
    #expect(!one.generatorIsOccupier)
  }

  @Test("windows are of the London clock, and may pass midnight")
  func windows() throws {
    let one = try Self.agreement(
      """
      {licensee: bulb, tariff: {time-of-use:
        {"16:00-19:00": 30 p/kWh, "23:30-05:30": 2 p/kWh, otherwise: 5 p/kWh}}}
      """
    )
    let expected: [TariffTerms.Window] = [
      .init(fromMinute: 960, toMinute: 1140, rate: UnitRate(microPencePerKilowattHour: 30_000_000)),
      .init(fromMinute: 1410, toMinute: 330, rate: UnitRate(microPencePerKilowattHour: 2_000_000)),
    ]
    #expect(
      one.tariff[0].shape
        == .timeOfUse(expected, otherwise: UnitRate(microPencePerKilowattHour: 5_000_000)))
    let whole = try Self.agreement(
      #"{licensee: bulb, tariff: {time-of-use: {"00:00-12:00": 1 p/kWh, "12:00-24:00": 2 p/kWh}}}"#)
    #expect(whole.tariff.count == 1)
  }

  @Test("versions of a tariff follow one another")
  func versions() throws {
    let one = try Self.agreement(
      """
      {licensee: bulb, tariff:
        [{from: 2026-01-01T00:00Z, flat: 4.1 p/kWh}, {from: 2026-04-01T00:00Z, flat: 5 p/kWh}]}
      """)
    #expect(one.tariff.map { "\($0.from)" } == ["2026-01-01T00:00Z", "2026-04-01T00:00Z"])
  }

  // MARK: Prices beside the scenario

  static let json = """
    {"count": 3, "next": null, "previous": null, "results": [
      {"value_exc_vat": 12.3, "value_inc_vat": 12.3, "valid_from": "2026-05-01T01:00:00Z",
        "valid_to": null, "payment_method": null},
      {"value_exc_vat": 9.660001, "value_inc_vat": 9.660001, "valid_from": "2026-05-01T00:00:00Z",
        "valid_to": "2026-05-01T00:30:00Z"},
      {"value_exc_vat": 0E-20, "value_inc_vat": 0, "valid_from": "2026-05-01T01:30:00+01:00",
        "valid_to": "2026-05-01T02:00:00+01:00"}
    ]}
    """

  private func prices(_ text: String) throws -> [String] {
    let one = try Self.agreement(
      "{licensee: bulb, tariff: {half-hourly: {file: p.csv}, seg: false}}", ["Scenarios/p.csv": text])
    guard case .halfHourly(let prices) = one.tariff[0].shape else { return [] }
    return prices.map { "\($0.from) \($0.to.map { "\($0)" } ?? "open") \($0.rate)" }
  }

  @Test("the answer of the REST interface is read: newest first, offsets, an open end, exact numbers")
  func jsonPrices() throws {
    #expect(
      try prices(Self.json) == [
        "2026-05-01T00:00Z 2026-05-01T00:30Z 9.660001 p/kWh", "2026-05-01T00:30Z 2026-05-01T01:00Z 0 p/kWh",
        "2026-05-01T01:00Z open 12.3 p/kWh",
      ])
  }

  @Test("CSV prices are read by the names of their columns")
  func csvPrices() throws {
    #expect(
      try prices(
        """
        valid_from_utc,valid_to_utc,local_start,export_p_per_kwh,import_p_per_kwh_inc_vat
        2025-06-21T00:00:00Z,2025-06-21T00:30:00Z,2025-06-21T01:00:00+0100,9.66,20.1
        2025-06-21T00:30:00Z,2025-06-21T01:30:00Z,2025-06-21T01:30:00+0100,10.52,
        """) == [
          "2025-06-21T00:00Z 2025-06-21T00:30Z 9.66 p/kWh", "2025-06-21T00:30Z 2025-06-21T01:30Z 10.52 p/kWh",
        ])
  }

  // What else can be wrong in a file of prices stands in RateFileTests.
  @Test("a broken price file is told at its own line")
  func brokenPrices() {
    let head = "valid_from,valid_to,value_exc_vat,value_inc_vat\n"
    // R-RATE-01: two prices for one half-hour.
    let overlap = head + "2026-05-01T00:00Z,2026-05-01T01:00Z,1,1\n2026-05-01T00:30Z,2026-05-01T01:00Z,1,1\n"
    let told = Self.told(
      "{licensee: bulb, tariff: {half-hourly: {file: p.csv}}}", ["Scenarios/p.csv": overlap])
    #expect(told == "BS-IMP-44 3:37")
  }

  @Test("a broken agreement is told at the place of the slip")
  func broken() {
    func tariff(_ text: String) -> String { "{licensee: bulb, tariff: \(text)}" }
    let cases: [(String, String)] = [
      ("{licensee: bulb}", "BS-SCN-05 6:12"),
      (tariff("{}"), "BS-TAR-11 6:37"),
      (tariff("{flat: 1 p/kWh, half-hourly: {file: p.csv}}"), "BS-TAR-11 6:37"),
      (tariff("{flat: 4.1 p/mWh}"), "BS-SCN-13 6:48"),
      (tariff("[]"), "BS-TAR-11 6:37"),
      (tariff("[{flat: 1 p/kWh}]"), "BS-SCN-05 6:38"),
      (
        tariff("[{from: 2026-01-01T00:00Z, flat: 1 p/kWh}, {from: 2026-01-01T00:00Z, flat: 2 p/kWh}]"),
        "BS-TAR-12 6:80"
      ),
      (tariff(#"{time-of-use: {"16:00-19:00": 30 p/kWh}}"#), "BS-TAR-13 6:51"),
      (tariff(#"{time-of-use: {"16:00-19:15": 30 p/kWh, otherwise: 5 p/kWh}}"#), "BS-TAR-03 6:52"),
      (tariff(#"{time-of-use: {"16:00Z-19:00Z": 30 p/kWh, otherwise: 5 p/kWh}}"#), "BS-TAR-03 6:52"),
      (tariff(#"{time-of-use: {"16:00": 30 p/kWh, otherwise: 5 p/kWh}}"#), "BS-TAR-03 6:52"),
      (tariff(#"{time-of-use: {"16:00-16:00": 30 p/kWh, otherwise: 5 p/kWh}}"#), "BS-TAR-03 6:52"),
      (
        tariff(#"{time-of-use: {"16:00-19:00": 30 p/kWh, "18:30-20:00": 5 p/kWh, otherwise: 5 p/kWh}}"#),
        "BS-TAR-04 6:92"
      ),
      (tariff("{half-hourly: {file: none.csv}}"), "BS-SCN-15 6:58"),
      ("{licensee: bulb, tariff: {flat: 1 p/kWh}, installation: {storage: true}}", "BS-AGR-01 6:68"),
      (
        "{licensee: bulb, tariff: {flat: 1 p/kWh}, installation: {technology: solar-pv, capacity: 0 W}}",
        "BS-AGR-02 6:101"
      ),
      ("{licensee: bulb, tariff: {flat: 1 p/kWh}, occupier: nobody}", "BS-SCN-12 6:64"),
      ("{licensee: bulb, tarif: {flat: 1 p/kWh}, tariff: {flat: 1 p/kWh}}", "BS-SCN-06 6:29"),
    ]
    for (text, expected) in cases { #expect(Self.told(text) == expected, "\(text)") }
  }

  @Test("a site with nothing that generates must say what is installed")
  func nothingInstalled() {
    let site = "{place: {latitude: 51, longitude: 0}, load: {household: 2900 kWh/year}}"
    #expect(Self.told("{licensee: bulb, tariff: {flat: 1 p/kWh}}", site: site).hasPrefix("BS-AGR-01 6:12"))
  }
}
