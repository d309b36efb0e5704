// What a meter hears, and the decoder that finds it in 7-bit characters (parity checked or stripped before).
// IEC 62056-21:2002, clauses 6.3.1, 6.3.3 and 6.5.

/// A message from a reader.
public enum ModeCRequest: Hashable, Sendable {
  /// `/ ? address ! CR LF`; an empty address means every meter.
  case signOn(address: String)
  /// `ACK V Z Y CR LF`: protocol, speed and option characters.
  case option(control: UInt8, speed: UInt8, mode: UInt8)
  case acknowledge
  /// NAK: say it again.
  case sayAgain
  case command(ModeCCommand)
  case refused(ModeCFault)
}

/// Finds requests in a run of characters. Between messages everything else is noise: wake-up zeros too.
public struct ModeCRequestDecoder: Sendable {
  private enum State {
    case idle
    case signOn([UInt8])
    case option([UInt8])
    case frame(ModeCFrame)
  }

  /// Whether an ACK begins an option select message and does not stand for itself: so after an
  /// identification.
  public var awaitsOption = false
  private var state = State.idle

  public init() {}

  /// Whether part of a message is held.
  public var isIdle: Bool {
    if case .idle = state { return true }
    return false
  }

  /// The line was silent for longer than a message may pause: what was held is dropped and named.
  public mutating func silence() -> ModeCRequest? {
    defer { state = .idle }
    switch state {
    case .idle: return nil
    case .signOn(let bytes), .option(let bytes): return .refused(.cutShort(received: bytes.count + 1))
    case .frame(let frame): return .refused(.cutShort(received: frame.count))
    }
  }

  public mutating func take(_ byte: UInt8) -> ModeCRequest? {
    switch state {
    case .idle: return begin(byte)
    case .signOn(let bytes): return signOn(bytes, byte)
    case .option(let bytes): return option(bytes, byte)
    case .frame(var frame):
      state = .idle
      let found = frame.take(byte)
      if found == nil { state = .frame(frame) }
      return found.map(Self.request)
    }
  }

  private mutating func begin(_ byte: UInt8) -> ModeCRequest? {
    switch byte {
    case ModeCText.slash: state = .signOn([])
    case ModeCText.soh: state = .frame(ModeCFrame(start: byte, limit: ModeCLimits.command))
    case ModeCText.ack where awaitsOption: state = .option([])
    case ModeCText.ack: return .acknowledge
    case ModeCText.nak: return .sayAgain
    default: break
    }
    return nil
  }

  /// A request ends with LF. A second `/` begins it anew, as after noise.
  private mutating func signOn(_ held: [UInt8], _ byte: UInt8) -> ModeCRequest? {
    guard byte != ModeCText.slash else {
      state = .signOn([])
      return nil
    }
    guard byte == ModeCText.lf else {
      let isFull = held.count >= ModeCLimits.address + 8
      state = isFull ? .idle : .signOn(held + [byte])
      return isFull ? .refused(.tooLong(bytes: held.count + 1)) : nil
    }
    state = .idle
    var line = held[...]
    while line.last == ModeCText.cr { line = line.dropLast() }
    guard line.first == ModeCText.question, line.last == ModeCText.mark, line.count >= 2 else {
      return .refused(.identification)
    }
    let address = line.dropFirst().dropLast()
    guard address.count <= ModeCLimits.address, address.allSatisfy(Self.isAddress) else {
      return .refused(.identification)
    }
    return .signOn(address: ModeCText.text(address))
  }

  private mutating func option(_ held: [UInt8], _ byte: UInt8) -> ModeCRequest? {
    guard byte == ModeCText.lf else {
      let isFull = held.count >= 5
      state = isFull ? .idle : .option(held + [byte])
      return isFull ? .refused(.tooLong(bytes: held.count + 1)) : nil
    }
    state = .idle
    var line = held[...]
    while line.last == ModeCText.cr { line = line.dropLast() }
    guard line.count == 3, line.allSatisfy(ModeCText.isPrintable) else { return .refused(.command) }
    return .option(control: line[0], speed: line[1], mode: line[2])
  }

  private static func request(_ found: ModeCFrame.Found) -> ModeCRequest {
    switch found {
    case .fault(let fault): return .refused(fault)
    case .whole(let body, let isPartial):
      do { return .command(try ModeCCommand(body: body[...], isPartial: isPartial)) } catch {
        return .refused(error)
      }
    }
  }

  private static func isAddress(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x20: true
    default: false
    }
  }
}

extension ModeCRequest {
  /// As sent. A refused message has no bytes.
  public var bytes: [UInt8] {
    switch self {
    case .signOn(let address): Array("/?\(address)!\r\n".utf8)
    case .option(let control, let speed, let mode):
      [ModeCText.ack, control, speed, mode, ModeCText.cr, ModeCText.lf]
    case .acknowledge: [ModeCText.ack]
    case .sayAgain: [ModeCText.nak]
    case .command(let command): command.bytes
    case .refused: []
    }
  }
}
