// Recording a dialogue and serving it back, on the virtual lines of a suite.

import Line
import Testing
import Timeline
import Units

@Suite("A trace served as a meter") struct TraceReplayTests {
  /// A dialogue with the scripted meter at 9600 8N1: three questions, the first of them asked twice.
  private static func recorded() -> Trace {
    var count: UInt8 = 0
    let bench = Bench([
      ScriptedFarSide { _ in
        count += 1
        return [0xA0, count]
      }
    ])
    var trace = Trace(origin: .epoch, line: .usual, tongue: .modbusRTU)
    let door = RecordingDoor(bench.line, origin: .epoch) { trace.events.append($0) }
    for question: [UInt8] in [[1, 2, 3], [4, 5, 6], [1, 2, 3]] {
      door.write(question)
      _ = door.wait(for: 2, first: bench.world.now + .seconds(1), between: .milliseconds(50))
      bench.world.run(until: bench.world.now + .milliseconds(500))
    }
    return trace
  }

  /// What a replay says to questions, with the time from the question's first bit to the answer's last.
  private static func ask(
    _ replay: TraceReplay, _ questions: [[UInt8]], _ settings: SerialSettings = .usual
  ) -> [(answer: [UInt8], span: Int64)] {
    let bench = Bench([replay], settings: settings)
    return questions.map { question in
      bench.line.flush()
      let start = bench.world.now
      bench.line.write(question)
      let answer = bench.line.wait(for: 2, first: start + .seconds(1), between: .milliseconds(50))
      let span = bench.world.now - start
      bench.world.run(until: bench.world.now + .milliseconds(500))
      return (answer, span.microseconds)
    }
  }

  @Test("a door with a witness changes nothing, and keeps every byte both ways with its instant")
  func recording() {
    let trace = Self.recorded()
    let bytes = trace.events.compactMap { event in
      if case .bytes(let direction, let bytes) = event.what { (direction, bytes) } else { nil }
    }
    #expect(bytes.filter { $0.0 == .request }.map(\.1) == [[1, 2, 3], [4, 5, 6], [1, 2, 3]])
    #expect(bytes.filter { $0.0 == .answer }.flatMap(\.1) == [0xA0, 1, 0xA0, 2, 0xA0, 3])
    // The instants are the reader's: the question when it was written, the answer when it had come.
    #expect(trace.events[0].at == .zero)
  }

  @Test("a question that was asked again is two questions: the first unanswered, as it was")
  func askedAgain() throws {
    let question: [UInt8] = Array("/?!\r\n".utf8)
    let trace = Trace(
      origin: .epoch, line: .usual, tongue: .modeC,
      events: [
        TraceEvent(at: .zero, .bytes(.request, question)),
        TraceEvent(at: .seconds(2), .bytes(.request, question)),
        TraceEvent(at: .milliseconds(2300), .bytes(.answer, [0x41, 0x42])),
      ])
    let answers = Self.ask(TraceReplay(trace, hasWire: true, start: .epoch), [question, question])
    #expect(answers.map(\.answer) == [[], [0x41, 0x42]])
    // And in a capture they are two messages: with the answer three packets (blocks of type 6).
    #expect(Self.blocks(of: trace.capture).count { $0 == 6 } == 3)
  }

  /// The types of a pcapng file's blocks; each begins with its type and its length, least significant first.
  private static func blocks(of file: [UInt8]) -> [Int] {
    func word(_ at: Int) -> Int { (0..<4).reduce(0) { $0 | Int(file[at + $1]) << (8 * $1) } }
    var (types, at) = ([Int](), 0)
    while at + 8 <= file.count, word(at + 4) > 0 {
      types.append(word(at))
      at += word(at + 4)
    }
    return types
  }

  @Test("noise without end is not kept, and the question behind it is still known")
  func noise() {
    let bench = Bench([TraceReplay(Self.recorded(), hasWire: true, start: .epoch)])
    for _ in 0..<200 { bench.line.write([UInt8](repeating: 0x99, count: 100)) }
    bench.world.run(until: bench.world.now + .seconds(60))
    bench.line.flush()
    bench.line.write([1, 2, 3])
    let answer = bench.line.wait(for: 2, first: bench.world.now + .seconds(1), between: .milliseconds(50))
    #expect(answer == [0xA0, 1])
  }

