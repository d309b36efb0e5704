// A meter that changes its speed, on a live pseudo-terminal and behind TCP, and clients as they are in the
// field: in real time, and every real wait ends after 5 s.

import CHost
import Foundation
import HostIO
import Line
import Testing
import Timeline
import Units

extension LiveServerTests {
  @Suite(.serialized) struct LiveOpticalTests {
    /// ACK, normal protocol, speed `code`, readout.
    private func acknowledgement(_ code: UInt8) -> [UInt8] { [0x06, 0x30, 0x30 + code, 0x30, 0x0D, 0x0A] }

    /// Seven bits with even parity in bit 7.
    private func even(_ bytes: [UInt8]) -> [UInt8] {
      bytes.map { $0.nonzeroBitCount % 2 == 1 ? $0 | 0x80 : $0 }
    }

    private func served(_ body: (String, Notices) throws -> Void) throws {
      _ = try serving({ server in
        try server.servePty(link: nil, settings: .sevenEven(300), farSide: ModeCMeter())
      }) { path, notices in
        try body(path, notices)
      }
    }

    @Test("a client signs on at 300, follows to 9600 and reads; each character takes its time")
    func speedSwitch() throws {
      try served { path, notices in
        let client = try Client(terminal: path, baud: 300)
        defer { client.close() }
        let start = chost_monotonic()
        try client.send(ModeCMeter.request)
        #expect(client.receive(8) == ModeCMeter.identification)
        // 5 characters of 33.3 ms, 200 ms, 8 characters: 633 ms.
        #expect(chost_monotonic() - start >= 633_000_000)
        try client.send(acknowledgement(5))
        usleep(220_000)
        try #require(chost_terminal_set_speed(client.descriptor, 9600) == 0)
        #expect(client.receive(ModeCMeter.readout.count) == ModeCMeter.readout)
        #expect(notices.all.allSatisfy { !$0.contains("garbage") })
      }
    }

    @Test("a client that changes its speed at once, or late, or opens the port anew, loses nothing")
    func hastyAndLate() throws {
      try served { path, _ in
        for way in ["at once", "late", "anew"] {
          var client = try Client(terminal: path, baud: 300)
          try client.send(ModeCMeter.request)
          #expect(client.receive(8) == ModeCMeter.identification, "\(way)")
          try client.send(acknowledgement(5))
          switch way {
          case "at once": break
          case "late": usleep(900_000)
          default:
            client.close()
            usleep(500_000)
            client = try Client(terminal: path, baud: 9600)
          }
          try #require(chost_terminal_set_speed(client.descriptor, 9600) == 0)
          #expect(client.receive(ModeCMeter.readout.count) == ModeCMeter.readout, "\(way)")
          client.close()
        }
      }
    }

    /// iec62056-21 opens the port at the new speed while it still has it at the old one, and drops what has
    /// come: 10 ms later here, as on a busy machine.
    @Test("a client that opens the port beside itself, and drops what has come by then, loses nothing")
    func besideItself() throws {
      try served { path, _ in
        let first = try Client(terminal: path, baud: 300)
        defer { first.close() }
        try first.send(ModeCMeter.request)
        #expect(first.receive(8) == ModeCMeter.identification)
        try first.send(acknowledgement(5))
        usleep(700_000)
        let second = try Client(terminal: path, baud: 9600)
        defer { second.close() }
        usleep(10_000)
        try #require(chost_terminal_flush_input(second.descriptor) == 0)
        #expect(second.receive(ModeCMeter.readout.count) == ModeCMeter.readout)
      }
    }

    @Test("a client that opens the port anew though the speed is kept finds the readout")
    func anewAtTheSameSpeed() throws {
      try served { path, _ in
        let first = try Client(terminal: path, baud: 300)
        try first.send(ModeCMeter.request)
        #expect(first.receive(8) == ModeCMeter.identification)
        try first.send(acknowledgement(0))
        first.close()
        // The acknowledgement takes 200 ms, the meter 200 more: nobody is there when it would speak.
        usleep(600_000)
        let second = try Client(terminal: path, baud: 300)
        defer { second.close() }
        #expect(second.receive(6) == Array(ModeCMeter.readout.prefix(6)))
      }
    }

