// A-XDR data. The plain values were encoded by gurux_dlms 1.0.203 (`_GXCommon.setData`); arrays and compact
// arrays are put together by hand from IEC 62056-5-3, section 9.5.

import Testing
import Units
import Wire

@Suite("COSEM data")
struct COSEMValueTests {
  static let plain: [(String, COSEMValue)] = [
    ("00", .null), ("FF", .dontCare), ("0F FD", .int8(-3)), ("10 FF FE", .int16(-2)),
    ("05 FF FE EE 90", .int32(-70_000)),
    ("14 FF FF FF FE D5 FA 0E 00", .int64(-5_000_000_000)), ("11 C8", .uint8(200)),
    ("12 EA 60", .uint16(60_000)), ("06 EE 6B 28 00", .uint32(4_000_000_000)),
    ("15 F9 CC D8 A1 C5 08 00 00", .uint64(18_000_000_000_000_000_000)),
    ("04 07 B2", .bits(count: 7, [0xB2])), ("0A 04 42 53 50 31", .visible(Array("BSP1".utf8))),
    ("0C 03 C2 B0 43", .utf8([0xC2, 0xB0, 0x43])), ("03 01", .boolean(true)), ("16 1E", .enumerated(30)),
    ("0D 12", .bcd(0x12)), ("17 3F C0 00 00", .float32(bits: 0x3FC0_0000)),
    ("18 C0 02 00 00 00 00 00 00", .float64(bits: 0xC002_0000_0000_0000)),
    (
      "09 0C 07 EA 07 01 FF 0C 1E 00 00 FF C4 00",
      .octets([0x07, 0xEA, 7, 1, 0xFF, 12, 30, 0, 0, 0xFF, 0xC4, 0])
    ),
    ("19 07 EA 07 01 03 0C 1E 00 00 80 00 FF", .dateTime(octets("07EA0701030C1E00008000FF"))),
    ("1A 07 EA 07 01 03", .date(octets("07EA070103"))), ("1B 0C 1E 00 00", .time(octets("0C1E0000"))),
  ]

  static let nested: [(String, COSEMValue)] = [
    ("01 02 02 02 0F FD 16 1E 02 00", .array([.structure([.int8(-3), .enumerated(30)]), .structure([])])),
    // Two rows of {uint32, uint16}: the type once, then 12 octets.
    (
      "13 02 02 06 12 0C 00 00 00 01 00 02 00 00 00 03 00 04",
      .compactArray(
        .structure([.plain(.uint32), .plain(.uint16)]),
        [.structure([.uint32(1), .uint16(2)]), .structure([.uint32(3), .uint16(4)])])
    ),
    // Rows of two octet-strings and an array of two bits.
    (
      "13 02 02 09 01 00 02 03 05 02 AA BB 01 00",
      .compactArray(
        .structure([.plain(.octets), .array(count: 2, .plain(.boolean))]),
        [.structure([.octets([0xAA, 0xBB]), .array([.boolean(true), .boolean(false)])])])
    ),
    ("13 11 03 01 02 03", .compactArray(.plain(.uint8), [.uint8(1), .uint8(2), .uint8(3)])),
  ]

  @Test("values are read and written as another implementation writes them")
  func vectors() throws {
    for (hex, value) in Self.plain + Self.nested {
      #expect(value.encoded == octets(hex), "\(hex)")
      #expect(try COSEMValue(decoding: octets(hex)) == value, "\(hex)")
    }
    DLMSVectors.verify(Self.plain + Self.nested) { try COSEMValue(decoding: $0) }
  }

  @Test("lengths from 128 on take two, three or five octets")
  func lengths() throws {
    for (count, head) in [
      (127, "09 7F"), (128, "09 81 80"), (255, "09 81 FF"), (256, "09 82 01 00"),
      (65_536, "09 84 00 01 00 00"),
    ] {
      let value = COSEMValue.octets([UInt8](repeating: 7, count: count))
      #expect(value.encoded.starts(with: octets(head)))
      #expect(try COSEMValue(decoding: value.encoded) == value)
    }
    // Longer than need be, as some meters write it.
    #expect(try COSEMValue(decoding: octets("09 82 00 01 AA")) == .octets([0xAA]))
  }

  @Test(
    "what cannot be is refused, and takes no more memory than it has octets",
    arguments: [
      ("07 00", COSEMFault.tag(7)), ("09 05 01", .short), ("01 84 FF FF FF FF", .count), ("09 80", .length),
      ("11 01 02", .trailing), ("01 02 11 01", .short),
      // Rows of nothing, and an array of 65 535 nothings for each octet.
      ("13 02 00 01 00", .length), ("13 02 02 01 FF FF 00 11 02 01 01", .count),
      // A row that runs over its array.
      ("13 12 03 00 01 02", .short), ("13 06 05 00 00 00 01 00 00 00 00", .length),
    ] as [(String, COSEMFault)])
  func refusals(_ hex: String, _ fault: COSEMFault) {
    #expect(throws: fault) { try COSEMValue(decoding: octets(hex)) }
  }

  @Test(
    "what is read is read again when it is written, also where a length was in more octets than it needs",
    arguments: [
      // 11 octets earn 96 elements, the length in two for one gives 8 back: two types, a row, its two parts
      // and 83 nothings are 88. Written again it is 10 octets, which earn 88.
      ("13 02 02 01 00 53 00 04 02 81 00", "13 02 02 01 00 53 00 04 01 00"),
      ("13 02 02 01 00 54 00 04 02 81 00", nil), ("13 02 02 01 00 54 00 04 01 00", nil),
    ] as [(String, String?)])
  func writtenAgain(_ hex: String, _ shortest: String?) throws {
    guard let shortest else {
      #expect(throws: COSEMFault.count) { try COSEMValue(decoding: octets(hex)) }
      return
    }
    let value = try COSEMValue(decoding: octets(hex))
    #expect(value.encoded == octets(shortest))
    #expect(try COSEMValue(decoding: value.encoded) == value)
  }

  @Test("sixteen levels are read, seventeen are not")
  func depth() throws {
    let deep = [UInt8](repeating: 0, count: 16).flatMap { _ -> [UInt8] in [1, 1] } + [0]
    #expect(throws: Never.self) { try COSEMValue(decoding: deep) }
    #expect(throws: COSEMFault.depth) { try COSEMValue(decoding: [1, 1] + deep) }
  }

  @Test("a scaler makes an exact decimal number, and nothing of another shape is a scaler")
  func scaler() throws {
    let wattHours = try #require(ScalerUnit(try COSEMValue(decoding: octets("02 02 0F FF 16 1E"))))
    #expect(wattHours == ScalerUnit(scaler: -1, unit: .wattHour))
    #expect(wattHours.number(12_345)?.description == "1234.5")
    #expect(wattHours.value.encoded == octets("02 02 0F FF 16 1E"))
    #expect(ScalerUnit(scaler: 3, unit: .wattHour).number(12)?.description == "12000")
    #expect(ScalerUnit(scaler: 100, unit: .wattHour).number(12) == nil)
    #expect(ScalerUnit(.structure([.uint8(0), .enumerated(30)])) == nil)
    #expect(wattHours.unit.symbol == "Wh")
    #expect(COSEMUnit.none.symbol == "")
  }
}
