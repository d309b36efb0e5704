// The frame check of HDLC: ISO/IEC 13239 (16-bit FCS), IEC 62056-46:2002, 6.4.2.6; known as CRC-16/X-25.
// Polynomial 0x1021, bits reflected (0x8408), preset to all ones, complemented. On the wire its low byte goes
// first.

/// The 16-bit check sequence of a frame (FCS) and of its header (HCS).
public enum HDLCCheck {
  /// One entry for each value of a byte: the polynomial divided out of it, eight bits at once.
  private static let table: [UInt16] = (0..<256).map { byte in
    (0..<8).reduce(UInt16(byte)) { rest, _ in rest & 1 == 1 ? rest >> 1 ^ 0x8408 : rest >> 1 }
  }

  /// The check of some bytes. Append it low byte first.
  public static func of(_ bytes: some Sequence<UInt8>) -> UInt16 {
    let table = table
    var state: UInt16 = 0xFFFF
    for byte in bytes { state = state >> 8 ^ table[Int(truncatingIfNeeded: state) & 0xFF ^ Int(byte)] }
    return ~state
  }

  /// Appends the check of the bytes from `start` on.
  static func append(to bytes: inout [UInt8], from start: Int = 0) {
    let check = of(bytes[start...])
    bytes.append(UInt8(truncatingIfNeeded: check))
    bytes.append(UInt8(check >> 8))
  }
}