    @Test(
      "a client that never follows hears garbage, after the longest reaction time, and people are told why")
    func neverFollows() throws {
      try served { path, notices in
        let client = try Client(terminal: path, baud: 300)
        defer { client.close() }
        try client.send(ModeCMeter.request)
        #expect(client.receive(8) == ModeCMeter.identification)
        try client.send(acknowledgement(6))
        #expect(notices.wait(for: "the client talks at 300 Bd, the meter at 19200 Bd (7E1)"))
        let heard = client.receive(1)
        #expect(heard != [ModeCMeter.readout[0]])
      }
    }

    @Test("a client that changes its speed while the meter speaks hears no more of it")
    func changesInMidAnswer() throws {
      try served { path, _ in
        let client = try Client(terminal: path, baud: 300)
        defer { client.close() }
        try client.send(ModeCMeter.request)
        #expect(client.receive(8) == ModeCMeter.identification)
        try client.send(acknowledgement(0))
        #expect(client.receive(4) == Array(ModeCMeter.readout.prefix(4)))
        try #require(chost_terminal_set_speed(client.descriptor, 9600) == 0)
        // What was complete before the change is still there to read.
        let rest = client.receive(12)
        #expect(Array(rest.suffix(8)) != Array(ModeCMeter.readout[8..<16]))
      }
    }

    @Test("a client with parity in bit 7 is understood, and gets its parity; the next one without gets none")
    func softwareParity() throws {
      try served { path, _ in
        for isRaw in [true, false] {
          let client = try Client(terminal: path, baud: 300)
          try client.send(isRaw ? even(ModeCMeter.request) : ModeCMeter.request)
          let expected = isRaw ? even(ModeCMeter.identification) : ModeCMeter.identification
          #expect(client.receive(8) == expected)
          client.close()
          usleep(50_000)
        }
      }
    }

    @Test("setting 300 7E1 succeeds again and again, through the C library's own check")
    func sevenEvenAgain() throws {
      try served { path, notices in
        for round in 0..<4 {
          let descriptor = chost_terminal_open(path)
          try #require(descriptor >= 0)
          defer { close(descriptor) }
          try notices.passOnce()
          #expect(setSevenEven(descriptor, baud: B300) == 0, "round \(round)")
          let client = Client(descriptor: descriptor)
          try client.send(ModeCMeter.request)
          #expect(client.receive(8) == ModeCMeter.identification)
          // In mid session, at the speed that it has already.
          #expect(setSevenEven(descriptor, baud: B300) == 0, "round \(round), mid session")
          try client.send(acknowledgement(5))
          usleep(250_000)
          #expect(setSevenEven(descriptor, baud: B9600) == 0, "round \(round), at the change")
          #expect(client.receive(ModeCMeter.readout.count) == ModeCMeter.readout)
        }
      }
    }

    /// As a client with seven bits does it, all in one call.
    private func setSevenEven(_ descriptor: Int32, baud: Int32) -> Int32 {
      var settings = termios()
      guard tcgetattr(descriptor, &settings) == 0 else { return errno }
      cfmakeraw(&settings)
      settings.c_cflag &= ~tcflag_t(CSIZE)
      settings.c_cflag |= tcflag_t(CREAD | CLOCAL | CS7 | PARENB)
      cfsetispeed(&settings, speed_t(baud))
      cfsetospeed(&settings, speed_t(baud))
      return tcsetattr(descriptor, TCSANOW, &settings) == 0 ? 0 : errno
    }

    @Test("an echo comes back while the request is still on the wire")
    func echo() throws {
      _ = try serving({ server in
        let far = FaultyFarSide(
          ModeCMeter(), settings: .sevenEven(300), namesUnits: false, stream: RandomStream(seed: 1))
        try far.begin(FaultSetting(id: "CL-05"))
        return try server.servePty(link: nil, settings: .sevenEven(300), farSide: far)
      }) { path, _ in
        let client = try Client(terminal: path, baud: 300)
        defer { client.close() }
        let start = chost_monotonic()
        try client.send(ModeCMeter.request)
        #expect(client.receive(5) == ModeCMeter.request)
        #expect(chost_monotonic() - start < 360_000_000)
        #expect(client.receive(8) == ModeCMeter.identification)
      }
    }

