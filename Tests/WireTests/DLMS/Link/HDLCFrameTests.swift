import BackspinTesting
import Testing
import Wire

@Suite("HDLC frames")
struct HDLCFrameTests {
  /// A frame that other programs make, byte for byte.
  struct Vector: CustomTestStringConvertible, Sendable {
    let name: String
    let bytes: String
    let frame: HDLCFrame

    var testDescription: String { name }
    var hex: [UInt8] { hexBytes(bytes.replacing(" ", with: "")) }
  }

  static let meter = HDLCAddress(logical: 1, physical: 17)
  /// Made by dlms-cosem 25.1.0 and Gurux.DLMS 1.0.203 (Python); GET and UA are from a recorded dialogue.
  static let vectors: [Vector] = {
    guard let client = HDLCAddress(1), let two = HDLCAddress(logical: 1, physical: 17),
      let far = HDLCAddress(logical: 1, physical: 1234),
      let wide = HDLCAddress(logical: 1, physical: 17, width: 4)
    else { return [] }
    let (open, server) = (HDLCAddress.publicClient, HDLCAddress.managementDevice)
    let get = "E6E600C001C100030100010800FF0200"
    return [
      Vector(
        name: "SNRM", bytes: "7E A0 07 03 21 93 0F 01 7E",
        frame: HDLCFrame(to: server, from: open, .setNormalResponseMode(poll: true))),
      Vector(
        name: "DISC", bytes: "7E A0 07 03 21 53 03 C7 7E",
        frame: HDLCFrame(to: server, from: open, .disconnect(poll: true))),
      Vector(
        name: "RR(0)", bytes: "7E A0 07 03 21 11 15 A6 7E",
        frame: HDLCFrame(to: server, from: open, .receiveReady(receive: 0, poll: true))),
      Vector(
        name: "GET of 1.0.1.8.0.255",
        bytes: "7E A0 19 03 21 32 6F D8 E6 E6 00 C0 01 C1 00 03 01 00 01 08 00 FF 02 00 32 68 7E",
        frame: HDLCFrame(
          to: server, from: open, .information(receive: 1, send: 1, poll: true),
          information: hexBytes(get))),
      Vector(
        name: "UA with all values in their short form",
        bytes:
          "7E A0 1E 21 03 73 C3 7A 81 80 12 05 01 80 06 01 80 07 04 00 00 00 01 08 04 00 00 00 01 53 3B 7E",
        frame: HDLCFrame(
          to: open, from: server, .unnumberedAcknowledge(poll: true),
          information: HDLCParameters().encoded)),
      Vector(
        name: "SNRM with long lengths",
        bytes:
          "7E A0 20 03 21 93 7D D9 81 80 14 05 02 04 00 06 02 02 00 07 04 00 00 00 02 08 04 00 00 00 03 63 66 7E",
        frame: HDLCFrame(
          to: server, from: open, .setNormalResponseMode(poll: true),
          information: HDLCParameters(
            transmitBytes: 1024, receiveBytes: 512, transmitWindow: 2, receiveWindow: 3
          ).encoded)),
      Vector(
        name: "SNRM to four bytes of address", bytes: "7E A0 0A 00 02 12 A5 21 93 FA 51 7E",
        frame: HDLCFrame(to: far, from: open, .setNormalResponseMode(poll: true))),
      Vector(
        name: "SNRM to a small address written wide", bytes: "7E A0 0A 00 02 00 23 21 93 18 71 7E",
        frame: HDLCFrame(to: wide, from: open, .setNormalResponseMode(poll: true))),
      Vector(
        name: "SNRM to two bytes of address", bytes: "7E A0 08 02 23 03 93 3E 74 7E",
        frame: HDLCFrame(to: two, from: client, .setNormalResponseMode(poll: true))),
      Vector(
        name: "a segment",
        bytes: "7E A8 1A 02 23 03 A6 80 91 E6 E6 00 C0 01 C1 00 03 01 00 01 08 00 FF 02 00 32 68 7E",
        frame: HDLCFrame(
          to: two, from: client, .information(receive: 5, send: 3, poll: false), isSegmented: true,
          information: hexBytes(get))),
      Vector(
        name: "information that holds flags", bytes: "7E A0 0E 02 23 03 1E 4B 10 7E 7E 00 C0 47 55 7E",
        frame: HDLCFrame(
          to: two, from: client, .information(receive: 0, send: 7, poll: true),
          information: [0x7E, 0x7E, 0x00, 0xC0])),
      Vector(
        name: "RR(6)", bytes: "7E A0 08 02 23 03 D1 28 15 7E",
        frame: HDLCFrame(to: two, from: client, .receiveReady(receive: 6, poll: true))),
      Vector(
        name: "UI from a server", bytes: "7E A0 0D 21 02 23 13 28 06 01 02 03 80 94 7E",
        frame: HDLCFrame(
          to: open, from: two, .unnumberedInformation(poll: true), information: [1, 2, 3])),
    ]
  }()

