// The wrapper of DLMS over TCP: IEC 62056-47:2006, 7.3.3.2. Eight bytes before each PDU: version 1, source
// wPort, destination wPort, length; big endian. It has no check sequence: nothing but TCP vouches for a PDU.

/// A PDU with the ports it goes between.
public struct WrapperFrame: Hashable, Sendable {
  public static let version: UInt16 = 1
  public static let headerBytes = 8
  /// The largest length the header can say.
  public static let mostBytes = 0xFFFF

  /// wPorts: a client's address (16: public client), or a server's logical device (1: management).
  public var source: UInt16
  public var destination: UInt16
  public var pdu: [UInt8]

  public init(from source: UInt16, to destination: UInt16, pdu: [UInt8]) {
    (self.source, self.destination, self.pdu) = (source, destination, pdu)
  }

  /// Header and PDU. Throws when the PDU is empty or above 65 535 bytes.
  public func encoded() throws(WrapperFault) -> [UInt8] {
    guard (1...Self.mostBytes).contains(pdu.count) else { throw .length(pdu.count) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Self.headerBytes + pdu.count)
    for word in [Self.version, source, destination, UInt16(pdu.count)] {
      bytes.append(UInt8(word >> 8))
      bytes.append(UInt8(truncatingIfNeeded: word))
    }
    return bytes + pdu
  }
}

/// Why bytes make no wrapped PDU. After either the stream is out of step for good.
public enum WrapperFault: Error, Hashable, Sendable {
  /// A version other than 1.
  case version(UInt16)
  /// No bytes, or more than the receiver takes.
  case length(Int)
}

extension WrapperFault: CustomStringConvertible {
  /// One clause for people.
  public var description: String {
    switch self {
    case .version(let version): "a wrapper of version \(version), not 1"
    case .length(let length): "a wrapped PDU of \(length) bytes"
    }
  }
}
