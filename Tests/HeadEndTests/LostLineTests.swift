// A line that is lost (an adapter unplugged, a connection closed) is silent at once. Readers must say so, and
// not use up a meter's patience against nothing.

import HeadEnd
import Line
import Testing
import Units

@Suite("A lost line is a failure of the port")
struct LostLineTests {
  /// A door whose line is lost once something was written. It does not move time: a reader that waits on
  /// would never end, but that `asked` stops it.
  final class LostDoor: Door {
    private(set) var now = Instant.epoch
    private(set) var trouble: String?
    private(set) var asked = 0
    let settings: SerialSettings?

    init(_ settings: SerialSettings? = .usual) { self.settings = settings }

    func write(_ bytes: [UInt8]) { trouble = "the adapter is gone" }
    func wait(until patience: Instant) -> [UInt8] {
      asked += 1
      // Real doors come back at once; after a thousand times the test has failed, and ends.
      if trouble == nil || asked > 1000 { now = max(now, patience) }
      return []
    }
    func flush() {}
    func tune(to settings: SerialSettings) -> Bool { true }
  }

  private func expectPort(_ door: LostDoor, _ work: () throws -> Void) {
    let failure = #expect(throws: DialogueFailure.self) { try work() }
    #expect(failure?.kind == .port)
    #expect(failure?.detail == "the adapter is gone")
    #expect(door.asked < 20, "\(door.asked) waits on a lost line")
  }

  @Test("62056-21: at sign-on, with wake-up, in mode E, and while a push is waited for")
  func optical() {
    var waking = OpticalOptions()
    waking.wakesUp = true
    var push = OpticalOptions()
    push.mode = .d
    let all: [(OpticalOptions, (OpticalReader) throws -> Void)] = [
      (OpticalOptions(), { _ = try $0.readout() }), (waking, { _ = try $0.readout() }),
      (OpticalOptions(), { _ = try $0.read(["1.8.0"]) }), (OpticalOptions(), { _ = try $0.signOnModeE() }),
    ]
    for (options, work) in all {
      let door = LostDoor()
      expectPort(door) { try work(OpticalReader(door: door, options: options)) }
    }
    let door = LostDoor()
    door.write([])
    expectPort(door) { _ = try OpticalReader(door: door, options: push).readout() }
  }

  @Test("HDLC and wrapper")
  func dlms() {
    let serial = LostDoor()
    expectPort(serial) { try HDLCChannel(door: serial).open() }
    let stream = LostDoor(nil)
    let channel = WrapperChannel(door: stream)
    expectPort(stream) {
      try channel.open()
      _ = try channel.exchange([0x60, 0x00])
    }
  }

  @Test("a door with a witness tells of it too, and hands on the waiting for many")
  func recorded() {
    let inner = LostDoor()
    let door = RecordingDoor(inner, origin: .epoch) { _ in }
    #expect(door.trouble == nil)
    door.write([1])
    #expect(door.trouble == "the adapter is gone")
    #expect(door.wait(for: 2, first: .epoch + .seconds(1), between: .seconds(1)) == [])
  }
}
