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
    wire.setClientSpeed(4800, at: start)
    #expect(!wire.hasRightSpeed)
    let heard = wire.hears([0x01, 0x04, 0x00, 0x48], at: start)
    #expect(!heard.bytes.isEmpty && heard.bytes != [0x01, 0x04, 0x00, 0x48])
    wire.say(TimedBytes(at: start, bytes: [0x01, 0x04, 0x00, 0x48]))
    let said = taken(&wire, by: .seconds(1)).map(\.1)
    #expect(said != [0x01, 0x04, 0x00, 0x48])
    wire.setClientSpeed(9600, at: start + .seconds(1))
    #expect(wire.hears([0x01, 0x04], at: start + .seconds(1)).bytes == [0x01, 0x04])
  }

  @Test("speed 0 hangs the line up: nothing is heard either way")
  func zero() {
    var wire = PtyWire(.usual, isPaced: true)
    wire.setClientSpeed(0, at: start)
    #expect(wire.hears([1, 2], at: start).bytes.isEmpty)
    wire.say(TimedBytes(at: start, bytes: [1, 2]))
    #expect(wire.due == nil)
  }

  // MARK: An optical port

  // 300 7E1: a character is 10 bits, 33 333.3 us. `/` 2F and CR 0D have an odd number of ones.
  private let signOn: [UInt8] = [0x2F, 0x3F, 0x21, 0x0D, 0x0A]
  private let signOnWithParity: [UInt8] = [0xAF, 0x3F, 0x21, 0x8D, 0x0A]

  @Test("a client whose bytes have no parity in bit 7 gets seven bits; one whose have, gets them with parity")
  func parityOfClient() {
    var wire = PtyWire(.sevenEven(300), isPaced: true)
    let heard = wire.hears(signOn[...], at: start)
    #expect(heard.bytes == signOn)
    #expect((heard.at - start).microseconds == 166_667)
    wire.say(TimedBytes(at: start, bytes: [0x2F, 0x41]))
    #expect(taken(&wire, by: .seconds(1)).map(\.1) == [0x2F, 0x41])
    // The next client does parity itself: found out from its own first bytes.
    #expect(wire.hears(signOnWithParity[...], at: start + .seconds(1)).bytes == signOn)
    wire.say(TimedBytes(at: start + .seconds(1), bytes: [0x2F, 0x41]))
    #expect(taken(&wire, by: .seconds(2)).map(\.1) == [0xAF, 0x41])
    // 06 and 30 have an even number of ones: they tell nothing, and nothing is forgotten.
    #expect(wire.hears([0x06, 0x30], at: start + .seconds(2)).bytes == [0x06, 0x30])
    wire.say(TimedBytes(at: start + .seconds(2), bytes: [0x2F]))
    #expect(taken(&wire, by: .seconds(3)).map(\.1) == [0xAF])
  }

  @Test("a wrong parity bit is 00 to the one and a flipped bit 7 to the other")
  func wrongParityBit() {
    var cooked = PtyWire(.sevenEven(300), isPaced: false)
    cooked.say(TimedBytes(at: start, bytes: [0x41 | 0x80]))
    #expect(taken(&cooked, by: .seconds(1)).map(\.1) == [0])
    var raw = PtyWire(.sevenEven(300), isPaced: false)
    // The third has an odd number of ones and no parity bit: wrong among others that are right.
    #expect(raw.hears([0xAF, 0x3F, 0x0D], at: start).bytes == [0x2F, 0x3F, 0])
    raw.say(TimedBytes(at: start, bytes: [0x41 | 0x80, 0x2F | 0x80]))
    #expect(taken(&raw, by: .seconds(1)).map(\.1) == [0xC1, 0x2F])
  }

  @Test("an answer is paced at the speed at which it is said, and heard by a client at that speed")
  func paceOfMeter() throws {
    var wire = PtyWire(.sevenEven(300), isPaced: true)
    wire.setMeter(.sevenEven(9600))
    #expect(!wire.hasRightSpeed)
    wire.setClientSpeed(9600, at: start)
    #expect(wire.hasRightSpeed)
    wire.say(TimedBytes(at: start, bytes: [0x41, 0x42]), as: .sevenEven(9600))
    #expect(taken(&wire, by: .seconds(1)).map(\.0) == [1042, 2084])
    // Mode E: the echo of the acknowledgement is said at the old speed though the meter stands otherwise
    // already.
    wire.setClientSpeed(300, at: start + .seconds(1))
    wire.setMeter(try SerialSettings(baud: 9600))
    wire.say(TimedBytes(at: start + .seconds(1), bytes: [0x2F]), as: .sevenEven(300))
    #expect(taken(&wire, by: .seconds(2)).map(\.1) == [0x2F])
  }

  @Test("a client that changes its speed in mid answer hears the beginning, and garbage from then on")
  func midAnswer() {
    var wire = PtyWire(.sevenEven(300), isPaced: true)
    wire.say(TimedBytes(at: start, bytes: [UInt8](repeating: 0x41, count: 6)))
    // At 80 ms two characters are complete (33.3, 66.7) and the third is under way: it is lost.
    wire.setClientSpeed(1200, at: start + .milliseconds(80))
    let all = taken(&wire, by: .seconds(1))
    #expect(all.prefix(2).map(\.1) == [0x41, 0x41])
    #expect(all.count > 2 && all.dropFirst(2).allSatisfy { $0.1 != 0x41 && $0.0 > 100_000 })
    // Back at the right speed before it ends, the rest is heard as it was said.
    var back = PtyWire(.sevenEven(300), isPaced: true)
    back.say(TimedBytes(at: start, bytes: [1, 2, 3, 4].map { 0x40 + $0 }))
    back.setClientSpeed(19_200, at: start)
    back.setClientSpeed(300, at: start + .milliseconds(50))
    #expect(taken(&back, by: .seconds(1)).map(\.1).suffix(2) == [0x43, 0x44])
  }

  @Test("an echo comes among what the meter says, in order of time")
  func echo() {
    var wire = PtyWire(.sevenEven(300), isPaced: true)
    wire.say(TimedBytes(at: start + .milliseconds(200), bytes: [0x2F]))
    wire.reflect(TimedBytes(at: start + .milliseconds(1), bytes: [0xAF, 0x3F]))
    let all = taken(&wire, by: .seconds(1))
    #expect(all.map(\.1) == [0xAF, 0x3F, 0x2F])
    #expect(all.map(\.0) == [34_334, 67_667, 233_334])
  }

  @Test(
    "a client that tells how it stands is heard accordingly; one without a UART always stands as the meter")
  func sockets() throws {
    var told = PtyWire(.sevenEven(300), client: try SerialSettings(baud: 300), isPaced: false)
    #expect(told.hears(signOnWithParity[...], at: start).bytes == signOn)
    // Eight bits without parity: `/` and CR fail the meter's check.
    #expect(told.hears(signOn[...], at: start).bytes == [0, 0x3F, 0x21, 0, 0x0A])
    told.setClient(.sevenEven(300), at: start)
    #expect(told.hears(signOn[...], at: start).bytes == signOn)
    told.setClient(.sevenEven(9600), at: start)
    #expect(told.hears(signOn[...], at: start).bytes != signOn)
    var bare = PtyWire(.sevenEven(300), client: nil, isPaced: false)
    bare.setMeter(.sevenEven(9600))
    #expect(bare.hasRightSpeed && bare.hears(signOn[...], at: start).bytes == signOn)
    bare.say(TimedBytes(at: start, bytes: [0x2F]))
    #expect(taken(&bare, by: .seconds(1)).map(\.1) == [0x2F])
  }
}
