// Each fault's exact effect. Instants are those of SerialLineTests: a question at 0 is answered from 17 345
// µs on.

import Line
import Testing
import Timeline
import Units

struct LineFaultTests {
  /// The answers that arrive to `count` questions, one a second, each under its own dialogue.
  private func answers(
    to dialogues: [UInt64], _ setting: FaultSetting, answer: [UInt8], seed: UInt64 = 1
  ) throws -> [[UInt8]] {
    let bench = Bench([ScriptedFarSide { _ in answer }], seed: seed)
    try bench.line.begin(setting)
    return dialogues.map { dialogue in
      bench.line.beginDialogue(dialogue)
      bench.line.write(question)
      let began = bench.line.now
      let bytes = bench.line.wait(for: 1000, first: began + .milliseconds(500), between: .milliseconds(50))
      bench.world.run(until: began + .seconds(1))
      return bytes
    }
  }

  /// Lengths of the runs of ones, low bit of each byte first.
  private func runs(_ bytes: [UInt8]) -> [Int] {
    var runs: [Int] = []
    var length = 0
    for byte in bytes {
      for bit in 0..<8 {
        if byte >> UInt8(bit) & 1 == 1 {
          length += 1
        } else if length > 0 {
          runs.append(length)
          length = 0
        }
      }
    }
    return length > 0 ? runs + [length] : runs
  }

  // MARK: CL-01

  @Test("CL-01 inverts so many data bits of a million, and changes no length")
  func bitErrors() throws {
    let zeros = [UInt8](repeating: 0, count: 250)
    let setting = FaultSetting(
      id: "CL-01", whole: ["rate": 1000], choices: ["direction": "answer"])
    let all = try answers(to: Array(0..<500), setting, answer: zeros)
    #expect(all.allSatisfy { $0.count == 250 })
    // A million bits at 1000 ppm: 1000 expected, standard deviation 31.6; four of them either way.
    let wrong = all.joined().reduce(0) { $0 + $1.nonzeroBitCount }
    #expect((873...1127).contains(wrong))
    // Each bit has a draw of its own: two of one byte are hit in 125 000 × 28 × 1e-6 = 3.5 bytes.
    #expect(all.joined().count { $0.nonzeroBitCount > 1 } < 15)
  }

  @Test("CL-01 in bursts inverts that many bits in a row, across bytes, up to the end of the frame")
  func bursts() throws {
    let zeros = [UInt8](repeating: 0, count: 250)
    let setting = FaultSetting(
      id: "CL-01", whole: ["rate": 100, "burst": 12], choices: ["direction": "answer"])
    let damaged = try answers(to: Array(0..<300), setting, answer: zeros).filter { $0.contains { $0 != 0 } }
    #expect(damaged.count > 20)
    for frame in damaged {
      // Only a run that touches the end may be shorter; two overlapping bursts make a longer one.
      let touchesEnd = frame.last.map { $0 & 0x80 != 0 } ?? false
      let whole = touchesEnd ? Array(runs(frame).dropLast()) : runs(frame)
      #expect(whole.allSatisfy { $0 >= 12 && $0 < 36 })
    }
    #expect(damaged.contains { runs($0) == [12] })
  }

  @Test("CL-01 of one direction leaves the other alone")
  func direction() throws {
    let meter = ScriptedFarSide { _ in [UInt8](repeating: 0, count: 200) }
    let bench = Bench([meter])
    try bench.line.begin(
      FaultSetting(id: "CL-01", whole: ["rate": 10_000], choices: ["direction": "request"]))
    bench.line.write([UInt8](repeating: 0, count: 200))
    let bytes = bench.line.wait(for: 200, first: at(1_000_000), between: .milliseconds(10))
    #expect(bytes == [UInt8](repeating: 0, count: 200))
    #expect(meter.heard.first?.bytes.contains { $0 != 0 } == true)
    #expect(bench.line.effects(of: "CL-01") == 1)
  }

  @Test("noise of one unit spoils only what is said to it and by it", arguments: ["CL-01", "CL-02"])
  func noiseOfUnit(_ id: String) throws {
    func heard(_ unit: UInt8) throws -> [[UInt8]] {
      let bench = Bench([ScriptedFarSide { _ in [unit] + [UInt8](repeating: 0, count: 200) }])
      try bench.line.begin(FaultSetting(id: id, whole: ["rate": 10_000, "unit": 2]))
      return (1...10).map { round in
        bench.line.write([unit] + [UInt8](repeating: 0, count: 200))
        return bench.collect(until: at(Int64(round) * 1_000_000)).flatMap(\.bytes)
      }
    }
    #expect(try heard(1).allSatisfy { $0 == [1] + [UInt8](repeating: 0, count: 200) })
    #expect(try heard(2).contains { $0 != [2] + [UInt8](repeating: 0, count: 200) })
  }

