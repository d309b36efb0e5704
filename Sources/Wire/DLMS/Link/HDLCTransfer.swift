// Numbers, windows and segments of a connected link, the same at both ends: IEC 62056-46:2002, 6.4.4.4 and
// 6.4.4.5. V(S), V(R), N(S) and N(R) count frames modulo 8. What was sent is kept until the other end's N(R)
// has taken it; what is heard out of turn is dropped and comes again.

/// The information transfer of one end of a link, from SNRM to the next SNRM or DISC.
struct HDLCTransfer {
  /// What became of an information frame that was heard.
  enum Taken: Hashable {
    /// A segment, with more to come.
    case part
    /// The last segment: a whole PDU, without LLC.
    case pdu([UInt8])
    /// A frame taken before: the other end did not hear our acknowledgement.
    case again
    /// A frame before this one was lost.
    case ahead
  }

  private struct Segment {
    var information: [UInt8]
    var isSegmented: Bool
  }

  let parameters: HDLCParameters
  private let sentLLC: [UInt8]
  private let heardLLC: [UInt8]
  /// V(S), the number of the next new frame, and V(R), that of the next frame wanted.
  private(set) var send: UInt8 = 0
  private(set) var receive: UInt8 = 0
  /// Sent and not taken yet, the oldest first: as many frames as lie before V(S).
  private var sent: [Segment] = []
  private var unsent: ArraySlice<UInt8> = []
  private var arriving: [UInt8] = []
  /// Frames taken by either end.
  private(set) var progress = 0
  /// The other end said RNR: nothing new for it until its RR.
  private var peerIsBusy = false

  init(_ parameters: HDLCParameters, as sender: HDLCDialogue.Sender) {
    self.parameters = parameters
    sentLLC = sender == .primary ? LLC.command : LLC.response
    heardLLC = sender == .primary ? LLC.response : LLC.command
  }

  /// All that was queued has been taken by the other end.
  var isThrough: Bool { sent.isEmpty && unsent.isEmpty }

  // MARK: Sending

  /// A PDU to be sent. What the other end has not yet taken of an earlier one is given up: its N(R) has said
  /// that it holds none of that.
  mutating func queue(_ pdu: [UInt8]) {
    send = oldest
    sent = []
    unsent = (sentLLC + pdu)[...]
    // Whoever sends a PDU has no use for the rest of an answer.
    arriving = []
  }

  private var oldest: UInt8 { (send &- UInt8(sent.count)) & 7 }

  /// N(R) of a frame heard: everything before it has been taken. False when it was never sent.
  mutating func acknowledge(_ number: UInt8, isBusy: Bool = false) -> Bool {
    let count = Int((number &- oldest) & 7)
    guard count <= sent.count else { return false }
    sent.removeFirst(count)
    progress += count
    peerIsBusy = isBusy
    return true
  }

  /// The information frames to be sent now: those not taken once more, then new ones up to the window. The
  /// last has the P/F bit. None when there is nothing to say or the other end is busy.
  mutating func frames() -> [(control: HDLCControl, isSegmented: Bool, information: [UInt8])] {
    guard !peerIsBusy else { return [] }
    let first = oldest
    while !unsent.isEmpty, sent.count < parameters.transmitWindow {
      let information = unsent.prefix(parameters.transmitBytes)
      unsent = unsent.dropFirst(information.count)
      sent.append(Segment(information: Array(information), isSegmented: !unsent.isEmpty))
      send = (send + 1) & 7
    }
    return sent.indices.map { index in
      let number = (first + UInt8(index)) & 7
      let isLast = index == sent.count - 1
      return (
        .information(receive: receive, send: number, poll: isLast), sent[index].isSegmented,
        sent[index].information
      )
    }
  }

  // MARK: Receiving

  /// An information frame heard. Throws when the PDU has no LLC or grows beyond any limit.
  mutating func take(
    _ number: UInt8, isSegmented: Bool, information: [UInt8]
  ) throws(HDLCFault) -> Taken {
    guard number == receive else {
      // Within the window ahead a frame before this one was lost; anything else came before.
      return Int((number &- receive) & 7) < parameters.receiveWindow ? .ahead : .again
    }
    receive = (receive + 1) & 7
    progress += 1
    arriving += information
    guard arriving.count <= HDLCLimits.pduBytes + heardLLC.count else {
      let bytes = arriving.count
      arriving = []
      throw .pduTooLong(bytes: bytes)
    }
    guard !isSegmented else { return .part }
    defer { arriving = [] }
    guard arriving.starts(with: heardLLC) else { throw .llc }
    return .pdu(Array(arriving.dropFirst(heardLLC.count)))
  }

}
