// The check of a head, on pseudo-terminals: one that echoes, one that is silent, one that is hung up.

import CHost
import Foundation
import HostIO
import Line
import Testing
import Units

@Suite(.serialized) struct HeadCheckTests {
  /// Runs a check while a thread makes something of each piece of bytes that comes out at the far end.
  private func check(
    _ far: FarEnd, speeds: [Int] = [300, 9600], _ echo: @escaping @Sendable ([UInt8]) -> [UInt8]
  ) throws -> HeadCheck {
    let master = far.master
    let isOver = Handed<Bool>()
    let thread = Thread {
      let end = chost_monotonic() + 20_000_000_000
      while chost_monotonic() < end {
        if chost_wait(master, chost_wait_read, chost_monotonic() + 20_000_000) == 1 {
          var space = [UInt8](repeating: 0, count: 64)
          let got = chost_read(master, &space, space.count)
          if got > 0 {
            let back = echo(Array(space.prefix(got)))
            if !back.isEmpty { _ = chost_write(master, back, back.count) }
          }
        }
        if Thread.current.isCancelled { break }
      }
      isOver.hand(true)
    }
    thread.start()
    defer {
      thread.cancel()
      _ = isOver.take()
    }
    return try HeadCheck.run(far.path, speeds: speeds)
  }

  @Test("a head that hears itself has a full echo, with its latency and speeds")
  func full() throws {
    let found = try check(try FarEnd()) { bytes in
      usleep(4000)
      return bytes
    }
    #expect(found.echo == .full)
    let latency = try #require(found.latency)
    #expect(latency.least >= .milliseconds(2) && latency.least <= latency.median)
    #expect(latency.median <= latency.most)
    #expect(found.speeds.map(\.baud) == [300, 9600])
    #expect(found.speeds.allSatisfy { $0.isPossible && $0.echo == .full })
    // A pseudo-terminal has none of these.
    #expect(!found.hasSevenBits && found.modemLines == nil && found.latencyTimer == nil)
    #expect(found.backend == "termios")
  }

  @Test("a silent port has no echo and no latency, and the check soon ends")
  func silent() throws {
    let start = chost_monotonic()
    let found = try check(try FarEnd()) { _ in [] }
    #expect(found.echo == .none && found.latency == nil)
    #expect(found.speeds.allSatisfy { $0.isPossible && $0.echo == HeadCheck.Echo.none })
    #expect(chost_monotonic() - start < 4_000_000_000)
  }

  @Test("an echo of some bytes is partial, and other bytes are called other")
  func partialAndOther() throws {
    let count = Counter()
    let partial = try check(try FarEnd()) { count.next() % 2 == 0 ? $0 : [] }
    guard case .partial(let percent) = partial.echo else {
      Issue.record("not partial: \(partial.echo)")
      return
    }
    #expect((40...60).contains(percent))
    let other = try check(try FarEnd()) { $0.map { $0 ^ 0xFF } }
    #expect(other.echo == .other && other.latency == nil)
  }

  private final class Counter: @unchecked Sendable {
    private var count = -1
    func next() -> Int {
      count += 1
      return count
    }
  }

  @Test("a port that goes in the middle is lost, in one line")
  func hungUp() throws {
    let far = try FarEnd()
    let thread = Thread {
      // The first byte of the check is there: the port is open.
      _ = far.receive(1)
      far.hangUp()
    }
    thread.start()
    let error = #expect(throws: HostError.self) { _ = try HeadCheck.run(far.path) }
    #expect(error?.code == .lineLost)
    #expect(error?.description.contains("\n") == false)
  }

  @Test(
    "a port that somebody else has is named with its holder; one that is not there, and a file, are refused")
  func refused() throws {
    let far = try FarEnd()
    let holder = try TerminalPort(far.path, .usual)
    defer { holder.close() }
    let busy = #expect(throws: HostError.self) { _ = try HeadCheck.run(far.path) }
    #expect(busy?.code == .deviceBusy)
    #expect(#expect(throws: HostError.self) { _ = try HeadCheck.run("/dev/ttyUSB99") }?.code == .noSuchDevice)
    #expect(#expect(throws: HostError.self) { _ = try HeadCheck.run("/dev/null") }?.code == .notSerial)
  }

  @Test("another program that has a device open is found by its name and number")
  func holders() throws {
    let far = try FarEnd()
    #expect(PortHolder.all(of: far.path).isEmpty)
    let sleeper = Process()
    sleeper.executableURL = URL(fileURLWithPath: "/bin/sh")
    sleeper.arguments = ["-c", "exec 3<>\(far.path); echo ready; read line"]
    let (input, output) = (Pipe(), Pipe())
    (sleeper.standardInput, sleeper.standardOutput) = (input, output)
    try sleeper.run()
    defer {
      try? input.fileHandleForWriting.close()
      sleeper.waitUntilExit()
    }
    _ = output.fileHandleForReading.availableData
    let found = PortHolder.all(of: far.path)
    #expect(found.map(\.process) == [sleeper.processIdentifier])
    #expect(found.first?.name == "sh")
  }

  @Test("bridges seen on heads and adapters are known by their numbers")
  func bridges() {
    func port(_ vendor: UInt16, _ product: UInt16) -> SerialPortFacts {
      SerialPortFacts(
        path: "/dev/ttyUSB0", text: "x", transport: .usb, usbVendor: vendor, usbProduct: product)
    }
    #expect(port(0x10C4, 0xEA60).bridge?.name == "CP210x")
    #expect(port(0x0403, 0x6001).bridge?.hasLatencyTimer == true)
    #expect(port(0x1234, 0x5678).bridge == nil)
    #expect("\(port(0x10C4, 0xEA60))".hasSuffix("seen on optical heads"))
    #expect(Set(KnownBridge.all.map { [$0.vendor, $0.product] }).count == KnownBridge.all.count)
  }
}
