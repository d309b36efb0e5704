// Texts of quantities: what parses to what, how it prints, and where the finger points when it is wrong.

import Testing
import Units

@Suite("Written quantities")
struct QuantityTextTests {
  @Test(
    "energy is parsed exactly and printed in kWh",
    arguments: [
      ("15320.4 kWh", 15_320_400, "15320.4 kWh"), ("336 Wh", 336, "0.336 kWh"),
      ("1.5 MWh", 1_500_000, "1500 kWh"),
      ("0.001kWh", 1, "0.001 kWh"), ("-2 kWh", -2000, "-2 kWh"), ("1.500 Wh", nil, ""),
      ("7.0000 Wh", 7, "0.007 kWh"),
      ("0 kWh", 0, "0 kWh"), ("99999.9 kWh", 99_999_900, "99999.9 kWh"), ("-0.05 kWh", -50, "-0.05 kWh"),
      ("12.30\u{A0}kWh", 12_300, "12.3 kWh"),
    ] as [(String, Int64?, String)])
  func energy(text: String, value: Int64?, printed: String) throws {
    guard let value else {
      #expect(throws: UnitsError.self) { try WattHours(parsing: text) }
      return
    }
    let energy = try WattHours(parsing: text)
    #expect(energy == WattHours(value))
    #expect("\(energy)" == printed)
    #expect(try WattHours(parsing: printed) == energy)
  }

  @Test(
    "power is parsed exactly, a peak power being a power",
    arguments: [
      ("3.95 kWp", 3_950_000, "3.95 kW"), ("-2kW", -2_000_000, "-2 kW"), ("250 W", 250_000, "250 W"),
      ("5 MW", 5_000_000_000, "5000 kW"), ("0.25 W", 250, "0.25 W"), ("999.999 W", 999_999, "999.999 W"),
    ])
  func power(text: String, milliwatts: Int64, printed: String) throws {
    let power = try Power(parsing: text)
    #expect(power.milliwatts == milliwatts)
    #expect("\(power)" == printed)
    #expect(try Power(parsing: printed) == power)
  }

  // R-UNIT-03: integers of 1e-6 p/kWh. £0.041/kWh = 4.1 p/kWh; £41/MWh = 4100 p / 1000 kWh = 4.1 p/kWh.
  @Test(
    "a price in pence or pounds is the same price",
    arguments: [
      ("4.1 p/kWh", 4_100_000), ("£0.041/kWh", 4_100_000), ("£41/MWh", 4_100_000), ("£ 41/MWh", nil),
      ("15p/kWh", 15_000_000), ("0.000001 p/kWh", 1), ("-1.2 p/kWh", -1_200_000), ("-£0.012/kWh", -1_200_000),
      ("0.0000001 p/kWh", nil),
    ] as [(String, Int64?)])
  func price(text: String, value: Int64?) throws {
    #expect((try? UnitRate(parsing: text))?.microPencePerKilowattHour == value)
    if let value {
      #expect(try UnitRate(parsing: "\(UnitRate(microPencePerKilowattHour: value))").raw == value)
    }
  }

  @Test("a price per mWh is refused with its reason code (R-TAR-13)")
  func thousandfoldSlip() {
    for text in ["41 p/mWh", "£41/mWh"] {
      let error = #expect(throws: UnitsError.self) { try UnitRate(parsing: text) }
      #expect(error?.code == "TAR_UNIT")
    }
  }

  @Test(
    "money is whole pence, in pounds or pence",
    arguments: [
      ("£12.30", 1230, "£12.30"), ("1p", 1, "£0.01"), ("-£0.05", -5, "-£0.05"), ("-41p", -41, "-£0.41"),
      ("£1234", 123_400, "£1234.00"), ("0p", 0, "£0.00"),
    ])
  func money(text: String, pence: Int64, printed: String) throws {
    let money = try Pence(parsing: text)
    #expect(money == Pence(pence))
    #expect("\(money)" == printed)
    #expect(try Pence(parsing: printed) == money)
  }

  // R-UNIT-02: 4.1 p/kWh × 336 Wh = 1377.6 milli-pence = 1.3776 p.
  @Test("exact money prints every digit it has")
  func exactMoney() throws {
    let exact = try WattHours(parsing: "336 Wh") * UnitRate(parsing: "4.1 p/kWh")
    #expect("\(exact)" == "1.3776p")
    #expect(try NanoPence(parsing: "1.3776p") == exact)
    #expect(try NanoPence(parsing: "£0.013776") == exact)
    #expect("\(-exact)" == "-1.3776p")
  }

  @Test(
    "an error points at the offending part",
    arguments: [
      ("energy", "12 kVh", 3..<6), ("energy", "kWh", 0..<1), ("energy", "1,000 kWh", 1..<2),
      ("energy", "12", 2..<2),
      ("energy", "12. kWh", 3..<4), ("energy", "0.3336 Wh", 0..<6), ("energy", "12 kW", 3..<5),
      ("power", "5 mW", 2..<4), ("power", "2 kWh", 2..<5), ("power", "99999999999 MW", 0..<14),
      ("price", "4.1 p", 4..<5), ("price", "4.1 £/kWh", 4..<9), ("money", "£12.305", 1..<7),
      ("money", "£-1", 1..<2),
      ("money", "12.30", 5..<5), ("money", "1.5p", 0..<3),
    ] as [(String, String, Range<Int>)])
  func offending(kind: String, text: String, part: Range<Int>) throws {
    let parsers: [String: (String) throws -> Void] = [
      "energy": { _ = try WattHours(parsing: $0) }, "power": { _ = try Power(parsing: $0) },
      "price": { _ = try UnitRate(parsing: $0) }, "money": { _ = try Pence(parsing: $0) },
    ]
    let error = #expect(throws: UnitsError.self) { try parsers[kind]?(text) }
    #expect(error?.offending == part)
  }

  @Test("the widest quantities have an opposite; one step further is an error, never a trap")
  func widest() throws {
    #expect(try WattHours(parsing: "-9223372036854775807 Wh").magnitude == WattHours(Int64.max))
    for text in ["-9223372036854775808 Wh", "9223372036854775808 Wh", "99999999999999999999 GWh"] {
      #expect(throws: UnitsError.self) { try WattHours(parsing: text) }
    }
    #expect(throws: UnitsError.self) { try Power(parsing: "-9223372036854775.808 kW") }
    #expect(throws: UnitsError.self) { try TimeSpan(parsing: "-9223372036854775808us") }
  }

  @Test("a decimal with an exponent is read where it is allowed, and nowhere else")
  func exponent() throws {
    #expect(try DecimalText(parsing: "0E-20", exponent: true).whole(timesTenTo: 3) == 0)
    #expect(try DecimalText(parsing: "1.5e3", exponent: true).whole(timesTenTo: 0) == 1500)
    #expect(try DecimalText(parsing: "1.5e3", exponent: true).description == "1500")
    #expect(try DecimalText(parsing: "0.062", exponent: true).whole(timesTenTo: 3) == 62)
    #expect(throws: UnitsError.self) { try DecimalText(parsing: "1E3") }
    #expect(throws: UnitsError.self) { try DecimalText(parsing: "1e99", exponent: true) }
    #expect(throws: UnitsError.self) { try DecimalText(parsing: String(repeating: "9", count: 37)) }
  }
}
