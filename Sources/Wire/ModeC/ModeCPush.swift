// Mode D: the meter says identification and data at once, without STX, ETX and check (IEC 62056-21:2002,
// clause 6.4.4). Only parity guards it. The end is `!` outside brackets.

/// One mode D message.
public struct ModeCPush: Hashable, Sendable {
  public var identification: ModeCIdentification
  /// From behind the identification's line end up to and with `!`.
  public var block: [UInt8]

  public init(identification: ModeCIdentification, block: [UInt8]) {
    (self.identification, self.block) = (identification, block)
  }

  /// As sent: identification, an empty line, the block, CR LF.
  public var bytes: [UInt8] {
    identification.bytes + [ModeCText.cr, ModeCText.lf] + block + [ModeCText.cr, ModeCText.lf]
  }
}

/// Finds mode D messages in a stream that may begin anywhere.
public struct ModeCPushDecoder: Sendable {
  public enum Event: Hashable, Sendable {
    case message(ModeCPush)
    case refused(ModeCFault)
  }

  private enum State {
    case idle
    case line([UInt8])
    case block(ModeCIdentification, [UInt8], inBrackets: Bool)
  }

  private var state = State.idle

  public init() {}

  public var isIdle: Bool {
    if case .idle = state { return true }
    return false
  }

  public mutating func silence() -> Event? {
    defer { state = .idle }
    switch state {
    case .idle: return nil
    case .line(let bytes): return .refused(.cutShort(received: bytes.count + 1))
    case .block(_, let bytes, _): return .refused(.cutShort(received: bytes.count))
    }
  }

  public mutating func take(_ byte: UInt8) -> Event? {
    switch state {
    case .idle:
      if byte == ModeCText.slash { state = .line([]) }
      return nil
    case .line(let held):
      return line(held, byte)
    case .block(let identification, var bytes, let inBrackets):
      state = .idle
      guard bytes.count < ModeCLimits.message else { return .refused(.tooLong(bytes: bytes.count + 1)) }
      bytes.append(byte)
      guard byte == ModeCText.mark, !inBrackets else {
        let isInside = byte == ModeCText.opening || inBrackets && byte != ModeCText.closing
        state = .block(identification, bytes, inBrackets: isInside)
        return nil
      }
      return .message(ModeCPush(identification: identification, block: bytes))
    }
  }

  private mutating func line(_ held: [UInt8], _ byte: UInt8) -> Event? {
    if byte == ModeCText.slash {
      state = .line([])
      return nil
    }
    guard byte == ModeCText.lf else {
      let isFull = held.count >= ModeCLimits.identification
      state = isFull ? .idle : .line(held + [byte])
      return isFull ? .refused(.tooLong(bytes: held.count + 1)) : nil
    }
    state = .idle
    var line = held[...]
    while line.last == ModeCText.cr { line = line.dropLast() }
    do {
      state = .block(try ModeCIdentification(line: line), [], inBrackets: false)
      return nil
    } catch { return .refused(error) }
  }
}
