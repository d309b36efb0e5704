// What a reading at the bench says of registers and half-hours, and what it does not.

import HeadEnd
import MeterModel
import Scenario
import Testing
import Units

@testable import Runner

@Suite("What a reading says of energy")
struct BenchValuesTests {
  private static func value(_ address: String, _ text: String, _ unit: String = "kWh") throws -> MeterValue {
    MeterValue(
      address: address, text: text, number: try DecimalText(parsing: text), unit: unit, protection: .checked)
  }

  private static func values(_ reading: MeterReading) throws -> BenchValues {
    let profile = try StoryBench.library.profile(named: "bench-four-ports")
    return BenchValues(reading, of: profile, over: .optical)
  }

  @Test(
    "the register is what holds now: not an earlier billing period's, and not one of two values",
    arguments: [
      ([("2.8.0", "12.5")], 12_500), ([("1-0:2.8.0*255", "12.5")], 12_500),
      ([("2.8.0*01", "7.0")], nil), ([("2.8.0*01", "7.0"), ("2.8.0", "12.5")], 12_500),
      ([("2.8.0", "12.5"), ("2.8.0", "12.5")], 12_500), ([("2.8.0", "12.5"), ("2.8.0", "12.6")], nil),
      // Rates are summed where no total is listed, those of now alone.
      ([("2.8.1", "1.0"), ("2.8.2", "2.0"), ("2.8.1*01", "9.0")], 3000),
      ([("2.8.1", "1.0"), ("2.8.2", "2.0"), ("2.8.0", "3.1")], 3100),
      // A mean power is no register.
      ([("2.5.0", "12.5")], nil),
    ] as [([(String, String)], Int64?)])
  func registers(_ listed: [(String, String)], _ expected: Int64?) throws {
    let values = try listed.map { try Self.value($0.0, $0.1) }
    let found = try Self.values(MeterReading(values: values)).register(.export)
    #expect(found?.0.value == expected)
  }

  /// Export half-hours of rows half an hour apart, in Wh.
  private func halfHours(_ address: String, _ texts: [String], _ unit: String, apart minutes: Int64 = 30)
    throws -> [Int64]
  {
    let start = try Instant(parsing: "2026-05-01T00:00Z")
    let rows = try texts.enumerated().map { index, text in
      ProfileRow(
        stamp: start + .minutes(minutes * Int64(index + 1)), stampText: "",
        values: [try Self.value(address, text, unit)])
    }
    return try Self.values(MeterReading(profile: rows)).halfHours.flatMap(\.entries).map(\.energy.value)
  }

  @Test("an energy is what it says; a mean power half of it, and no half Wh is lost; a stand is a difference")
  func columns() throws {
    #expect(try halfHours("1-0:2.29.0*255", ["0.250", "0.125"], "kWh") == [250, 125])
    // 235 W and 235 W over half an hour each are 235 Wh: 117 and 118.
    #expect(try halfHours("2.5.0", ["0.235", "0.235"], "kW") == [117, 118])
    #expect(try halfHours("1-0:2.8.0*255", ["100.000", "100.250", "100.375"], "kWh") == [250, 125])
    // Stands an hour apart say nothing of half-hours, nor does one that went back.
    #expect(try halfHours("2.8.0", ["100.000", "100.250"], "kWh", apart: 60) == [])
    #expect(try halfHours("2.8.0", ["100.000", "99.000", "99.250"], "kWh") == [250])
    // A maximum, or anything else, is no energy of a half-hour.
    #expect(try halfHours("2.6.0", ["0.235"], "kW") == [])
  }
}
