import BackspinTesting
import Testing
import Units
import Wire

@Suite("One-way infra-red messages")
struct IrDATests {
  static var binary: A100CMessage {
    var message = A100CMessage()
    (message.product, message.firmware, message.utilitySerial) = ("A100C", "1-02-03", "12A3456789")
    (message.makerSerial, message.configuration, message.definition) = (0x01_02_03, 0x0405, 0x06_07_08)
    message.rate1 = .init(imported: 1_234_567_890, exported: 7, reverse: 42_001)
    message.rate2 = .init(imported: 98_765)
    (message.status, message.errors) = (1, 0x20)
    (message.antiCreepHours, message.rate1Hours, message.rate2Hours) = (12, 654_321, 3)
    (message.powerUpHours, message.powerFails, message.watchdogs) = (987_654, 258, 255)
    message.reverseEvents = 9
    return message
  }

  /// The same by hand, from the field list of the maker's handbook.
  static let bytes: [UInt8] = {
    var data: [UInt8] = Array("A100C       ".utf8) + Array("1-02-03  ".utf8)
    data += [0x03, 0x02, 0x01]  // maker's serial, low byte first
    data += [0x05, 0x04]  // configuration
    data += Array("12A3456789      ".utf8)
    data += [0x08, 0x07, 0x06]  // meter definition
    data += [0x12, 0x34, 0x56, 0x78, 0x90]  // rate 1 import, BCD
    data += [0x00, 0x00, 0x00, 0x00, 0x07]  // reserved: export
    data += [0x00, 0x00, 0x04, 0x20, 0x01]  // reverse
    data += [0x00, 0x00, 0x09, 0x87, 0x65]  // rate 2 import
    data += [UInt8](repeating: 0, count: 10)
    data += [0x00, 0x01, 0x20]  // reserved, status, error
    data += [0x00, 0x00, 0x12, 0x65, 0x43, 0x21, 0x00, 0x00, 0x03, 0x98, 0x76, 0x54]  // hours
    data += [0x02, 0x01, 0xFF, 0x09]  // power fails 258, watchdogs, reverse warnings
    data += [UInt8](repeating: 0, count: 10)
    let frame = [0x01, 0x00, 0x68, 0x02] + data + [0x03]
    return frame + [UInt8(frame.reduce(0) { $0 + Int($1) } % 256)]
  }()

  static let text = A1100Message(sets: [
    .init("96.1.1", [.init("A1100")]), .init("1.8.0", [.init("0012345.6kWh")]),
    .init("96.5.0", [.init("01")]),
  ])
  static let textBytes: [UInt8] = {
    let frame =
      [0x01] + Array("OB".utf8) + [0x02] + Array("96.1.1(A1100)1.8.0(0012345.6kWh)96.5.0(01)".utf8) + [0x03]
    return frame + [UInt8(127 - frame.reduce(0) { $0 + Int($1) } % 128)]
  }()

  static let rubbish: [[UInt8]] = [[0x00, 0xFF], [0x01, 0x00, 0x68], [0x01, 0x4F], [0x02, 0x03]]

  @Test("messages are encoded field by field and found however they come")
  func codecs() {
    #expect(Self.binary.bytes == Self.bytes)
    #expect(Self.bytes.count == 110)
    #expect(Self.text.bytes == Self.textBytes)
    let verifier = DecoderVerifier<IrDADecoder.Event> {
      var decoder = IrDADecoder()
      return { chunk in chunk.compactMap { decoder.take($0) } }
    }
    verifier.expect(
      [
        .init(Self.bytes, [.message(.a100c(Self.binary))]),
        .init(Self.textBytes, [.message(.a1100(Self.text))]),
      ], afterRubbish: Self.rubbish)
    let nibbles = DecoderVerifier<IrDADecoder.Event> {
      var decoder = IrDANibbleDecoder()
      return { chunk in chunk.compactMap { decoder.take($0) } }
    }
    nibbles.expect(
      [
        .init(IrDANibbles.split(Self.textBytes), [.message(.a1100(Self.text))]),
        .init(IrDANibbles.split(Self.bytes), [.message(.a100c(Self.binary))]),
      ], afterRubbish: [[0x0D], [0xF3], [0xF1, 0xF2, 0x00]])
  }

  @Test("a byte is two characters, low half first, the upper halves ones")
  func nibbles() {
    #expect(IrDANibbles.split([0x4F]) == [0xFF, 0xF4])
    #expect(IrDANibbles.joined(low: 0xFF, high: 0xF4) == 0x4F)
  }

  @Test("any one byte changed, lost or doubled gives no message, or the right one after the next")
  func sweep() {
    for (good, message) in [
      (Self.bytes, IrDAMessage.a100c(Self.binary)), (Self.textBytes, .a1100(Self.text)),
    ] {
      for index in good.indices {
        for change in 0..<10 {
          var bad = good
          switch change {
          case 8: bad.remove(at: index)
          case 9: bad.insert(bad[index], at: index)
          default: bad[index] ^= 1 << UInt8(change)
          }
          var decoder = IrDADecoder()
          let found = (bad + good).compactMap { decoder.take($0) }.compactMap { event -> IrDAMessage? in
            if case .message(let message) = event { message } else { nil }
          }
          // The check of an A1100 has 7 bits: its eighth does not count.
          #expect(found.allSatisfy { $0 == message }, "byte \(index), change \(change)")
        }
      }
    }
  }

  @Test("what cannot be shown is a question mark, and data without addresses are no message")
  func oddTexts() throws {
    var bytes = Self.bytes
    bytes[5] = 0x07  // the second letter of the product
    bytes[109] = UInt8(truncatingIfNeeded: bytes.dropLast().reduce(0) { $0 + Int($1) })
    var decoder = IrDADecoder()
    guard case .message(.a100c(let message))? = bytes.compactMap({ decoder.take($0) }).last else {
      Issue.record("no message")
      return
    }
    #expect(message.product == "A?00C")
    for text in ["A1100", "(0012345.6kWh)", "1.8.0(1)2.8.0"] {
      let frame = [0x01] + Array("OB".utf8) + [0x02] + Array(text.utf8) + [0x03]
      let check = UInt8(127 - frame.reduce(0) { $0 + Int($1) } % 128)
      #expect((frame + [check]).compactMap { decoder.take($0) }.isEmpty, "\(text)")
    }
  }

  @Test("a long message without end is given up")
  func endless() {
    var decoder = IrDADecoder()
    for byte in [0x01, 0x4F, 0x42, 0x02] + [UInt8](repeating: 0x41, count: 5000) { _ = decoder.take(byte) }
    #expect(decoder.isIdle)
    #expect(Self.textBytes.compactMap { decoder.take($0) } == [.message(.a1100(Self.text))])
  }

  @Test("a port speaks at its period and leaves out what it slept through")
  func station() {
    final class Source: IrDASource {
      func message(at instant: Instant) -> IrDAMessage { .a1100(IrDATests.text) }
    }
    let station = IrDAStation(
      source: Source(), baud: 2400, every: .seconds(4), sendsNibbles: true, at: .epoch)
    var said: [(at: Instant, bytes: [UInt8])] = []
    station.speak(at: .epoch + .seconds(3), into: &said)
    #expect(said.isEmpty)
    station.speak(at: .epoch + .seconds(4), into: &said)
    station.speak(at: .epoch + .seconds(21), into: &said)
    #expect(said.map(\.at) == [.epoch + .seconds(4), .epoch + .seconds(20)])
    #expect(said[0].bytes == IrDANibbles.split(Self.textBytes))
    #expect(station.wakes == .epoch + .seconds(24))
  }
}
