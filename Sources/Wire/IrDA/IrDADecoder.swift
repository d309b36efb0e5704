// Finds messages of an A100C or an A1100 in a stream that may begin anywhere. A start that turns out to be
// none is given up by one byte, so that a message right behind it is not lost with it.

/// A message of a one-way infra-red port.
public enum IrDAMessage: Hashable, Sendable {
  case a100c(A100CMessage)
  case a1100(A1100Message)
}

/// Finds messages sent byte by byte.
public struct IrDADecoder: Sendable {
  public enum Event: Hashable, Sendable {
    case message(IrDAMessage)
    /// A whole message came, and its check is wrong.
    case check(expected: UInt8, received: UInt8)
  }

  private var held: [UInt8] = []

  public init() {}

  /// Whether no part of a message is held.
  public var isIdle: Bool { held.isEmpty }

  /// Drops what is held.
  public mutating func silence() { held.removeAll(keepingCapacity: true) }

  public mutating func take(_ byte: UInt8) -> Event? {
    held.append(byte)
    var fault: Event?
    while !held.isEmpty {
      switch Self.judge(held) {
      case .more: return fault
      case .found(let message):
        held.removeAll(keepingCapacity: true)
        return .message(message)
      case .wrong(let event):
        fault = fault ?? event
        // On to the next byte that could begin a message.
        let next = held.dropFirst().firstIndex(of: 0x01) ?? held.endIndex
        held.removeFirst(next)
      }
    }
    return fault
  }

  private enum Verdict {
    case more
    case found(IrDAMessage)
    case wrong(Event?)
  }

  private static func judge(_ bytes: [UInt8]) -> Verdict {
    let isBinary = bytes.starts(with: A100CMessage.head.prefix(bytes.count))
    let isText = bytes.starts(with: A1100Message.head.prefix(bytes.count))
    guard isBinary || isText else { return .wrong(nil) }
    guard bytes.count > A100CMessage.head.count else { return .more }
    return isBinary ? binary(bytes) : text(bytes)
  }

  private static func binary(_ bytes: [UInt8]) -> Verdict {
    guard bytes.count >= A100CMessage.bytes else { return .more }
    let expected = bytes.dropLast().reduce(0) { $0 &+ $1 }
    let received = bytes[bytes.count - 1]
    guard bytes[bytes.count - 2] == A100CMessage.end else { return .wrong(nil) }
    guard expected == received else { return .wrong(.check(expected: expected, received: received)) }
    return A100CMessage(data: bytes[4..<(4 + A100CMessage.dataBytes)]).map { .found(.a100c($0)) }
      ?? .wrong(nil)
  }

  private static func text(_ bytes: [UInt8]) -> Verdict {
    guard bytes.count >= 6, bytes[bytes.count - 2] == A1100Message.end else {
      let isOver = bytes.count > A1100Message.longest
      return isOver ? .wrong(nil) : .more
    }
    let expected = A1100Message.check(bytes.dropLast())
    let received = bytes[bytes.count - 1] & 0x7F
    guard expected == received else { return .wrong(.check(expected: expected, received: received)) }
    return A1100Message(data: bytes[4..<(bytes.count - 2)]).map { .found(.a1100($0)) } ?? .wrong(nil)
  }
}

/// Finds messages sent as half bytes.
public struct IrDANibbleDecoder: Sendable {
  private var inner = IrDADecoder()
  private var low: UInt8?

  public init() {}

  /// Whether no part of a message is held; half a byte is none.
  public var isIdle: Bool { inner.isIdle }

  /// Drops what is held.
  public mutating func silence() {
    inner.silence()
    low = nil
  }

  /// A character that is no half byte is dropped with the half that waits. A message begins with SOH, F1 F0:
  /// two characters `F1 F0` before anything is held set the pairs right.
  public mutating func take(_ character: UInt8) -> IrDADecoder.Event? {
    guard character >> 4 == 0x0F else {
      silence()
      return nil
    }
    guard let first = low else {
      low = character
      return nil
    }
    let byte = IrDANibbles.joined(low: first, high: character)
    if inner.isIdle, byte != 0x01 {
      low = character
      return nil
    }
    low = nil
    return inner.take(byte)
  }
}
