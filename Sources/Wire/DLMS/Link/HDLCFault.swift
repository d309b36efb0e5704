// What can be wrong with bytes that ought to be HDLC frames, and with frames that ought to be a dialogue.
// Each fault carries what came and what was expected, so that a trace can say both.

/// Why bytes make no frame, or a frame no sense.
public enum HDLCFault: Error, Hashable, Sendable {
  /// So many bytes between frames that begin no frame.
  case noise(bytes: Int)
  /// The format field is not of type 3 (A in its upper four bits).
  case format(UInt8)
  /// The format field tells a length that no frame can have.
  case length(Int)
  /// The two address fields do not end where an address may.
  case address
  /// HCS: the check of the header.
  case headerCheck(expected: UInt16, received: UInt16)
  /// FCS: the check of the whole frame.
  case frameCheck(expected: UInt16, received: UInt16)
  /// The byte after the frame is no flag.
  case closingFlag(UInt8)
  /// The line fell silent inside a frame, after so many bytes.
  case cutShort(received: Int)
  /// Parameters of SNRM or UA that cannot be read.
  case parameters
  /// More information than a frame can carry, or than was agreed.
  case tooLong(bytes: Int)
  /// A PDU whose first frame does not begin with the LLC bytes of its direction.
  case llc
  /// Segments that together are longer than any PDU may be.
  case pduTooLong(bytes: Int)
  /// N(R) acknowledges what was never sent.
  case acknowledgement(UInt8)
  /// A frame that has no entry in the dialogue table for this state.
  case outOfPlace(HDLCDialogue.State, HDLCDialogue.Sender, HDLCControl.Kind)
}

extension HDLCFault: CustomStringConvertible {
  /// One clause for people.
  public var description: String {
    switch self {
    case .noise(let bytes): "\(bytes) bytes that begin no frame"
    case .format(let byte): "a format field that begins with \(byte), not with A0 to AF hexadecimal"
    case .length(let length): "a frame length of \(length)"
    case .address: "an address field without end"
    case .headerCheck: "a frame whose header check (HCS) is wrong"
    case .frameCheck: "a frame whose check sequence (FCS) is wrong"
    case .closingFlag: "a frame without its closing flag"
    case .cutShort(let received): "a frame that ended after \(received) bytes"
    case .parameters: "parameters of SNRM or UA that cannot be read"
    case .tooLong(let bytes): "\(bytes) bytes of information in a frame"
    case .llc: "a PDU without the LLC bytes of its direction"
    case .pduTooLong(let bytes): "segments of \(bytes) bytes and more in one PDU"
    case .acknowledgement(let number): "an acknowledgement N(R)=\(number) of what was not sent"
    case .outOfPlace(let state, let sender, let kind):
      "\(kind.rawValue) from the \(sender.rawValue) while the link is \(state.rawValue)"
    }
  }
}
