// A port that vanishes under a reader (CL-08): the failure is the port's, not the meter's silence.

import HeadEnd
import Line
import Testing
import Timeline
import Units
import Wire

@Suite("Ports that vanish under a reader")
struct LostPortTests {
  private func kind(_ read: () throws(DialogueFailure) -> Void) -> DialogueFailure.Kind? {
    do throws(DialogueFailure) {
      try read()
      return nil
    } catch { return error.kind }
  }

  @Test("an optical reader fails with the port, at once, and reads when the port is back")
  func optical() throws {
    let bench = OpticalBench()
    let reader = bench.reader()
    try bench.line.begin(FaultSetting(id: "CL-08", whole: ["gone": 60]))
    #expect(kind { () throws(DialogueFailure) in _ = try reader.readout() } == .port)
    // One wait for an answer, no second try: the port will not be there a moment later.
    #expect(bench.world.now < Instant.epoch + .seconds(10))
    bench.world.run(until: .epoch + .seconds(61))
    #expect(kind { () throws(DialogueFailure) in _ = try reader.readout() } == nil)
  }

  @Test("a silent meter is still silence")
  func silence() throws {
    let bench = OpticalBench()
    try bench.line.begin(FaultSetting(id: "CL-09"))
    #expect(kind { () throws(DialogueFailure) in _ = try bench.reader().readout() } == .silence)
  }

  @Test("both links of DLMS fail with the port")
  func links() throws {
    let world = ClockWorld(at: .epoch)
    let deaf = SilentMeter()
    let serial = SerialLine(
      settings: .usual, farSides: [deaf], world: world, stream: RandomStream(seed: 1))
    let stream = TCPStream(farSide: deaf, world: world, stream: RandomStream(seed: 1))
    for path in [serial, stream] as [VirtualPath] { try path.begin(FaultSetting(id: "CL-08")) }
    let hdlc = HDLCChannel(door: serial)
    #expect(kind { () throws(DialogueFailure) in try hdlc.open() } == .port)
    let wrapper = WrapperChannel(door: stream)
    #expect(
      kind { () throws(DialogueFailure) in
        try wrapper.open()
        _ = try wrapper.exchange([0x60])
      } == .port)
  }
}

/// Nobody.
private final class SilentMeter: FarSide {
  func hear(_ bytes: ArraySlice<UInt8>, at: Instant) {}
  var wakes: Instant? { nil }
  func speak(at: Instant, into answers: inout [TimedBytes]) {}
}
