import Testing

@Suite("Bytes nobody has thought of")
struct FuzzSmokeTests {
  /// Draws by index from a fixed seed: the same bytes on every run.
  struct Dice {
    var state: UInt64

    mutating func draw(_ end: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state >> 11) % max(end, 1)
    }
  }

  /// One to four changes to a valid message, as libFuzzer makes them.
  static func mutated(_ seeds: [[UInt8]], _ dice: inout Dice) -> [UInt8] {
    var bytes = seeds[dice.draw(seeds.count)]
    for _ in 0...dice.draw(4) {
      let at = dice.draw(bytes.count + 1)
      let count = dice.draw(6)
      switch dice.draw(7) {
      case 0 where at < bytes.count: bytes[at] ^= 1 << dice.draw(8)
      case 1 where at < bytes.count: bytes[at] = [0, 0x7F, 0x80, 0xFF, 0x7E][dice.draw(5)]
      case 2: bytes.insert(UInt8(dice.draw(256)), at: at)
      case 3: bytes.removeSubrange(at..<min(at + count, bytes.count))
      case 4: bytes.insert(contentsOf: bytes[at..<min(at + count, bytes.count)], at: at)
      case 5: bytes.removeSubrange(at...)
      default: bytes += seeds[dice.draw(seeds.count)].suffix(count * 4)
      }
    }
    return bytes
  }

  @Test(
    "what is known of a decoder holds for its seeds and for mutations of them",
    arguments: FuzzTarget.all.map(\.name))
  func smoke(name: String) throws {
    let target = try #require(FuzzTarget.named(name))
    for seed in target.seeds { #expect(target.check(seed) == nil) }
    var dice = Dice(state: 0x9E37_79B9_7F4A_7C15)
    for round in 0..<400 {
      let bytes = Self.mutated(target.seeds, &dice)
      if let problem = target.check(bytes) {
        Issue.record("round \(round), \(bytes): \(problem)")
        return
      }
    }
  }

  @Test("targets have names of their own, and seeds")
  func names() {
    #expect(Set(FuzzTarget.all.map(\.name)).count == FuzzTarget.all.count)
    #expect(FuzzTarget.all.allSatisfy { !$0.seeds.isEmpty })
  }
}