  @Test("damage is of the dialogue, the frame and the byte: a dialogue taken away moves no other's")
  func indexed() throws {
    let zeros = [UInt8](repeating: 0, count: 100)
    let setting = FaultSetting(id: "CL-01", whole: ["rate": 5000], choices: ["direction": "answer"])
    let all = try answers(to: [10, 20, 30], setting, answer: zeros)
    #expect(try answers(to: [10, 30], setting, answer: zeros) == [all[0], all[2]])
    #expect(Set(all).count == 3)
    #expect(try answers(to: [10], setting, answer: zeros, seed: 2) != [all[0]])
  }

  // MARK: CL-02

  @Test("CL-02 drops bytes: the others come when they would have come")
  func dropped() throws {
    let long = (0..<200).map { UInt8($0) }
    let meter = ScriptedFarSide { _ in long }
    let bench = Bench([meter])
    let setting = FaultSetting(
      id: "CL-02", whole: ["rate": 10_000], choices: ["kind": "dropped", "direction": "answer"])
    try bench.line.begin(setting)
    var losses = 0
    for round in 0..<50 {
      let began = at(Int64(round) * 1_000_000)
      bench.line.write(question)
      for piece in bench.collect(until: began + .seconds(1)) {
        #expect(piece.bytes.count == 1)
        // Byte b is complete b + 1 characters after the answer's start at 17 345.
        let characters = (Int64(piece.bytes[0]) + 1) * 10_000_000
        #expect(piece.at == began.microseconds + 17_345 + (characters + 9599) / 9600)
        losses -= 1
      }
      losses += 200
    }
    // 10 000 bytes at 1 %: 100 expected, standard deviation 9.9.
    #expect((60...140).contains(losses))
  }

  @Test("CL-02 doubles bytes: the twin comes with its original")
  func doubled() throws {
    let setting = FaultSetting(
      id: "CL-02", whole: ["rate": 10_000], choices: ["kind": "doubled", "direction": "answer"])
    let long = (0..<200).map { UInt8($0) }
    let all = try answers(to: Array(0..<50), setting, answer: long)
    var twins = 0
    for frame in all {
      #expect(frame == frame.sorted())
      #expect(Set(frame).count == 200)
      twins += frame.count - 200
    }
    #expect((60...140).contains(twins))
  }

  @Test("CL-02 of both kinds hits half each")
  func both() throws {
    let setting = FaultSetting(id: "CL-02", whole: ["rate": 10_000], choices: ["direction": "answer"])
    let long = (0..<200).map { UInt8($0) }
    let all = try answers(to: Array(0..<100), setting, answer: long)
    let dropped = all.reduce(0) { $0 + 200 - Set($1).count }
    let twins = all.reduce(0) { $0 + $1.count - Set($1).count }
    #expect((60...140).contains(dropped) && (60...140).contains(twins))
  }

  // MARK: CL-03

  @Test("CL-03 delays an answer by exactly so much, and stretches it byte by byte")
  func late() throws {
    let bench = Bench([ScriptedFarSide { _ in [1, 2, 3] }])
    try bench.line.begin(FaultSetting(id: "CL-03", whole: ["delay": 700, "pause": 20]))
    bench.line.write(question)
    // Start 17 345 + 700 000; then a character of 1041.67 each, and 20 000 before the second and third.
    #expect(bench.collect(until: at(1_000_000)).map(\.at) == [718_387, 739_429, 760_470])
    #expect(bench.line.effects(of: "CL-03") == 1)
  }

  @Test("CL-03 of a share hits that share of the answers")
  func share() throws {
    let bench = Bench([ScriptedFarSide { _ in [1] }])
    try bench.line.begin(FaultSetting(id: "CL-03", whole: ["delay": 400, "share": 25]))
    for round in 1...400 {
      bench.line.write(question)
      let bytes = bench.collect(until: at(Int64(round) * 1_000_000))
      #expect(bytes.count == 1)
    }
    // 400 at a quarter: 100 expected, standard deviation 8.7.
    #expect((66...134).contains(bench.line.effects(of: "CL-03")))
  }

  @Test("CL-03 of one unit leaves the others in time")
  func lateUnit() throws {
    let bench = Bench([ScriptedFarSide { [$0[0], 7] }])
    try bench.line.begin(FaultSetting(id: "CL-03", whole: ["delay": 300, "unit": 2]))
    bench.line.write([1, 0, 0, 0, 0, 0, 0, 0])
    #expect(bench.collect(until: at(1_000_000)).first?.at == 18_387)
    bench.line.write([2, 0, 0, 0, 0, 0, 0, 0])
    #expect(bench.collect(until: at(2_000_000)).first?.at == 1_318_387)
  }

