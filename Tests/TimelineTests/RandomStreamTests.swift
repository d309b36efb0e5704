// Seeded draws: pinned values, indexed draws that do not move, and an even spread.

import Testing
import Timeline

struct RandomStreamTests {
  // From a Python replica of the mixer (two rounds of the SplitMix64 finaliser, multiplications modulo 2^64).
  // A changed value would make every recorded seed mean another world.
  @Test("the draws of known seeds are pinned")
  func known() {
    let pinned: [(seed: UInt64, draws: [UInt64])] = [
      (0, [0x33fe_8bd4_f9c5_7863, 0xf1c8_94d2_e3e6_131c, 0xa781_7a58_a718_1981, 0xef6f_8479_fd63_47e4]),
      (1, [0x0a38_5ef2_4fa6_a992, 0x358e_b873_32aa_9e94, 0x8a1c_cbaa_9870_dce4, 0xe0a6_f4e1_a291_f231]),
      (2026, [0xa7bc_a389_874d_bf0b, 0x8947_34cb_388d_b39d, 0xc835_6a6d_071a_7c9a, 0xc18d_833e_47ed_8ff6]),
    ]
    for (seed, draws) in pinned {
      #expect([0, 1, 2, UInt64.max].map(RandomStream(seed: seed).bits) == draws)
    }
  }

  @Test("the draws of named streams are pinned, and a name is not the sum of its parts")
  func named() {
    let seven = RandomStream(seed: 7)
    let meter = seven.stream("scenario").stream("meter")
    #expect([0, 91].map(meter.bits) == [0xeda9_4aca_c14c_1545, 0x392a_4e55_5319_755c])
    #expect(seven.stream("scenariometer").bits(0) == 0x5b26_224e_0e24_8611)
    #expect(seven.stream("").bits(0) == 0x52f1_ea3b_dd73_c4df)
    #expect(seven.stream("é").bits(0) == 0x10c0_7e43_603b_aa9f)
    // floor(bits × 11 / 2^64) - 5 for indices 0 … 11, by the same replica.
    #expect((0..<12).map { meter.whole($0, in: -5...5) } == [5, 0, -5, 1, -1, -3, 3, 0, 3, 1, -3, 3])
    #expect((0..<4).map { meter.whole($0, in: 0...999_999) } == [928_364, 476_684, 47_311, 633_000])
  }

  @Test("a draw is the same whoever else drew before, from this stream or a sibling")
  func indexed() {
    let line = RandomStream(seed: 42).stream("line")
    let alone = (0..<50).map { line.bits($0) }
    let everySecond = stride(from: UInt64(0), to: 50, by: 2).map { line.bits($0) }
    let backwards = (0..<50).reversed().map { line.bits($0) }
    _ = (0..<50).map { RandomStream(seed: 42).stream("weather").bits($0) }
    #expect(everySecond == stride(from: 0, to: 50, by: 2).map { alone[$0] })
    #expect(backwards == alone.reversed())
    #expect((0..<50).map { RandomStream(seed: 42).stream("line").bits($0) } == alone)
  }

  @Test("siblings, parents, seeds that differ by one and indices that differ by one share no draw")
  func distinct() {
    var seen: Set<UInt64> = []
    var drawn = 0
    for seed: UInt64 in 0..<20 {
      let root = RandomStream(seed: seed)
      let streams =
        [root, root.stream("a"), root.stream("b"), root.stream("ab"), root.stream("a").stream("b")]
        + (0..<20).map { root.stream("fault/\($0)") }
      for stream in streams {
        for index: UInt64 in 0..<100 {
          seen.insert(stream.bits(index))
          drawn += 1
        }
      }
    }
    #expect(seen.count == drawn)
  }

  @Test("bits of 100,000 draws are even, each within five standard deviations")
  func bits() {
    // Each bit is set n/2 times, give or take sqrt(n)/2 = 158; five of them are 790.
    var set = [Int](repeating: 0, count: 64)
    for index: UInt64 in 0..<100_000 {
      let bits = RandomStream(seed: 3).bits(index)
      for place in 0..<64 where bits >> place & 1 == 1 { set[place] += 1 }
    }
    for place in 0..<64 { #expect((49_210...50_790).contains(set[place]), "bit \(place)") }
  }

  @Test("whole numbers fill their range evenly, both ends included")
  func whole() {
    // 110,000 draws into 11 cells: 10,000 each, standard deviation sqrt(10,000 × 10/11) = 95; five are 477.
    var counts: [Int64: Int] = [:]
    for index: UInt64 in 0..<110_000 {
      counts[RandomStream(seed: 5).whole(index, in: -5...5), default: 0] += 1
    }
    #expect(counts.keys.sorted() == Array(-5...5))
    for (value, count) in counts { #expect((9_523...10_477).contains(count), "\(value)") }
  }

  @Test("ranges of one number and of all numbers are drawn from")
  func extremes() {
    let stream = RandomStream(seed: 9)
    #expect(stream.whole(1, in: 7...7) == 7)
    #expect(stream.whole(1, in: .max ... .max) == .max)
    #expect(stream.whole(1, in: .min ... .max) == Int64(bitPattern: stream.bits(1)))
    let draws = (0..<1000).map { stream.whole($0, in: .min...(.max - 1)) }
    #expect(draws.contains { $0 < 0 } && draws.contains { $0 > 0 })
  }

  @Test(
    "what happens in so many parts of a million happens about so often, never at 0 and always at 1,000,000")
  func happening() {
    // 100,000 draws at 2 %: 2,000, standard deviation sqrt(100,000 × 0.02 × 0.98) = 44; five are 221.
    let stream = RandomStream(seed: 11)
    func count(_ parts: Int64) -> Int {
      (0..<100_000).count { stream.happens($0, partsPerMillion: parts) }
    }
    #expect((1_779...2_221).contains(count(20_000)))
    #expect(count(0) == 0 && count(1_000_000) == 100_000)
  }

  @Test("fractions lie in 0 ..< 1 with a mean of a half")
  func fractions() {
    // Mean of 100,000: standard deviation 1/sqrt(12 × 100,000) = 0.0009; five are 0.0046.
    let draws = (0..<100_000).map { RandomStream(seed: 13).fraction($0) }
    #expect(draws.allSatisfy { (0..<1).contains($0) })
    #expect(abs(draws.reduce(0, +) / 100_000 - 0.5) < 0.0046)
  }
}
