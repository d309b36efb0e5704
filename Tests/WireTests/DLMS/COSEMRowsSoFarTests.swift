// A long array that broke off: the rows that came whole, for every place where it may break.

import Testing
import Wire

@Suite("Rows so far")
struct COSEMRowsSoFarTests {
  static let rows = (1...5).map { COSEMValue.structure([.octets([$0, $0]), .uint32(UInt32($0)), .null]) }
  static let array = COSEMValue.array(rows).encoded
  static let packedRows = (1...5).map { COSEMValue.structure([.octets([$0, $0]), .uint32(UInt32($0))]) }
  static let packed = COSEMValue.compactArray(
    .structure([.plain(.octets), .plain(.uint32)]), packedRows
  ).encoded

  @Test("each beginning of an array gives its whole rows, and is complete only at the end")
  func beginnings() throws {
    // Two octets of head and rows of twelve; packed, six and seven.
    for (octets, all, head, each) in [(Self.array, Self.rows, 2, 12), (Self.packed, Self.packedRows, 6, 7)] {
      #expect(octets.count == head + 5 * each)
      for count in 1...octets.count {
        let came = try #require(COSEMRowsSoFar(Array(octets.prefix(count))), "\(count)")
        let whole = max(0, count - head) / each
        #expect(came.rows == Array(all.prefix(whole)), "\(count)")
        #expect(came.isComplete == (count == octets.count), "\(count)")
      }
    }
  }

  @Test(
    "what is no array, or has a wrong octet in it, gives nothing",
    arguments: ["", "02 01 00", "06 00 00 00 01", "01 02 11 01 07 00", "13 13 00", "01 01 11 01 00"])
  func others(_ hex: String) {
    #expect(COSEMRowsSoFar(octets(hex)) == nil)
  }
}
