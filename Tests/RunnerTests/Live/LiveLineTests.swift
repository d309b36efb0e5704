// The line of live meters: its faults befall connections that are open and connections to come.

import Line
import Runner
import Testing
import Units

struct LiveLineTests {
  /// Says what it hears, at once.
  private final class Echo: FarSide {
    private var heard: [TimedBytes] = []
    var wakes: Instant? { heard.first?.at }
    func hear(_ bytes: ArraySlice<UInt8>, at: Instant) {
      heard.append(TimedBytes(at: at, bytes: Array(bytes)))
    }
    func speak(at: Instant, into answers: inout [TimedBytes]) {
      answers += heard
      heard = []
    }
  }

  /// What comes back for a request to a unit.
  private static func answers(_ side: any FarSide, unit: UInt8 = 1) -> Int {
    var answers: [TimedBytes] = []
    side.hear([0, 0, 0, 0, 0, 2, unit, 3][...], at: .epoch)
    side.speak(at: .epoch, into: &answers)
    return answers.reduce(0) { $0 + $1.bytes.count }
  }

  @Test("a fault befalls who is there and who comes, and its end frees both")
  func connections() throws {
    let line = LiveLine(settings: nil, seed: 1)
    let there = line.farSide(Echo())
    #expect(Self.answers(there) == 8)
    try line.begin(FaultSetting(id: "CL-09"))
    let new = line.farSide(Echo())
    #expect(Self.answers(there) == 0 && Self.answers(new) == 0)
    #expect(line.end("CL-09"))
    #expect(Self.answers(there) == 8 && Self.answers(new) == 8)
    #expect(!line.end("CL-09"))
  }

  @Test("one unit's fault leaves the others alone, and ends by itself")
  func units() throws {
    let line = LiveLine(settings: nil, seed: 1)
    let side = line.farSide(Echo())
    try line.begin(FaultSetting(id: "CL-09", whole: ["unit": 2]))
    try line.begin(FaultSetting(id: "CL-09", whole: ["unit": 3]))
    #expect((1...3).map { Self.answers(side, unit: $0) } == [8, 0, 0])
    #expect(line.faults() == ["CL-09"] && line.faults(of: 1).isEmpty && line.faults(of: 3) == ["CL-09"])
    #expect(line.end("CL-09", unit: 2))
    #expect((1...3).map { Self.answers(side, unit: $0) } == [8, 8, 0])
    #expect(line.end("CL-09"))
    #expect((1...3).map { Self.answers(side, unit: $0) } == [8, 8, 8])
  }

  @Test("what this line cannot have, or has already, is refused and begins nowhere")
  func refusals() throws {
    let tcp = LiveLine(settings: nil, seed: 1)
    // Characters have bits on a serial line alone.
    #expect(throws: FaultRefusal.self) { try tcp.begin(FaultSetting(id: "CL-01")) }
    #expect(throws: FaultRefusal.self) { try tcp.begin(FaultSetting(id: "ME-14")) }
    #expect(tcp.faults().isEmpty)
    let serial = LiveLine(settings: .usual, seed: 1)
    try serial.begin(FaultSetting(id: "CL-01"))
    #expect(throws: FaultRefusal.self) { try serial.begin(FaultSetting(id: "CL-01")) }
    #expect(serial.faults() == ["CL-01"])
  }

  @Test("connections that have gone are forgotten while others come")
  func manyConnections() throws {
    let line = LiveLine(settings: nil, seed: 1)
    let stays = line.farSide(Echo())
    for _ in 0..<10_000 { _ = line.farSide(Echo()) }
    try line.begin(FaultSetting(id: "CL-09"))
    #expect(Self.answers(stays) == 0)
  }
}
