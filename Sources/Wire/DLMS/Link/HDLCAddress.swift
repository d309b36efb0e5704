// Addresses of IEC 62056-46:2002, 6.4.2: seven bits to the byte, the lowest bit set in the last byte of an
// address. A client's has one byte; a server's has one (logical device), two (logical, physical) or four (two
// bytes each).

/// One address field of a frame, with its width: a server answers in the width it was called by.
public struct HDLCAddress: Hashable, Sendable {
  /// The logical device of a server, or the client.
  public let upper: UInt16
  /// The physical device; nil in an address of one byte.
  public let lower: UInt16?
  /// Bytes on the wire: 1, 2 or 4.
  public let width: Int

  /// An address of one byte: a client, or a server without physical address. Nil above 127.
  public init?(_ address: UInt16) {
    guard address < 0x80 else { return nil }
    (upper, lower, width) = (address, nil, 1)
  }

  /// A server's address of 2 bytes (each part below 128) or 4 (each below 16384); nil otherwise.
  public init?(logical: UInt16, physical: UInt16, width: Int) {
    guard width == 2 || width == 4, logical < Self.end(width), physical < Self.end(width) else { return nil }
    (upper, lower, self.width) = (logical, physical, width)
  }

  /// The narrowest address of a server that holds both parts; nil when either needs more than 14 bits.
  public init?(logical: UInt16, physical: UInt16) {
    self.init(logical: logical, physical: physical, width: max(logical, physical) < 0x80 ? 2 : 4)
  }

  private static func end(_ width: Int) -> UInt16 { width == 4 ? 0x4000 : 0x80 }

  // MARK: Reserved addresses, 6.4.2.3 and 6.4.2.4

  /// Nobody: 0.
  public var isNoStation: Bool { upper == 0 }
  /// Every logical device: 7F, in four bytes 3FFF.
  public var isEveryLogicalDevice: Bool { upper == allOnes }
  /// Every physical device: 7F or 3FFF in the lower part.
  public var isEveryPhysicalDevice: Bool { lower == allOnes }
  /// The physical device that has itself called the client: 7E or 3FFE in the lower part.
  public var isCallingDevice: Bool { lower == allOnes - 1 }
  /// A frame so addressed is for more than one and answered by none.
  public var isBroadcast: Bool { isEveryLogicalDevice || isEveryPhysicalDevice }

  private var allOnes: UInt16 { width == 4 ? 0x3FFF : 0x7F }

  // MARK: Bytes

  /// Appends the address as it stands in a frame.
  func append(to bytes: inout [UInt8]) {
    for part in [upper] + (lower.map { [$0] } ?? []) {
      if width == 4 { bytes.append(UInt8(truncatingIfNeeded: part >> 7) << 1) }
      bytes.append(UInt8(truncatingIfNeeded: part) << 1)
    }
    bytes[bytes.count - 1] |= 1
  }

  /// How an address at the front of some bytes goes on.
  enum Found: Hashable {
    /// Its end has not come yet.
    case wantsMore
    case address(HDLCAddress)
    /// No address of one, two or four bytes stands here.
    case none
  }

  /// Finds an address at the front of some bytes.
  static func find(in bytes: ArraySlice<UInt8>) -> Found {
    guard let end = bytes.prefix(4).firstIndex(where: { $0 & 1 == 1 }) else {
      return bytes.count < 4 ? .wantsMore : .none
    }
    let parts = bytes[...end].map { UInt16($0 >> 1) }
    switch parts.count {
    case 1: return .address(HDLCAddress(unchecked: parts[0], nil, 1))
    case 2: return .address(HDLCAddress(unchecked: parts[0], parts[1], 2))
    case 4:
      return .address(HDLCAddress(unchecked: parts[0] << 7 | parts[1], parts[2] << 7 | parts[3], 4))
    default: return .none
    }
  }

  private init(unchecked upper: UInt16, _ lower: UInt16?, _ width: Int) {
    (self.upper, self.lower, self.width) = (upper, lower, width)
  }
}

extension HDLCAddress: CustomStringConvertible {
  /// `16`, `1/17`.
  public var description: String { lower.map { "\(upper)/\($0)" } ?? "\(upper)" }
}

extension HDLCAddress {
  /// The client that needs no secret: 10 hexadecimal (IEC 62056-46:2002, table 3).
  public static let publicClient = HDLCAddress(unchecked: 0x10, nil, 1)
  /// The logical device that every meter has: 1.
  public static let managementDevice = HDLCAddress(unchecked: 1, nil, 1)
}
