import Line
import Testing
import Timeline
import Units

struct TCPStreamTests {
  private let world = ClockWorld(at: .epoch)

  private func stream(_ farSide: any FarSide, latency: TimeSpan = .zero) -> TCPStream {
    TCPStream(farSide: farSide, world: world, latency: latency, stream: RandomStream(seed: 1))
  }

  @Test("a whole answer comes at once, after the meter's own time and the latency of both ways")
  func latency() {
    let meter = ScriptedFarSide(silence: TimeSpan(microseconds: 0), turnaround: .milliseconds(5)) { _ in reply
    }
    let line = stream(meter, latency: .milliseconds(20))
    line.write(question)
    #expect(line.wait(until: at(500_000)) == reply)
    // Heard at 20 000; a silence of 0 is noticed a microsecond later; 5 000 to the answer, 20 000 back.
    #expect(line.now == at(45_000))
  }

  @Test("without latency and turnaround no time passes but the microsecond that waking takes")
  func immediate() {
    let line = stream(Echo())
    line.write([1, 2, 3])
    #expect(line.wait(until: at(500_000)) == [1, 2, 3])
    #expect(line.now == at(0))
  }

  @Test("both directions may be under way at once: nothing collides")
  func duplex() {
    let line = stream(Echo(), latency: .milliseconds(20))
    line.write([1, 2, 3])
    world.run(until: at(30_000))
    line.write([4, 5, 6])
    #expect(line.wait(for: 6, first: at(500_000), between: .seconds(1)) == [1, 2, 3, 4, 5, 6])
    #expect(line.now == at(70_000))
  }

  @Test("an answer that is held up holds up those behind it: the order of bytes is kept")
  func order() throws {
    let line = stream(Echo())
    try line.begin(FaultSetting(id: "CL-03", whole: ["delay": 300, "unit": 9]))
    line.write([0, 0, 0, 0, 0, 0, 9])
    line.write([0, 0, 0, 0, 0, 0, 8])
    #expect(line.wait(until: at(299_999)).isEmpty)
    #expect(line.wait(until: at(500_000)) == [0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 8])
    #expect(line.now == at(300_000))
  }

  @Test("faults of single characters are refused: TCP carries bytes whole or not at all")
  func refused() {
    let line = stream(Echo())
    #expect {
      try line.begin(FaultSetting(id: "CL-01"))
    } throws: {
      "\($0)" == "CL-01: no fault of this line; it can have CL-03, CL-08, CL-09, CL-11"
    }
  }

  /// Says at once what it hears.
  private final class Echo: FarSide {
    private var held: [TimedBytes] = []
    func hear(_ bytes: ArraySlice<UInt8>, at instant: Instant) {
      held.append(TimedBytes(at: instant, bytes: Array(bytes)))
    }
    var wakes: Instant? { nil }
    func speak(at instant: Instant, into answers: inout [TimedBytes]) {
      answers += held
      held = []
    }
  }
}
