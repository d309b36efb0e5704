// A meter on a pseudo-terminal under a stable link.

import CHost
import Foundation
import HostIO
import Line
import Testing
import Units

/// A fresh path in the folder for temporary files.
private func freshPath() -> String { NSTemporaryDirectory() + "backspin-line-\(UUID().uuidString)" }

/// Serves an echo, unpaced, at 9600 Bd.
private func echo(_ server: LiveServer, _ link: String?) throws -> String {
  try server.servePty(link: link, settings: .usual, isPaced: false, farSide: ScriptedFarSide.echo())
}

extension LiveServerTests {
  @Suite(.serialized) struct LivePtyTests {
    @Test("a client talks through the link, may leave and come back, and the link goes with the server")
    func link() throws {
      let path = freshPath()
      _ = try serving {
        try echo($0, path)
      } whileClient: { given, notices in
        #expect(given == path)
        for round in 0..<3 {
          let client = try Client(terminal: path)
          try client.send([1, 2, UInt8(round)])
          #expect(client.receive(3) == [1, 2, UInt8(round)])
          client.close()
        }
        #expect(notices.all == [])
      }.get()
      #expect(!exists(path))
    }

    @Test("without a link the system's own name is given")
    func noLink() throws {
      _ = try serving {
        try echo($0, nil)
      } whileClient: { given, _ in
        #expect(given.hasPrefix("/dev/pts/"))
        let client = try Client(terminal: given)
        try client.send([3])
        #expect(client.receive(1) == [3])
        client.close()
      }.get()
    }

    @Test("what is not ours is never replaced")
    func foreign() throws {
      let server = try LiveServer { _ in }
      let path = freshPath()
      defer { unlink(path) }
      _ = FileManager.default.createFile(atPath: path, contents: Data("mine".utf8))
      expectCode(.linkTaken, mentions: "\(path) already exists: a file") { _ = try echo(server, path) }
      #expect(FileManager.default.contents(atPath: path) == Data("mine".utf8))
      unlink(path)
      symlink("/etc/hostname", path)
      expectCode(.linkTaken, mentions: "a link to /etc/hostname") { _ = try echo(server, path) }
      unlink(path)
      let far = try FarEnd()
      symlink(far.path, path)
      expectCode(.linkTaken, mentions: "live terminal \(far.path)") { _ = try echo(server, path) }
      expectCode(.linkTaken, mentions: "a folder") { _ = try echo(server, NSTemporaryDirectory()) }
    }

    @Test("a link that a killed meter left behind is replaced")
    func leftOver() throws {
      let path = freshPath()
      symlink("/dev/pts/987654", path)
      _ = try serving {
        try echo($0, path)
      } whileClient: { _, _ in
        let client = try Client(terminal: path)
        try client.send([4])
        #expect(client.receive(1) == [4])
        client.close()
      }.get()
      #expect(!exists(path))
    }

    @Test("a link that somebody else put in our place stays")
    func replaced() throws {
      let path = freshPath()
      defer { unlink(path) }
      _ = try serving {
        try echo($0, path)
      } whileClient: { _, _ in
        unlink(path)
        symlink("/etc/hostname", path)
      }.get()
      #expect(exists(path))
    }

    @Test("a folder that is not there, or where we may not write, is refused by name")
    func folders() throws {
      let server = try LiveServer { _ in }
      expectCode(.linkRefused, mentions: "/no/such/folder/meter0") {
        _ = try echo(server, "/no/such/folder/meter0")
      }
      // Not even root may create anything in /sys.
      expectCode(.linkRefused, mentions: "no permission") { _ = try echo(server, "/sys/backspin-meter0") }
      chost_force_error(chost_call_pty, ENOSPC, 1)
      expectCode(.noPseudoTerminal, mentions: "kernel.pty.max") { _ = try echo(server, nil) }
    }

    @Test("a client at a wrong speed gets garbage and one line that says why; at the right speed all is well")
    func wrongSpeed() throws {
      let request: [UInt8] = [0x01, 0x04, 0x00, 0x48, 0x00, 0x02, 0xF1, 0xDD]
      let path = freshPath()
      _ = try serving { server in
        try server.servePty(
          link: path, settings: .usual, isPaced: false,
          farSide: ScriptedFarSide { heard, at in
            // Says whether it understood.
            [TimedBytes(at: at, bytes: heard == request ? [0x55] : [])]
          })
      } whileClient: { _, notices in
        let client = try Client(terminal: path)
        try client.send(request)
        #expect(client.receive(1) == [0x55])
        try client.setAnew(baud: 19_200)
        for _ in 0..<3 { try client.send(request) }
        #expect(notices.wait(for: "19200 Bd"))
        try client.setAnew(baud: 2400)
        try client.send(request)
        #expect(notices.wait(for: "2400 Bd"))
        try client.setAnew(baud: 9600)
        try client.send(request)
        #expect(client.receive(1) == [0x55])
        #expect(notices.all.count == 2)
        #expect(notices.all[0].contains("9600 Bd (8N1)") && notices.all[0].hasPrefix(path))
        client.close()
      }.get()
    }

