// What a reader hears, and the decoder that finds it in 7-bit characters. It is tolerant where the field is:
// noise before `/`, a line end of LF alone or with two CRs, identifications of any length
// (IEC 62056-21:2002, clauses 6.3.2 to 6.3.9, for what ought to come).

/// A message from a meter.
public enum ModeCAnswer: Hashable, Sendable {
  case identification(ModeCIdentification)
  /// `STX … ETX BCC`, the check right; a partial block ended with EOT.
  case block([UInt8], isPartial: Bool)
  /// `SOH …`: P0 with its seed, B0.
  case command(ModeCCommand)
  case acknowledge
  case refusal
  /// A reader's own request line, sent back by an echoing head.
  case echoedRequest
  case refused(ModeCFault)
}

/// Finds answers in a run of characters.
public struct ModeCAnswerDecoder: Sendable {
  private enum State {
    case idle
    /// A line after `/`; `ends`: its CR has come.
    case line([UInt8], ends: Bool)
    case frame(ModeCFrame)
  }

  private var state = State.idle
  /// Bytes outside messages since the beginning; LF and CR are not counted.
  public private(set) var noise = 0

  public init() {}

  public var isIdle: Bool {
    if case .idle = state { return true }
    return false
  }

  /// The line fell silent: what was held is dropped and named.
  public mutating func silence() -> ModeCAnswer? {
    defer { state = .idle }
    switch state {
    case .idle: return nil
    case .line(let bytes, _): return .refused(.cutShort(received: bytes.count + 1))
    case .frame(let frame): return .refused(.cutShort(received: frame.count))
    }
  }

  public mutating func take(_ byte: UInt8) -> ModeCAnswer? {
    switch state {
    case .idle:
      return begin(byte)
    case .line(let bytes, let ends):
      return line(bytes, ends: ends, byte)
    case .frame(var frame):
      state = .idle
      let found = frame.take(byte)
      if found == nil { state = .frame(frame) }
      return found.map { Self.answer($0, from: frame.start) }
    }
  }

  private mutating func begin(_ byte: UInt8) -> ModeCAnswer? {
    switch byte {
    case ModeCText.slash: state = .line([], ends: false)
    case ModeCText.soh, ModeCText.stx:
      state = .frame(ModeCFrame(start: byte, limit: ModeCLimits.message))
    case ModeCText.ack: return .acknowledge
    case ModeCText.nak: return .refusal
    case ModeCText.cr, ModeCText.lf: break
    default: noise &+= 1
    }
    return nil
  }

  private mutating func line(_ held: [UInt8], ends: Bool, _ byte: UInt8) -> ModeCAnswer? {
    if ends, byte != ModeCText.lf, byte != ModeCText.cr {
      // CR alone ended the line, and this begins the next message.
      state = .idle
      let answer = Self.lineEnd(held)
      _ = begin(byte)
      return answer
    }
    switch byte {
    case ModeCText.slash:
      noise &+= held.count + 1
      state = .line([], ends: false)
    case ModeCText.lf:
      state = .idle
      return Self.lineEnd(held)
    case ModeCText.cr:
      state = .line(held, ends: true)
    default:
      guard held.count < ModeCLimits.identification else {
        state = .idle
        return .refused(.tooLong(bytes: held.count + 1))
      }
      state = .line(held + [byte], ends: false)
    }
    return nil
  }

  private static func lineEnd(_ line: [UInt8]) -> ModeCAnswer {
    if line.first == ModeCText.question, line.last == ModeCText.mark { return .echoedRequest }
    do { return .identification(try ModeCIdentification(line: line)) } catch { return .refused(error) }
  }

  private static func answer(_ found: ModeCFrame.Found, from start: UInt8) -> ModeCAnswer {
    switch found {
    case .fault(let fault): return .refused(fault)
    case .whole(let body, let isPartial) where start == ModeCText.stx:
      return .block(body, isPartial: isPartial)
    case .whole(let body, let isPartial):
      do { return .command(try ModeCCommand(body: body[...], isPartial: isPartial)) } catch {
        return .refused(error)
      }
    }
  }
}
