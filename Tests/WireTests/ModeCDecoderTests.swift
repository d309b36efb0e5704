import BackspinTesting
import Testing
import Wire

@Suite("IEC 62056-21: messages in a run of characters")
struct ModeCDecoderTests {
  static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  static func requests(awaitsOption: Bool = false) -> DecoderVerifier<ModeCRequest> {
    DecoderVerifier {
      var decoder = ModeCRequestDecoder()
      decoder.awaitsOption = awaitsOption
      return { chunk in chunk.compactMap { decoder.take($0) } }
    }
  }

  static var answers: DecoderVerifier<ModeCAnswer> {
    DecoderVerifier {
      var decoder = ModeCAnswerDecoder()
      return { chunk in chunk.compactMap { decoder.take($0) } }
    }
  }

  static var pushes: DecoderVerifier<ModeCPushDecoder.Event> {
    DecoderVerifier {
      var decoder = ModeCPushDecoder()
      return { chunk in chunk.compactMap { decoder.take($0) } }
    }
  }

  static let noise: [[UInt8]] = [[0, 0, 0], [0x7F], [0xFF, 0x55, 0x0D, 0x0A]]

  @Test("a meter finds requests however they come, after zeros and noise")
  func requests() {
    Self.requests().expect(
      [
        .init(Self.bytes("/?!\r\n"), [.signOn(address: "")]),
        .init(Self.bytes("/?00012345!\r\n"), [.signOn(address: "00012345")]),
        .init(Self.bytes("/?AB 12!\n"), [.signOn(address: "AB 12")]),
        .init([0x06], [.acknowledge]),
        .init([0x15], [.sayAgain]),
        // Check 71 after ETX.
        .init([0x01, 0x42, 0x30, 0x03, 0x71], [.command(.signOff)]),
        .init(
          [0x01] + Self.bytes("R1") + [0x02] + Self.bytes("1.8.0()") + [0x03, 0x5A],
          [.command(ModeCCommand("R1", "1.8.0()"))]),
        .init(
          [0x01] + Self.bytes("R5") + [0x02] + Self.bytes("P.01(;)") + [0x03, 0x24],
          [.refused(.check(expected: 0x23, received: 0x24))]),
      ], afterRubbish: Self.noise)
  }

  @Test("after an identification ACK begins an option select message")
  func options() {
    Self.requests(awaitsOption: true).expect([
      .init(
        [0x06] + Self.bytes("051\r\n"),
        [.option(control: UInt8(ascii: "0"), speed: UInt8(ascii: "5"), mode: UInt8(ascii: "1"))]),
      .init(
        [0x06] + Self.bytes("252\r\n"),
        [.option(control: UInt8(ascii: "2"), speed: UInt8(ascii: "5"), mode: UInt8(ascii: "2"))]),
    ])
  }