    @Test("what a client left unread is gone when the next one comes")
    func unread() throws {
      _ = try serving {
        try echo($0, nil)
      } whileClient: { path, notices in
        let first = try Client(terminal: path)
        try first.send([1, 2, 3])
        let end = deadline()
        while chost_pending(first.descriptor) < 3, chost_monotonic() < end { sched_yield() }
        first.close()
        try notices.passOnce()
        let second = try Client(terminal: path)
        try second.send([4])
        #expect(second.receive(1) == [4])
        second.close()
      }.get()
    }

    @Test("while two clients have the line open, one may leave without harm to the other")
    func twoClients() throws {
      _ = try serving {
        try echo($0, nil)
      } whileClient: { path, notices in
        let (stays, leaves) = (try Client(terminal: path), try Client(terminal: path))
        leaves.close()
        try notices.passOnce()
        try stays.send([5])
        #expect(stays.receive(1) == [5])
        stays.close()
      }.get()
    }

    @Test("a line that was hung up is opened again, and that is told")
    func hungUp() throws {
      let path = freshPath()
      _ = try serving { server in
        chost_force_error(chost_call_read, EIO, 1)
        return try echo(server, path)
      } whileClient: { _, notices in
        let client = try Client(terminal: path)
        try client.send([1])
        #expect(notices.wait(for: "hung up"))
        try client.send([2])
        #expect(client.receive(1).count == 1)
        client.close()
      }.get()
    }

    @Test("characters take their time on the wire, both ways")
    func paced() throws {
      // 8 characters to the meter and 9 back at 2400 Bd 8N1 are 17 × 10 / 2400 s = 70.83 ms.
      _ = try serving { server in
        try server.servePty(
          link: nil, settings: try SerialSettings(baud: 2400),
          farSide: ScriptedFarSide { heard, at in [TimedBytes(at: at, bytes: heard + [9])] })
      } whileClient: { path, _ in
        let client = try Client(terminal: path, baud: 2400)
        let start = chost_monotonic()
        try client.send([1, 2, 3, 4, 5, 6, 7, 8])
        #expect(client.receive(9) == [1, 2, 3, 4, 5, 6, 7, 8, 9])
        #expect(chost_monotonic() - start >= 70_833_000)
        client.close()
      }.get()
    }

    @Test("the record of pacing counts every character")
    func record() throws {
      let server = try LiveServer { _ in }
      let path = try server.servePty(
        link: nil, settings: try SerialSettings(baud: 115_200),
        farSide: ScriptedFarSide { heard, at in
          [TimedBytes(at: at, bytes: [UInt8](repeating: heard[0], count: 100))]
        })
      let client = try Client(terminal: path, baud: 115_200)
      try client.send([1])
      var got: [UInt8] = []
      server.every(.milliseconds(5)) {
        guard server.pacing[0].count == 100 else { return }
        got = client.receive(100)
        server.stop()
      }
      #expect(try guarded(server) == .stopped)
      #expect(got.count == 100)
      let median = try #require(server.pacing[0].percentile(50))
      let late = try #require(server.pacing[0].percentile(99))
      #expect(median >= .zero && median <= late && late <= max(server.pacing[0].worst, .milliseconds(10)))
      client.close()
    }

    @Test(
      "mbpoll, which is libmodbus, reads registers from the line",
      .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/mbpoll"), "mbpoll is not installed")
    )
    func mbpoll() throws {
      let path = freshPath()
      _ = try serving { server in
        try server.servePty(
          link: path, settings: .usual,
          farSide: ScriptedFarSide { heard, at in
            guard heard == withChecksum([1, 4, 0, 0x48, 0, 2]) else { return [] }
            return [TimedBytes(at: at + .milliseconds(10), bytes: rtuAnswer([1234, 5678]))]
          })
      } whileClient: { _, notices in
        let child = Process()
        child.executableURL = URL(filePath: "/usr/bin/mbpoll")
        child.arguments =
          "-m rtu -b 9600 -P none -a 1 -0 -r 72 -c 2 -t 3 -1 -o 2".split(separator: " ").map(String.init) + [
            path
          ]
        let output = Pipe()
        child.standardOutput = output
        child.standardError = output
        try child.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        child.waitUntilExit()
        #expect(child.terminationStatus == 0, "\(text)")
        #expect(text.contains("[72]: \t1234") && text.contains("[73]: \t5678"), "\(text)")
        #expect(notices.all == [])
      }.get()
    }
  }
}

private func exists(_ path: String) -> Bool {
  var facts = stat()
  return lstat(path, &facts) == 0
}
