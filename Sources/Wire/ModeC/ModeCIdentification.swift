// The identification of a meter: `/`, maker, Z, `[\W…]`, text, CR LF (IEC 62056-21:2002, clause 6.3.2). Real
// meters write longer texts than its 16 characters, and readers that do not know the escapes take them for
// text, so the line is kept whole beside its parts.

/// Who answers, and what it proposes.
public struct ModeCIdentification: Hashable, Sendable {
  /// Everything between `/` and CR LF, as sent.
  public var raw: String
  /// The maker's three letters.
  public var maker: String
  /// The character Z.
  public var proposal: UInt8
  /// The characters behind each backslash: `2` announces mode E.
  public var escapes: [UInt8]
  /// What follows the escapes.
  public var text: String

  public init(maker: String, proposal: UInt8, escapes: [UInt8] = [], text: String) {
    (self.maker, self.proposal, self.escapes, self.text) = (maker, proposal, escapes, text)
    let middle = escapes.flatMap { [ModeCText.backslash, $0] }
    raw = maker + ModeCText.text([proposal] + middle) + text
  }

  /// From a line without `/` and line end. Throws `identification` where no maker and Z stand in front, or a
  /// character cannot be shown.
  public init(line: some Collection<UInt8>) throws(ModeCFault) {
    let bytes = Array(line)
    guard bytes.count >= 4, bytes.allSatisfy(ModeCText.isPrintable) else { throw .identification }
    guard bytes[..<3].allSatisfy({ (0x41...0x5A).contains($0 & 0xDF) && $0 >= 0x41 }) else {
      throw .identification
    }
    raw = ModeCText.text(bytes)
    maker = ModeCText.text(bytes[..<3])
    proposal = bytes[3]
    escapes = []
    var at = 4
    while at + 1 < bytes.count, bytes[at] == ModeCText.backslash {
      escapes.append(bytes[at + 1])
      at += 2
    }
    text = ModeCText.text(bytes[at...])
  }

  /// As sent, with `/` and CR LF.
  public var bytes: [UInt8] { [ModeCText.slash] + Array(raw.utf8) + [ModeCText.cr, ModeCText.lf] }

  /// What Z proposes; nil where it names no speed (mode A).
  public var proposedBaud: Int? { ModeCSpeed.baud(of: proposal) }

  /// Whether the meter changes to its speed by itself.
  public var isModeB: Bool { ModeCSpeed.isModeB(proposal) }

  /// Whether it offers HDLC.
  public var offersModeE: Bool { escapes.contains(UInt8(ascii: "2")) }

  /// Whether its reaction time is 20 ms and not 200 ms: the third letter is small.
  public var isQuick: Bool { maker.utf8.last.map { $0 >= UInt8(ascii: "a") } ?? false }
}
