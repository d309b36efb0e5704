// Over a noisy line a reader may fail, but never gives a wrong number.

import HeadEnd
import Line
import Testing
import Timeline
import Units

struct NoisyLineTests {
  struct Noise: CustomTestStringConvertible {
    var setting: FaultSetting
    var polls: Int
    /// Failed attempts that the noise must cause at least, and at most.
    var failures: ClosedRange<Int>

    var testDescription: String { "\(setting.id) \(setting.whole) \(setting.choices)" }
  }

  /// A frame pair has 17 bytes and 136 data bits. At p per bit a poll fails with 1 − (1 − p)^136: 12.7 % at
  /// 1000 ppm, 74.5 % at 10 000; with bursts no less. At 1 % per byte: 1 − 0.99^17 = 15.7 %, less where a
  /// doubled byte stands last.
  static let noises: [Noise] = [
    Noise(setting: FaultSetting(id: "CL-01", whole: ["rate": 1000]), polls: 4000, failures: 430...590),
    Noise(setting: FaultSetting(id: "CL-01", whole: ["rate": 10_000]), polls: 4000, failures: 2850...3110),
    Noise(
      setting: FaultSetting(id: "CL-01", whole: ["rate": 2000, "burst": 17]), polls: 4000,
      failures: 850...1110),
    Noise(setting: FaultSetting(id: "CL-02", whole: ["rate": 10_000]), polls: 4000, failures: 500...720),
  ]

  @Test(
    "thousands of frames on a noisy line give right numbers or failures, never a wrong number",
    arguments: noises)
  func neverWrong(_ noise: Noise) throws {
    // A value that is another at every poll, so that a stale one would show.
    let meter = SmallMeter(unit: 1) {
      UInt32(truncatingIfNeeded: $0.microseconds / 1_000_000 &* 2_654_435_761)
    }
    let bench = ModbusBench([meter], seed: 20_261)
    try bench.line.begin(noise.setting)
    let reader = bench.reader()
    var failures = 0
    for poll in 0..<noise.polls {
      bench.world.run(until: Instant(seconds: Int64(poll) * 2))
      let truth = UInt32(truncatingIfNeeded: Int64(poll) * 2 &* 2_654_435_761)
      switch reader.read(RegisterRequest(unit: 1, function: 4, address: 72, count: 2)) {
      case .success(let words): #expect(UInt32(words[0]) << 16 | UInt32(words[1]) == truth)
      case .failure(.exception), .failure(.port): Issue.record("noise is no refusal")
      case .failure: failures += 1
      }
    }
    #expect(noise.failures.contains(failures))
    #expect(bench.line.effects(of: noise.setting.id) >= failures)
  }

  @Test("with retries a noisy line loses no read, and the attempts say what happened")
  func retries() throws {
    let bench = ModbusBench([SmallMeter(unit: 1) { _ in 123_456 }], seed: 5)
    try bench.line.begin(FaultSetting(id: "CL-01", whole: ["rate": 1000]))
    let rules = ReaderRules(retries: 8)
    let poll = RegisterPoll(reader: bench.reader(rules), rules: rules, world: bench.world)
    var refused = 0
    for number in 0..<300 {
      bench.world.run(until: Instant(seconds: Int64(number) * 1800))
      let record = poll.read(RegisterRequest(unit: 1, function: 4, address: 72, count: 2))
      #expect(record.outcome == .success([1, 57_920]))
      refused += record.attempts.count - 1
    }
    #expect(refused >= 20)
  }

  @Test("of three units on one line the silent one is silent and the others are read")
  func oneSilent() throws {
    let meters = (1...3).map { number in SmallMeter(unit: UInt8(number)) { _ in UInt32(number) } }
    let bench = ModbusBench(meters)
    try bench.line.begin(FaultSetting(id: "CL-09", whole: ["unit": 2]))
    let reader = bench.reader()
    let outcomes = (1...3).map {
      reader.read(RegisterRequest(unit: UInt8($0), function: 4, address: 0, count: 2))
    }
    #expect(outcomes == [.success([0, 1]), .failure(.silence), .success([0, 3])])
    #expect(meters.map(\.answered) == [1, 0, 1])
  }

  @Test("two units with one address answer into each other: a failure, not a number")
  func twoOfOneAddress() {
    let meters = [SmallMeter(unit: 1) { _ in 1 }, SmallMeter(unit: 1) { _ in 2 }]
    let bench = ModbusBench(meters)
    let outcome = bench.reader().read(RegisterRequest(unit: 1, function: 4, address: 0, count: 2))
    guard case .failure(.frame) = outcome else {
      Issue.record("\(outcome)")
      return
    }
  }
}
