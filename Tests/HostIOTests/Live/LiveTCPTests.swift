// Meters over TCP: many connections, rude ones too.

import CHost
import Foundation
import HostIO
import Line
import Testing
import Units

private let anyPort = HostPort(host: "127.0.0.1", port: 0)

extension LiveServerTests {
  @Suite(.serialized) struct LiveTCPTests {
    @Test("each connection has a far side of its own, and pipelined requests are all answered")
    func own() throws {
      let ended = try serving { server in
        try server.serveTCP(anyPort) { number in
          ScriptedFarSide { heard, at in heard.map { TimedBytes(at: at, bytes: [UInt8(number), $0]) } }
        }
      } whileClient: { address, _ in
        let clients = try (0..<3).map { _ in try Client(address) }
        for (index, client) in clients.enumerated().reversed() {
          try client.send([7, 8, 9])
          let number = UInt8(index + 1)
          #expect(client.receive(6) == [number, 7, number, 8, number, 9])
        }
        clients.forEach { $0.close() }
      }
      #expect(try ended.get() == .endOfInput)
    }

    @Test("an answer is not said before its instant, and a later one does not overtake it")
    func instants() throws {
      let wait = TimeSpan.milliseconds(30)
      _ = try serving { server in
        try server.serveTCP(anyPort) { _ in
          ScriptedFarSide { _, at in [TimedBytes(at: at + wait, bytes: [1]), TimedBytes(at: at, bytes: [2])] }
        }
      } whileClient: { address, _ in
        let client = try Client(address)
        let start = chost_monotonic()
        try client.send([0])
        #expect(client.receive(2) == [1, 2])
        #expect(chost_monotonic() - start >= wait.microseconds * 1000)
        client.close()
      }.get()
    }

    @Test("a client that closed its sending end still gets a late answer")
    func halfClosed() throws {
      _ = try serving { server in
        try server.serveTCP(anyPort) { _ in
          ScriptedFarSide { heard, at in [TimedBytes(at: at + .milliseconds(20), bytes: heard)] }
        }
      } whileClient: { address, _ in
        let client = try Client(address)
        try client.send([1, 2, 3])
        shutdown(client.descriptor, Int32(SHUT_WR))
        #expect(client.receive(4) == [1, 2, 3])
        client.close()
      }.get()
    }

    @Test("a client that never reads delays no other, and is served again once it reads")
    func neverReads() throws {
      let answer = [UInt8](repeating: 0xAB, count: 64_000)
      _ = try serving { server in
        try server.serveTCP(anyPort) { _ in
          ScriptedFarSide { heard, at in
            heard.map { _ in TimedBytes(at: at, bytes: answer) }
          }
        }
      } whileClient: { address, _ in
        let rude = try Client(address)
        // 400 answers of 64 kB are far more than the socket and the server will hold.
        for _ in 0..<400 { try rude.send([1]) }
        let polite = try Client(address)
        for _ in 0..<20 {
          try polite.send([1])
          #expect(polite.receive(answer.count) == answer)
        }
        #expect(rude.receive(400 * answer.count).count == 400 * answer.count)
        rude.close()
        polite.close()
      }.get()
    }

    @Test("more connections are served at once than select could ever watch")
    func many() throws {
      _ = try serving { server in
        try server.serveTCP(anyPort) { _ in ScriptedFarSide.echo() }
      } whileClient: { address, _ in
        _ = chost_raise_descriptor_limit()
        let clients = try (0..<1100).map { _ in try Client(address) }
        for (index, client) in clients.enumerated() {
          try client.send([UInt8(index & 0xFF), UInt8(index >> 8)])
        }
        for (index, client) in clients.enumerated() {
          #expect(client.receive(2) == [UInt8(index & 0xFF), UInt8(index >> 8)])
        }
        clients.forEach { $0.close() }
      }.get()
    }

    @Test("when descriptors run out it is said once, and who waits is served later")
    func exhausted() throws {
      _ = try serving { server in
        chost_force_error(chost_call_accept, EMFILE, 2)
        return try server.serveTCP(anyPort) { _ in ScriptedFarSide.echo() }
      } whileClient: { address, notices in
        let client = try Client(address)
        try client.send([5])
        #expect(client.receive(1) == [5])
        #expect(notices.all.filter { $0.contains("BS-IO-10") }.count == 1)
        client.close()
      }.get()
    }

    @Test("a broken connection concerns only itself")
    func broken() throws {
      _ = try serving { server in
        try server.serveTCP(anyPort) { _ in
          ScriptedFarSide { heard, at in [TimedBytes(at: at + .milliseconds(5), bytes: heard)] }
        }
      } whileClient: { address, _ in
        for _ in 0..<20 {
          let gone = try Client(address)
          try gone.send([1])
          // A reset instead of an orderly end.
          var at = linger(l_onoff: 1, l_linger: 0)
          setsockopt(gone.descriptor, SOL_SOCKET, SO_LINGER, &at, socklen_t(MemoryLayout<linger>.size))
          gone.close()
        }
        let client = try Client(address)
        try client.send([9])
        #expect(client.receive(1) == [9])
        client.close()
      }.get()
    }

    @Test("a port in use, a forbidden one and a strange address are refused in one line each")
    func refused() throws {
      let server = try LiveServer { _ in }
      let taken = try server.serveTCP(anyPort) { _ in ScriptedFarSide.echo() }
      expectCode(.portInUse, mentions: "\(taken)") {
        _ = try server.serveTCP(taken) { _ in ScriptedFarSide.echo() }
      }
      chost_force_error(chost_call_listen, EACCES, 1)
      expectCode(.portForbidden, mentions: "127.0.0.1:502") {
        _ = try server.serveTCP(HostPort(host: "127.0.0.1", port: 502)) { _ in ScriptedFarSide.echo() }
      }
      // 192.0.2.0/24 is for documentation (RFC 5737): no machine has it.
      expectCode(.noSuchHost, mentions: "192.0.2.1") {
        _ = try server.serveTCP(HostPort(host: "192.0.2.1", port: 0)) { _ in ScriptedFarSide.echo() }
      }
      expectCode(.noSuchHost, mentions: "no-such-host.invalid") {
        _ = try server.serveTCP(HostPort(host: "no-such-host.invalid", port: 0)) { _ in ScriptedFarSide.echo()
        }
      }
      chost_force_error(chost_call_listen, EMFILE, 1)
      expectCode(.noDescriptor, mentions: "Too many open files") {
        _ = try server.serveTCP(anyPort) { _ in ScriptedFarSide.echo() }
      }
    }
  }
}