  @Test("the answers come back with their timing, to the µs of a character")
  func timing() {
    let trace = Self.recorded()
    let replay = TraceReplay(trace, hasWire: true, start: .epoch)
    let answers = Self.ask(replay, [[1, 2, 3], [4, 5, 6], [1, 2, 3]])
    #expect(answers.map(\.answer) == [[0xA0, 1], [0xA0, 2], [0xA0, 3]])
    // As long as it took when it was recorded: 3 characters, 4.011 ms of silence, 5 ms, 2 characters. The
    // witness saw chunks, so a character's time may be told to the chunk.
    let character = SerialSettings.usual.time(ofCharacters: 1).microseconds
    let first = trace.events[1...].prefix { if case .bytes(.answer, _) = $0.what { true } else { false } }
    let expected = first.last?.at.microseconds ?? 0
    for answer in answers { #expect(abs(answer.span - expected) <= character, "\(answer.span) \(expected)") }
  }

  @Test("tolerant, it answers in any order, and one question's answers in the order of the recording")
  func tolerant() {
    let replay = TraceReplay(Self.recorded(), hasWire: true, start: .epoch)
    let asked: [[UInt8]] = [[4, 5, 6], [1, 2, 3], [1, 2, 3], [9, 9, 9], [4, 5, 6]]
    let answers = Self.ask(replay, asked).map(\.answer)
    #expect(answers == [[0xA0, 2], [0xA0, 3], [0xA0, 1], [], [0xA0, 2]])
    #expect(replay.departures == 1)
  }

  @Test("strict, any departure is silence and is told, with what was waited for")
  func strict() {
    let replay = TraceReplay(Self.recorded(), .strict, hasWire: true, start: .epoch)
    var told: [TraceReplay.Departure] = []
    replay.onDeparture = { told.append($0) }
    let asked: [[UInt8]] = [[1, 2, 3], [1, 2, 3], [4, 5, 6], [1, 2, 3], [1, 2, 3]]
    let answers = Self.ask(replay, asked).map(\.answer)
    #expect(answers == [[0xA0, 1], [], [0xA0, 2], [0xA0, 3], []])
    #expect(told.map(\.expected) == [[4, 5, 6], nil])
    #expect(told.map(\.heard) == [[1, 2, 3], [1, 2, 3]])
  }

  @Test("the number of a Modbus TCP transaction is the client's own, in question and answer")
  func transactions() throws {
    let trace = Trace(
      origin: .epoch, line: nil, tongue: .modbusTCP,
      events: [
        TraceEvent(at: .zero, .bytes(.request, [0, 1, 0, 0, 0, 2, 1, 4])),
        TraceEvent(at: .milliseconds(10), .bytes(.answer, [0, 1, 0, 0, 0, 2, 1, 7])),
      ])
    let world = ClockWorld(at: .epoch)
    let replay = TraceReplay(trace, hasWire: false, start: .epoch)
    let line = TCPStream(farSide: replay, world: world, stream: RandomStream(seed: 1))
    for number: UInt8 in [7, 8] {
      line.write([9, number, 0, 0, 0, 2, 1, 4])
      #expect(line.wait(until: world.now + .seconds(1)) == [9, number, 0, 0, 0, 2, 1, 7])
    }
    // Two in one segment, and one in pieces.
    line.write([0, 5, 0, 0, 0, 2, 1, 4, 0, 6, 0])
    line.write([0, 0, 2, 1, 4])
    #expect(line.wait(until: world.now + .seconds(1)).suffix(8) == [0, 6, 0, 0, 0, 2, 1, 7])
  }

  @Test("it tunes when the recorded line tuned, and stands as at first when its reader stays away")
  func settings() throws {
    let trace = try TraceTextTests.example()
    let replay = TraceReplay(trace, hasWire: true, start: .epoch)
    #expect(replay.settings == trace.line)
    var said: [TimedBytes] = []
    func run(until end: Instant) {
      while let wake = replay.wakes, wake <= end { replay.speak(at: wake, into: &said) }
    }
    replay.hear(Array("/?!\r\n".utf8)[...], at: Instant(milliseconds: 167))
    run(until: Instant(milliseconds: 1000))
    #expect(said.map(\.bytes) == [Array("/LGZ4\\2ZMD120AR.53\r\n".utf8)])
    replay.hear(([0x06] + Array("040\r\n".utf8))[...], at: Instant(milliseconds: 1500))
    run(until: Instant(milliseconds: 1990))
    #expect(replay.settings?.baud == 9600)
    run(until: Instant(seconds: 3))
    #expect(said.last?.bytes == [0x02, 0x7C, 0xFF, 0x03])
    run(until: Instant(seconds: 20))
    #expect(replay.settings?.baud == 300)
  }

  @Test("what a meter says unasked is said again and again")
  func push() {
    let trace = Trace(
      origin: .epoch, line: .usual, tongue: .irda,
      events: [
        TraceEvent(at: .seconds(1), .bytes(.answer, [1])), TraceEvent(at: .seconds(2), .bytes(.answer, [2])),
      ])
    let replay = TraceReplay(trace, hasWire: false, start: .epoch)
    var said: [TimedBytes] = []
    while let wake = replay.wakes, wake <= Instant(seconds: 6) { replay.speak(at: wake, into: &said) }
    #expect(said.map(\.bytes) == [[1], [2], [1], [2]])
    #expect(said.map(\.at.seconds) == [1, 2, 4, 5])
  }

  @Test("answers at ten times the speed come in a tenth of the time")
  func speed() {
    let trace = Trace(
      origin: .epoch, line: nil,
      events: [
        TraceEvent(at: .zero, .bytes(.request, [1])), TraceEvent(at: .seconds(5), .bytes(.answer, [2])),
      ])
    let replay = TraceReplay(trace, speed: 10, hasWire: false, start: .epoch)
    replay.hear([1], at: Instant(seconds: 1))
    #expect(replay.wakes == Instant(milliseconds: 1500))
  }
}
