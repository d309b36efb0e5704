// Commands of the programming mode: `SOH C D [STX data set] ETX BCC` (IEC 62056-21:2002, clauses 6.3.5 to
// 6.3.9). EOT in place of ETX says that more follows.

/// A command of either side: R, W, E, P and B from the reader; P0 and B0 from the meter.
public struct ModeCCommand: Hashable, Sendable {
  /// `R`, `W`, `E`, `P`, `B`.
  public var letter: UInt8
  /// `0`…`6`.
  public var number: UInt8
  /// The data set with its brackets; nil where there is no STX.
  public var data: [UInt8]?
  /// EOT stands at its end.
  public var isPartial: Bool

  public init(letter: UInt8, number: UInt8, data: [UInt8]? = nil, isPartial: Bool = false) {
    (self.letter, self.number, self.data, self.isPartial) = (letter, number, data, isPartial)
  }

  /// `R1`, `1.8.0()`.
  public init(_ name: StaticString, _ data: String? = nil) {
    let bytes = name.withUTF8Buffer { Array($0) }
    self.init(
      letter: bytes.first ?? 0, number: bytes.dropFirst().first ?? 0, data: data.map { Array($0.utf8) })
  }

  /// From what stands between SOH and ETX or EOT.
  init(body: ArraySlice<UInt8>, isPartial: Bool) throws(ModeCFault) {
    let start = body.startIndex
    guard body.count >= 2, ModeCText.isPrintable(body[start]), ModeCText.isPrintable(body[start + 1]) else {
      throw .command
    }
    var data: [UInt8]?
    if body.count > 2 {
      guard body[start + 2] == ModeCText.stx else { throw .command }
      data = Array(body[(start + 3)...])
    }
    self.init(letter: body[start], number: body[start + 1], data: data, isPartial: isPartial)
  }

  public var bytes: [UInt8] {
    var body = [letter, number]
    if let data { body += [ModeCText.stx] + data }
    return ModeCText.framed(body, from: ModeCText.soh, to: isPartial ? ModeCText.eot : ModeCText.etx)
  }

  /// `R1`.
  public var name: String { ModeCText.text([letter, number]) }

  /// The complete sign-off, `B0`.
  public static let signOff = ModeCCommand("B0")

  public var isSignOff: Bool { letter == UInt8(ascii: "B") }
}
