// The wire of a pseudo-terminal: exact instants, no clock.

import Line
import Testing
import Units

@testable import HostIO

@Suite struct PtyWireTests {
  private let start = Instant(seconds: 1000)

  /// Instants after the start, in microseconds, and bytes of what is on the wire.
  private func taken(_ wire: inout PtyWire, by span: TimeSpan) -> [(Int64, UInt8)] {
    var all: [(Int64, UInt8)] = []
    wire.take(by: start + span) { all.append((($0.at - start).microseconds, $0.byte)) }
    return all
  }

  @Test("a request is heard when its last character is complete")
  func hears() throws {
    // 8 characters of 10 bits at 9600 Bd: 8.3333 ms, rounded up to a microsecond.
    var wire = PtyWire(.usual, isPaced: true)
    let heard = wire.hears([1, 2, 3, 4, 5, 6, 7, 8], at: start)
    #expect(heard.bytes == [1, 2, 3, 4, 5, 6, 7, 8])
    #expect((heard.at - start).microseconds == 8334)
  }

  @Test("bytes written while the wire is busy queue behind")
  func queue() {
    var wire = PtyWire(.usual, isPaced: true)
    _ = wire.hears([1, 2, 3, 4], at: start)
    // 4 characters end at 4.1667 ms; the fifth, written at 1 ms, a character (1.0417 ms) later.
    let heard = wire.hears([5], at: start + .milliseconds(1))
    #expect((heard.at - start).microseconds == 4167 + 1042)
  }

  @Test("each character of an answer has its own instant, from the start of the answer, without drift")
  func says() throws {
    var wire = PtyWire(try SerialSettings(baud: 19_200), isPaced: true)
    wire.say(TimedBytes(at: start, bytes: [UInt8](repeating: 7, count: 192)))
    let all = taken(&wire, by: .seconds(1))
    #expect(all.count == 192)
    // 10 bits at 19200 Bd: 520.83 us; the 192nd is complete after exactly 0.1 s.
    #expect(all[0].0 == 521 && all[1].0 == 1042 && all[191].0 == 100_000)
  }

  @Test("an answer that is due while another is on the wire follows it")
  func follows() {
    var wire = PtyWire(.usual, isPaced: true)
    wire.say(TimedBytes(at: start, bytes: [1, 2]))
    wire.say(TimedBytes(at: start + .milliseconds(1), bytes: [3]))
    // 2084 us are two characters, rounded up once; then one more.
    #expect(taken(&wire, by: .seconds(1)).map(\.0) == [1042, 2084, 2084 + 1042])
  }

  @Test("only what is complete is taken, and the next instant is known")
  func takes() {
    var wire = PtyWire(.usual, isPaced: true)
    wire.say(TimedBytes(at: start, bytes: [1, 2, 3]))
    #expect(taken(&wire, by: TimeSpan(microseconds: 2100)).map(\.1) == [1, 2])
    #expect(wire.due.map { ($0 - start).microseconds } == 3125)
    #expect(taken(&wire, by: .seconds(1)).map(\.1) == [3])
    #expect(wire.due == nil)
  }

  @Test("without pacing bytes take no time")
  func unpaced() {
    var wire = PtyWire(.usual, isPaced: false)
    #expect(wire.hears([1, 2, 3], at: start).at == start)
    wire.say(TimedBytes(at: start + .milliseconds(3), bytes: [1, 2]))
    #expect(taken(&wire, by: .milliseconds(2)).isEmpty)
    #expect(taken(&wire, by: .milliseconds(3)).map(\.0) == [3000, 3000])
  }

  @Test("at half the speed each character is heard as two, or as garbage; never as what was sent")
  func wrongSpeed() {
    var wire = PtyWire(.usual, isPaced: true)
    wire.setClientSpeed(4800)
    #expect(!wire.hasRightSpeed)
    let heard = wire.hears([0x01, 0x04, 0x00, 0x48], at: start)
    #expect(!heard.bytes.isEmpty && heard.bytes != [0x01, 0x04, 0x00, 0x48])
    wire.say(TimedBytes(at: start, bytes: [0x01, 0x04, 0x00, 0x48]))
    let said = taken(&wire, by: .seconds(1)).map(\.1)
    #expect(said != [0x01, 0x04, 0x00, 0x48])
    wire.setClientSpeed(9600)
    #expect(wire.hears([0x01, 0x04], at: start + .seconds(1)).bytes == [0x01, 0x04])
  }

  @Test("speed 0 hangs the line up: nothing is heard either way")
  func zero() {
    var wire = PtyWire(.usual, isPaced: true)
    wire.setClientSpeed(0)
    #expect(wire.hears([1, 2], at: start).bytes.isEmpty)
    wire.say(TimedBytes(at: start, bytes: [1, 2]))
    #expect(wire.due == nil)
  }
}
