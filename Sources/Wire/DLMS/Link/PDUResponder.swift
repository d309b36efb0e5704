// Where a meter's link layer ends and its application begins: whole PDUs, without LLC, frame or wrapper
// (IEC 62056-53, the A-XDR coded APDUs). HDLC and the TCP wrapper end in the same three calls.

public import Units

/// What answers the PDUs that a meter's link layer has taken in. The link layer calls it;
/// it never calls back.
///
/// A PDU is given exactly once, however often its frames were repeated on the line.
public protocol PDUResponder: AnyObject {
  /// A client has a data link now: SNRM was answered with UA, or the first wrapper PDU of a connection came.
  /// It has no application association yet, even if it had one over an earlier link.
  func linkOpened(client: UInt16, at: Instant)
  /// The answer to a PDU; nil where the application says nothing (an unconfirmed service).
  ///
  /// `client` is the client's address (HDLC: 7 bits; wrapper: source wPort), `server` the logical device that
  /// was addressed (HDLC: upper address; wrapper: destination wPort).
  func answer(_ pdu: [UInt8], client: UInt16, server: UInt16, at: Instant) -> [UInt8]?
  /// The client's data link is gone: DISC, inactivity, a new SNRM, a lost connection.
  func linkClosed(client: UInt16, at: Instant)
}
