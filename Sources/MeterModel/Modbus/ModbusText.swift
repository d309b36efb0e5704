// Letters in registers: names and serial numbers. Two characters in a register, the first in its high byte
// (SunSpec), or one in the low byte of each (Carlo Gavazzi EM300); what is left over is 0.

/// A text that fills registers.
public struct ModbusText: Hashable, Sendable {
  public enum Content: Hashable, Sendable {
    case fixed(String)
    /// The serial number on the meter's plate.
    case serial
  }

  public var content: Content
  /// How many registers it fills.
  public var registers: Int
  /// 1 or 2.
  public var perRegister: Int

  public init(_ content: Content, registers: Int, perRegister: Int = 2) {
    (self.content, self.registers, self.perRegister) = (content, registers, perRegister)
  }

  /// The register at `offset` of a text; characters outside ASCII become `?`.
  static func register(_ offset: Int, of text: String, perRegister: Int) -> UInt16 {
    let bytes = text.unicodeScalars.lazy.map { $0.isASCII ? UInt8($0.value) : UInt8(ascii: "?") }
    let part = bytes.dropFirst(offset * perRegister).prefix(perRegister)
    guard perRegister == 2 else { return UInt16(part.first ?? 0) }
    return UInt16(part.first ?? 0) << 8 | UInt16(part.dropFirst().first ?? 0)
  }

  /// The text in registers, as a reader sees it: up to the first 0, blanks at the end cut off.
  public func text(of words: [UInt16]) -> String {
    var bytes = words.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
    if perRegister == 1 { bytes = words.map { UInt8(truncatingIfNeeded: $0) } }
    let text = String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    return String(text.reversed().drop { $0 == " " }.reversed())
  }
}
