// Doors in real time, against the far end of a pseudo-terminal and a loopback socket.

import CHost
import Foundation
import HeadEnd
import HostIO
import Line
import Testing
import Units

@Suite(.serialized) struct SerialDoorTests {
  @Test("bytes written at a door reach the line, and bytes of the line reach the door")
  func bothWays() throws {
    let far = try FarEnd()
    let door = SerialDoor(try TerminalPort(far.path, .usual))
    door.write([1, 2, 3])
    #expect(far.receive(3) == [1, 2, 3])
    far.send([9, 8])
    var got: [UInt8] = []
    while got.count < 2 {
      let more = door.wait(until: door.now + .seconds(5))
      if more.isEmpty { break }
      got += more
    }
    #expect(got == [9, 8])
    #expect(door.lost == nil)
  }

  @Test("silence ends with patience and not before")
  func silence() throws {
    let far = try FarEnd()
    let door = SerialDoor(try TerminalPort(far.path, .usual))
    let patience = door.now + .milliseconds(20)
    #expect(door.wait(until: patience) == [])
    #expect(door.now >= patience)
  }

  @Test("flush drops what has come")
  func flush() throws {
    let far = try FarEnd()
    let port = try TerminalPort(far.path, .usual)
    let door = SerialDoor(port)
    far.send([1, 2, 3])
    let end = deadline()
    while chost_pending(port.descriptor) < 3, chost_monotonic() < end { sched_yield() }
    door.flush()
    #expect(door.wait(until: door.now) == [])
  }

  @Test("a hang-up while waiting ends the wait, and the door says what was lost")
  func lost() throws {
    let far = try FarEnd()
    let door = SerialDoor(try TerminalPort(far.path, .usual))
    far.hangUp()
    let start = door.now
    #expect(door.wait(until: start + .seconds(60)) == [])
    #expect(door.now - start < .seconds(60))
    #expect(door.lost?.code == .lineLost)
    door.write([1])
    #expect(door.wait(until: door.now + .seconds(60)) == [])
  }

  @Test("a door over TCP carries both ways and tells when it was closed")
  func tcp() throws {
    let listener = chost_tcp_listen("127.0.0.1", "0", 4)
    try #require(listener >= 0)
    defer { close(listener) }
    let address = HostPort(host: "127.0.0.1", port: UInt16(chost_tcp_port(listener)))
    let door = try TCPDoor(connecting: address)
    #expect(chost_wait(listener, chost_wait_read, deadline()) == 1)
    let far = chost_accept(listener)
    try #require(far >= 0)
    door.write([1, 2, 3])
    #expect(chost_wait(far, chost_wait_read, deadline()) == 1)
    var space = [UInt8](repeating: 0, count: 8)
    #expect(chost_read(far, &space, 8) == 3)
    #expect(chost_send(far, [5, 6] as [UInt8], 2) == 2)
    #expect(door.wait(until: door.now + .seconds(5)) == [5, 6])
    close(far)
    #expect(door.wait(until: door.now + .seconds(60)) == [])
    #expect(door.lost?.code == .connectionLost)
    #expect(door.lost?.description.contains(address.description) == true)
  }

  @Test("an address where nobody listens is refused by name")
  func nobody() throws {
    let listener = chost_tcp_listen("127.0.0.1", "0", 1)
    let port = UInt16(chost_tcp_port(listener))
    close(listener)
    expectCode(.noConnection, mentions: "127.0.0.1:\(port)") {
      _ = try TCPDoor(connecting: HostPort(host: "127.0.0.1", port: port))
    }
    expectCode(.noSuchHost, mentions: "no-such-host.invalid") {
      _ = try TCPDoor(connecting: HostPort(host: "no-such-host.invalid", port: 502))
    }
  }
}

@Suite struct HostPortTests {
  static let good: [(text: String, host: String, port: UInt16)] = [
    ("127.0.0.1:502", "127.0.0.1", 502), ("localhost:1502", "localhost", 1502), ("[::1]:0", "::1", 0),
    (":65535", "", 65535),
  ]

  @Test("an address is read and printed as people write it", arguments: good.indices)
  func reads(_ row: Int) throws {
    let (text, host, port) = Self.good[row]
    let address = try HostPort(parsing: text)
    #expect(address == HostPort(host: host, port: port))
    #expect(address.description == text)
  }

  @Test(
    "anything else is refused",
    arguments: ["", "127.0.0.1", "host:", "host:65536", "host:-1", "::1:502", "a:b"])
  func refuses(_ text: String) {
    expectCode(.badAddress, mentions: "`\(text)`") { _ = try HostPort(parsing: text) }
  }
}

@Suite(.serialized) struct SerialPortsTests {
  @Test("a pseudo-terminal opens with termios, also through a link")
  func chosen() throws {
    let far = try FarEnd()
    let link = NSTemporaryDirectory() + "backspin-\(UUID().uuidString)"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: far.path)
    defer { try? FileManager.default.removeItem(atPath: link) }
    let port = try SerialPorts.open(link, .usual)
    #expect(port.backend == "termios")
    #expect(port.path == far.path)
  }

  @Test("what is no serial line is refused by name")
  func refused() {
    expectCode(.noSuchDevice, mentions: "/dev/no-such-adapter") {
      _ = try SerialPorts.open("/dev/no-such-adapter", .usual)
    }
    expectCode(.notSerial, mentions: "/dev/null") { _ = try SerialPorts.open("/dev/null", .usual) }
    expectCode(.notSerial, mentions: "/etc") { _ = try SerialPorts.open("/etc", .usual) }
  }

  @Test("the list names each adapter by a device that exists, in order")
  func list() throws {
    let found = try SerialPorts.list()
    #expect(found.map(\.path) == found.map(\.path).sorted())
    for one in found {
      #expect(FileManager.default.fileExists(atPath: one.path), "\(one)")
      #expect(one.transport == .usb || (one.usbVendor == nil && one.usbSerial == nil))
    }
  }

  @Test("an adapter is described in one line with what tells it from others")
  func described() {
    let facts = SerialPortFacts(
      path: "/dev/ttyUSB0", text: "FT232R USB UART", transport: .usb, usbVendor: 0x0403, usbProduct: 0x6001,
      usbManufacturer: "FTDI", usbSerial: "A50285BI")
    let known = "/dev/ttyUSB0  usb 0403:6001  FT232R USB UART  by FTDI  serial A50285BI"
    #expect("\(facts)" == known + "  seen on optical heads and RS-485 adapters")
    let plain = SerialPortFacts(path: "/dev/ttyS0", text: "ttyS0", transport: .native)
    #expect("\(plain)" == "/dev/ttyS0  native  ttyS0")
  }

  @Test("a device is told from a file, a folder and nothing, also through a link")
  func devices() throws {
    let far = try FarEnd()
    let link = NSTemporaryDirectory() + "backspin-\(UUID().uuidString)"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: far.path)
    defer { try? FileManager.default.removeItem(atPath: link) }
    #expect(SerialPorts.exists(far.path) && SerialPorts.exists(link))
    for other in ["/etc/hostname", "/tmp", "/no/such", "/dev/pts/987654"] {
      #expect(!SerialPorts.exists(other))
    }
  }
}
