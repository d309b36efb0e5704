// How a live server is driven and how it ends: lines, end of input, signals, a device that goes.

import CHost
import Foundation
import HostIO
import Line
import Testing
import Units

extension LiveServerTests {
  @Suite(.serialized) struct LiveEndingTests {
    @Test("lines come in order, the last one also without its line end, and the end of input ends the server")
    func lines() throws {
      let input = Pipe()
      input.fileHandleForWriting.write(Data("one\n\ntwo and more\r\nthree".utf8))
      try input.fileHandleForWriting.close()
      let server = try LiveServer { _ in }
      var lines: [String] = []
      server.watchLines(input.fileHandleForReading.fileDescriptor) { lines.append($0) }
      #expect(try guarded(server) == .endOfInput)
      #expect(lines == ["one", "", "two and more\r", "three"])
    }

    @Test("a file of commands is read like a pipe")
    func file() throws {
      let path = NSTemporaryDirectory() + "backspin-commands-\(UUID().uuidString)"
      defer { unlink(path) }
      // More than one read takes.
      let wanted = (0..<2000).map { "command \($0)" }
      _ = FileManager.default.createFile(atPath: path, contents: Data(wanted.joined(separator: "\n").utf8))
      let file = try #require(FileHandle(forReadingAtPath: path))
      let server = try LiveServer { _ in }
      var lines: [String] = []
      server.watchLines(file.fileDescriptor) { lines.append($0) }
      #expect(try guarded(server) == .endOfInput)
      #expect(lines == wanted)
    }

    @Test("a line without end is dropped and told, and the next one is taken")
    func tooLong() throws {
      let path = NSTemporaryDirectory() + "backspin-commands-\(UUID().uuidString)"
      defer { unlink(path) }
      let text = String(repeating: "x", count: 100_000) + "\nshort\n"
      _ = FileManager.default.createFile(atPath: path, contents: Data(text.utf8))
      let file = try #require(FileHandle(forReadingAtPath: path))
      var notices: [String] = []
      let server = try LiveServer { notices.append($0) }
      var lines: [String] = []
      server.watchLines(file.fileDescriptor) { lines.append($0) }
      #expect(try guarded(server) == .endOfInput)
      #expect(lines == ["short"])
      #expect(notices == ["a line of more than 65536 bytes was dropped"])
    }

    @Test("/dev/null is not an input that ends: a server in the background goes on")
    func nowhere() throws {
      let null = try #require(FileHandle(forReadingAtPath: "/dev/null"))
      let server = try LiveServer { _ in }
      server.watchLines(null.fileDescriptor) { _ in }
      var turns = 0
      server.every(.milliseconds(1)) {
        turns += 1
        if turns == 3 { server.stop() }
      }
      #expect(try guarded(server) == .stopped)
      #expect(turns == 3)
    }

    @Test("a signal ends the server and its link goes", arguments: [SIGINT, SIGTERM, SIGHUP])
    func signal(_ number: Int32) throws {
      let path = NSTemporaryDirectory() + "backspin-line-\(UUID().uuidString)"
      // Whoever started us may have had it ignored, and what is ignored stays ignored.
      let former = Foundation.signal(number, SIG_DFL)
      defer { _ = Foundation.signal(number, former) }
      let server = try LiveServer { _ in }
      try server.servePty(link: path, settings: .usual, farSide: ScriptedFarSide.echo())
      var isSent = false
      server.every(.milliseconds(1)) {
        if !isSent { kill(getpid(), number) }
        isSent = true
      }
      #expect(try guarded(server) == .signal(number))
      #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test("two servers of a process cannot both watch signals")
    func twoServers() throws {
      let first = try LiveServer { _ in }
      let second = try LiveServer { _ in }
      var refusal: HostError?
      first.every(.milliseconds(1)) {
        do throws(HostError) { _ = try second.run() } catch { refusal = error }
        first.stop()
      }
      #expect(try guarded(first) == .stopped)
      #expect(refusal?.code == .signalsTaken)
    }

    @Test("a meter on a device answers there, and a device that goes ends the server with its name")
    func device() throws {
      let far = try FarEnd()
      let server = try LiveServer { _ in }
      try server.serveDevice(
        far.path, settings: .usual,
        farSide: ScriptedFarSide { heard, at in
          [TimedBytes(at: at + .milliseconds(2), bytes: heard.reversed())]
        })
      far.send([1, 2, 3])
      var got: [UInt8] = []
      server.every(.milliseconds(1)) {
        guard got.isEmpty else { return }
        if chost_pending(far.master) >= 3 {
          got = far.receive(3)
          far.hangUp()
        }
      }
      expectCode(.lineLost, mentions: far.path) { _ = try guarded(server) }
      #expect(got == [3, 2, 1])
    }

    @Test("a meter is not put on the line of another live meter, nor on what is no line")
    func deviceRefused() throws {
      let server = try LiveServer { _ in }
      let line = try server.servePty(link: nil, settings: .usual, farSide: ScriptedFarSide.echo())
      expectCode(.linkTaken, mentions: "another live meter") {
        try server.serveDevice(line, settings: .usual, farSide: ScriptedFarSide.echo())
      }
      expectCode(.noSuchDevice, mentions: "/dev/ttyUSB99") {
        try server.serveDevice("/dev/ttyUSB99", settings: .usual, farSide: ScriptedFarSide.echo())
      }
      expectCode(.notSerial, mentions: "/dev/null") {
        try server.serveDevice("/dev/null", settings: .usual, farSide: ScriptedFarSide.echo())
      }
    }

    @Test("a far side is asked again at the instants that it named, however foolish")
    func wakes() throws {
      let server = try LiveServer { _ in }
      let sleeper = Sleeper()
      let address = try server.serveTCP(HostPort(host: "127.0.0.1", port: 0)) { _ in sleeper }
      let client = try Client(address)
      try client.send([1])
      server.every(.milliseconds(1)) { if sleeper.said == 3 { server.stop() } }
      #expect(try guarded(server) == .stopped)
      #expect(client.receive(3) == [1, 2, 3])
      client.close()
    }
  }
}

/// Says 1, 2, 3 at three instants 2 ms apart; after that it claims for ever to wake in the past.
private final class Sleeper: FarSide {
  private(set) var said: UInt8 = 0
  private(set) var wakes: Instant?

  func hear(_ bytes: ArraySlice<UInt8>, at: Instant) { wakes = at + .milliseconds(2) }

  func speak(at: Instant, into answers: inout [TimedBytes]) {
    guard let due = wakes, at >= due, said < 3 else { return }
    said += 1
    answers.append(TimedBytes(at: at, bytes: [said]))
    wakes = said < 3 ? due + .milliseconds(2) : .epoch
  }
}
