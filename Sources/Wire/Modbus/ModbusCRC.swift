// The checksum of Modbus RTU: "MODBUS over Serial Line" V1.02, section 2.5.1.2 and appendix B.
// CRC-16 with the reflected polynomial 0xA001, preset to all ones. On the wire its low byte goes first.

/// The 16-bit checksum at the end of an RTU frame.
public enum ModbusCRC {
  /// The state before the first byte.
  public static let start: UInt16 = 0xFFFF

  /// One entry for each value of a byte: the polynomial divided out of it, eight bits at once.
  @usableFromInline static let table: [UInt16] = (0..<256).map { byte in
    (0..<8).reduce(UInt16(byte)) { rest, _ in rest & 1 == 1 ? rest >> 1 ^ 0xA001 : rest >> 1 }
  }

  /// The checksum of some bytes. Append it low byte first.
  @inlinable public static func of(_ bytes: some Sequence<UInt8>) -> UInt16 {
    let table = table
    var state = start
    for byte in bytes { state = state >> 8 ^ table[Int(truncatingIfNeeded: state) & 0xFF ^ Int(byte)] }
    return state
  }

  /// The state after one more byte. Over a whole frame, with its checksum, the state ends at 0.
  @inlinable public static func after(_ byte: UInt8, from state: UInt16) -> UInt16 {
    state >> 8 ^ table[Int(truncatingIfNeeded: state) & 0xFF ^ Int(byte)]
  }
}