    @Test("raw TCP carries seven-bit characters, and every client hears what the meter says")
    func rawTCP() throws {
      _ = try serving({ server in
        try server.serveLine(
          HostPort(host: "127.0.0.1", port: 0), settings: .sevenEven(300), farSide: ModeCMeter())
      }) { address, _ in
        let (reader, listener) = (try Client(address), try Client(address))
        defer {
          reader.close()
          listener.close()
        }
        // Both are welcomed before anything is said.
        usleep(100_000)
        try reader.send(ModeCMeter.request)
        #expect(reader.receive(8) == ModeCMeter.identification)
        try reader.send(acknowledgement(5))
        #expect(reader.receive(ModeCMeter.readout.count) == ModeCMeter.readout)
        let all = ModeCMeter.identification + ModeCMeter.readout
        #expect(listener.receive(all.count) == all)
      }
    }

    @Test("over RFC 2217 our own door tunes the far port, and reads as over a cable")
    func rfc2217() throws {
      _ = try serving({ server in
        try server.serveLine(
          HostPort(host: "127.0.0.1", port: 0), form: .rfc2217, settings: .sevenEven(300), isPaced: true,
          farSide: ModeCMeter())
      }) { address, notices in
        let door = try RFC2217Door(connecting: address, .sevenEven(300))
        func receive(_ count: Int) -> [UInt8] {
          door.wait(for: count, first: door.now + .seconds(3), between: .milliseconds(500))
        }
        door.write(ModeCMeter.request)
        #expect(receive(8) == ModeCMeter.identification)
        door.write(acknowledgement(5))
        let before = door.now
        #expect(door.tune(to: .sevenEven(9600)))
        // The acknowledgement's wire time: 6 characters at 300 baud.
        #expect(door.now - before >= .milliseconds(199))
        #expect(receive(ModeCMeter.readout.count) == ModeCMeter.readout)
        #expect(door.tune(to: SerialSettings.sevenEven(300).onWire))
        door.write(even(ModeCMeter.request))
        #expect(receive(8) == even(ModeCMeter.identification))
        #expect(door.lost == nil)
        #expect(notices.all.allSatisfy { !$0.contains("garbage") })
      }
    }

    @Test("a door to a port that is no RFC 2217, and to nobody, throws and says what to do")
    func noRFC2217() throws {
      _ = try serving({ server in
        try server.serveTCP(HostPort(host: "127.0.0.1", port: 0)) { _ in ScriptedFarSide { _, _ in [] } }
      }) { address, _ in
        let error = #expect(throws: HostError.self) {
          _ = try RFC2217Door(connecting: address, .sevenEven(300))
        }
        #expect(error?.code == .notSerial)
      }
      let nobody = #expect(throws: HostError.self) {
        _ = try RFC2217Door(connecting: HostPort(host: "127.0.0.1", port: 1), .usual)
      }
      #expect(nobody?.code == .noConnection)
    }

    @Test("our own door on a live pseudo-terminal is refused 7E1, does parity itself, and tunes")
    func ownDoor() throws {
      try served { path, _ in
        let door = try SerialDoor(opening: path, .sevenEven(300))
        defer { door.close() }
        #expect(door.settings == SerialSettings.sevenEven(300).onWire)
        #expect(!door.tune(to: .sevenEven(300)))
        door.write(even(ModeCMeter.request))
        let identification = door.wait(for: 8, first: door.now + .seconds(3), between: .milliseconds(500))
        #expect(identification == even(ModeCMeter.identification))
        door.write(even(acknowledgement(5)))
        #expect(door.tune(to: SerialSettings.sevenEven(9600).onWire))
        let readout = door.wait(
          for: ModeCMeter.readout.count, first: door.now + .seconds(3), between: .milliseconds(500))
        #expect(readout == even(ModeCMeter.readout))
      }
    }
  }
}
