// Whole numbers as bytes: seven bits a byte, low bits first, the top bit says that more follow (LEB128);
// signed ones folded so that small magnitudes are short. Every 64-bit value is exact.

struct ByteWriter {
  private(set) var bytes: [UInt8] = []

  mutating func put(byte: UInt8) { bytes.append(byte) }

  mutating func put(unsigned value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  mutating func put(_ value: Int64) { put(unsigned: UInt64(bitPattern: (value << 1) ^ (value >> 63))) }

  /// With its length, so that two texts in a row cannot be read as two others.
  mutating func put(_ text: String) {
    put(unsigned: UInt64(text.utf8.count))
    bytes += text.utf8
  }

  mutating func put(_ value: Int64?) {
    put(byte: value == nil ? 0 : 1)
    if let value { put(value) }
  }

  mutating func put(raw: [UInt8]) { bytes += raw }
}

struct ByteReader {
  let bytes: [UInt8]
  private(set) var at = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { at == bytes.count }

  var damage: StoreError { StoreError(.damaged, "kept half-hours are torn at byte \(at) of \(bytes.count)") }

  mutating func byte() throws(StoreError) -> UInt8 {
    guard at < bytes.count else { throw damage }
    at += 1
    return bytes[at - 1]
  }

  mutating func unsigned() throws(StoreError) -> UInt64 {
    var (value, shift): (UInt64, UInt64) = (0, 0)
    while true {
      let byte = try byte()
      guard shift < 63 || byte <= 1 else { throw damage }
      value |= UInt64(byte & 0x7f) << shift
      guard byte & 0x80 != 0 else { return value }
      shift += 7
    }
  }

  mutating func signed() throws(StoreError) -> Int64 {
    let folded = try unsigned()
    return Int64(bitPattern: (folded >> 1) ^ (0 &- (folded & 1)))
  }
}
