// Finds RTU frames in a run of bytes: the part that the request and the response decoder share. Bytes in,
// frames or faults out; who calls it tells it of silence (t3.5), the only thing that ends confusion there.

/// Collects one frame at a time, byte by byte.
struct ModbusRTUFramer {
  private enum State {
    /// Nothing heard since the last frame or silence.
    case idle
    /// The unit or the bytes up to the one that tells the length are awaited; `until` bytes will do.
    case head(until: Int)
    /// The whole length is known.
    case body(length: Int)
    /// Only silence ends this frame.
    case untilSilence
    /// Out of step: everything is dropped until silence.
    case discarding
  }

  enum Found: Hashable {
    /// A frame with a right checksum stands in `frame`.
    case frame
    case fault(ModbusFault)
  }

  private let length: @Sendable (UInt8) -> ModbusRTU.Length
  private var state = State.idle
  private var checksum = ModbusCRC.start
  private var bytes: [UInt8] = []

  init(length: @escaping @Sendable (UInt8) -> ModbusRTU.Length) {
    self.length = length
    bytes.reserveCapacity(ModbusLimits.rtuBytes)
  }

  /// The frame just found: unit, PDU, checksum. Valid until the next byte.
  var unit: UInt8 { bytes.first ?? 0 }
  var pdu: ArraySlice<UInt8> { bytes.dropFirst().dropLast(2) }

  /// True when no part of a frame is held and nothing is being dropped.
  var isIdle: Bool {
    if case .idle = state { return true }
    return false
  }

  mutating func take(_ byte: UInt8) -> Found? {
    switch state {
    case .discarding: return nil
    case .idle:
      bytes.removeAll(keepingCapacity: true)
      checksum = ModbusCRC.start
      state = .head(until: 2)
    case .head, .body, .untilSilence: break
    }
    bytes.append(byte)
    checksum = ModbusCRC.after(byte, from: checksum)
    if case .head(let until) = state, bytes.count == until { learnLength() }
    switch state {
    case .body(let length):
      guard length <= ModbusLimits.rtuBytes else { return refuse(.tooLong(bytes: length)) }
      return bytes.count == length ? finish() : nil
    case .untilSilence where bytes.count > ModbusLimits.rtuBytes:
      return refuse(.tooLong(bytes: bytes.count))
    default: return nil
    }
  }

  /// The line was silent for t3.5: a frame whose end only silence tells is whole, any other is cut short.
  mutating func silence() -> Found? {
    defer { state = .idle }
    switch state {
    case .idle, .discarding: return nil
    case .untilSilence where bytes.count >= 4: return finish()
    case .head, .body, .untilSilence: return .fault(.cutShort(received: bytes.count))
    }
  }

  private mutating func learnLength() {
    switch length(bytes[1]) {
    case .fixed(let whole): state = .body(length: whole)
    case .untilSilence: state = .untilSilence
    case .counted(let index, let beside):
      state = bytes.count > index ? .body(length: Int(bytes[index]) + beside) : .head(until: index + 1)
    }
  }

  private mutating func finish() -> Found {
    guard checksum == 0 else {
      let received = UInt16(bytes[bytes.count - 2]) | UInt16(bytes[bytes.count - 1]) << 8
      return refuse(.checksum(expected: ModbusCRC.of(bytes.dropLast(2)), received: received))
    }
    state = .idle
    return .frame
  }

  private mutating func refuse(_ fault: ModbusFault) -> Found {
    state = .discarding
    return .fault(fault)
  }
}