  @Test("an answer so late that it meets the next question spoils it")
  func lateIntoNext() throws {
    let meter = ScriptedFarSide { _ in reply }
    let bench = Bench([meter])
    try bench.line.begin(FaultSetting(id: "CL-03", whole: ["delay": 500]))
    bench.line.write(question)
    // The late answer is on the wire from 517 345 to 526 720.
    #expect(bench.line.wait(until: at(515_000)).isEmpty)
    bench.line.write(question)
    bench.world.run(until: at(600_000))
    #expect(meter.heard.count == 2)
    #expect(meter.heard[0].bytes == question)
    #expect(meter.heard[1].bytes != question)
  }

  // MARK: CL-09

  /// Which of some questions, asked at instants in ms, get an answer.
  private func answered(_ setting: FaultSetting, at starts: [Int64], unit: UInt8 = 1) throws -> [Bool] {
    let bench = Bench([ScriptedFarSide { _ in reply }])
    try bench.line.begin(setting)
    return starts.map { start in
      bench.world.run(until: Instant(milliseconds: start))
      bench.line.flush()
      bench.line.write([unit] + question.dropFirst())
      return !bench.line.wait(for: 9, first: bench.line.now + .milliseconds(30), between: .milliseconds(10))
        .isEmpty
    }
  }

  @Test("CL-09 without more is silence, until it ends")
  func silent() throws {
    let meter = ScriptedFarSide { _ in reply }
    let bench = Bench([meter])
    try bench.line.begin(FaultSetting(id: "CL-09"))
    bench.line.write(question)
    #expect(bench.line.wait(until: at(1_000_000)).isEmpty)
    #expect(meter.heard.isEmpty)
    #expect(bench.line.effects(of: "CL-09") == 1)
    #expect(bench.line.end("CL-09"))
    bench.line.write(question)
    #expect(bench.line.wait(for: 9, first: at(2_000_000), between: .milliseconds(10)) == reply)
    #expect(bench.line.effects(of: "CL-09") == 1)
  }

  @Test("CL-09 answers only every n-th request since it began")
  func nth() throws {
    let starts = (0..<7).map { Int64($0) * 1000 }
    let pattern = [false, false, true, false, false, true, false]
    #expect(try answered(FaultSetting(id: "CL-09", whole: ["nth": 3]), at: starts) == pattern)
  }

  @Test("CL-09 with a minimum gap hears only who waits so long after the last byte")
  func minimumGap() throws {
    // An answered exchange ends 26.72 ms after it began, an ignored question 8.334 ms after. The second
    // question starts 73.28 ms after the first answer's end: too soon. The third 141.666 ms after the
    // second's end: heard. The fourth, 100 ms after the third began, is too soon again, and so is the fifth,
    // 91.7 ms after it.
    let starts: [Int64] = [0, 100, 250, 350, 450, 700]
    let pattern = [true, false, true, false, false, true]
    #expect(try answered(FaultSetting(id: "CL-09", whole: ["min-gap": 100]), at: starts) == pattern)
  }

  @Test("CL-09 of a share leaves that share without an answer")
  func silentShare() throws {
    let starts = (0..<400).map { Int64($0) * 1000 }
    let heard = try answered(FaultSetting(id: "CL-09", whole: ["share": 30]), at: starts).filter { $0 }
    // 400 at 70 %: 280 expected, standard deviation 9.2.
    #expect((244...316).contains(heard.count))
    #expect(try answered(FaultSetting(id: "CL-09", whole: ["share": 0]), at: [0]) == [true])
  }

  @Test("CL-09 of one unit silences that unit alone")
  func silentUnit() throws {
    let setting = FaultSetting(id: "CL-09", whole: ["unit": 2])
    #expect(try answered(setting, at: [0], unit: 2) == [false])
    #expect(try answered(setting, at: [0], unit: 1) == [true])
  }

  @Test("several faults act in the catalogue's order, whichever began first")
  func order() throws {
    func collect(_ ids: [String]) throws -> [[UInt8]] {
      let bench = Bench([ScriptedFarSide { _ in [UInt8](repeating: 0, count: 200) }])
      for id in ids {
        try bench.line.begin(FaultSetting(id: id, whole: id == "CL-03" ? ["delay": 5] : ["rate": 10_000]))
      }
      return (1...20).map { round in
        bench.line.write([UInt8](repeating: 0, count: 8))
        return bench.collect(until: at(Int64(round) * 1_000_000)).flatMap(\.bytes)
      }
    }
    #expect(try collect(["CL-01", "CL-02", "CL-03"]) == collect(["CL-03", "CL-02", "CL-01"]))
  }
}
