// A live line whose port vanishes: terminals are really hung up, connections really closed, and both are back
// when the time is over. In real time.

import CHost
import Foundation
import HostIO
import Line
import Testing
import Units

extension LiveServerTests {
  @Suite(.serialized) struct VanishingTests {
    /// A meter that says what it hears, until it hears `x`: then its port vanishes for a time.
    private func meter(_ server: LiveServer, gone: TimeSpan?) -> ScriptedFarSide {
      ScriptedFarSide { [unowned server] heard, at in
        guard heard != Array("x".utf8) else {
          server.whenServing { server.vanish(for: gone) }
          return []
        }
        return [TimedBytes(at: at, bytes: heard)]
      }
    }

    private func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    private func waits(until isTrue: () -> Bool) -> Bool {
      for _ in 0..<500 {
        if isTrue() { return true }
        usleep(10_000)
      }
      return false
    }

    @Test("a pseudo-terminal is hung up, its link is gone, and after its time both are there again")
    func terminal() throws {
      let link = NSTemporaryDirectory() + "vanishing-\(getpid())"
      _ = try serving({ server in
        try server.servePty(
          link: link, settings: .usual, isPaced: false, farSide: meter(server, gone: .milliseconds(800)))
      }) { path, notices in
        let first = try Client(terminal: path)
        try first.send(Array("a".utf8))
        #expect(first.receive(1) == Array("a".utf8))
        try first.send(Array("x".utf8))
        #expect(waits { !exists(path) })
        // The other side of a terminal is gone: a write is refused, for good.
        #expect(waits { chost_write(first.descriptor, [0x61], 1) == -Int(EIO) })
        #expect(waits { exists(path) })
        #expect(chost_write(first.descriptor, [0x61], 1) == -Int(EIO))
        first.close()
        let second = try Client(terminal: path)
        defer { second.close() }
        try second.send(Array("b".utf8))
        #expect(second.receive(1) == Array("b".utf8))
        #expect(notices.all.allSatisfy { !$0.contains("hung up") })
      }
      #expect(!exists(link))
    }

    @Test("a connection is closed, new ones are refused, and after its time the port listens again")
    func connection() throws {
      _ = try serving({ server in
        try server.serveTCP(HostPort(host: "127.0.0.1", port: 0)) { _ in
          meter(server, gone: .milliseconds(800))
        }
      }) { address, _ in
        func connects() -> Bool {
          let socket = chost_tcp_connect(address.host, "\(address.port)", chost_monotonic() + 1_000_000_000)
          if socket >= 0 { Foundation.close(socket) }
          return socket >= 0
        }
        let first = try Client(address)
        try first.send(Array("x".utf8))
        #expect(first.receive(1).isEmpty)
        first.close()
        #expect(!connects())
        #expect(waits { connects() })
        let second = try Client(address)
        defer { second.close() }
        try second.send(Array("b".utf8))
        #expect(second.receive(1) == Array("b".utf8))
      }
    }

    @Test("without a time it stays away until it is called back, and an older time does not bring it back")
    func calledBack() throws {
      let link = NSTemporaryDirectory() + "vanishing-for-good-\(getpid())"
      _ = try serving({ server in
        server.whenServing {
          server.vanish(for: .milliseconds(100))
          server.vanish()
        }
        server.every(.milliseconds(1500)) { server.comeBack() }
        return try server.servePty(link: link, settings: .usual, farSide: ScriptedFarSide.echo())
      }) { path, _ in
        #expect(waits { !exists(path) })
        usleep(500_000)
        #expect(!exists(path))
        #expect(waits { exists(path) })
      }
    }
  }
}
