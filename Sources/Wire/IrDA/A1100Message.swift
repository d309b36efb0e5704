// The message that an Elster A1100 sends every fourth second over its one-way infra-red port (the maker's
// handbook): `01 O B 02 data 03 check`, data sets as in IEC 62056-21 but with the unit right behind the
// digits and no line ends. The check is the one's complement of the arithmetic sum of everything before it,
// in 7 bits. On the wire each byte is two characters: its low half first,
// the upper four bits of each being ones.

/// One message of an A1100.
public struct A1100Message: Hashable, Sendable {
  /// Addresses and what stands in their brackets, unit included: `1.8.1(0012345.6kWh)`.
  public var sets: [ModeCDataSet]

  public init(sets: [ModeCDataSet]) { self.sets = sets }

  static let head: [UInt8] = [0x01, 0x4F, 0x42, 0x02]
  static let end: UInt8 = 0x03
  /// More than any build sends (328 bytes in the one that was seen).
  static let longest = 1024

  /// As a decoding head gives it.
  public var bytes: [UInt8] {
    var out = Self.head
    for set in sets { out += Array(set.text.utf8) }
    out.append(Self.end)
    out.append(Self.check(out))
    return out
  }

  /// From the data bytes of a message whose check was right. Nil where they are no data sets.
  init?(data: ArraySlice<UInt8>) {
    guard let block = try? ModeCDataBlock(parsing: data), !block.sets.isEmpty, !block.hasEndMark,
      block.sets.allSatisfy({ !$0.address.isEmpty && !$0.values.isEmpty })
    else { return nil }
    sets = block.sets
  }

  static func check(_ bytes: some Sequence<UInt8>) -> UInt8 { ~bytes.reduce(0) { $0 &+ $1 } & 0x7F }
}

/// Bytes as pairs of half bytes.
public enum IrDANibbles {
  /// Low half first; the upper four bits of each character are ones.
  public static func split(_ bytes: [UInt8]) -> [UInt8] {
    bytes.flatMap { [0xF0 | $0 & 0x0F, 0xF0 | $0 >> 4] }
  }

  public static func joined(low: UInt8, high: UInt8) -> UInt8 { low & 0x0F | (high & 0x0F) << 4 }
}
