// What SNRM and UA agree: IEC 62056-46:2002, 6.4.4.4.3. Format identifier 81, group identifier 80, length,
// then four values: 05 longest information field sent, 06 received, 07 window sent, 08 window received. A
// value that is absent has its default; a frame without information has them all.

/// Sizes and windows as one end sees them: "transmit" is what that end sends.
public struct HDLCParameters: Hashable, Sendable {
  /// Bytes of information in a frame, 1 to 2030.
  public var transmitBytes: Int
  public var receiveBytes: Int
  /// Frames without acknowledgement, 1 to 7.
  public var transmitWindow: Int
  public var receiveWindow: Int

  /// The defaults of 6.4.4.4.3.2: 128 bytes, one frame.
  public init(
    transmitBytes: Int = 128, receiveBytes: Int = 128, transmitWindow: Int = 1, receiveWindow: Int = 1
  ) {
    self.transmitBytes = Self.within(1, transmitBytes, HDLCLimits.informationBytes)
    self.receiveBytes = Self.within(1, receiveBytes, HDLCLimits.informationBytes)
    self.transmitWindow = Self.within(1, transmitWindow, HDLCLimits.window)
    self.receiveWindow = Self.within(1, receiveWindow, HDLCLimits.window)
  }

  private static func within(_ least: Int, _ value: Int, _ most: Int) -> Int { min(max(value, least), most) }

  /// The same agreement seen from the other end.
  public var mirrored: HDLCParameters {
    HDLCParameters(
      transmitBytes: receiveBytes, receiveBytes: transmitBytes, transmitWindow: receiveWindow,
      receiveWindow: transmitWindow)
  }

  /// What is in force at this end when the other asks for `asked` (as the other sees it): never more than
  /// either can.
  public func agreed(with asked: HDLCParameters) -> HDLCParameters {
    let other = asked.mirrored
    return HDLCParameters(
      transmitBytes: min(transmitBytes, other.transmitBytes),
      receiveBytes: min(receiveBytes, other.receiveBytes),
      transmitWindow: min(transmitWindow, other.transmitWindow),
      receiveWindow: min(receiveWindow, other.receiveWindow))
  }

  // MARK: Bytes

  private static let formatAndGroup: [UInt8] = [0x81, 0x80]

  /// The information field: lengths in one byte where they fit, windows in four.
  public var encoded: [UInt8] {
    var group: [UInt8] = []
    for (identifier, value) in [(0x05 as UInt8, transmitBytes), (0x06, receiveBytes)] {
      let bytes = value > 0xFF ? [UInt8(value >> 8), UInt8(value & 0xFF)] : [UInt8(value)]
      group += [identifier, UInt8(bytes.count)] + bytes
    }
    for (identifier, value) in [(0x07 as UInt8, transmitWindow), (0x08, receiveWindow)] {
      group += [identifier, 4, 0, 0, 0, UInt8(value)]
    }
    return Self.formatAndGroup + [UInt8(group.count)] + group
  }

  /// Reads an information field as its sender means it. Empty: the defaults. A value with an identifier we do
  /// not know is passed over.
  public init(decoding information: some Collection<UInt8>) throws(HDLCFault) {
    self.init()
    guard !information.isEmpty else { return }
    let bytes = Array(information)
    guard bytes.count >= 3, Array(bytes[..<2]) == Self.formatAndGroup, Int(bytes[2]) == bytes.count - 3 else {
      throw .parameters
    }
    var rest = bytes[3...]
    while let identifier = rest.popFirst() {
      guard let count = rest.popFirst(), (1...4).contains(count), rest.count >= count else {
        throw .parameters
      }
      let value = rest.prefix(Int(count)).reduce(0) { $0 << 8 | Int($1) }
      rest = rest.dropFirst(Int(count))
      try set(identifier, to: value)
    }
  }

  private mutating func set(_ identifier: UInt8, to value: Int) throws(HDLCFault) {
    switch identifier {
    case 0x05 where (1...HDLCLimits.informationBytes).contains(value): transmitBytes = value
    case 0x06 where (1...HDLCLimits.informationBytes).contains(value): receiveBytes = value
    case 0x07 where (1...HDLCLimits.window).contains(value): transmitWindow = value
    case 0x08 where (1...HDLCLimits.window).contains(value): receiveWindow = value
    case 0x05...0x08: throw .parameters
    default: break
    }
  }
}
