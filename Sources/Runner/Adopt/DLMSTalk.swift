// A recorded DLMS dialogue below its messages: the frames of HDLC (IEC 62056-46) or of the TCP wrapper
// (IEC 62056-47) put together to messages of client and server, in order. What fails its check, comes twice
// or belongs to no link is left out.

internal import Line
internal import Units
internal import Wire

/// The messages of a trace, and how they were carried.
struct DLMSTalk {
  struct Message: Hashable {
    var at: TimeSpan
    var isRequest: Bool
    /// The client's address.
    var client: UInt16
    var pdu: [UInt8]
  }

  private(set) var messages: [Message] = []
  /// The server's address on HDLC; nil for the wrapper, or where no link was opened.
  private(set) var server: HDLCAddress?
  /// What UA agreed, as the server sees it.
  private(set) var parameters = HDLCParameters()
  /// The server's wPort; nil for HDLC.
  private(set) var port: UInt16?
  /// The identification of a mode E sign-on before the first frame.
  private(set) var identification: ModeCIdentification?
  private(set) var refused = 0
  /// Speed of the frames.
  private(set) var baud: Int?

  init(_ trace: Trace) {
    baud = trace.line?.baud
    if trace.tongue == .wrapper { readWrapper(trace) } else { readHDLC(trace) }
  }

  // MARK: Wrapper

  private mutating func readWrapper(_ trace: Trace) {
    var (questions, answers) = (WrapperDecoder(), WrapperDecoder())
    for event in trace.events {
      guard case .bytes(let direction, let bytes) = event.what else { continue }
      let isRequest = direction == .request
      var rest = bytes[...]
      while let found = isRequest ? questions.next(from: &rest) : answers.next(from: &rest) {
        guard case .frame(let frame) = found else {
          refused += 1
          continue
        }
        if isRequest { port = frame.destination }
        messages.append(
          Message(
            at: event.at, isRequest: isRequest, client: isRequest ? frame.source : frame.destination,
            pdu: frame.pdu))
      }
    }
  }

  // MARK: HDLC

  /// One way of a link: segments on their way to a message.
  private struct Way {
    var decoder = HDLCFrameDecoder()
    /// N(S) of the next new frame; nil in the midst of a link whose beginning is not in the trace.
    var next: UInt8?
    var held: [UInt8] = []
  }

  private mutating func readHDLC(_ trace: Trace) {
    var ways = [LineDirection.request: Way(), .answer: Way()]
    var signOn = ModeCAnswerDecoder()
    for event in trace.events {
      switch event.what {
      case .settings(_, let settings): if messages.isEmpty { baud = settings.baud }
      case .note: continue
      case .bytes(let direction, let bytes):
        if identification == nil, server == nil, direction == .answer { listen(bytes, &signOn) }
        guard var way = ways[direction] else { continue }
        var rest = bytes[...]
        while let found = way.decoder.next(from: &rest) {
          // A sign-on, or what a head sends back, is no frame.
          guard case .frame(let frame) = found else { continue }
          if take(frame, direction, at: event.at, &way) { ways[.answer] = Way(next: 0) }
        }
        ways[direction] = way
      }
    }
  }

  private mutating func listen(_ bytes: [UInt8], _ decoder: inout ModeCAnswerDecoder) {
    for byte in bytes {
      if case .identification(let found)? = decoder.take(byte & 0x7F) { identification = found }
    }
  }

  /// True for SNRM, which begins the numbers of both ways anew.
  private mutating func take(
    _ frame: HDLCFrame, _ direction: LineDirection, at: TimeSpan, _ way: inout Way
  ) -> Bool {
    let isRequest = direction == .request
    switch frame.control {
    case .setNormalResponseMode where isRequest:
      server = frame.destination
      (way.next, way.held) = (0, [])
      return true
    case .unnumberedAcknowledge where !isRequest:
      if let agreed = try? HDLCParameters(decoding: frame.information) { parameters = agreed }
    case .information(_, let send, _):
      // An echo of the client's own frame comes from the wrong side.
      guard isRequest || server == nil || frame.source == server else { break }
      // Sent again because its acknowledgement was lost.
      guard way.next == nil || send == way.next else { break }
      way.next = (send + 1) & 7
      way.held += frame.information
      guard !frame.isSegmented, way.held.count <= HDLCLimits.pduBytes else { break }
      let head = isRequest ? LLC.command : LLC.response
      if way.held.starts(with: head) {
        let client = isRequest ? frame.source.upper : frame.destination.upper
        messages.append(
          Message(at: at, isRequest: isRequest, client: client, pdu: Array(way.held.dropFirst(head.count))))
      } else {
        refused += 1
      }
      way.held = []
    default: break
    }
    return false
  }
}
