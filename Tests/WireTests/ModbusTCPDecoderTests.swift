import BackspinTesting
import Testing
import Wire

@Suite("Modbus TCP frames")
struct ModbusTCPDecoderTests {
  /// The request of "Messaging on TCP/IP" V1.0b, section 4.4.1.1.
  static let guide: [UInt8] = [
    0x15, 0x01,  // transaction
    0x00, 0x00,  // protocol: Modbus
    0x00, 0x06,  // length of what follows
    0xFF,  // unit: the server itself
    0x03,  // function: read holding registers
    0x00, 0x04,  // address
    0x00, 0x01,  // quantity
  ]
  static let guideFrame = ModbusTCPFrame(
    transaction: 0x1501, unit: 0xFF, pdu: [0x03, 0x00, 0x04, 0x00, 0x01])
  static let exception: [UInt8] = [
    0x00, 0x02,  // transaction
    0x00, 0x00,  // protocol
    0x00, 0x03,  // length
    0x07,  // unit
    0x84, 0x0B,  // function 4 with bit 7, gateway target silent
  ]

  static func events(_ chunks: [[UInt8]]) -> [ModbusTCPDecoder.Event] {
    var decoder = ModbusTCPDecoder()
    return chunks.flatMap { feed($0[...], to: &decoder) }
  }

  static func feed(_ chunk: ArraySlice<UInt8>, to decoder: inout ModbusTCPDecoder) -> [ModbusTCPDecoder.Event]
  {
    var rest = chunk
    var found: [ModbusTCPDecoder.Event] = []
    while let event = decoder.next(from: &rest) { found.append(event) }
    return found
  }

  @Test("frames are found however the stream cuts and joins them")
  func frames() {
    let verifier = DecoderVerifier<ModbusTCPDecoder.Event> {
      var decoder = ModbusTCPDecoder()
      return { Self.feed($0, to: &decoder) }
    }
    let longest = [0, 9, 0, 0, 0, 254, 1, 3, 250] + [UInt8](repeating: 0xA5, count: 251)
    verifier.expect([
      .init(Self.guide, [.frame(Self.guideFrame)]),
      .init(Self.exception, [.frame(ModbusTCPFrame(transaction: 2, unit: 7, pdu: [0x84, 0x0B]))]),
      .init(longest, [.frame(ModbusTCPFrame(transaction: 9, unit: 1, pdu: longest[7...]))]),
    ])
  }

  @Test("a frame of another protocol is skipped, and the next one is found")
  func otherProtocol() {
    var other = Self.guide
    other[3] = 1
    #expect(Self.events([other + Self.guide]) == [.refused(.protocolIdentifier(1)), .frame(Self.guideFrame)])
    #expect(Self.events((other + Self.guide).map { [$0] }).count == 2)
  }

  @Test(
    "a length that no frame can have loses the stream for good",
    arguments: [0, 1, 255, 0x1234, 0xFFFF] as [UInt16])
  func impossibleLength(length: UInt16) {
    var broken = Self.guide
    (broken[4], broken[5]) = (UInt8(length >> 8), UInt8(truncatingIfNeeded: length))
    var decoder = ModbusTCPDecoder()
    #expect(Self.feed(broken[...], to: &decoder) == [.refused(.headerLength(length))])
    #expect(decoder.isLost)
    #expect(Self.feed(Self.guide[...], to: &decoder).isEmpty, "nothing is believed any more")
    #expect(decoder.heldBytes == 0)
    #expect(Self.events(broken.map { [$0] }) == [.refused(.headerLength(length))])
  }

  @Test("an unfinished frame is all that is held")
  func holding() {
    var decoder = ModbusTCPDecoder()
    _ = Self.feed((Self.guide + Self.guide.prefix(9))[...], to: &decoder)
    #expect(decoder.heldBytes == 9)
    _ = Self.feed(Self.guide.dropFirst(9), to: &decoder)
    #expect(decoder.heldBytes == 0)
  }

  @Test("a frame is encoded byte for byte, and none above 253 bytes of PDU")
  func encoding() throws {
    #expect(try ModbusTCP.encode(transaction: 0x1501, unit: 0xFF, pdu: [3, 0, 4, 0, 1]) == Self.guide)
    let full = try ModbusTCP.encode(transaction: 1, unit: 1, pdu: [UInt8](repeating: 0, count: 253))
    #expect(full.count == 260)
    #expect(full[4...5] == [0, 254])
    #expect(throws: ModbusFault.tooLong(bytes: 254)) {
      try ModbusTCP.encode(transaction: 1, unit: 1, pdu: [UInt8](repeating: 0, count: 254))
    }
  }

  @Test("a frame made in place behind others is closed with its own length")
  func inPlace() {
    var bytes: [UInt8] = [0xEE, 0xEE]
    ModbusTCP.appendHeader(transaction: 2, unit: 7, to: &bytes)
    bytes += [0x84, 0x0B]
    ModbusTCP.closeFrame(from: 2, in: &bytes)
    #expect(bytes == [0xEE, 0xEE] + Self.exception)
  }

  @Test("random bytes never stop the decoder, and no frame is outside the limits")
  func fuzz() {
    var state: UInt64 = 1
    for _ in 0..<2000 {
      var decoder = ModbusTCPDecoder()
      for _ in 0..<20 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        var chunk = (0..<Int(state >> 59)).map { UInt8(truncatingIfNeeded: state >> ($0 * 2)) }
        if chunk.count > 6, state & 1 == 0 { chunk.replaceSubrange(2..<5, with: [0, 0, 0]) }
        for case .frame(let frame) in Self.feed(chunk[...], to: &decoder) {
          #expect((1...253).contains(frame.pdu.count))
        }
        #expect(decoder.heldBytes < 260)
      }
    }
  }
}
