// Date and time. The first example was encoded by gurux_dlms 1.0.203 from 12:30 at UTC+1; the others follow
// from IEC 62056-6-2, section 4.1.6.1.

import Testing
import Units
import Wire

@Suite("COSEM date-time")
struct COSEMDateTimeTests {
  /// 2026-07-01T11:30:00Z.
  static let noon = Instant(seconds: 1_782_905_400)

  @Test("a summer stamp of deviation -60 is an hour before its local time, by the standard's present reading")
  func gurux() throws {
    let stamp = try #require(COSEMDateTime(octets("07 EA 07 01 FF 0C 1E 00 00 FF C4 00")))
    #expect(stamp.instant(.utcMinusLocal) == Self.noon)
    #expect(stamp.instant(.localMinusUTC) == Self.noon + .hours(2))
    #expect(stamp.text == "2026-07-01 12:30:00 -60 /0")
  }

  @Test("both signs are written and read back", arguments: COSEMDateTime.Sign.allCases)
  func signs(_ sign: COSEMDateTime.Sign) throws {
    let stamp = COSEMDateTime(Self.noon, offset: .hours(1), sign: sign, status: .summerTime)
    #expect(stamp.deviation == (sign == .utcMinusLocal ? -60 : 60))
    // Wednesday, 12:30 local.
    #expect(stamp.octets.prefix(9) == octets("07 EA 07 01 03 0C 1E 00 00")[...])
    #expect(COSEMDateTime(stamp.octets) == stamp)
    #expect(stamp.instant(sign) == Self.noon)
  }

  @Test("without a deviation there is no instant in UTC, only a local time")
  func unspecified() throws {
    let stamp = try #require(COSEMDateTime(octets("07 EA 07 01 FF 0C 1E FF FF 80 00 FF")))
    #expect(stamp.deviation == nil)
    #expect(stamp.instant(.utcMinusLocal) == nil)
    #expect(stamp.asUTC == Self.noon + .hours(1))
    #expect(stamp.text == "2026-07-01 12:30:??")
  }

  @Test(
    "what is no date or time has no instant",
    arguments: [
      "FF FF 07 01 FF 0C 1E 00 00 00 00 00", "07 EA 02 1E FF 0C 1E 00 00 00 00 00",
      "07 EA 07 01 FF 18 00 00 00 00 00 00", "07 EA 07 01 FF 0C 3C 00 00 00 00 00",
      "07 EA FE 01 FF 0C 00 00 00 00 00 00", "07 EA 07 01 FF 0C 1E 00 00 7F FF 00",
    ])
  func none(_ hex: String) throws {
    #expect(try #require(COSEMDateTime(octets(hex))).instant(.utcMinusLocal) == nil)
  }

  @Test("twelve octets and no other number are a date-time")
  func count() {
    #expect(COSEMDateTime([UInt8](repeating: 0, count: 11)) == nil)
    #expect(COSEMDateTime([UInt8](repeating: 0, count: 13)) == nil)
  }
}
