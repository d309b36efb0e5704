// Seeded draws, indexed by what they are about (frame 7, half-hour 91) under a named stream, never by order
// of asking: taking one event away moves no other draw.

/// A named stream of draws: `seed / scenario / meter / fault id / ordinal`.
public struct RandomStream: Hashable, Sendable {
  private let key: UInt64

  public init(seed: UInt64) { key = Self.mix(seed &+ 0x9e37_79b9_7f4a_7c15) }

  private init(key: UInt64) { self.key = key }

  /// A sub-stream that shares no draw with its siblings.
  public func stream(_ name: String) -> RandomStream {
    var hash = key
    for byte in name.utf8 { hash = Self.mix(hash ^ UInt64(byte) &* 0x100_0000_01b3) }
    return RandomStream(key: Self.mix(hash &+ UInt64(name.utf8.count)))
  }

  /// 64 evenly distributed bits for the draw with this index.
  public func bits(_ index: UInt64) -> UInt64 {
    Self.mix(Self.mix(key ^ index &* 0xd129_0b26_88cc_2e1b) &+ index)
  }

  /// A whole number in a closed range, without bias that 64 bits could show.
  public func whole(_ index: UInt64, in range: ClosedRange<Int64>) -> Int64 {
    let width = UInt64(bitPattern: range.upperBound &- range.lowerBound)
    guard width < .max else { return Int64(bitPattern: bits(index)) }
    let high = bits(index).multipliedFullWidth(by: width + 1).high
    return range.lowerBound &+ Int64(bitPattern: high)
  }

  /// True in `parts` draws of a million.
  public func happens(_ index: UInt64, partsPerMillion parts: Int64) -> Bool {
    whole(index, in: 0...999_999) < parts
  }

  /// A fraction in 0 ..< 1, for physics only.
  public func fraction(_ index: UInt64) -> Double { Double(bits(index) >> 11) * 0x1p-53 }

  private static func mix(_ value: UInt64) -> UInt64 {
    var mixed = value
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