  static func feed(_ chunk: ArraySlice<UInt8>, to decoder: inout HDLCFrameDecoder) -> [HDLCFrameDecoder.Event]
  {
    var rest = chunk
    var found: [HDLCFrameDecoder.Event] = []
    while let event = decoder.next(from: &rest) { found.append(event) }
    return found
  }

  static func events(_ chunks: [[UInt8]]) -> [HDLCFrameDecoder.Event] {
    var decoder = HDLCFrameDecoder()
    return chunks.flatMap { feed($0[...], to: &decoder) } + decoder.silence()
  }

  @Test("the check sequence of 123456789 is 906E, sent low byte first")
  func checkValue() {
    #expect(HDLCCheck.of(Array("123456789".utf8)) == 0x906E)
  }

  @Test("other programs' frames are made byte for byte", arguments: vectors)
  func encoding(vector: Vector) throws {
    #expect(try vector.frame.encoded() == vector.hex)
  }

  @Test("other programs' frames are found however a line cuts and joins them")
  func decoding() {
    let verifier = DecoderVerifier<HDLCFrame> {
      var decoder = HDLCFrameDecoder()
      return { chunk in
        Self.feed(chunk, to: &decoder).compactMap { if case .frame(let frame) = $0 { frame } else { nil } }
      }
    }
    verifier.expect(
      Self.vectors.map { .init($0.hex, [$0.frame]) },
      afterRubbish: [
        [0x00], [0xFF, 0x00, 0xFF], [0x7E], [0x7E, 0x7E, 0x7E], [0x7E, 0x00], [0x7E, 0xA0, 0x7E],
        [0x7E, 0xA0, 0x02, 0x7E],
      ])
  }

  @Test("every control field is the same after a round through its stored parts", arguments: 0...255)
  func controlBytes(byte: UInt8) {
    let control = HDLCControl(byte)
    #expect(control.byte == byte)
    #expect(HDLCControl(control.byte) == control)
    #expect(control.poll == (byte & 0x10 != 0))
  }

