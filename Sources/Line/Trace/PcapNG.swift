// pcapng, the capture file of Wireshark ("PCAP Next Generation Dump File Format", IETF draft
// draft-ietf-opsawg-pcapng): a section header, one interface, and a block for each packet, little-endian,
// with instants in µs since 1970.

internal import Units

/// A capture file that grows by packets.
struct PcapNG {
  /// What lies in each packet (LINKTYPE values of tcpdump.org).
  enum LinkType: UInt16 {
    /// An IPv4 or IPv6 packet without a link's header.
    case raw = 101
    /// "Wireshark Upper PDU": tags that name a dissector, then its bytes.
    case upperPDU = 252
  }

  private(set) var bytes: [UInt8] = []

  private static let magic: UInt32 = 0x1A2B_3C4D
  private static let sectionBlock: UInt32 = 0x0A0D_0D0A
  private static let interfaceBlock: UInt32 = 1
  private static let packetBlock: UInt32 = 6
  private static let comment: UInt16 = 1
  private static let flags: UInt16 = 2
  /// Options 3 and 4 of a section: hardware, operating system, user application.
  private static let application: UInt16 = 4

  init(_ type: LinkType, program: String) {
    var section = Self.word(Self.magic) + Self.half(1) + Self.half(0)
    section += Array(repeating: 0xFF, count: 8)
    section += Self.options([(Self.application, Array(program.utf8))])
    block(Self.sectionBlock, section)
    block(Self.interfaceBlock, Self.half(type.rawValue) + Self.half(0) + Self.word(0))
  }

  /// Adds a packet. Notes become its comments.
  mutating func add(_ packet: [UInt8], at instant: Instant, _ direction: LineDirection, notes: [String] = [])
  {
    let time = UInt64(clamping: instant.microseconds)
    let length = Self.word(UInt32(truncatingIfNeeded: packet.count))
    var body = Self.word(0) + Self.word(UInt32(truncatingIfNeeded: time >> 32))
    body += Self.word(UInt32(truncatingIfNeeded: time)) + length + length
    body += Self.padded(packet)
    // Bits 0 and 1 of the flags: 1 inbound, 2 outbound, as the reader's side sees it.
    var options = notes.map { (Self.comment, Array($0.utf8)) }
    options.append((Self.flags, Self.word(direction == .answer ? 1 : 2)))
    body += Self.options(options)
    block(Self.packetBlock, body)
  }

  private mutating func block(_ type: UInt32, _ body: [UInt8]) {
    let length = Self.word(UInt32(truncatingIfNeeded: body.count + 12))
    bytes += Self.word(type) + length + body + length
  }

  private static func options(_ options: [(code: UInt16, value: [UInt8])]) -> [UInt8] {
    options.flatMap { code, value in
      let value = Array(value.prefix(Int(UInt16.max)))
      return half(code) + half(UInt16(value.count)) + padded(value)
    } + word(0)
  }

  private static func padded(_ bytes: [UInt8]) -> [UInt8] {
    bytes + Array(repeating: 0, count: (4 - bytes.count % 4) % 4)
  }

  private static func half(_ value: UInt16) -> [UInt8] { [UInt8(value & 0xFF), UInt8(value >> 8)] }

  private static func word(_ value: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
}
