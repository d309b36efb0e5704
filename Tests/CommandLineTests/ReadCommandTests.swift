// `backspin read` and `backspin ports`: refusals, and a machine without adapters. Real answers are read in
// Tests/Interop.

import BackspinTesting
import Foundation
import Testing

struct ReadCommandTests {
  @Test("wrong use exits with 2, an absent device or port with 7, each in one line")
  func refusals() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    try scratch.write("text", to: "file")
    var transcript = Transcript(scratch)
    for line in Self.refused { try transcript.run("read " + line) }
    Golden().expect(transcript.text, matches: "read-refusals.txt")
    #expect(!transcript.text.contains("exit 0") && !transcript.text.contains("exit 1\n"))
  }

  private static let refused = [
    "", "--profile eastron-sdm120", "--profile eastron-sdm120 --serial a --tcp b",
    "--profile eastron-sdm12 --tcp 127.0.0.1:1",
    "--profile disc-187.5-rev-5-digit --tcp 127.0.0.1:1", "--profile eastron-sdm120 --tcp 1502",
    "--profile eastron-sdm120 --tcp 127.0.0.1:1 --unit 0",
    "--profile eastron-sdm120 --tcp 127.0.0.1:1 --baud 9600",
    "--profile eastron-sdm120 --serial SCRATCH/none --patience 5",
    "--profile eastron-sdm120 --serial SCRATCH/none --patience 0s",
    "--profile eastron-sdm120 --serial SCRATCH/none", "--profile eastron-sdm120 --serial SCRATCH/file",
    "--profile eastron-sdm120 --serial SCRATCH/none --baud 7",
    // Port 1 (tcpmux) is nobody's.
    "--profile eastron-sdm120 --tcp 127.0.0.1:1",
  ]

  @Test("ports are listed for people and as JSON; none is no error")
  func ports() throws {
    let text = try CommandLine.backspin(["ports"])
    let json = try CommandLine.backspin(["ports", "--json"])
    #expect(text.code == 0 && json.code == 0)
    let listed = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: [[String: Any]]])
    let ports = try #require(listed["ports"])
    #expect(ports.count == text.lines.count)
    #expect(ports.allSatisfy { ($0["path"] as? String)?.hasPrefix("/dev/") == true })
    #expect(ports.isEmpty == (text.errors == "no serial adapter is plugged in\n"))
  }
}