  @Test(
    "what is no request is refused, and the next one is found",
    arguments: [
      "/?" + String(repeating: "1", count: 60) + "!\r\n", "/?12*4!\r\n", "/LGZ4XYZ\r\n",
      "/?" + String(repeating: "1", count: 33) + "!\r\n",
    ])
  func refusedRequests(text: String) {
    var decoder = ModeCRequestDecoder()
    let found = (Self.bytes(text) + Self.bytes("/?!\r\n")).compactMap { decoder.take($0) }
    guard case .refused = found.first else { return #expect(Bool(false), "refused: \(found)") }
    #expect(found.last == .signOn(address: ""))
  }

  static let ident = ModeCIdentification(maker: "ISk", proposal: UInt8(ascii: "5"), text: "MT174-0001")

  @Test("a reader finds answers however they come, after noise")
  func answersOfMeters() {
    let block = Self.bytes("(0012345.678*kWh)")
    Self.answers.expect(
      [
        .init(Self.bytes("/ISk5MT174-0001\r\n"), [.identification(Self.ident)]),
        .init(Self.bytes("/ISk5MT174-0001\r\r\n"), [.identification(Self.ident)]),
        .init(Self.bytes("/ISk5MT174-0001\n"), [.identification(Self.ident)]),
        .init([0x02] + block + [0x03, 0x5A], [.block(block, isPartial: false)]),
        // EOT for ETX changes the check by 03 ^ 04 = 07.
        .init([0x02] + block + [0x04, 0x5D], [.block(block, isPartial: true)]),
        .init(
          [0x01] + Self.bytes("P0") + [0x02] + Self.bytes("(1234567)") + [0x03, 0x50],
          [.command(ModeCCommand("P0", "(1234567)"))]),
        .init([0x02] + block + [0x03, 0x5B], [.refused(.check(expected: 0x5A, received: 0x5B))]),
        .init([0x06], [.acknowledge]), .init([0x15], [.refusal]),
        .init(Self.bytes("/?!\r\n"), [.echoedRequest]),
        .init(Self.bytes("/12\r\n"), [.refused(.identification)]),
      ], afterRubbish: Self.noise)
  }

  @Test(
    "a check may look like any control character", arguments: [0x02, 0x03, 0x06, 0x15, 0x21, 0x0D] as [UInt8])
  func checkValues(check: UInt8) {
    // One character is chosen so that the check comes out as wanted: it is check ^ ETX.
    let block = [UInt8(ascii: "A"), UInt8(ascii: "A") ^ check ^ 0x03]
    var decoder = ModeCAnswerDecoder()
    let found = ([0x02] + block + [0x03, check, 0x15]).compactMap { decoder.take($0) }
    guard !block.contains(0x03), !block.contains(0x04) else { return }
    #expect(found == [.block(block, isPartial: false), .refusal])
  }

  @Test("an identification that ends with CR alone ends when the next message begins")
  func carriageReturnAlone() {
    var decoder = ModeCAnswerDecoder()
    let found = (Self.bytes("/ISk5MT174-0001\r") + [0x02, 0x41, 0x03, 0x42]).compactMap { decoder.take($0) }
    #expect(found == [.identification(Self.ident), .block([0x41], isPartial: false)])
  }

  @Test("silence names what was cut short, once")
  func silence() {
    var decoder = ModeCAnswerDecoder()
    for byte in Self.bytes("\u{2}1.8.0(") { _ = decoder.take(byte) }
    #expect(decoder.silence() == .refused(.cutShort(received: 7)))
    #expect(decoder.silence() == nil)
    var meter = ModeCRequestDecoder()
    for byte in Self.bytes("/?12") { _ = meter.take(byte) }
    #expect(meter.silence() == .refused(.cutShort(received: 4)))
    #expect(meter.isIdle)
  }

  @Test("a mode D message ends at the mark outside brackets")
  func push() {
    let block = Self.bytes("\r\n1.8.0(00012.3*kWh)\r\nC.1(a!b)\r\n!")
    let d = ModeCIdentification(maker: "ABB", proposal: UInt8(ascii: "3"), text: "D")
    let message = ModeCPush(identification: d, block: block)
    Self.pushes.expect(
      [
        .init(Self.bytes("/ABB3D\r\n") + block, [.message(message)]),
        .init(Self.bytes("/12\r\n"), [.refused(.identification)]),
      ], afterRubbish: [[0, 0x7F], Self.bytes("8.0(1)\r\n!\r\n")])
  }

  @Test("random characters never stop a decoder, and what it holds stays within limits")
  func fuzz() {
    var state: UInt64 = 7
    let dense: [UInt8] = [
      0x01, 0x02, 0x03, 0x04, 0x06, 0x15, 0x2F, 0x3F, 0x21, 0x0D, 0x0A, 0x28, 0x29, 0x2A, 0x30, 0x42,
    ]
    var (meter, reader, push) = (ModeCRequestDecoder(), ModeCAnswerDecoder(), ModeCPushDecoder())
    for _ in 0..<60_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let byte = state >> 63 == 0 ? dense[Int(state >> 40 & 15)] : UInt8(truncatingIfNeeded: state >> 33)
      meter.awaitsOption = state & 1 == 0
      _ = meter.take(byte)
      if case .block(let block, _) = reader.take(byte) { _ = try? ModeCDataBlock(parsing: block) }
      _ = push.take(byte)
    }
    for _ in 0..<(ModeCLimits.message + 10) { _ = reader.take(0x41) }
    #expect(reader.isIdle || reader.silence() != nil)
  }

  @Test("a message without end is given up at the limit")
  func endless() {
    var meter = ModeCRequestDecoder()
    let found = ([0x01] + [UInt8](repeating: 0x41, count: 2000)).compactMap { meter.take($0) }
    #expect(found == [.refused(.tooLong(bytes: ModeCLimits.command + 1))])
    var reader = ModeCAnswerDecoder()
    let line = ([0x2F] + [UInt8](repeating: 0x41, count: 200)).compactMap { reader.take($0) }
    #expect(line == [.refused(.tooLong(bytes: ModeCLimits.identification + 1))])
  }
}
