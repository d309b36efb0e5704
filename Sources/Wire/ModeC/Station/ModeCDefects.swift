// What a faulty meter does to the messages of its dialogue. All off: a meter in good order. What the line
// does (noise, echo, gaps, wrong speed, parity) is the line's own.

public import Units

/// Departures from good order, honoured by `ModeCStation`.
public struct ModeCDefects: Hashable, Sendable {
  /// What is wrong with a data message.
  public enum Message: Hashable, Sendable {
    /// A check character that is one bit off.
    case check
    /// The first digit in the brackets differs from what was checked: plausible text, wrong check.
    case digit
    /// Nothing comes after so many bytes.
    case cut(after: Int)
    /// `!` is left out; the check is right.
    case noEnd
    /// After so many bytes the meter signs off with B0.
    case signOff(after: Int)
  }

  /// Applied to data messages (those that begin with STX, and a push); nil: none.
  public var message: Message?
  /// How many messages more it befalls; nil: all.
  public var messages: Int?
  /// Answers a request to whatever address.
  public var answersEveryone = false
  /// Changes its speed only so long after the acknowledgement or identification, and speaks meanwhile at the
  /// old one.
  public var changesLate = TimeSpan.zero

  public static let none = ModeCDefects()

  public init() {}

  /// What becomes of a data message, counting it; any other stays as it is. A `push` begins with its
  /// identification.
  mutating func spoil(_ bytes: [UInt8], isPush: Bool = false) -> [UInt8] {
    guard let message, messages.map({ $0 > 0 }) ?? true, bytes.count > 3 else { return bytes }
    guard bytes[0] == ModeCText.stx || isPush else { return bytes }
    messages = messages.map { $0 - 1 }
    var bytes = bytes
    switch message {
    case .check where bytes[0] == ModeCText.stx: bytes[bytes.count - 1] ^= 0x01
    case .check: break
    case .digit:
      guard let open = bytes.firstIndex(of: ModeCText.opening),
        let digit = bytes[open...].firstIndex(where: { (0x30...0x39).contains($0) })
      else { break }
      bytes[digit] = bytes[digit] == 0x39 ? 0x38 : bytes[digit] + 1
    case .cut(let after): bytes = Array(bytes.prefix(after))
    case .noEnd:
      guard let mark = bytes.lastIndex(of: ModeCText.mark) else { break }
      bytes.remove(at: mark)
      guard bytes[0] == ModeCText.stx else { break }
      bytes[bytes.count - 1] = ModeCText.check(bytes[1..<(bytes.count - 1)])
    case .signOff(let after): bytes = bytes.prefix(after) + ModeCText.signOff
    }
    return bytes
  }
}
