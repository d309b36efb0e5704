// CL-06 by hand: what a receiver makes of inverted levels, of ringing edges, and of a second master.

import Line
import Testing
import Timeline
import Units

struct BusTroubleTests {
  /// What arrives of an answer, once for each of so many dialogues, one a second.
  private func answers(_ answer: [UInt8], _ setting: FaultSetting, count: Int) throws -> [[UInt8]] {
    // It answers once, whatever pauses are heard in a request.
    let bench = Bench([ScriptedFarSide(silence: .milliseconds(50)) { _ in answer }])
    try bench.line.begin(setting)
    return (0..<count).map { number in
      bench.line.beginDialogue(UInt64(number))
      bench.line.write(question)
      let began = bench.line.now
      let bytes = bench.line.wait(for: 1000, first: began + .milliseconds(700), between: .milliseconds(50))
      bench.world.run(until: began + .seconds(1))
      return bytes
    }
  }

  // On the wire a character is 0, eight data bits from the lowest on, 1; inverted it is the opposite, and an
  // idle line is 0. The first fall after the inverted start bit is taken for a start.
  //   01: 1 01111111 0, idle 0. Start at the first data bit; 1111111 and the stop bit's 0: 7F, no stop.
  //   00: 1 11111111 0, idle 0. The fall is the stop bit: eight zeros of the idle line, no stop.
  //   FF: 1 00000000 0, idle 0. Start at the first data bit: eight zeros, no stop.
  @Test("swapped wires make other characters", arguments: [(0x01, 0x7F), (0x00, 0x00), (0xFF, 0x00)])
  func polarity(_ sent: UInt8, _ heard: UInt8) throws {
    let setting = FaultSetting(id: "CL-06", choices: ["kind": "polarity"])
    let answers = try answers([sent], setting, count: 1)
    #expect(answers == [[heard]])
  }

  @Test("a meter on swapped wires does not hear what was asked, and hears it when they are put right")
  func deafMeter() throws {
    let meter = ScriptedFarSide { $0 == question ? reply : [] }
    let bench = Bench([meter])
    try bench.line.begin(FaultSetting(id: "CL-06", choices: ["kind": "polarity"]))
    bench.line.write(question)
    #expect(bench.collect(until: at(500_000)).isEmpty)
    #expect(bench.line.end("CL-06"))
    bench.line.write(question)
    #expect(bench.collect(until: at(1_500_000)).flatMap(\.bytes) == reply)
  }

  @Test("without termination bits after an edge are read wrong, so many of a million, and no others")
  func termination() throws {
    let setting = FaultSetting(id: "CL-06", whole: ["rate": 1000], choices: ["kind": "termination"])
    // 55 from its lowest bit on is 10101010: after the start bit's 0 each bit is an edge. A million of them:
    // 1000 expected, standard deviation 31.6; four of them either way.
    let edges = try answers([UInt8](repeating: 0x55, count: 250), setting, count: 500)
    let wrong = edges.joined().reduce(0) { $0 + ($1 ^ 0x55).nonzeroBitCount }
    #expect((873...1127).contains(wrong))
    // 00 has none.
    let flat = try answers([UInt8](repeating: 0, count: 250), setting, count: 100)
    #expect(flat.joined().allSatisfy { $0 == 0 })
  }

  @Test("a second master spoils at most eight characters of some frames, and leaves its rest behind them")
  func masters() throws {
    let sent = [UInt8](repeating: 0x33, count: 20)
    let setting = FaultSetting(id: "CL-06", whole: ["collision": 20])
    let all = try answers(sent, setting, count: 1000)
    let hit = all.filter { $0 != sent }
    // 1000 at 20 %: 200 expected, standard deviation 12.6; four of them either way.
    #expect((150...250).contains(hit.count))
    for answer in hit {
      let wrong = (0..<20).filter { answer[$0] != 0x33 }
      let first = try #require(wrong.first)
      #expect(wrong == Array(first..<min(first + 8, 20)))
      #expect(answer.count == max(20, first + 8))
    }
  }

  @Test("one meter's wires are its own")
  func unit() throws {
    var setting = FaultSetting(id: "CL-06", choices: ["kind": "polarity"])
    setting.whole["unit"] = 200
    #expect(try answers(reply, setting, count: 1) == [reply])
  }
}
