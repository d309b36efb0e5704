// Even parity in bit 7: what a reader or a meter does itself where its port has only 8N1. The character on
// the wire is the same as 7E1: IEC 62056-21:2002, clauses 5.4 and 5.6 (1 start, 7 data, even parity, 1 stop).

/// Adds, checks and takes away even parity in bit 7.
public enum SoftwareParity {
  /// The 7-bit code with its parity in bit 7; what stood in bit 7 is dropped.
  public static func adding(_ byte: UInt8) -> UInt8 {
    let code = byte & 0x7F
    return code.nonzeroBitCount % 2 == 0 ? code : code | 0x80
  }

  public static func adding(to bytes: some Sequence<UInt8>) -> [UInt8] { bytes.map { adding($0) } }

  /// Whether the number of ones is even.
  public static func holds(_ byte: UInt8) -> Bool { byte.nonzeroBitCount % 2 == 0 }

  /// The 7-bit code, or 0 where parity does not hold, as a UART with parity checking hands it on
  /// (termios(3): INPCK without IGNPAR and PARMRK).
  public static func checked(_ byte: UInt8) -> UInt8 { holds(byte) ? byte & 0x7F : 0 }

  /// Whether somebody sends even parity in bit 7: judged by a run of text that has characters of odd weight,
  /// as every request has (`/` and CR). Nil where it has none, or neither reading fits.
  public static func isUsed(in bytes: some Sequence<UInt8>) -> Bool? {
    var (plain, parity, seen) = (true, true, false)
    for byte in bytes {
      if byte & 0x80 != 0 { plain = false }
      if !holds(byte) { parity = false }
      if (byte & 0x7F).nonzeroBitCount % 2 == 1 { seen = true }
    }
    guard seen, plain != parity else { return nil }
    return parity
  }
}
