// Doors with the kernel between: the same bytes at the same instants as at the door within,
// whatever the depth.

import CHost
import Foundation
import HeadEnd
import HostIO
import Line
import Testing
import Timeline
import Units

@Suite struct KernelDoorTests {
  private static let sentence = Array("/ABC5x\r\n".utf8)

  /// A meter that answers 200 ms after a line feed, at 300 7E1, and goes to 9600 after an acknowledgement.
  private final class Meter: FarSide {
    private(set) var settings: SerialSettings? = .sevenEven(300)
    private(set) var heard: [[UInt8]] = []
    private var due: TimedBytes?

    func hear(_ bytes: ArraySlice<UInt8>, at instant: Instant) {
      heard.append(Array(bytes))
      guard bytes.last == 0x0A else { return }
      if bytes.first == 6 { settings = .sevenEven(9600) }
      due = TimedBytes(at: instant + .milliseconds(200), bytes: KernelDoorTests.sentence)
    }

    var wakes: Instant? { due?.at }

    func speak(at instant: Instant, into answers: inout [TimedBytes]) {
      guard let next = due, next.at <= instant else { return }
      answers.append(next)
      due = nil
    }
  }

  private func line(_ world: ClockWorld, _ meter: Meter) -> SerialLine {
    SerialLine(
      head: OpticalHead(), settings: .sevenEven(300), farSide: meter, world: world,
      stream: RandomStream(seed: 1))
  }

  @Test("memory is the door itself")
  func memory() {
    let door = ScriptedDoor { _, _ in [] }
    #expect(MemoryCarrier().door(at: door) as AnyObject === door)
  }

  @Test("at each depth the same bytes come at the same instants, and no time passes for the kernel")
  func sameTime() throws {
    for carrier in [PtyCarrier(), TCPCarrier()] as [any Carrier] {
      let world = ClockWorld(at: .epoch)
      let meter = Meter()
      let door = try carrier.door(at: line(world, meter))
      // Over a pseudo-terminal parity is the reader's: 2F, 0D have an odd number of ones.
      let isRaw = carrier.depth == "pty"
      #expect(door.settings?.description == (isRaw ? "300 8N1" : "300 7E1"))
      door.write(isRaw ? [0xAF, 0x3F, 0x21, 0x8D, 0x0A] : [0x2F, 0x3F, 0x21, 0x0D, 0x0A])
      let heard = door.wait(for: 8, first: Instant(seconds: 3), between: .milliseconds(50))
      #expect(heard.map { $0 & 0x7F } == Self.sentence)
      #expect((heard[0] == 0xAF) == isRaw)
      // 5 characters at 300 baud, 200 ms, 8 characters.
      #expect(door.now == Instant(microseconds: 633_334))
      #expect(meter.heard == [[0x2F, 0x3F, 0x21, 0x0D, 0x0A]])
      #expect(carrier.bytesThroughDescriptors == 13)
    }
  }

  @Test("over a pseudo-terminal 7E1 is refused; a change of speed sets the terminal and the line")
  func tune() throws {
    let world = ClockWorld(at: .epoch)
    let meter = Meter()
    let door = try PtyCarrier().door(at: line(world, meter))
    #expect(!door.tune(to: .sevenEven(9600)))
    #expect(door.settings?.baud == 300)
    door.write([0x06, 0x0A])
    #expect(door.tune(to: try SerialSettings(baud: 9600)))
    #expect(door.now == Instant(microseconds: 66_667))
    let heard = door.wait(for: 8, first: Instant(seconds: 3), between: .milliseconds(50))
    #expect(heard.map { $0 & 0x7F } == Self.sentence)
  }

  @Test("over TCP the line within is tuned as it is")
  func tuneTCP() throws {
    let world = ClockWorld(at: .epoch)
    let door = try TCPCarrier().door(at: line(world, Meter()))
    #expect(door.tune(to: .sevenEven(9600)))
    #expect(door.settings == .sevenEven(9600))
  }

  @Test("more than a terminal's queue holds goes through in pieces, both ways, and nothing is lost")
  func large() throws {
    for carrier in [PtyCarrier(), TCPCarrier()] as [any Carrier] {
      let all = (0..<20_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
      let door = ScriptedDoor { _, number in number == 1 ? [.init(.milliseconds(1), all)] : [] }
      let carried = try carrier.door(at: door)
      carried.write(all)
      #expect(door.requests.flatMap { $0 } == all)
      #expect(carried.wait(until: carried.now + .seconds(1)) == all)
      #expect(carried.trouble == nil)
    }
  }

  @Test("a silent meter costs patience in the line's time only")
  func silent() throws {
    let door = ScriptedDoor { _, _ in [] }
    let carried = try PtyCarrier().door(at: door)
    let start = carried.now
    let began = chost_monotonic()
    #expect(carried.wait(until: start + .seconds(86_400)) == [])
    #expect(carried.now == start + .seconds(86_400))
    #expect(chost_monotonic() - began < 2_000_000_000)
  }

  @Test("a broken link is told in the system's words, and stays broken")
  func broken() throws {
    let carried = try PtyCarrier().door(at: ScriptedDoor { _, _ in [] })
    try #require(chost_force_error(chost_call_write, EIO, 1) == 1)
    carried.write([1])
    #expect(carried.trouble == "the request was lost: Input/output error")
    #expect(carried.wait(until: carried.now) == [])
    #expect(!carried.tune(to: .usual))
  }
}
