// Why a frame was rejected: the information of FRMR, ISO/IEC 13239 5.5.3.3 (as IEC 62056-46:2002, 6.4.3.9
// refers to it), for modulo 8. Three bytes: the rejected control field; V(R), whether it was a response,
// V(S); the reasons.

/// The information field of FRMR.
public struct HDLCFrameReject: Hashable, Sendable {
  public struct Reasons: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// W: a control field that is not known.
    public static let undefinedControl = Reasons(rawValue: 1)
    /// X: information in a frame that may have none.
    public static let informationNotAllowed = Reasons(rawValue: 2)
    /// Y: more information than was agreed.
    public static let informationTooLong = Reasons(rawValue: 4)
    /// Z: N(R) acknowledges what was never sent.
    public static let acknowledgement = Reasons(rawValue: 8)
  }

  public var control: UInt8
  /// V(S) and V(R) of the end that rejects.
  public var send: UInt8
  public var receive: UInt8
  /// The rejected frame was a response.
  public var isResponse: Bool
  public var reasons: Reasons

  public init(control: UInt8, send: UInt8, receive: UInt8, isResponse: Bool = false, reasons: Reasons) {
    (self.control, self.send, self.receive) = (control, send & 7, receive & 7)
    (self.isResponse, self.reasons) = (isResponse, reasons)
  }

  public var encoded: [UInt8] {
    [control, receive << 5 | (isResponse ? 0x10 : 0) | send << 1, reasons.rawValue & 0x0F]
  }

  /// Nil unless there are three bytes and the bits that are always 0 are 0.
  public init?(decoding bytes: some Collection<UInt8>) {
    let bytes = Array(bytes)
    guard bytes.count == 3, bytes[1] & 1 == 0, bytes[2] & 0xF0 == 0 else { return nil }
    self.init(
      control: bytes[0], send: bytes[1] >> 1 & 7, receive: bytes[1] >> 5, isResponse: bytes[1] & 0x10 != 0,
      reasons: Reasons(rawValue: bytes[2]))
  }
}
