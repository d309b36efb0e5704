// What a reader has of a long array when its transfer broke off: the rows that came whole.

/// Rows of an array or compact array, perhaps not all of them.
public struct COSEMRowsSoFar: Hashable, Sendable {
  public var rows: [COSEMValue]
  /// True when every row is there and nothing follows.
  public var isComplete: Bool

  /// Reads as many whole rows as there are. Nil where the octets are no array of rows.
  public init?(_ octets: [UInt8]) {
    var reader = AXDRReader(octets)
    rows = []
    isComplete = false
    switch reader.next {
    case COSEMTag.array.rawValue: guard array(&reader) else { return nil }
    case COSEMTag.compactArray.rawValue: guard compact(&reader) else { return nil }
    default: return nil
    }
  }

  /// False where the octets are wrong, not merely too few.
  private mutating func array(_ reader: inout AXDRReader) -> Bool {
    do throws(COSEMFault) {
      _ = try reader.uint8()
      let count = try reader.length()
      while rows.count < count { rows.append(try reader.value(depth: 1)) }
      isComplete = true
      return reader.isAtEnd
    } catch { return error == .short || error == .count }
  }

  private mutating func compact(_ reader: inout AXDRReader) -> Bool {
    do throws(COSEMFault) {
      _ = try reader.uint8()
      let type = try reader.type(depth: 1)
      let stop = try reader.length()
      let start = reader.at
      while reader.at - start < stop {
        let before = reader.at
        rows.append(try reader.row(type))
        guard reader.at > before, reader.at - start <= stop else { return false }
      }
      isComplete = true
      return reader.isAtEnd
    } catch { return error == .short || error == .count }
  }
}
