// Changes of speed in mid dialogue (IEC 62056-21:2002, 6.3).
// At 300 7E1 a character of 10 bits takes 33 333.3 µs:
// `/?!` CR LF, 5 characters, is complete at 166 667; the identification of 8 starts 200 000 later and is
// complete at 633 334; the acknowledgement of 6 takes 200 000.

import Line
import Testing
import Timeline
import Units

struct TuneTests {
  /// Sign-on up to the end of the identification.
  private func signOn(_ bench: HeadBench) {
    bench.line.write(SpeedChanger.request)
    #expect(
      bench.line.wait(for: 8, first: at(2_000_000), between: .milliseconds(50)) == SpeedChanger.identification
    )
    #expect(bench.line.now == at(633_334))
  }

  @Test("tuning waits until what was written has left, and the answer is heard at the new speed")
  func agreed() {
    let meter = SpeedChanger()
    let bench = HeadBench(meter)
    signOn(bench)
    bench.line.write(SpeedChanger.acknowledgement)
    #expect(bench.line.tune(to: .sevenEven(9600)))
    #expect(bench.line.now == at(833_334))
    #expect(bench.line.settings == .sevenEven(9600))
    let data = bench.line.wait(for: 17, first: at(3_000_000), between: .milliseconds(50))
    #expect(data == SpeedChanger.data)
    // 200 000 after the acknowledgement; 17 characters at 9600: 17 708.3.
    #expect(bench.line.now == at(833_334 + 200_000 + 17_709))
    #expect(meter.heard == [SpeedChanger.request, SpeedChanger.acknowledgement])
  }

  @Test("a reader that does not change hears no byte of the data")
  func stays() {
    let bench = HeadBench(SpeedChanger())
    signOn(bench)
    bench.line.write(SpeedChanger.acknowledgement)
    let pieces = bench.collect()
    // 17 characters at 9600 last 17.7 ms: half a character of 33.3 ms at 300.
    #expect(pieces.flatMap(\.bytes).count <= 1)
  }

  @Test("a reader that changes before its acknowledgement has left is held up until it has")
  func noHaste() {
    let meter = SpeedChanger()
    let bench = HeadBench(meter)
    bench.line.write(SpeedChanger.request)
    #expect(bench.line.tune(to: .sevenEven(300)))
    #expect(bench.line.now == at(166_667))
    #expect(meter.heard == [SpeedChanger.request])
  }

  @Test("of an answer on the wire, what came before the change stays, what comes after is sampled anew")
  func midAnswer() {
    let bench = HeadBench(SpeedChanger())
    bench.line.write(SpeedChanger.request)
    // The identification starts at 366 667; its third character is complete at 466 667,
    // the fourth at 500 000.
    bench.world.run(until: at(480_000))
    #expect(bench.line.tune(to: .sevenEven(600)))
    let heard = bench.collect().flatMap(\.bytes)
    #expect(Array(heard.prefix(3)) == Array("/AB".utf8))
    // The fourth, under way at the change, is lost. The fifth, `5`, on the wire from 500 000 on, is 35 with
    // even parity: bits 0 1010110 0 1, each heard twice at 600. A start, then 0 11 00 11 (66), parity 0, stop
    // 0: flawed, so 00 is handed on. The next fall is after the tenth half bit.
    #expect(heard.count > 3 && heard[3] == 0)
    #expect(!heard.contains(UInt8(ascii: "C")))
  }

  @Test("a change back in time lets the rest of an answer be heard as it was sent")
  func thereAndBack() {
    let bench = HeadBench(SpeedChanger())
    bench.line.write(SpeedChanger.request)
    #expect(bench.line.tune(to: .sevenEven(19_200)))
    bench.world.run(until: at(366_667))
    #expect(bench.line.tune(to: .sevenEven(300)))
    #expect(bench.collect().flatMap(\.bytes) == SpeedChanger.identification)
  }

  @Test("7E1 and 8N1 are one wave: an 8N1 reader has the parity in bit 7, and its own must be there")
  func softwareParity() {
    let meter = SpeedChanger()
    let bench = HeadBench(
      meter, head: OpticalHead(onlyEightBits: true), reader: SerialSettings.sevenEven(300).onWire)
    #expect(!bench.line.tune(to: .sevenEven(300)))
    #expect(bench.line.settings?.description == "300 8N1")
    // IEC 62056-21 worked by hand: 2F has five ones, 3F six, 21 two, 0D three, 0A two.
    bench.line.write([0xAF, 0x3F, 0x21, 0x8D, 0x0A])
    let heard = bench.line.wait(for: 8, first: at(2_000_000), between: .milliseconds(50))
    #expect(heard == even(SpeedChanger.identification))
    #expect(bench.line.now == at(633_334))
    #expect(meter.heard == [SpeedChanger.request])
    // Without parity the odd ones are wrong: the meter's UART hands on 00 for them.
    bench.line.write(SpeedChanger.request)
    bench.world.run(until: at(2_000_000))
    #expect(meter.heard.last == [0, 0x3F, 0x21, 0, 0x0A])
  }

  @Test("a far side says a wrong parity bit by setting bit 7; a checking reader gets 00")
  func wrongParityBit() {
    let meter = ScriptedFarSide(turnaround: .milliseconds(200)) { _ in [0x41, 0x41 | 0x80, 0x42] }
    let checked = HeadBench(meter)
    checked.line.write([0x2F])
    #expect(checked.collect().flatMap(\.bytes) == [0x41, 0, 0x42])
    let raw = HeadBench(
      ScriptedFarSide(turnaround: .milliseconds(200)) { _ in [0x41, 0x41 | 0x80, 0x42] },
      reader: SerialSettings.sevenEven(300).onWire)
    raw.line.write([0xAF])
    #expect(raw.collect().flatMap(\.bytes) == [0x41, 0xC1, 0x42])
  }

  @Test("far sides on one line each hear by how they stand themselves")
  func eachByItself() throws {
    let slow = SpeedChanger()
    let fast = ScriptedFarSide { _ in [] }
    let world = ClockWorld(at: .epoch)
    let line = SerialLine(
      settings: .sevenEven(9600), readerSettings: .sevenEven(300), farSides: [slow, fast], world: world,
      stream: RandomStream(seed: 1))
    line.write(SpeedChanger.request)
    world.run(until: at(300_000))
    #expect(slow.heard == [SpeedChanger.request])
    #expect(!fast.heard.flatMap(\.bytes).isEmpty)
    #expect(fast.heard.flatMap(\.bytes) != SpeedChanger.request)
  }

  @Test("a reader of seven bits sends no eighth; a stream cannot be tuned")
  func cutOff() throws {
    let meter = SpeedChanger()
    let bench = HeadBench(meter)
    bench.line.write(SpeedChanger.request.map { $0 | 0x80 })
    bench.world.run(until: at(200_000))
    #expect(meter.heard == [SpeedChanger.request])
    let stream = TCPStream(farSide: meter, world: bench.world, stream: RandomStream(seed: 1))
    #expect(stream.settings == nil)
    #expect(!stream.tune(to: .usual))
  }

  @Test(
    "mode E: the echo of the acknowledgement leaves at the old speed, what follows at the new, eight bits")
  func eightBitsAfter() throws {
    let after = try SerialSettings(baud: 9600)
    let bench = HeadBench(SpeedChanger(agreed: after))
    signOn(bench)
    bench.line.write(SpeedChanger.acknowledgement)
    #expect(bench.line.tune(to: after))
    #expect(
      bench.line.wait(for: 17, first: at(3_000_000), between: .milliseconds(50)) == SpeedChanger.data)
  }
}
