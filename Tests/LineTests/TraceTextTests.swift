// The file form of a trace: written, read, cut off, and wrong.

import Line
import Testing
import Units

@Suite("A trace's file") struct TraceTextTests {
  static func example() throws -> Trace {
    let slow = try SerialSettings(baud: 300, dataBits: 7, parity: .even)
    let fast = try SerialSettings(baud: 9600, dataBits: 7, parity: .even)
    return Trace(
      origin: Instant(seconds: 1_777_593_600), line: slow, tongue: .modeC,
      marks: [TraceMark("place", "/dev/ttyUSB0")],
      events: [
        TraceEvent(at: .zero, .bytes(.request, Array("/?!\r\n".utf8))),
        TraceEvent(at: .milliseconds(800), .bytes(.answer, Array("/LGZ4\\2ZMD120AR.53\r\n".utf8))),
        TraceEvent(at: .milliseconds(801), .bytes(.request, [0x06] + Array("040\r\n".utf8))),
        TraceEvent(at: .milliseconds(1100), .settings(.reader, fast)),
        TraceEvent(at: .milliseconds(1100), .note("the head\n echoes ")),
        TraceEvent(at: TimeSpan(microseconds: 1_300_001), .bytes(.answer, [0x02, 0x7C, 0xFF, 0x03])),
      ])
  }

  static let text = """
    backspin-trace 1
    origin: 2026-05-01T00:00Z
    line: 300 7E1
    protocol: iec62056-21
    place: /dev/ttyUSB0

    0.000000 > 2f 3f 21 0d 0a                                   |/?!..|
    0.800000 < 2f 4c 47 5a 34 5c 32 5a 4d 44 31 32 30 41 52 2e \\|/LGZ4\\2ZMD120AR.|
             + 35 33 0d 0a                                      |53..|
    0.801000 > 06 30 34 30 0d 0a                                |.040..|
    1.100000 reader 9600 7E1
    1.100000 note the head  echoes
    1.300001 < 02 7c ff 03                                      |.|..|

    """

  @Test("what is written is what the page says, and reads back the same, to the byte")
  func roundTrip() throws {
    let trace = try Self.example()
    #expect(trace.description == Self.text)
    let read = try Trace(parsing: Array(Self.text.utf8))
    #expect(read == trace)
    #expect(read.description == Self.text)
    #expect(read.count(.request) == 11 && read.count(.answer) == 24)
  }

  @Test("every byte and every length of chunk survives")
  func everyByte() throws {
    let all = (0...255).map { UInt8($0) }
    let trace = Trace(
      origin: .epoch, line: nil,
      events: (1...40).map {
        TraceEvent(at: .seconds(Int64($0)), .bytes($0 % 2 == 0 ? .answer : .request, Array(all.prefix($0))))
      } + [TraceEvent(at: .seconds(50), .bytes(.answer, all))])
    #expect(try Trace(parsing: Array(trace.description.utf8)) == trace)
  }

  @Test("a file cut at any byte gives whole events only, and says that it is cut")
  func cut() throws {
    let bytes = Array(Self.text.utf8)
    let whole = try Self.example()
    let head = whole.head.utf8.count
    for end in head..<bytes.count {
      let read = try Trace(parsing: Array(bytes[..<end]))
      #expect(whole.events.starts(with: read.events), "\(end)")
      #expect(read.events.count < whole.events.count, "\(end)")
      // At the end of a line nothing is missing that the file could know of, unless a chunk goes on.
      let isAtLineEnd = bytes[end - 1] == 0x0A
      if !isAtLineEnd { #expect(read.isCut, "\(end)") }
    }
    // The long chunk without its second line is no shorter chunk.
    let lines = Self.text.split(separator: "\n", omittingEmptySubsequences: false)
    let short = try Trace(parsing: Array((lines[..<8].joined(separator: "\n") + "\n").utf8))
    #expect(short.isCut && short.events.count == 1)
  }

  @Test("people may write it by hand: capitals, comments, empty lines, no picture, CR LF")
  func byHand() throws {
    let text =
      "backspin-trace 1\r\norigin: 2026-05-01T00:00Z\r\nline: stream\r\nprotocol: modbus-tcp\r\n\r\n"
      + "# a question\r\n0 > 0A 0b0C\r\n\r\n  1.5\t<\t0D\r\n"
    let trace = try Trace(parsing: Array(text.utf8))
    #expect(
      trace.events == [
        TraceEvent(at: .zero, .bytes(.request, [10, 11, 12])),
        TraceEvent(at: .milliseconds(1500), .bytes(.answer, [13])),
      ])
    #expect(trace.line == nil && trace.tongue == .modbusTCP && !trace.isCut)
  }

