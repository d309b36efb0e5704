// Finds frames in a stream of characters (IEC 62056-46:2002, 6.4.1 and 6.4.4.1). As there is no byte
// stuffing, a frame is found by its length and believed by its checks. What turns out to be no frame is
// searched again from the byte after its flag: the flag that closes a broken frame may open the next.

/// Turns a stream of bytes into frames; holds at most one unfinished frame.
///
/// Call `next` until nil after each arrival of bytes, and `silence` when the line was silent for the
/// inter-octet time-out. One flag may close a frame and open the next.
public struct HDLCFrameDecoder {
  public enum Event: Hashable, Sendable {
    case frame(HDLCFrame)
    case refused(HDLCFault)
  }

  /// What has come and is not yet a frame or refused: from `start` on, where a flag stands or nothing.
  private var buffer: [UInt8] = []
  private var start = 0
  /// The header behind the flag at `start`, once it has been read.
  private var header: HDLCHeader?
  /// Bytes without a flag before them, not yet reported.
  private var noise = 0
  /// The bytes up to the next flag belong to what was refused already.
  private var isSkipping = false

  public init() {}

  /// Bytes of an unfinished frame; a flag alone is none.
  public var heldBytes: Int { max(0, buffer.count - start - 1) }

  public var isIdle: Bool { heldBytes == 0 && noise == 0 }

  /// No frame can be whole before so many more bytes have come: a reader need not look earlier.
  public var wantedBytes: Int {
    let whole = (header?.length ?? HDLCLimits.shortestFrame) + 2
    return max(1, whole - (buffer.count - start))
  }

  /// The next frame or fault, and takes its bytes off the front of `input`; nil when more bytes are needed,
  /// with `input` then empty.
  public mutating func next(from input: inout ArraySlice<UInt8>) -> Event? {
    while true {
      if let event = scan() { return event }
      guard !input.isEmpty else { return nil }
      buffer.removeFirst(start)
      start = 0
      // At most a frame's worth at a time: what is held stays of that size.
      let part = input.prefix(HDLCLimits.frameBytes)
      buffer += part
      input = input.dropFirst(part.count)
    }
  }

  /// The line was silent: what is held does not go on. It may yet hold whole frames behind a broken one.
  public mutating func silence() -> [Event] {
    var events: [Event] = []
    while true {
      while let event = scan() { events.append(event) }
      guard heldBytes > 0 else { break }
      if !isSkipping { events.append(.refused(.cutShort(received: heldBytes))) }
      giveUp()
    }
    if noise > 0 { events.append(.refused(.noise(bytes: noise))) }
    self = HDLCFrameDecoder()
    return events
  }

  /// Goes on with what is held. Nil when it says no more.
  private mutating func scan() -> Event? {
    while toFlag() {
      if noise > 0 {
        defer { noise = 0 }
        return .refused(.noise(bytes: noise))
      }
      do throws(HDLCFault) {
        guard let frame = try frame() else { return nil }
        isSkipping = false
        return .frame(frame)
      } catch {
        let isNews = !isSkipping
        giveUp()
        if isNews { return .refused(error) }
      }
    }
    return nil
  }

  /// Moves to the last of the flags at hand that follow each other. False when there is none.
  private mutating func toFlag() -> Bool {
    guard header == nil else { return true }
    let flag = buffer[start...].firstIndex(of: HDLCLimits.flag) ?? buffer.count
    if !isSkipping { noise += flag - start }
    start = flag
    while start + 1 < buffer.count, buffer[start + 1] == HDLCLimits.flag { start += 1 }
    if start + 1 < buffer.count, buffer[start + 1] & 0xF0 == 0xA0 { isSkipping = false }
    return start < buffer.count
  }

  /// The frame behind the flag at `start`; its closing flag stays, as it may open the next.
  private mutating func frame() throws(HDLCFault) -> HDLCFrame? {
    let bytes = buffer[(start + 1)...]
    if header == nil { header = try HDLCHeader(bytes) }
    guard let header, bytes.count > header.length else { return nil }
    let end = bytes.startIndex + header.length
    guard buffer[end] == HDLCLimits.flag else { throw .closingFlag(buffer[end]) }
    if header.hasInformation {
      let received = UInt16(buffer[end - 2]) | UInt16(buffer[end - 1]) << 8
      let expected = HDLCCheck.of(buffer[bytes.startIndex..<end - 2])
      guard received == expected else { throw .frameCheck(expected: expected, received: received) }
    }
    let information = header.hasInformation ? buffer[bytes.startIndex + header.bytes..<end - 2] : []
    (start, self.header) = (end, nil)
    return HDLCFrame(
      to: header.destination, from: header.source, header.control, isSegmented: header.isSegmented,
      information: Array(information))
  }

  /// What stands behind the flag at `start` is no frame: the search goes on with the byte after it.
  private mutating func giveUp() {
    start += 1
    header = nil
    isSkipping = true
  }
}
