// The head between a reader and a meter. Instants are those of TuneTests: a request at 0 is complete at 166
// 667, and its answer is on the wire from 366 667 to 633 334.

import Line
import Testing
import Timeline
import Units

struct OpticalHeadTests {
  @Test("a full echo is every byte sent, each so much after it left, and then the answer")
  func fullEcho() {
    let bench = HeadBench(SpeedChanger(), head: OpticalHead(echo: .full, echoDelay: .milliseconds(5)))
    bench.line.write(SpeedChanger.request)
    let pieces = bench.collect()
    #expect(pieces.flatMap(\.bytes) == SpeedChanger.request + SpeedChanger.identification)
    // The first character is complete at 33 334, its echo 5 000 later.
    #expect(pieces.first?.at == 38_334)
    #expect(pieces.prefix(5).last?.at == 171_667)
    #expect(pieces.last?.at == 633_334)
  }

  @Test("a partial echo is some of the bytes sent, in their order")
  func partialEcho() {
    let bench = HeadBench(SpeedChanger(), head: OpticalHead(echo: .partial(percent: 50)))
    var came = 0
    for round in 0..<200 {
      bench.line.write([UInt8](repeating: 0x30, count: 10))
      bench.world.run(until: at(Int64(round + 1) * 1_000_000))
      came += bench.line.wait(until: bench.line.now).count
    }
    // 2000 at one half: 1000 expected, standard deviation 22.4.
    #expect((910...1090).contains(came))
  }

  @Test("in half-duplex the meter is not heard while the head sends; in full duplex both are")
  func duplex() {
    // The meter's identification starts at 366 667. The reader speaks again when its first character is
    // complete, for 33 334.
    func heard(_ head: OpticalHead) -> [UInt8] {
      let bench = HeadBench(SpeedChanger(), head: head)
      bench.line.write(SpeedChanger.request)
      bench.world.run(until: at(400_001))
      bench.line.write([0x30])
      return bench.collect().flatMap(\.bytes)
    }
    #expect(heard(OpticalHead(isHalfDuplex: false)) == SpeedChanger.identification)
    let spoken = heard(OpticalHead())
    #expect(spoken == [SpeedChanger.identification[0]] + SpeedChanger.identification[3...])
  }

  @Test("the latency of the bridge delays what comes, not what is sent")
  func latency() {
    let bench = HeadBench(SpeedChanger(), head: OpticalHead(latency: .milliseconds(16)))
    bench.line.write(SpeedChanger.request)
    let pieces = bench.collect()
    #expect(pieces.flatMap(\.bytes) == SpeedChanger.identification)
    #expect(pieces.last?.at == 649_334)
    #expect(bench.sights.of(.requestHeard).map(\.at) == [at(166_667)])
    #expect(bench.sights.of(.answerArrived).map(\.at) == [at(649_334)])
  }

  @Test("a head of eight bits starts with eight bits though the meter has seven")
  func startsWithEight() {
    let head = OpticalHead(onlyEightBits: true)
    let bench = HeadBench(SpeedChanger(), head: head)
    #expect(bench.line.settings == SerialSettings.sevenEven(300).onWire)
    #expect(head.allows(.usual) && !head.allows(.sevenEven(9600)))
  }
}
