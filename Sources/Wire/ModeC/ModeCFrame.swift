// Blocks with a check: `SOH … ETX BCC` and `STX … ETX BCC`. The byte after ETX or EOT is the check whatever
// it is: it may look like STX, ETX, ACK, `!` or CR (IEC 62056-21:2002, clause 6.2).

/// Collects one block, from the byte after its start character on.
struct ModeCFrame {
  /// SOH or STX.
  let start: UInt8
  private let limit: Int
  private var body: [UInt8] = []
  private var check: UInt8 = 0
  private var end: UInt8?

  enum Found: Hashable {
    case whole(body: [UInt8], isPartial: Bool)
    case fault(ModeCFault)
  }

  init(start: UInt8, limit: Int) { (self.start, self.limit) = (start, limit) }

  var count: Int { body.count + 1 }

  mutating func take(_ byte: UInt8) -> Found? {
    if let end {
      let expected = check & 0x7F
      guard byte == expected else { return .fault(.check(expected: expected, received: byte)) }
      return .whole(body: body, isPartial: end == ModeCText.eot)
    }
    check ^= byte
    if byte == ModeCText.etx || byte == ModeCText.eot {
      end = byte
      return nil
    }
    guard body.count < limit else { return .fault(.tooLong(bytes: body.count + 1)) }
    body.append(byte)
    return nil
  }
}
