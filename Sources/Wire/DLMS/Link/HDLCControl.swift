// The control field: IEC 62056-46:2002, table 4 (ISO/IEC 13239 with the command set of the unbalanced
// operation normal response mode). Its parts are stored values: nothing in a frame is computed from a
// neighbour.

/// What a frame is. `poll` is the P/F bit: a poll in a command, final in a response.
public enum HDLCControl: Hashable, Sendable {
  /// I: `receive` is N(R), `send` is N(S), both modulo 8.
  case information(receive: UInt8, send: UInt8, poll: Bool)
  case receiveReady(receive: UInt8, poll: Bool)
  case receiveNotReady(receive: UInt8, poll: Bool)
  case setNormalResponseMode(poll: Bool)
  case disconnect(poll: Bool)
  case unnumberedAcknowledge(poll: Bool)
  case disconnectedMode(poll: Bool)
  case frameReject(poll: Bool)
  case unnumberedInformation(poll: Bool)
  /// A control field that the standard does not use (REJ, XID, TEST …): a station rejects it.
  case undefined(UInt8)

  /// Which of the frames of the dialogue table this is.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case i = "I"
    case rr = "RR"
    case rnr = "RNR"
    case snrm = "SNRM"
    case disc = "DISC"
    case ua = "UA"
    case dm = "DM"
    case frmr = "FRMR"
    case ui = "UI"
    case undefined
  }

  /// The P/F bit's place.
  private static let pollBit: UInt8 = 0x10

  public init(_ byte: UInt8) {
    let poll = byte & Self.pollBit != 0
    let receive = byte >> 5
    if byte & 1 == 0 {
      self = .information(receive: receive, send: byte >> 1 & 7, poll: poll)
      return
    }
    switch byte & ~Self.pollBit & (byte & 3 == 1 ? 0x1F : 0xFF) {
    case 0x01: self = .receiveReady(receive: receive, poll: poll)
    case 0x05: self = .receiveNotReady(receive: receive, poll: poll)
    case 0x83: self = .setNormalResponseMode(poll: poll)
    case 0x43: self = .disconnect(poll: poll)
    case 0x63: self = .unnumberedAcknowledge(poll: poll)
    case 0x0F: self = .disconnectedMode(poll: poll)
    case 0x87: self = .frameReject(poll: poll)
    case 0x03: self = .unnumberedInformation(poll: poll)
    default: self = .undefined(byte)
    }
  }

  public var byte: UInt8 {
    let bare: UInt8 =
      switch self {
      case .information(let receive, let send, _): (receive & 7) << 5 | (send & 7) << 1
      case .receiveReady(let receive, _): (receive & 7) << 5 | 0x01
      case .receiveNotReady(let receive, _): (receive & 7) << 5 | 0x05
      case .setNormalResponseMode: 0x83
      case .disconnect: 0x43
      case .unnumberedAcknowledge: 0x63
      case .disconnectedMode: 0x0F
      case .frameReject: 0x87
      case .unnumberedInformation: 0x03
      case .undefined(let byte): byte
      }
    return poll ? bare | Self.pollBit : bare
  }

  public var poll: Bool {
    switch self {
    case .information(_, _, let poll), .receiveReady(_, let poll), .receiveNotReady(_, let poll),
      .setNormalResponseMode(let poll), .disconnect(let poll), .unnumberedAcknowledge(let poll),
      .disconnectedMode(let poll), .frameReject(let poll), .unnumberedInformation(let poll):
      poll
    case .undefined(let byte): byte & Self.pollBit != 0
    }
  }

  public var kind: Kind {
    switch self {
    case .information: .i
    case .receiveReady: .rr
    case .receiveNotReady: .rnr
    case .setNormalResponseMode: .snrm
    case .disconnect: .disc
    case .unnumberedAcknowledge: .ua
    case .disconnectedMode: .dm
    case .frameReject: .frmr
    case .unnumberedInformation: .ui
    case .undefined: .undefined
    }
  }
}
