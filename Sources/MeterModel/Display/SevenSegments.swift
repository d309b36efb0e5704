// Seven segments and the figures that they make: a top, b top right, c bottom right, d bottom, e bottom left,
// f top left, g middle. A dead segment turns some figures into others (8 without g is 0), and the rest into
// something that is no figure, at which a person guesses.

public import Timeline

/// The segments of one digit that are lit: bit 0 is a, bit 6 is g.
public struct SevenSegments: Hashable, Sendable {
  public var lit: UInt8

  public init(lit: UInt8) { self.lit = lit & 0x7f }

  public static let dark = SevenSegments(lit: 0)
  public static let all = SevenSegments(lit: 0x7f)

  /// The segments by name, in the order of their bits.
  public static let names = ["a", "b", "c", "d", "e", "f", "g"]

  /// 0 abcdef, 1 bc, 2 abged, 3 abgcd, 4 fgbc, 5 afgcd, 6 afgedc, 7 abc, 8 all, 9 abcfgd.
  private static let figures: [UInt8] = [0x3f, 0x06, 0x5b, 0x4f, 0x66, 0x6d, 0x7d, 0x07, 0x7f, 0x6f]

  /// A figure 0…9; dark for anything else.
  public init(figure: Int) { lit = Self.figures.indices.contains(figure) ? Self.figures[figure] : 0 }

  /// The figure that it is; nil where it is none.
  public var figure: Int? { Self.figures.firstIndex(of: lit) }

  /// Whether the n-th segment is lit, a first.
  public func isLit(_ segment: Int) -> Bool { lit & (1 << UInt8(segment)) != 0 }

  /// Without segments that are dead.
  public func without(_ dead: UInt8) -> SevenSegments { SevenSegments(lit: lit & ~dead) }

  /// The figures that differ from it in the fewest segments.
  public var nearest: [Int] {
    let distances = Self.figures.map { ($0 ^ lit).nonzeroBitCount }
    guard let least = distances.min() else { return [] }
    return distances.indices.filter { distances[$0] == least }
  }

  /// What a person takes it for: the figure, or else one of the nearest; which of these, the draw decides.
  public func taken(_ draws: RandomStream, _ index: UInt64) -> Int {
    if let figure { return figure }
    let near = nearest
    return near[Int(draws.whole(index, in: 0...Int64(near.count - 1)))]
  }
}
