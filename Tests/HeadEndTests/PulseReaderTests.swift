// The counter behind a pulse output, by worked numbers; and the reader at a door.

import HeadEnd
import Line
import Testing
import Timeline
import Units

@Suite("A pulse counter") struct PulseReaderTests {
  /// 1000 imp/kWh is 1 Wh a pulse; 800 is 1.25 Wh; 166 2/3 is 6 Wh; 3200 is 0.3125 Wh.
  @Test("whole Wh are the read, and what is over is kept exactly")
  func advance() {
    let cases: [(PulseCounter.Constant, Int64, Int64, Int64, Int64)] = [
      (.init(1000), 7, 7, 0, 1000), (.init(800), 3, 3, 600, 800), (.init(500, over: 3), 7, 42, 0, 500),
      (.init(3200), 5, 1, 1800, 3200), (.init(3200), 16, 5, 0, 3200), (.init(1000), 0, 0, 0, 1000),
    ]
    for (constant, pulses, whole, parts, over) in cases {
      var counter = PulseCounter(constant: constant)
      for index in 0..<pulses { counter.take(at: Instant(seconds: index)) }
      #expect(counter.advance == WattHours(whole), "\(constant) \(pulses)")
      #expect(counter.remainder == (parts, over), "\(constant) \(pulses)")
    }
  }

  /// 1000 imp/kWh and 3.6 s: 1 kW. 7.2 s without a pulse: at most 500 W.
  @Test("power comes from the interval, and falls while no pulse comes")
  func power() {
    var counter = PulseCounter(constant: .init(1000))
    counter.take(at: Instant(seconds: 10))
    #expect(counter.power(at: Instant(seconds: 11)) == nil)
    counter.take(at: Instant(milliseconds: 13_600))
    #expect(counter.power(at: Instant(seconds: 14)) == Power(watts: 1000))
    #expect(counter.power(at: Instant(milliseconds: 20_800)) == Power(watts: 500))
  }

  @Test("a pulse sooner than the debounce time is a bounce, counted from the pulse and not from the bounce")
  func debounce() {
    var counter = PulseCounter(constant: .init(1000))
    let taken = [0, 29, 30, 59, 60].map { counter.take(at: Instant(milliseconds: $0)) }
    #expect(taken == [true, false, true, false, true])
    #expect(counter.count == 3 && counter.bounces == 2)
  }

  /// Says a byte at each of its instants.
  private final class Flasher: FarSide {
    var due: [Instant]
    init(_ due: [Instant]) { self.due = due }
    func hear(_ bytes: ArraySlice<UInt8>, at: Instant) {}
    var wakes: Instant? { due.first }
    func speak(at: Instant, into answers: inout [TimedBytes]) {
      while let first = due.first, first <= at {
        answers.append(TimedBytes(at: due.removeFirst(), bytes: [0]))
      }
    }
  }

  @Test("at a door of 300 baud any byte is a pulse, and the reading says what pulses cannot")
  func door() throws {
    let world = ClockWorld(at: .epoch)
    let flasher = Flasher((1...10).map { Instant(milliseconds: $0 * 3600) })
    let line = SerialLine(
      settings: try SerialSettings(baud: 300), farSides: [flasher], world: world,
      stream: RandomStream(seed: 1))
    line.write([0x00])
    let reader = PulseReader(door: line, constant: .init(800))
    reader.count(until: Instant(seconds: 37))
    #expect(reader.counter.count == 10)
    let reading = reader.reading(address: "1.8.0")
    #expect(reading.values.map(\.text) == ["10", "12", "1250.000"])
    #expect(reading.values.map(\.unit) == ["", "Wh", "W"])
    #expect(reading.values.allSatisfy { $0.protection == .unprotected })
    #expect(reading.remarks.first == "pulses do not say which way energy went: import and export look alike")
    #expect(reading.remarks.contains("400/800 Wh more than the whole Wh is kept for the next read"))
    reader.count(until: Instant(seconds: 60), pulses: 10)
    #expect(world.now == Instant(seconds: 37))
  }
}
