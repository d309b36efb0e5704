// The segment map and what a dead segment makes of it: 0 abcdef, 1 bc, 2 abged, 3 abgcd, 4 fgbc, 5 afgcd,
// 6 afgedc, 7 abc, 8 all, 9 abcfgd, written down by letters here and compared with the bits.

import MeterModel
import Testing
import Timeline

struct SevenSegmentsTests {
  private static let map = [
    "abcdef", "bc", "abged", "abgcd", "fgbc", "afgcd", "afgedc", "abc", "abcdefg", "abcfgd",
  ]

  @Test("each figure lights the segments of its letters", arguments: 0...9)
  func letters(figure: Int) {
    let segments = SevenSegments(figure: figure)
    let lit = SevenSegments.names.indices.filter(segments.isLit).map { SevenSegments.names[$0] }
    #expect(Set(lit.joined()) == Set(Self.map[figure]))
    #expect(segments.figure == figure)
  }

  @Test("losing one lit segment turns seven figures into others, and every other one into none")
  func losses() {
    let turned = ["8g": 0, "8e": 9, "8b": 6, "9b": 5, "9f": 3, "6e": 5, "7a": 1]
    for figure in 0...9 {
      for (index, name) in SevenSegments.names.enumerated() where Self.map[figure].contains(name) {
        let left = SevenSegments(figure: figure).without(1 << UInt8(index))
        #expect(left.figure == turned["\(figure)\(name)"], "\(figure) without \(name)")
      }
    }
  }

  @Test("an illegible digit is taken for one of the figures that differ least, by the draw")
  func guesses() {
    // 4 without b is f, g, c: one segment from 4, two from every other figure or more.
    let torn = SevenSegments(figure: 4).without(1 << 1)
    #expect(torn.figure == nil)
    #expect(torn.nearest == [4])
    // Without its top a 0 is b, c, d, e, f: one from 0 only.
    #expect(SevenSegments(figure: 0).without(1).nearest == [0])
    // 2 without a: b, g, e, d: one from 2 alone. All dark: one is nearest, with two segments.
    #expect(SevenSegments.dark.nearest == [1])
    // 5 without a: f, g, c, d: one from 5; 4 has f, g, b, c: two.
    let draws = RandomStream(seed: 1)
    #expect(SevenSegments(figure: 5).without(1).taken(draws, 0) == 5)
    // a, d, g alone: 3 lacks b and c, 2 lacks b and e, 5 lacks f and c: a draw among these three.
    let bars = SevenSegments(lit: 0b100_1001)
    #expect(bars.nearest == [2, 3, 5])
    #expect(Set((0..<200).map { bars.taken(draws, UInt64($0)) }) == [2, 3, 5])
  }
}
