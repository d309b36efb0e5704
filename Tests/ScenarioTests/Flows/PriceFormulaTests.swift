// Export prices that follow wholesale prices, against published prices of six days.

import Foundation
import Testing
import Units

@testable import Scenario

@Suite("A price formula")
struct PriceFormulaTests {
  private static var file: String {
    get throws {
      let page = ErrorsTests.root.appendingPathComponent("Profiles/formulas/agile-outgoing.csv")
      return String(decoding: try Data(contentsOf: page), as: UTF8.self)
    }
  }

  private func rate(_ text: String) throws -> UnitRate { try UnitRate(parsing: "\(text) p/kWh") }

  /// Published export and import prices of region C, at the edges of the peak in winter and in summer. The
  /// import price of the same half-hour tells the wholesale price: import = (2 × wholesale + 12 in the peak)
  /// × 1.05 there, so wholesale = (import / 1.05 − 12 or 0) / 2.
  @Test(
    "published prices follow it within 0.007 p, also at the edges of the peak by the London clock",
    arguments: [
      // start of the half-hour, export, import with VAT, whether the London clock is between 16:00 and 19:00
      ("2025-01-15T15:30Z", 14.56, 29.316, false), ("2025-01-15T16:00Z", 19.85, 40.488, true),
      ("2025-01-15T18:30Z", 21.98, 45.203, true), ("2025-01-15T19:00Z", 14.79, 29.82, false),
      ("2025-03-20T15:30Z", 9.47, 18.06, false), ("2025-03-20T16:00Z", 16.18, 32.382, true),
      ("2025-03-20T18:30Z", 19.63, 40.016, true), ("2025-03-20T19:00Z", 12.73, 25.263, false),
      // British Summer Time: the peak is from 15:00 to 18:00 UTC.
      ("2025-06-21T14:30Z", 5.91, 10.185, false), ("2025-06-21T15:00Z", 13.07, 25.515, true),
      ("2025-06-21T17:30Z", 17.58, 35.48, true), ("2025-06-21T18:00Z", 12.3, 24.318, false),
    ])
  func published(start: String, export: Double, taxed: Double, isPeak: Bool) throws {
    let formula = try PriceFormula(try Self.file, file: "f.csv", region: "c")
    let wholesale = (taxed / 1.05 - (isPeak ? 12 : 0)) / 2
    let price = formula.price(
      wholesale: UnitRate(raw: Int64((wholesale * 1e6).rounded())), at: try Instant(parsing: start))
    #expect(abs(Double(price.raw) / 1e6 - export) < 0.007, "\(price)")
  }

  @Test("is exact: wholesale × multiplier + adder, from the floor up")
  func exact() throws {
    let formula = try PriceFormula(try Self.file, file: "f.csv", region: "C")
    let noon = try Instant(parsing: "2026-01-10T12:00Z")
    // 7.123457 × 0.95 = 6.76728415, to the millionth 6.767284; + 1.3.
    #expect(formula.price(wholesale: try rate("7.123457"), at: noon) == (try rate("8.067284")))
    // −3 × 0.95 + 1.3 is below zero.
    #expect(formula.price(wholesale: try rate("-3"), at: noon) == .zero)
  }

  @Test("an hourly wholesale price becomes two half-hours, each with its own place in the peak")
  func file() throws {
    let text = """
      from,to,price (£/MWh)
      2026-01-10T15:00Z,2026-01-10T16:00Z,100
      2026-01-10T16:00Z,2026-01-10T17:00Z,100

      """
    var file = try RateFile(text, file: "w.csv")
    try file.apply(PriceFormula(try Self.file, file: "f.csv", region: "C"), named: "agile", file: "w.csv")
    // 10 × 0.95 + 1.3 = 10.8; in the peak 5.93 more.
    #expect(
      file.prices.map(\.rate) == [try rate("10.8"), try rate("10.8"), try rate("16.73"), try rate("16.73")])
    #expect(file.mapping["formula"] == "agile")
    var open = try RateFile(
      #"{"results": [{"value_exc_vat": 1, "valid_from": "2026-01-10T15:00:00Z", "valid_to": null}]}"#,
      file: "w.json")
    #expect(throws: Diagnostic.self) {
      try open.apply(PriceFormula(Self.file, file: "f.csv", region: "C"), named: "agile", file: "w.json")
    }
  }

  @Test("a region, a column or a number that is not there is told with what there is")
  func faults() throws {
    let text = try Self.file
    for (torn, region, says) in [
      (text, "Z", "one of: A, B, C"),
      (text.replacingOccurrences(of: "peak_adder", with: "peak"), "C", "'peak_adder'"),
      (text.replacingOccurrences(of: "1.30", with: "x"), "C", "'x' is no coefficient"),
    ] {
      do {
        _ = try PriceFormula(torn, file: "f.csv", region: region)
        Issue.record("\(region) was taken")
      } catch { #expect("\(error)".contains(says), "\(error)") }
    }
  }
}
