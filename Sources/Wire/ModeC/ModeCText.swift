// The control characters of IEC 62056-21:2002, clause 6.3, the block check character, and how much of
// anything is taken before it is no message any more.

/// Control characters and limits.
public enum ModeCText {
  public static let soh: UInt8 = 0x01
  public static let stx: UInt8 = 0x02
  public static let etx: UInt8 = 0x03
  public static let eot: UInt8 = 0x04
  public static let ack: UInt8 = 0x06
  public static let lf: UInt8 = 0x0A
  public static let cr: UInt8 = 0x0D
  public static let nak: UInt8 = 0x15
  static let slash = UInt8(ascii: "/")
  static let question = UInt8(ascii: "?")
  static let mark = UInt8(ascii: "!")
  static let opening = UInt8(ascii: "(")
  static let closing = UInt8(ascii: ")")
  static let star = UInt8(ascii: "*")
  static let backslash = UInt8(ascii: "\\")

  /// What a complete sign-off looks like: `SOH B0 ETX BCC`.
  public static let signOff: [UInt8] = [soh, 0x42, 0x30, etx, 0x71]

  /// The block check character (ISO 1155): the exclusive or of everything after the first SOH or STX up to
  /// and with ETX or EOT, in 7 bits.
  public static func check(_ bytes: some Sequence<UInt8>) -> UInt8 {
    bytes.reduce(0) { $0 ^ $1 } & 0x7F
  }

  /// A block between a start character and an end character, with its check: `STX … ETX BCC`.
  public static func framed(_ data: some Collection<UInt8>, from start: UInt8, to end: UInt8 = etx)
    -> [UInt8]
  {
    var bytes = [start]
    bytes.reserveCapacity(data.count + 3)
    bytes += data
    bytes.append(end)
    bytes.append(check(bytes.dropFirst()))
    return bytes
  }

  static func isPrintable(_ byte: UInt8) -> Bool { (0x20...0x7E).contains(byte) }

  static func text(_ bytes: some Collection<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
}

/// How much is taken for one message; beyond it is noise. The standard knows none of these limits but the
/// address's; they only keep a broken line from filling memory.
public enum ModeCLimits {
  /// Clause 6.3.1: the device address has at most 32 characters.
  public static let address = 32
  /// An identification line between `/` and CR LF; 16 + 4 by the standard, up to some 40 in the field.
  public static let identification = 96
  /// A command to the meter.
  public static let command = 1024
  /// One data message of a meter: a profile of a year of half-hours in one block has some 400 kB.
  public static let message = 1 << 20
}
