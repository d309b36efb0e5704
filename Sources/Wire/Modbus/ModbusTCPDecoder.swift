// Finds Modbus TCP frames in a stream that may cut and join them anywhere ("Messaging on TCP/IP" V1.0b,
// section 4.2.2). A stream has no silence: a length that no frame can have ends it for good.

/// Turns a stream of bytes into frames; holds at most one unfinished frame.
public struct ModbusTCPDecoder {
  public enum Event: Hashable, Sendable {
    case frame(ModbusTCPFrame)
    /// `protocolIdentifier`: the frame was skipped. `headerLength`: the stream is lost, close it.
    case refused(ModbusFault)
  }

  /// Unit and PDU together: at least a unit and a function code, at most 254 bytes.
  static let lengths = 2...(ModbusLimits.pduBytes + 1)

  /// The stream is out of step and every further byte is dropped: only a new connection helps.
  public private(set) var isLost = false
  private var held: [UInt8] = []
  private var isSpent = false

  public init() {}

  /// Bytes of an unfinished frame.
  public var heldBytes: Int { isSpent ? 0 : held.count }

  /// The next frame or fault, and takes its bytes off the front of `input`; nil when more bytes are needed,
  /// with `input` then empty. Call until nil. A frame's `pdu` shares storage with `input` or the decoder:
  /// drop it before the next call, or bytes are copied.
  public mutating func next(from input: inout ArraySlice<UInt8>) -> Event? {
    if isSpent {
      held.removeAll(keepingCapacity: true)
      isSpent = false
    }
    guard !input.isEmpty else { return nil }
    guard !isLost else {
      input = input[input.endIndex...]
      return nil
    }
    if held.isEmpty, let whole = wholeFrame(in: input) {
      let bytes = input.prefix(whole)
      input = input.dropFirst(whole)
      return event(bytes)
    }
    return collect(from: &input)
  }

  /// The usual case, without any copying: the input begins with a whole frame of a sound length.
  private func wholeFrame(in input: ArraySlice<UInt8>) -> Int? {
    guard input.count > ModbusTCP.headerBytes else { return nil }
    let length = Int(ModbusPDU.word(input, 4))
    return Self.lengths.contains(length) && input.count >= 6 + length ? 6 + length : nil
  }

  /// Takes as much as the frame at hand still needs.
  private mutating func collect(from input: inout ArraySlice<UInt8>) -> Event? {
    take(upTo: 6, from: &input)
    guard held.count >= 6 else { return nil }
    let length = ModbusPDU.word(held[...], 4)
    guard Self.lengths.contains(Int(length)) else {
      isLost = true
      held = []
      input = input[input.endIndex...]
      return .refused(.headerLength(length))
    }
    take(upTo: 6 + Int(length), from: &input)
    guard held.count == 6 + Int(length) else { return nil }
    isSpent = true
    return event(held[...])
  }

  private mutating func take(upTo count: Int, from input: inout ArraySlice<UInt8>) {
    guard held.count < count else { return }
    let part = input.prefix(count - held.count)
    held.append(contentsOf: part)
    input = input.dropFirst(part.count)
  }

  private func event(_ bytes: ArraySlice<UInt8>) -> Event {
    let protocolIdentifier = ModbusPDU.word(bytes, 2)
    guard protocolIdentifier == 0 else { return .refused(.protocolIdentifier(protocolIdentifier)) }
    return .frame(
      ModbusTCPFrame(
        transaction: ModbusPDU.word(bytes, 0), unit: bytes[bytes.startIndex + 6],
        pdu: bytes.dropFirst(ModbusTCP.headerBytes)))
  }
}
