// The speeds and what names them: IEC 62056-21:2002, clause 6.3.14 item 13 (baud rate identification).

/// The characters Z of modes B and C.
public enum ModeCSpeed {
  /// The speed at which modes A, B, C and E begin, and the one of mode D.
  public static let start = 300
  public static let push = 2400

  /// Index 0 is `0` in mode C; index 1 is also `A` in mode B.
  static let bauds = [300, 600, 1200, 2400, 4800, 9600, 19_200]

  /// What a character means: `0`…`6` mode C, `A`…`F` mode B; nil for any other (mode A, or reserved).
  public static func baud(of character: UInt8) -> Int? {
    switch character {
    case UInt8(ascii: "0")...UInt8(ascii: "6"): bauds[Int(character - UInt8(ascii: "0"))]
    case UInt8(ascii: "A")...UInt8(ascii: "F"): bauds[Int(character - UInt8(ascii: "A")) + 1]
    default: nil
    }
  }

  /// The character of mode C for a speed; nil for a speed that has none.
  public static func character(of baud: Int) -> UInt8? {
    bauds.firstIndex(of: baud).map { UInt8(ascii: "0") + UInt8($0) }
  }

  /// The fastest speed that has a character and is no faster than a limit; 300 where none is.
  public static func fastest(notAbove limit: Int) -> Int { bauds.last { $0 <= limit } ?? start }

  /// The character of mode B for a speed above 300.
  public static func modeBCharacter(of baud: Int) -> UInt8? {
    bauds.firstIndex(of: baud).flatMap { $0 == 0 ? nil : UInt8(ascii: "A") + UInt8($0 - 1) }
  }

  static func isModeB(_ character: UInt8) -> Bool {
    character >= UInt8(ascii: "A") && baud(of: character) != nil
  }
}

/// How a UART of an optical port stands: 7E1, or 8N1 once HDLC has begun. Both have 10 bits a character.
public struct ModeCUART: Hashable, Sendable {
  public var baud: Int
  /// 8N1 for HDLC (mode E); else 7E1.
  public var isBinary: Bool

  public static let idle = ModeCUART(baud: ModeCSpeed.start)

  public init(baud: Int, isBinary: Bool = false) { (self.baud, self.isBinary) = (baud, isBinary) }
}
