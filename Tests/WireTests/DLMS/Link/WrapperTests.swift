import BackspinTesting
import Testing
import Units
import Wire

@Suite("The wrapper of DLMS over TCP")
struct WrapperTests {
  /// An AARQ by Gurux.DLMS 1.0.203 (Python) over the wrapper: client 16, server 1.
  static let aarq = hexBytes(
    "000100100001001F601DA109060760857405080101BE10040E01000000065F1F0400401E5DFFFF")
  static let frame = WrapperFrame(from: 16, to: 1, pdu: Array(aarq[8...]))

  static func feed(_ chunk: ArraySlice<UInt8>, to decoder: inout WrapperDecoder) -> [WrapperDecoder.Event] {
    var rest = chunk
    var found: [WrapperDecoder.Event] = []
    while let event = decoder.next(from: &rest) { found.append(event) }
    return found
  }

  @Test("wrapped PDUs are found however the stream cuts and joins them")
  func frames() throws {
    let verifier = DecoderVerifier<WrapperDecoder.Event> {
      var decoder = WrapperDecoder()
      return { Self.feed($0, to: &decoder) }
    }
    let answer = WrapperFrame(from: 1, to: 16, pdu: [UInt8](repeating: 0, count: 300))
    verifier.expect([
      .init(Self.aarq, [.frame(Self.frame)]), .init(try answer.encoded(), [.frame(answer)]),
      .init(hexBytes("0001FFFF00000001AA"), [.frame(WrapperFrame(from: 0xFFFF, to: 0, pdu: [0xAA]))]),
    ])
    #expect(try Self.frame.encoded() == Self.aarq)
  }

  @Test("a header that cannot be loses the stream for good")
  func lost() {
    for (bytes, fault) in [
      ("00020010", WrapperFault.version(2)), ("7EA0", .version(0x7EA0)), ("0001001000010000", .length(0)),
      ("0001001000010101", .length(257)),
    ] {
      var decoder = WrapperDecoder(mostBytes: 256)
      #expect(Self.feed(hexBytes(bytes)[...], to: &decoder) == [.refused(fault)])
      #expect(decoder.isLost && decoder.heldBytes == 0)
      #expect(Self.feed(Self.aarq[...], to: &decoder).isEmpty)
    }
  }

  @Test("65535 bytes are the longest PDU, none at all the shortest that is refused")
  func limits() throws {
    let longest = WrapperFrame(from: 1, to: 2, pdu: [UInt8](repeating: 7, count: 65_535))
    var decoder = WrapperDecoder()
    #expect(Self.feed(try longest.encoded()[...], to: &decoder) == [.frame(longest)])
    for count in [0, 65_536] {
      #expect(throws: WrapperFault.length(count)) {
        try WrapperFrame(from: 1, to: 2, pdu: [UInt8](repeating: 7, count: count)).encoded()
      }
    }
  }

  @Test("a meter answers each PDU, to its sender, and knows who is connected")
  func station() {
    let responder = ScriptedResponder { $0.first == 0xFF ? nil : $0 + [1] }
    let station = WrapperStation(.init(), responder: responder)
    func say(_ text: String, at second: Int64) -> [UInt8] {
      station.hear(hexBytes(text)[...], at: Instant(seconds: second))
      return station.speak(at: Instant(seconds: second)).flatMap(\.bytes)
    }
    #expect(say("00010010000100015A" + "0001001000010001FF", at: 0) == hexBytes("00010001001000025A01"))
    #expect(say("00010010000200015A", at: 1).isEmpty, "no such logical device")
    #expect(say("00010001000100015B", at: 2) == hexBytes("00010001000100025B01"))
    #expect(station.wakes == Instant(seconds: 182))
    #expect(station.speak(at: Instant(seconds: 182)).isEmpty)
    #expect(station.wakes == nil)
    #expect(say("00010010", at: 200).isEmpty)
    station.drop(at: Instant(seconds: 201))
    #expect(say("00010010000100015A", at: 202) == hexBytes("00010001001000025A01"), "a new connection")
    #expect(say("7E", at: 203).isEmpty)
    #expect(say("A0", at: 203).isEmpty)
    #expect(station.isLost && !station.isConnected)
    #expect(
      responder.told == [
        .opened(16), .pdu([0x5A], client: 16, server: 1), .pdu([0xFF], client: 16, server: 1), .closed(16),
        .opened(1), .pdu([0x5B], client: 1, server: 1), .closed(1), .opened(16),
        .pdu([0x5A], client: 16, server: 1), .closed(16),
      ])
  }
}
