// MPAN vectors are those of R-MPAN-01 and R-MPAN-02; OBIS codes those of IEC 62056-6-1.

import Testing
import Units

@Suite("Written identities")
struct IdentityTextTests {
  @Test(
    "an MPAN with the right check digit is accepted",
    arguments: [
      "2019010100002", "2278676232781", "2204707514535", "2273682392188", "1000000000003", "2000000000006",
      "9900000000015", "9900000000070", "9900000000060",
    ])
  func valid(core: String) throws {
    let mpan = try MPAN(parsing: core)
    #expect(mpan.core == core)
    #expect(mpan.topLine == nil)
    #expect("\(mpan)" == core)
  }

  @Test(
    "a wrong MPAN is refused with its code, pointing at the fault",
    arguments: [
      ("1234567890123", "MPAN_BAD_CHECK", 12..<13), ("2278676232782", "MPAN_BAD_CHECK", 12..<13),
      ("227867623278", "MPAN_BAD_LENGTH", 0..<12), ("22786762327811", "MPAN_BAD_LENGTH", 0..<14),
      ("22786A6232781", "MPAN_NOT_DIGITS", 5..<6), ("", "MPAN_BAD_LENGTH", 0..<0),
      ("08 845 571 99000000000 16", "MPAN_BAD_CHECK", 24..<25),
      ("08-845571 9900000000015", "MPAN_BAD_LENGTH", 0..<23),
      ("0884557/ 9900000000015", "MPAN_NOT_DIGITS", 7..<8), ("99000000000١5", "MPAN_NOT_DIGITS", 11..<12),
    ])
  func invalid(text: String, code: String, part: Range<Int>) {
    let error = #expect(throws: UnitsError.self) { try MPAN(parsing: text) }
    #expect(error?.code == code)
    #expect(error?.offending == part)
  }

  @Test("the check digit that was wrong is named")
  func namedCheckDigit() {
    #expect(throws: UnitsError.self) { try MPAN(parsing: "1234567890123") }
    #expect(MPAN.checkDigit([1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2]) == 6)
    #expect(MPAN.checkDigit([2, 2, 7, 8, 6, 7, 6, 2, 3, 2, 7, 8]) == 1)
  }

  @Test(
    "the full form keeps the core and its alphanumeric top line (R-MPAN-02)",
    arguments: [
      "08 845 571 9900000000015", "S08 845 571 9900000000015", "S 08 845 571 99 0000 0000 015",
      "08\u{A0}845\u{202F}571\u{A0}9900000000015",
    ])
  func fullForm(text: String) throws {
    let mpan = try MPAN(parsing: text)
    #expect(mpan.core == "9900000000015")
    #expect(mpan.topLine == "08845571")
    #expect(mpan.distributor == 99)
    #expect(mpan.isSynthetic)
  }

  @Test("a line-loss class may hold letters, the core may not")
  func letters() throws {
    #expect(try MPAN(parsing: "00 845 N71 2278676232781").topLine == "00845N71")
    #expect(try MPAN(parsing: "2278676232781").distributor == 22)
  }

  @Test(
    "an OBIS code prints back as it was written",
    arguments: ["1-0:2.8.0*255", "2.8.0", "1-0:1.8.0", "0-0:96.1.0*255"])
  func obis(text: String) throws { #expect("\(try OBIS(parsing: text))" == text) }

  @Test("the export register is 2.8.0 in full or reduced form")
  func exportRegister() throws {
    #expect(RegisterRole.export.obis == (try OBIS(parsing: "1-0:2.8.0*255")))
    #expect(RegisterRole.export.obis?.reduced == (try OBIS(parsing: "2.8.0")))
    #expect(try OBIS(parsing: "1-0:2.8.0.255") == OBIS(parsing: "1-0:2.8.0*255"))
  }

  @Test(
    "a wrong OBIS code is refused at its fault",
    arguments: [
      ("2.8", 3..<3), ("1-0:2.8.256", 8..<11), ("1-0.2.8.0", 3..<4), ("x", 0..<1), ("2.8.0*", 6..<6),
    ])
  func wrongObis(text: String, part: Range<Int>) {
    let error = #expect(throws: UnitsError.self) { try OBIS(parsing: text) }
    #expect(error?.offending == part)
  }
}