  private static let head = "backspin-trace 1\norigin: 2026-05-01T00:00Z\nline: stream\nprotocol: unknown\n"

  @Test(
    "what is wrong is told with its place and code",
    arguments: [
      ("", "1:1: not a trace: its first line would be 'backspin-trace 1' [BS-TRC-01]"),
      ("{}\n", "1:1: not a trace: its first line would be 'backspin-trace 1' [BS-TRC-01]"),
      ("backspin-trace 2\n", "1:16: this program knows version 1 of traces [BS-TRC-02]"),
      (
        "backspin-trace 1\norigin\n",
        "2:1: a line of the head is written 'key: value'; an empty line ends the head [BS-TRC-03]"
      ),
      (
        "backspin-trace 1\n\n", "2:1: the head has no 'origin': 2026-05-01T10:00Z [BS-TRC-03]"
      ),
      (head + "origin: x\n", "5:1: 'origin' stands twice [BS-TRC-03]"),
      (
        head.replacingLine(3, with: "line: 9 8N1") + "\n",
        "5:1: 'line' of the head cannot be '9 8N1': 9600 8N1, or stream [BS-TRC-03]"
      ),
      (head + "\nx > 01\n", "6:1: a time in seconds is wanted here, such as 0.366667, not 'x' [BS-TRC-04]"),
      (
        // More microseconds than an instant can be counted on by; the limit is ten years.
        head + "\n9223372036854.775807 > 01\n",
        "6:1: a time in seconds is wanted here, such as 0.366667, not '9223372036854.775807' [BS-TRC-04]"
      ),
      (
        head + "\n1 > 01\n0.5 < 02\n",
        "7:1: time goes back: the event above is at 1.000000 [BS-TRC-04]"
      ),
      (head + "\n1 ? 01\n", "6:3: '?' is no event: >, <, reader, meter or note [BS-TRC-05]"),
      (head + "\n1 > 01 0\n", "6:8: a byte is two hexadecimal digits [BS-TRC-06]"),
      (head + "\n1 >   |..|\n", "6:7: no bytes stand here [BS-TRC-06]"),
      (head + "\n1 > 01 \\\n2 < 03\n", "7:1: the chunk above goes on here, after a '+' [BS-TRC-06]"),
      (
        head + "\n1 meter fast\n",
        "6:3: 'fast' is no setting of a serial line: write 9600 8N1 [BS-TRC-07]"
      ),
    ])
  func errors(_ text: String, _ expected: String) {
    let error = #expect(throws: TraceError.self) { try Trace(parsing: Array(text.utf8)) }
    #expect(error?.description == expected)
  }

  @Test("no bytes at all, whatever they are, end the program")
  func rubbish() {
    for seed in 0..<2000 {
      var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
      var text = Array(Self.text.utf8)
      for _ in 0..<4 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text[Int(state >> 33) % text.count] = UInt8(truncatingIfNeeded: state >> 20)
      }
      _ = try? Trace(parsing: text)
    }
  }
}

extension String {
  fileprivate func replacingLine(_ number: Int, with line: String) -> String {
    var lines = split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    lines[number - 1] = line
    return lines.joined(separator: "\n")
  }
}
