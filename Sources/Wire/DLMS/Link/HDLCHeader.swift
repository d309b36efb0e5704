// What the front of a frame tells before the rest has come: its length, its addresses, its control field, and
// whether the header check agrees. A wrong length is known by the HCS before it can swallow the frames behind
// it.

/// The bytes between the opening flag and the information.
struct HDLCHeader: Hashable {
  var length: Int
  var isSegmented: Bool
  var destination: HDLCAddress
  var source: HDLCAddress
  var control: HDLCControl
  /// Where the information begins, counted from the format field; the FCS where there is none.
  var bytes: Int

  var hasInformation: Bool { length > bytes }

  /// Nil while more bytes are needed. `bytes` begin with the format field.
  init?(_ bytes: ArraySlice<UInt8>) throws(HDLCFault) {
    guard let first = bytes.first else { return nil }
    guard first & 0xF0 == 0xA0 else { throw .format(first) }
    let start = bytes.startIndex
    guard bytes.count >= 2 else { return nil }
    isSegmented = first & 0x08 != 0
    length = Int(first & 0x07) << 8 | Int(bytes[start + 1])
    guard length >= HDLCLimits.shortestFrame else { throw .length(length) }
    guard let destination = try Self.address(bytes.dropFirst(2)) else { return nil }
    guard let source = try Self.address(bytes.dropFirst(2 + destination.width)) else { return nil }
    (self.destination, self.source) = (destination, source)
    let control = 2 + destination.width + source.width
    guard bytes.count >= control + 3 else { return nil }
    self.control = HDLCControl(bytes[start + control])
    let bare = control + 3
    // Without information the HCS is the FCS; with it there is at least one byte and another check.
    guard length == bare || length > bare + 2 else { throw .length(length) }
    self.bytes = bare
    let received = UInt16(bytes[start + bare - 2]) | UInt16(bytes[start + bare - 1]) << 8
    let expected = HDLCCheck.of(bytes.prefix(bare - 2))
    guard received == expected else { throw .headerCheck(expected: expected, received: received) }
  }

  private static func address(_ bytes: ArraySlice<UInt8>) throws(HDLCFault) -> HDLCAddress? {
    switch HDLCAddress.find(in: bytes) {
    case .wantsMore: return nil
    case .none: throw .address
    case .address(let address): return address
    }
  }
}
