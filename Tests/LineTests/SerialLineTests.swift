import Line
import Testing
import Timeline
import Units

struct SerialLineTests {
  // 9600 8N1: a character takes 1041.67 µs. The question (8) is complete at 8 334, closed by t3.5 (4 011) at
  // 12 345; the answer starts 5 000 later at 17 345; its bytes are complete at 17 345 + n × 1041.67, the
  // ninth at 26 720.
  private let arrivals: [Int64] = [18_387, 19_429, 20_470, 21_512, 22_554, 23_595, 24_637, 25_679, 26_720]

  @Test("an answer comes byte by byte, each at its instant")
  func instants() {
    let meter = ScriptedFarSide { _ in reply }
    let bench = Bench([meter])
    bench.line.write(question)
    let pieces = bench.collect(until: at(500_000))
    #expect(pieces.map(\.at) == arrivals)
    #expect(pieces.flatMap(\.bytes) == reply)
    #expect(meter.heard == [.init(bytes: question, at: at(8_334))])
    #expect(bench.line.now == at(500_000))
  }

  @Test("waiting for a count ends when the last of it is complete, as waiting byte by byte does")
  func counted() {
    for count in 1...9 {
      let bench = Bench([ScriptedFarSide { _ in reply }])
      bench.line.write(question)
      let bytes = bench.line.wait(for: count, first: at(500_000), between: .milliseconds(2))
      #expect(bytes == Array(reply.prefix(count)))
      #expect(bench.line.now.microseconds == arrivals[count - 1])
    }
  }

  @Test("waiting for more than comes ends one pause after the last byte")
  func countedTooHigh() {
    let bench = Bench([ScriptedFarSide { _ in reply }])
    bench.line.write(question)
    #expect(bench.line.wait(for: 20, first: at(500_000), between: .milliseconds(300)) == reply)
    #expect(bench.line.now == at(326_720))
  }

  @Test("a pause between bytes shorter than a character ends the wait inside the frame")
  func impatient() {
    let bench = Bench([ScriptedFarSide { _ in reply }])
    bench.line.write(question)
    #expect(bench.line.wait(for: 9, first: at(500_000), between: TimeSpan(microseconds: 900)) == [reply[0]])
    #expect(bench.line.now == at(18_387 + 900))
  }

  @Test("without a time-out between bytes all must have come by the first")
  func wholeByFirst() {
    let bench = Bench([ScriptedFarSide { _ in reply }])
    bench.line.write(question)
    #expect(bench.line.wait(for: 9, first: at(22_554), between: .zero) == Array(reply.prefix(5)))
    #expect(bench.line.now == at(22_554))
  }

  @Test("a byte that is complete at the end of patience has come; one a microsecond later has not")
  func border() {
    for (patience, count) in [(18_387, 1), (18_386, 0)] as [(Int64, Int)] {
      let bench = Bench([ScriptedFarSide { _ in reply }])
      bench.line.write(question)
      #expect(bench.line.wait(until: at(patience)).count == count)
      #expect(bench.line.now == at(patience))
    }
  }

  @Test("silence ends exactly with patience and moves nothing but virtual time")
  func silence() {
    let bench = Bench([ScriptedFarSide { _ in [] }])
    bench.line.write(question)
    #expect(bench.line.wait(until: at(86_400_000_000)).isEmpty)
    #expect(bench.line.now == at(86_400_000_000))
  }

  @Test(
    "what arrives while nobody waits is kept; flush drops what has arrived, not what is under way"
  )
  func kept() {
    let bench = Bench([ScriptedFarSide { _ in reply }])
    bench.line.write(question)
    bench.world.run(until: at(1_000_000))
    #expect(bench.line.wait(until: at(1_000_000)) == reply)

    bench.line.write(question)
    // Three bytes of the second answer are complete 20 470 µs after its question.
    bench.world.run(until: at(1_020_470))
    bench.line.flush()
    #expect(bench.line.wait(for: 9, first: at(2_000_000), between: .milliseconds(10)) == Array(reply[3...]))
  }

  @Test("what is written while the line is still sending follows without a gap")
  func queued() {
    let meter = ScriptedFarSide(silence: .milliseconds(10)) { _ in [] }
    let bench = Bench([meter])
    bench.line.write([1, 2, 3, 4])
    bench.line.write([5, 6, 7, 8])
    bench.world.run(until: at(100_000))
    // 4 characters: 4 166.67, so the second run starts at 4 167 and is complete at 8 334.
    #expect(meter.heard == [.init(bytes: [1, 2, 3, 4, 5, 6, 7, 8], at: at(8_334))])
  }

  @Test("every far side hears the reader, and no far side hears another")
  func multidrop() {
    let first = ScriptedFarSide { $0[0] == 1 ? reply : [] }
    let second = ScriptedFarSide { $0[0] == 2 ? [2, 9] : [] }
    let bench = Bench([first, second])
    bench.line.write(question)
    #expect(bench.line.wait(for: 9, first: at(500_000), between: .milliseconds(10)) == reply)
    bench.line.write([2, 0, 0])
    #expect(bench.line.wait(for: 2, first: at(900_000), between: .milliseconds(10)) == [2, 9])
    #expect(first.heard.map(\.bytes) == [question, [2, 0, 0]])
    #expect(second.heard.map(\.bytes) == [question, [2, 0, 0]])
  }

  @Test("whoever watches sees each run at both ends with its instants, also when nobody waits")
  func sights() {
    let bench = Bench([ScriptedFarSide { _ in reply }])
    bench.line.write(question)
    bench.world.run(until: at(100_000))
    #expect(
      bench.sights.all == [
        LineSight(.requestSent, at: at(0), bytes: question),
        LineSight(.requestHeard, at: at(8_334), bytes: question),
        LineSight(.answerSent, at: at(17_345), bytes: reply),
        LineSight(.answerArrived, at: at(26_720), bytes: reply),
      ])
  }

  @Test("a reader at another speed hears garbage and is not understood")
  func wrongSpeed() throws {
    let meter = ScriptedFarSide { _ in [0x55] }
    let bench = Bench([meter], settings: try SerialSettings(baud: 4800), reader: .usual)
    bench.line.write([0xFF])
    // 0xFF at 9600 is low for 104 µs: half a bit of the meter's, a glitch. Two of them are heard no better.
    bench.line.write([0x00])
    let pieces = bench.collect(until: at(500_000))
    // 0x00 at 9600, low for nine bits of 104 µs: at 4800 a start, three and a half zeros, ones: 0xF0 with
    // samples at 3, 5, 7 and 9 bits: the fourth falls on the border of the stop bit. The answer 0x55 is heard
    // twice over.
    #expect(meter.heard.map(\.bytes) == [[0xF8]])
    #expect(pieces.flatMap(\.bytes) == [0x66, 0xE6])
  }

  @Test("a world may be alive without its line: what the line had put down does nothing")
  func lineGone() {
    let world = ClockWorld(at: .epoch)
    let meter = ScriptedFarSide { _ in reply }
    do {
      let line = SerialLine(
        settings: .usual, farSides: [meter], world: world, stream: RandomStream(seed: 1))
      line.write(question)
    }
    world.run(until: at(1_000_000))
    #expect(meter.heard.isEmpty)
  }
}
