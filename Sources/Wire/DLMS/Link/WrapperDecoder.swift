// Finds wrapped PDUs in a stream that may cut and join them anywhere (IEC 62056-47:2006, 7.3.3.2). A stream
// has no flags: a header that cannot be ends it for good.

/// Turns a stream of bytes into wrapped PDUs; holds at most one unfinished one, of a size it accepted.
public struct WrapperDecoder {
  public enum Event: Hashable, Sendable {
    case frame(WrapperFrame)
    /// The stream is lost: close it.
    case refused(WrapperFault)
  }

  /// The longest PDU that is taken.
  public let mostBytes: Int
  /// Every further byte is dropped: only a new connection helps.
  public private(set) var isLost = false
  private var held: [UInt8] = []

  public init(mostBytes: Int = WrapperFrame.mostBytes) {
    self.mostBytes = min(max(mostBytes, 1), WrapperFrame.mostBytes)
  }

  /// Bytes of an unfinished PDU and its header.
  public var heldBytes: Int { held.count }

  /// The next PDU or fault, and takes its bytes off the front of `input`; nil when more bytes are needed,
  /// with `input` then empty. Call until nil.
  public mutating func next(from input: inout ArraySlice<UInt8>) -> Event? {
    guard !isLost else {
      input = input[input.endIndex...]
      return nil
    }
    let header = WrapperFrame.headerBytes
    // A wrong version is known by its second byte; nobody waits for the rest of such a header.
    take(upTo: 2, from: &input)
    guard held.count >= 2 else { return nil }
    guard word(0) == WrapperFrame.version else { return lose(.version(word(0)), &input) }
    take(upTo: header, from: &input)
    guard held.count >= header else { return nil }
    let length = Int(word(6))
    guard (1...mostBytes).contains(length) else { return lose(.length(length), &input) }
    take(upTo: header + length, from: &input)
    guard held.count == header + length else { return nil }
    defer { held.removeAll(keepingCapacity: held.count <= HDLCLimits.frameBytes) }
    return .frame(WrapperFrame(from: word(2), to: word(4), pdu: Array(held[header...])))
  }

  private func word(_ index: Int) -> UInt16 { UInt16(held[index]) << 8 | UInt16(held[index + 1]) }

  private mutating func take(upTo count: Int, from input: inout ArraySlice<UInt8>) {
    guard held.count < count else { return }
    let part = input.prefix(count - held.count)
    held += part
    input = input.dropFirst(part.count)
  }

  private mutating func lose(_ fault: WrapperFault, _ input: inout ArraySlice<UInt8>) -> Event {
    isLost = true
    held = []
    input = input[input.endIndex...]
    return .refused(fault)
  }
}
