// A frame of format type 3: IEC 62056-46:2002, 6.4.1 (annex H.4 of ISO/IEC 13239).
//
//     7E | format 2 | destination 1-4 | source 1-4 | control | HCS 2 | information | FCS 2 | 7E
//
// The format's length counts every byte between the flags. There is no byte stuffing: a frame may hold 7E.
// HCS stands only where there is information.

/// Limits of the frame format. IEC 62056-46:2002, 6.4.1.2 and 6.4.4.4.3.2.
public enum HDLCLimits {
  public static let flag: UInt8 = 0x7E
  /// The length field has 11 bits.
  public static let frameBytes = 0x7FF
  /// The largest "maximum information field length": class 23 (IEC 62056-62) has 32 to 2030.
  public static let informationBytes = 2030
  /// Frames without acknowledgement: numbers are modulo 8.
  public static let window = 7
  /// The longest PDU that is put together of segments. Our choice: what the wrapper's length field can say.
  public static let pduBytes = 0xFFFF
  /// Format, two addresses, control, FCS.
  static let shortestFrame = 2 + 1 + 1 + 1 + 2
}

/// One frame.
public struct HDLCFrame: Hashable, Sendable {
  public var destination: HDLCAddress
  public var source: HDLCAddress
  public var control: HDLCControl
  /// The information is not the last of its PDU.
  public var isSegmented: Bool
  public var information: [UInt8]

  public init(
    to destination: HDLCAddress, from source: HDLCAddress, _ control: HDLCControl,
    isSegmented: Bool = false, information: [UInt8] = []
  ) {
    (self.destination, self.source, self.control) = (destination, source, control)
    (self.isSegmented, self.information) = (isSegmented, information)
  }

  /// The frame with both flags. Throws `tooLong` when its length does not fit eleven bits.
  public func encoded() throws(HDLCFault) -> [UInt8] {
    var bytes: [UInt8] = [HDLCLimits.flag, 0, 0]
    bytes.reserveCapacity(information.count + 20)
    destination.append(to: &bytes)
    source.append(to: &bytes)
    bytes.append(control.byte)
    let check = 2
    let length = bytes.count - 1 + check + (information.isEmpty ? 0 : information.count + check)
    guard length <= HDLCLimits.frameBytes else { throw .tooLong(bytes: information.count) }
    bytes[1] = 0xA0 | (isSegmented ? 0x08 : 0) | UInt8(length >> 8)
    bytes[2] = UInt8(truncatingIfNeeded: length)
    HDLCCheck.append(to: &bytes, from: 1)
    if !information.isEmpty {
      bytes += information
      HDLCCheck.append(to: &bytes, from: 1)
    }
    bytes.append(HDLCLimits.flag)
    return bytes
  }
}
