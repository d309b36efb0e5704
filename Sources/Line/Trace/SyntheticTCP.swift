// A stream of bytes as the TCP packets that could have carried it, so that Wireshark takes it for what it is:
// an IPv4 header (RFC 791) and a TCP header (RFC 9293), numbers and checksums right, between 10.0.0.1 (the
// reader) and 10.0.0.2 (the meter). The three packets of the opening handshake are made up too.

/// One TCP connection of which only the payload was ever real.
struct SyntheticTCP {
  /// What an Ethernet packet carries at most.
  static let mostPayload = 1460
  private static let reader: [UInt8] = [10, 0, 0, 1]
  private static let meter: [UInt8] = [10, 0, 0, 2]
  private static let readerPort: UInt16 = 49_152
  private static let syn: UInt8 = 0x02
  private static let ack: UInt8 = 0x10
  private static let push: UInt8 = 0x18

  private let port: UInt16
  /// The next sequence number of each side.
  private var numbers: [LineDirection: UInt32] = [.request: 1, .answer: 1]

  init(port: UInt16) { self.port = port }

  /// SYN, SYN and ACK, ACK.
  var opening: [(LineDirection, [UInt8])] {
    [
      (.request, packet(.request, [], Self.syn, sequence: 0, acknowledged: 0)),
      (.answer, packet(.answer, [], Self.syn | Self.ack, sequence: 0, acknowledged: 1)),
      (.request, packet(.request, [], Self.ack, sequence: 1, acknowledged: 1)),
    ]
  }

  /// The packets of a chunk.
  mutating func packets(_ bytes: [UInt8], _ direction: LineDirection) -> [[UInt8]] {
    let other: LineDirection = direction == .request ? .answer : .request
    return stride(from: 0, to: bytes.count, by: Self.mostPayload).map { start in
      let payload = Array(bytes[start..<min(start + Self.mostPayload, bytes.count)])
      let sequence = numbers[direction, default: 1]
      numbers[direction] = sequence &+ UInt32(payload.count)
      return packet(
        direction, payload, Self.push, sequence: sequence, acknowledged: numbers[other, default: 1])
    }
  }

  private func packet(
    _ direction: LineDirection, _ payload: [UInt8], _ flags: UInt8, sequence: UInt32, acknowledged: UInt32
  ) -> [UInt8] {
    let isRequest = direction == .request
    let from = isRequest ? Self.reader : Self.meter
    let to = isRequest ? Self.meter : Self.reader
    let ports = isRequest ? [Self.readerPort, port] : [port, Self.readerPort]
    var segment = ports.flatMap(Self.half)
    segment += Self.word(sequence) + Self.word(acknowledged)
    // A header of five words; a window of 65 535; checksum and urgent pointer.
    segment += [0x50, flags, 0xFF, 0xFF, 0, 0, 0, 0] + payload
    let pseudo = from + to + [0, 6] + Self.half(UInt16(segment.count))
    segment.replaceSubrange(16..<18, with: Self.half(Self.checksum(pseudo + segment)))
    // Version 4, five words; "do not fragment"; 64 hops; TCP.
    var header: [UInt8] = [0x45, 0] + Self.half(UInt16(20 + segment.count)) + [0, 0, 0x40, 0, 64, 6, 0, 0]
    header += from + to
    header.replaceSubrange(10..<12, with: Self.half(Self.checksum(header)))
    return header + segment
  }

  /// The ones' complement sum of RFC 1071.
  static func checksum(_ bytes: [UInt8]) -> UInt16 {
    var sum: UInt32 = 0
    for index in stride(from: 0, to: bytes.count, by: 2) {
      let low = index + 1 < bytes.count ? bytes[index + 1] : 0
      sum &+= UInt32(bytes[index]) << 8 | UInt32(low)
    }
    while sum > 0xFFFF { sum = sum & 0xFFFF + sum >> 16 }
    return ~UInt16(truncatingIfNeeded: sum)
  }

  private static func half(_ value: UInt16) -> [UInt8] { [UInt8(value >> 8), UInt8(value & 0xFF)] }

  private static func word(_ value: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) }
  }
}
