// Traces as capture files, by the layouts of the pcapng draft, RFC 791 and RFC 9293; Wireshark itself reads
// them in Tests/Interop.

import Line
import Testing
import Units

@Suite("A trace as a capture file") struct TraceCaptureTests {
  /// The blocks of a capture: type and body.
  private static func blocks(_ bytes: [UInt8]) -> [(type: UInt32, body: [UInt8])] {
    func word(_ at: Int) -> UInt32 { (0..<4).reduce(0) { $0 | UInt32(bytes[at + $1]) << (8 * UInt32($1)) } }
    var blocks: [(type: UInt32, body: [UInt8])] = []
    var at = 0
    while at + 12 <= bytes.count {
      let length = Int(word(at + 4))
      guard length >= 12, length % 4 == 0, at + length <= bytes.count, Int(word(at + length - 4)) == length
      else { return [] }
      blocks.append((word(at), Array(bytes[at + 8..<at + length - 4])))
      at += length
    }
    return at == bytes.count ? blocks : []
  }

  private static func packets(_ bytes: [UInt8]) -> [[UInt8]] {
    blocks(bytes).filter { $0.type == 6 }.map { block in
      let length = Int(block.body[12]) | Int(block.body[13]) << 8
      return Array(block.body[20..<20 + length])
    }
  }

  @Test("a stream is dressed as TCP: handshake, numbers that go on, checksums that are right")
  func stream() {
    let request: [UInt8] = [0, 1, 0, 0, 0, 6, 1, 4, 0, 0, 0, 2]
    let trace = Trace(
      origin: Instant(seconds: 1_777_593_600), line: nil, tongue: .modbusTCP,
      events: [
        TraceEvent(at: .seconds(1), .bytes(.request, request)),
        TraceEvent(at: .seconds(2), .bytes(.answer, [0, 1, 0, 0, 0, 7, 1, 4, 4, 0, 0, 0, 9])),
      ])
    let blocks = Self.blocks(trace.capture)
    #expect(blocks.map(\.type) == [0x0A0D_0D0A, 1, 6, 6, 6, 6, 6])
    #expect(blocks[0].body.prefix(8) == [0x4D, 0x3C, 0x2B, 0x1A, 1, 0, 0, 0])
    // Raw IP.
    #expect(blocks[1].body.prefix(2) == [101, 0])
    let packets = Self.packets(trace.capture)
    #expect(packets.map { $0[33] } == [0x02, 0x12, 0x10, 0x18, 0x18])
    #expect(Array(packets[3].dropFirst(40)) == request)
    // The answer acknowledges the request's 12 bytes.
    #expect(packets[4][28..<32] == [0, 0, 0, 13])
    #expect(packets[3][22..<24] == [0x01, 0xF6])
    for packet in packets {
      // RFC 1071: over a whole header with its checksum the sum is all ones.
      #expect(Self.sum(packet[..<20]) == 0xFFFF)
      let pseudo =
        packet[12..<20] + [0, 6] + [UInt8((packet.count - 20) >> 8), UInt8((packet.count - 20) & 0xFF)]
      #expect(Self.sum(pseudo + packet[20...]) == 0xFFFF)
    }
    // 1777593601 s in µs is 0x650B98A59FE40: high word, low word.
    let micros: UInt64 = 1_777_593_601_000_000
    let body = blocks[5].body
    let high = (0..<4).reduce(UInt64(0)) { $0 | UInt64(body[4 + $1]) << (8 * UInt64($1)) }
    let low = (0..<4).reduce(UInt64(0)) { $0 | UInt64(body[8 + $1]) << (8 * UInt64($1)) }
    #expect(high << 32 | low == micros)
  }

  private static func sum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    var sum: UInt32 = 0
    for (index, byte) in bytes.enumerated() { sum += UInt32(byte) << (index % 2 == 0 ? 8 : 0) }
    while sum > 0xFFFF { sum = sum & 0xFFFF + sum >> 16 }
    return sum
  }

  @Test("a serial dialogue becomes messages that name their dissector, chunks joined and frames parted")
  func messages() throws {
    let frame: [UInt8] = [0x7E, 0xA0, 0x07, 0x03, 0x21, 0x93, 0x0F, 0x01, 0x7E]
    let other: [UInt8] = [0x7E, 0xA0, 0x07, 0x03, 0x21, 0x53, 0x03, 0xC7, 0x7E]
    let trace = Trace(
      origin: .epoch, line: .usual, tongue: .hdlc,
      events: [
        TraceEvent(at: .zero, .bytes(.request, Array(frame.prefix(4)))),
        TraceEvent(at: .milliseconds(3), .bytes(.request, Array(frame.dropFirst(4) + other.dropFirst()))),
        TraceEvent(at: .milliseconds(9), .bytes(.answer, frame)),
      ])
    let packets = Self.packets(trace.capture)
    #expect(packets.count == 3)
    #expect(packets[0].prefix(8) == [0, 12, 0, 4, 0x64, 0x6C, 0x6D, 0x73])
    #expect(packets.map { Array($0.suffix(9)) } == [frame, other, frame])
    #expect(Self.blocks(trace.capture)[1].body.prefix(2) == [252, 0])
  }
}
