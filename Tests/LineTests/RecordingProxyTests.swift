// A witness between a reader and a meter: it changes nothing,
// and follows the speed that a dialogue agrees on.

import Line
import Testing
import Timeline
import Units

@Suite("A witness between a reader and a meter") struct RecordingProxyTests {
  /// A meter at the end of a line, and a reader that speaks through the witness, both by hand.
  private final class Desk {
    let world = ClockWorld(at: .epoch)
    let door: TunedDoor
    let proxy: RecordingProxy
    let side: any FarSide
    var events: [TraceEvent] { box.events }
    private let box = Box()

    final class Box { var events: [TraceEvent] = [] }

    init(_ answers: [[UInt8]: [UInt8]], line: SerialSettings?, tongue: TraceTongue) {
      door = TunedDoor(answers)
      let box = box
      proxy = RecordingProxy(door, line: line, tongue: tongue, origin: .epoch) { box.events.append($0) }
      side = proxy.farSide()
    }

    func ask(_ bytes: [UInt8]) -> [UInt8] {
      var answers: [TimedBytes] = []
      side.hear(bytes[...], at: door.now)
      side.speak(at: door.now, into: &answers)
      return answers.flatMap(\.bytes)
    }
  }

  /// A door that answers at once, and notes how it was tuned between what was written.
  private final class TunedDoor: Door {
    var now = Instant.epoch
    var log: [String] = []
    var takesSevenBits = true
    private let answers: [[UInt8]: [UInt8]]
    private var ready: [UInt8] = []

    init(_ answers: [[UInt8]: [UInt8]]) { self.answers = answers }

    func write(_ bytes: [UInt8]) {
      log.append("write \(bytes.count)")
      ready += answers[bytes] ?? []
    }
    func wait(until patience: Instant) -> [UInt8] {
      defer { ready = [] }
      return ready
    }
    func flush() {}
    func tune(to settings: SerialSettings) -> Bool {
      guard takesSevenBits || settings.dataBits == 8 else { return false }
      log.append("\(settings)")
      return true
    }
  }

  private static let signOn = Array("/?!\r\n".utf8)
  private static let breaks: [UInt8] = [0x01, 0x42, 0x30, 0x03, 0x71]

  @Test("what passes is passed on as it came and kept in order")
  func transparent() {
    let desk = Desk([[1, 2]: [3, 4, 5]], line: nil, tongue: .unknown)
    #expect(desk.ask([1, 2]) == [3, 4, 5])
    #expect(desk.ask([9]) == [])
    #expect(
      desk.events.map(\.what) == [
        .bytes(.request, [1, 2]), .bytes(.answer, [3, 4, 5]), .bytes(.request, [9]),
      ])
    #expect(desk.side.settings == nil)
  }

  /// Option select `051`: 9600 Bd, programming mode.
  @Test(
    "after an acknowledgement the line stands at the speed that was chosen, and a break or a sign-on takes it back"
  )
  func modeC() throws {
    let slow = try SerialSettings(baud: 300, dataBits: 7, parity: .even)
    let select = [0x06] + Array("051\r\n".utf8)
    let desk = Desk([Self.signOn: Array("/LGZ5\\2X\r\n".utf8)], line: slow, tongue: .modeC)
    _ = desk.ask(Self.signOn)
    _ = desk.ask(select)
    #expect(desk.side.settings?.description == "9600 7E1")
    _ = desk.ask(Self.breaks)
    #expect(desk.side.settings?.description == "300 7E1")
    #expect(desk.door.log == ["write 5", "write 6", "9600 7E1", "write 5", "300 7E1"])
    _ = desk.ask(select)
    _ = desk.ask(Self.signOn)
    #expect(desk.door.log.suffix(3) == ["9600 7E1", "300 7E1", "write 5"])
    #expect(desk.events.contains { $0.what == .settings(.reader, slow) })
  }

  @Test("parity in bit 7 hides no acknowledgement, and a head with eight bits is tuned to eight")
  func softwareParity() throws {
    let slow = try SerialSettings(baud: 300, dataBits: 7, parity: .even)
    let desk = Desk([:], line: slow, tongue: .modeC)
    desk.door.takesSevenBits = false
    let select = ([0x06] + Array("040\r\n".utf8)).map { $0.nonzeroBitCount % 2 == 1 ? $0 | 0x80 : $0 }
    _ = desk.ask(select)
    #expect(desk.door.log == ["write 6", "4800 8N1"])
  }

  @Test("mode B changes when the meter has said its name, mode E when it has repeated the acknowledgement")
  func modesBAndE() throws {
    let slow = try SerialSettings(baud: 300, dataBits: 7, parity: .even)
    let modeE = [0x06] + Array("252\r\n".utf8)
    let desk = Desk(
      [Self.signOn: Array("/ABCD5X\r\n".utf8), modeE: modeE], line: slow, tongue: .modeC)
    _ = desk.ask(Self.signOn)
    #expect(desk.side.settings?.description == "4800 7E1")
    _ = desk.ask(modeE)
    #expect(desk.side.settings?.description == "9600 8N1")
  }
}
