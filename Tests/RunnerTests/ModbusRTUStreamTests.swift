// RTU frames over a stream, cut and joined as streams cut and join them.

import Line
import MeterModel
import Runner
import Testing
import Units
import Wire

@Suite("RTU frames over TCP")
struct ModbusRTUStreamTests {
  static func make() throws -> (ModbusRTUStream, [ModbusAnswering]) {
    let meters = try [ModbusBusFixture.answering(unit: 1), ModbusBusFixture.answering("abb-b21", unit: 2)]
    return (ModbusRTUStream(ModbusTCPFarSide.Gateway(meters)), meters)
  }

  /// 230 V from unit 1.
  static let request = ModbusBusFixture.read(1, 4, 0, 2)
  static let answer = ModbusRTU.encode(pdu: [4, 4, 0x43, 0x66, 0, 0], unit: 1)

  @Test("a request is answered at once, however it was cut", arguments: 1...7)
  func cut(at place: Int) throws {
    let (stream, _) = try Self.make()
    var answers: [TimedBytes] = []
    stream.hear(Self.request[..<place], at: .epoch)
    stream.speak(at: .epoch, into: &answers)
    #expect(answers.isEmpty)
    stream.hear(Self.request[place...], at: .epoch + .milliseconds(5))
    stream.speak(at: .epoch + .milliseconds(5), into: &answers)
    #expect(answers == [TimedBytes(at: .epoch + .milliseconds(5), bytes: Self.answer)])
    #expect(stream.wakes == nil)
  }

  @Test("two requests in one piece get two answers")
  func joined() throws {
    let (stream, _) = try Self.make()
    #expect(stream.ask(Self.request + Self.request, at: .epoch).map(\.bytes) == [Self.answer, Self.answer])
  }

  @Test("after a damaged request all is dropped until a pause; then the next is heard")
  func damaged() throws {
    let (stream, _) = try Self.make()
    var broken = Self.request
    broken[3] ^= 1
    #expect(stream.ask(broken, at: .epoch).isEmpty)
    #expect(stream.ask(broken + Self.request, at: .epoch + .seconds(1)).isEmpty)
    #expect(stream.ask(Self.request, at: .epoch + .seconds(2)).map(\.bytes) == [Self.answer])
  }

  @Test(
    "nobody answers for a unit that is not there, or for all; a broadcast write acts where the make does so")
  func silence() throws {
    let (stream, meters) = try Self.make()
    #expect(stream.ask(ModbusBusFixture.read(9, 4, 0, 2), at: .epoch).isEmpty)
    let mode = ModbusRTU.encode(pdu: [16, 0xF9, 0x20, 0, 1, 2, 0, 3], unit: 0)
    #expect(stream.ask(mode, at: .epoch).isEmpty)
    #expect(meters[0].meter.accumulation != .importMinusExport)
  }

  @Test("a request whose length its function does not tell is answered after a pause")
  func unknown() throws {
    let (stream, _) = try Self.make()
    let answers = stream.ask(ModbusRTU.encode(pdu: [65, 1, 2], unit: 1), at: .epoch)
    #expect(answers.map(\.bytes) == [ModbusRTU.encode(pdu: [0xC1, 1], unit: 1)])
    #expect(answers.first?.at == .epoch + ModbusRTUStream.usualPause)
  }
}
