// `backspin ports --check`: refusals in one line, and what it says of a port that echoes and of one that is
// silent, both of them pseudo-terminals.

import BackspinTesting
import Foundation
import Testing

@Suite(.serialized) struct PortsCheckTests {
  @Test("wrong use exits with 2; a port that is not there, or is none, with 7 and one line")
  func refusals() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    try scratch.write("text", to: "file")
    var transcript = Transcript(scratch)
    for line in ["--check", "--check SCRATCH/none --speed 7", "--check SCRATCH/none", "--check SCRATCH/file"]
    {
      try transcript.run("ports " + line)
    }
    Golden().expect(transcript.text, matches: "ports-refusals.txt")
  }

  @Test("a port that hears itself is said to, with latency and speeds, for people and as JSON")
  func echo() throws {
    let port = try Loop(echoes: true)
    defer { port.end() }
    let text = try CommandLine.backspin(["ports", "--check", port.path])
    #expect(text.code == 0 && text.errors.isEmpty)
    #expect(text.output.contains("every byte at 9600 Bd"))
    #expect(text.output.contains("300 echoed"))
    #expect(text.output.contains("not by the port: parity is done in software"))
    let json = try CommandLine.backspin(["ports", "--check", port.path, "--speed", "2400", "--json"])
    let found = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect(found["echo"] as? String == "full" && found["baud"] as? Int == 2400)
    #expect(found["sevenBits"] as? Bool == false && found["modemLines"] is NSNull)
    let latency = try #require(found["latencyMicroseconds"] as? [String: Int])
    #expect(Set(latency.keys) == ["least", "median", "most"])
    #expect((found["speeds"] as? [[String: Any]])?.count == 7)
    // This very test holds the port open.
    let holders = try #require(found["holders"] as? [[String: Any]])
    #expect(holders.contains { ($0["process"] as? Int).map(Int32.init) == getpid() })
  }

  @Test("a silent port has no echo and no latency, and that is no failure")
  func silent() throws {
    let port = try Loop(echoes: false)
    defer { port.end() }
    let text = try CommandLine.backspin(["ports", "--check", port.path])
    #expect(text.code == 0)
    #expect(text.output.contains("none at 9600 Bd") && !text.output.contains("latency"))
  }
}

/// A pseudo-terminal that sends back what it gets, or nothing.
private final class Loop: @unchecked Sendable {
  let path: String
  private let master: Int32
  private let slave: Int32
  private let lock = NSLock()
  private var isOver = false
  private let done = DispatchSemaphore(value: 0)

  init(echoes: Bool) throws {
    var (near, far) = (Int32(-1), Int32(-1))
    var name = [CChar](repeating: 0, count: 64)
    try #require(openpty(&near, &far, &name, nil, nil) == 0)
    (master, slave) = (near, far)
    path = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    var settings = termios()
    try #require(tcgetattr(slave, &settings) == 0)
    cfmakeraw(&settings)
    try #require(tcsetattr(slave, TCSANOW, &settings) == 0)
    Thread { [self] in
      while !over {
        var one = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
        guard poll(&one, 1, 20) == 1 else { continue }
        var space = [UInt8](repeating: 0, count: 64)
        let got = read(master, &space, space.count)
        if got > 0, echoes { _ = write(master, space, got) }
      }
      done.signal()
    }.start()
  }

  private var over: Bool { lock.withLock { isOver } }

  func end() {
    lock.withLock { isOver = true }
    _ = done.wait(timeout: .now() + 5)
    close(master)
    close(slave)
  }
}
