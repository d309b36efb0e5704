// What the application layer of a DLMS reader needs of whatever carries its PDUs: IEC 62056-46 (HDLC) over a
// serial line or IEC 62056-47 (the wrapper) over TCP. LLC, frames and wrapper headers belong to the channel.

public import Units

/// Carries one PDU to a meter and its answer back. Blocking: only waiting moves time.
///
/// `open`, then any number of `exchange`, then `close`. After a failure of `exchange` the link must be taken
/// for lost: `close` and `open` again, and associate anew.
public protocol PDUChannel: AnyObject {
  /// The instant at which the reader lives: for failures that the application itself finds.
  var now: Instant { get }
  /// What the channel itself vouches for: a frame check sequence, or nothing but TCP.
  var protection: MeterValue.Protection { get }
  /// What a person should know of the link so far: frames repeated, an echoing head, sizes agreed.
  var remarks: [String] { get }
  /// Connects: sign-on and SNRM/UA, or nothing for a connection that stands already.
  func open() throws(DialogueFailure)
  /// Sends a PDU and gives the PDU that answers it: the right one or a failure, never part of one, never an
  /// earlier one's.
  func exchange(_ pdu: [UInt8]) throws(DialogueFailure) -> [UInt8]
  /// Disconnects. What goes wrong here changes no value already read and is not reported.
  func close()
}
