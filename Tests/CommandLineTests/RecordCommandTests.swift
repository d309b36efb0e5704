// `backspin record`, `replay`, `trace` and `adopt`: what they refuse, and files that they read and write.
// Lines between programs are in Tests/Interop.

import BackspinTesting
import Foundation
import Testing

@Suite("backspin record, replay, trace, adopt") struct RecordCommandTests {
  static let trace = """
    backspin-trace 1
    origin: 2026-05-01T10:00:30Z
    line: 2400 8N1
    protocol: modbus-rtu
    place: bench

    0.000000 > 01 04 00 48 00 02 f1 dd
    0.200000 < 01 04 04 44 9a 52 25 33 e0
    0.300000 > 01 03 fc 00 00 02 f4 5b
    0.600000 < 01 03 04 01 31 2d 46 36 a2

    """

  @Test("wrong use exits with 2, an absent line with 7, each in one line, and no file is left")
  func refusals() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    try scratch.write("mine", to: "mine")
    try scratch.write(Self.trace.replacing("0.300000", with: "0.100000"), to: "back.trace")
    try scratch.write(
      "backspin-trace 1\norigin: 2026-05-01T10:00Z\nline: stream\nprotocol: unknown\n\n", to: "empty.trace")
    var transcript = Transcript(scratch)
    for line in [
      "record", "record --out SCRATCH/new",
      "record --out SCRATCH/new --profile eastron-sdm12 --serial SCRATCH/none",
      "record --out SCRATCH/new --profile eastron-sdm120 --serial SCRATCH/none",
      "record --out SCRATCH/new --profile eastron-sdm120 --tcp 127.0.0.1:1",
      "record --out SCRATCH/new --listen SCRATCH/link",
      "record --out SCRATCH/new --listen SCRATCH/link --serial a --tcp b",
      "record --out SCRATCH/new --listen SCRATCH/link --serial SCRATCH/none",
      "record --out SCRATCH/new --listen SCRATCH/link --serial SCRATCH/none --protocol iec",
      "replay", "replay SCRATCH/none.trace --tcp 127.0.0.1:0", "replay SCRATCH/mine --tcp 127.0.0.1:0",
      "replay SCRATCH/back.trace --tcp 127.0.0.1:0", "replay SCRATCH/empty.trace --tcp 127.0.0.1:0",
      "replay SCRATCH/back.trace --tcp a --serial b", "replay SCRATCH/back.trace --tcp a --speed 2",
      "trace SCRATCH/back.trace", "adopt SCRATCH/back.trace --out SCRATCH/made",
      "adopt SCRATCH/empty.trace --out SCRATCH/made",
      "adopt SCRATCH/empty.trace --out SCRATCH/made --name a/b",
    ] { try transcript.run(line) }
    Golden().expect(transcript.text, matches: "record-refusals.txt")
    #expect(!FileManager.default.fileExists(atPath: scratch.path("new")))
    #expect(!FileManager.default.fileExists(atPath: scratch.path("made")))
    #expect(try scratch.text(of: "mine") == "mine")
  }

  @Test("a trace is summed up; one that was cut off says so and is used all the same")
  func summary() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    try scratch.write(Self.trace, to: "a.trace")
    try scratch.write(String(Self.trace.dropLast(4)), to: "cut.trace")
    var transcript = Transcript(scratch)
    try transcript.run("trace SCRATCH/a.trace")
    try transcript.run("trace SCRATCH/cut.trace")
    Golden().expect(transcript.text, matches: "trace.txt")
    let ending = try CommandLine.backspin([
      "trace", scratch.path("a.trace"), "--pcapng", scratch.path("a.pcapng"),
    ])
    #expect(ending.code == 0)
    let capture = try Data(contentsOf: URL(fileURLWithPath: scratch.path("a.pcapng")))
    #expect(capture.prefix(4) == Data([0x0A, 0x0D, 0x0D, 0x0A]))
    let full = try CommandLine.backspin(["trace", scratch.path("a.trace"), "--pcapng", "/dev/full"])
    #expect(full.code == 7 && full.errors.split(separator: "\n").count == 1, "\(full)")
  }

  @Test("what adopt makes is shown by profiles and met by run; nothing is written over; masks are asked away")
  func adopt() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    try scratch.write(Self.trace, to: "a.trace")
    func run(_ arguments: [String]) throws -> CommandLine.Ending {
      try CommandLine.backspin(arguments, in: scratch.folder)
    }
    let made = try run(["adopt", "a.trace", "--out", "made"])
    #expect(made.code == 0, "\(made)")
    #expect(made.lines == ["made/meters/a.yaml", "made/vectors.csv", "made/a.yaml"])
    let vectors = try scratch.text(of: "made/vectors.csv")
    #expect(!vectors.contains("20000070"))
    let shown = try run(["profiles", "show", "a", "--profiles", "made"])
    #expect(shown.code == 0 && shown.output.hasPrefix("a: "), "\(shown)")
    let met = try run(["run", "--profiles", "made", "made/a.yaml"])
    #expect(met.code == 0, "\(met)")
    let again = try run(["adopt", "a.trace", "--out", "made"])
    #expect(again.code == 2 && again.errors.contains("exists already"), "\(again)")
    let kept = try run(["adopt", "a.trace", "--out", "kept", "--keep-identifiers"])
    #expect(kept.code == 0)
    #expect(try scratch.text(of: "kept/vectors.csv").contains("20000070"))
  }
}