  /// The kinds of IEC 62056-46 table 4, counted by hand: I 8 × 8 × 2, RR and RNR 8 × 2 each,
  /// six U frames × 2.
  @Test("of the 256 control fields each kind has its share")
  func shares() {
    let counts = Dictionary(grouping: (0...255).map { HDLCControl($0).kind }) { $0 }.mapValues(\.count)
    #expect(
      counts == [
        .i: 128, .rr: 16, .rnr: 16, .snrm: 2, .disc: 2, .ua: 2, .dm: 2, .frmr: 2, .ui: 2, .undefined: 84,
      ])
  }

  static let contents: [(isSegmented: Bool, information: [UInt8])] = [
    (false, []), (true, []), (true, [0x7E]), (false, [0x7E, 0xA0, 0x07]),
  ]

  @Test("every combination of fields comes back as it was sent")
  func combinations() throws {
    let servers = [
      HDLCAddress(1), HDLCAddress(logical: 1, physical: 17), HDLCAddress(logical: 0x7F, physical: 0x7F),
      HDLCAddress(logical: 0x3FFF, physical: 0x3FFE), HDLCAddress(logical: 1, physical: 17, width: 4),
    ]
    let client = try #require(HDLCAddress(0x7F))
    for server in servers {
      let server = try #require(server)
      for byte in UInt8.min...UInt8.max {
        for (isSegmented, information) in Self.contents {
          for (to, from) in [(server, client), (client, server)] {
            let frame = HDLCFrame(
              to: to, from: from, HDLCControl(byte), isSegmented: isSegmented, information: information)
            let found = Self.events([try frame.encoded()])
            #expect(found == [.frame(frame)])
          }
        }
      }
    }
  }

  @Test("one flag may close a frame and open the next")
  func sharedFlag() throws {
    let bytes = Self.vectors.flatMap { $0.hex.dropLast() } + [HDLCLimits.flag]
    #expect(Self.events([bytes]) == Self.vectors.map { .frame($0.frame) })
    #expect(Self.events(bytes.map { [$0] }) == Self.vectors.map { .frame($0.frame) })
  }

  @Test("each flipped bit of a frame is refused, and the frame behind it is found")
  func flips() throws {
    let good = Self.vectors[3].hex
    for index in good.indices {
      for bit in 0..<8 {
        var broken = good
        broken[index] ^= 1 << bit
        let events = Self.events([broken + good])
        let frames = events.filter { if case .frame = $0 { true } else { false } }
        #expect(frames == [.frame(Self.vectors[3].frame)], "byte \(index), bit \(bit): \(events)")
      }
    }
  }

  @Test("what is wrong with a frame is named")
  func faults() {
    let get = Self.vectors[3].hex
    var (header, information, flag) = (get, get, get)
    header[5] ^= 1
    information[10] ^= 1
    flag[flag.count - 1] = 0
    // Expected values by the bitwise definition of the check, in another language.
    #expect(Self.events([header]).first == .refused(.headerCheck(expected: 0xC9E6, received: 0xD86F)))
    #expect(Self.events([information]).first == .refused(.frameCheck(expected: 0x16D8, received: 0x6832)))
    #expect(Self.events([flag]).first == .refused(.closingFlag(0)))
    #expect(Self.events([[1, 2, 3]]) == [.refused(.noise(bytes: 3))])
    #expect(Self.events([[0x7E, 0x55]]) == [.refused(.format(0x55))])
    #expect(Self.events([[0x7E, 0xA0, 0x05]]) == [.refused(.length(5))])
    #expect(Self.events([[0x7E, 0xA0, 0x20, 2, 2, 2, 2]]) == [.refused(.address)])
    #expect(Self.events([Array(get.dropLast(4))]) == [.refused(.cutShort(received: get.count - 5))])
  }

  @Test("a frame of 2047 bytes is the longest, and one byte more is refused by the encoder")
  func longest() throws {
    let open = HDLCAddress.publicClient
    var frame = HDLCFrame(to: .managementDevice, from: open, .information(receive: 0, send: 0, poll: true))
    frame.information = [UInt8](repeating: 0x7E, count: 2038)
    let bytes = try frame.encoded()
    #expect(bytes.count == 2049)
    #expect(Self.events([bytes]) == [.frame(frame)])
    frame.information.append(0)
    #expect(throws: HDLCFault.tooLong(bytes: 2039)) { try frame.encoded() }
  }

  @Test("no more than one frame is held, whatever comes")
  func holding() {
    var decoder = HDLCFrameDecoder()
    var state: UInt64 = 7
    for _ in 0..<3000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      var chunk = (0..<Int(state >> 56)).map { UInt8(truncatingIfNeeded: state >> ($0 % 57)) }
      if state & 1 == 0 { chunk = [0x7E, 0xA7, 0xFF] + chunk }
      _ = Self.feed(chunk[...], to: &decoder)
      #expect(decoder.heldBytes <= HDLCLimits.frameBytes + 1)
    }
  }

  @Test("addresses have the widths and the reserved values of the standard")
  func addresses() throws {
    #expect(HDLCAddress(128) == nil)
    #expect(HDLCAddress(logical: 0x4000, physical: 1) == nil)
    #expect(HDLCAddress(logical: 1, physical: 128, width: 2) == nil)
    #expect(HDLCAddress(logical: 1, physical: 1, width: 3) == nil)
    #expect(try #require(HDLCAddress(logical: 1, physical: 128)).width == 4)
    #expect(try #require(HDLCAddress(0)).isNoStation)
    #expect(try #require(HDLCAddress(0x7F)).isBroadcast)
    #expect(try #require(HDLCAddress(logical: 1, physical: 0x3FFF)).isEveryPhysicalDevice)
    #expect(try #require(HDLCAddress(logical: 1, physical: 0x7E)).isCallingDevice)
    #expect(try #require(HDLCAddress(logical: 1, physical: 0x3FFE)).isCallingDevice)
    #expect(!(try #require(HDLCAddress(logical: 1, physical: 0x7F, width: 4))).isBroadcast)
  }
}

func hexBytes(_ text: String) -> [UInt8] {
  let digits = Array(text)
  return stride(from: 0, to: digits.count - 1, by: 2).compactMap {
    UInt8(String(digits[$0...$0 + 1]), radix: 16)
  }
}
