// What may happen to one byte on its way.

import Units

/// A disturbance of one byte.
enum ByteMishap: Hashable {
  case dropped, doubled
  /// The byte and all behind it come later: within what a message may pause, or beyond.
  case late(TimeSpan)
  /// One bit of it, 0 the lowest. Of seven bits with parity both the bit and the parity, so that only the
  /// block check can tell.
  case flipped(bit: Int)
  /// Of seven bits with parity, the parity alone.
  case parity

  /// The row of the table that counts it.
  var row: String {
    switch self {
    case .dropped: "dropped"
    case .doubled: "doubled"
    case .late: "late"
    case .flipped: "one bit flipped"
    case .parity: "parity"
    }
  }

  static let rows = ["dropped", "doubled", "late", "one bit flipped", "parity"]

  static func all(bits: Int) -> [ByteMishap] {
    [.dropped, .doubled, .late(.milliseconds(100)), .late(.milliseconds(2500))]
      + (0..<bits).map { .flipped(bit: $0) } + (bits == 7 ? [.parity] : [])
  }

  /// A disturbance of the byte of a number, of those that go one way, once.
  func disturbance(of index: Int, _ direction: DisturbedFarSide.Direction) -> DisturbedFarSide.Disturbance {
    { way, offset, bytes in
      guard way == direction, (offset..<offset + bytes.count).contains(index) else {
        return [.init(bytes: bytes)]
      }
      return pieces(bytes, index - offset)
    }
  }

  private func pieces(_ bytes: [UInt8], _ index: Int) -> [DisturbedFarSide.Piece] {
    var bytes = bytes
    switch self {
    case .dropped: bytes.remove(at: index)
    case .doubled: bytes.insert(bytes[index], at: index)
    case .flipped(let bit): bytes[index] ^= 1 << bit
    case .parity: bytes[index] ^= 0x80
    case .late(let delay):
      return [.init(bytes: Array(bytes[..<index])), .init(bytes: Array(bytes[index...]), delay: delay)]
    }
    return [.init(bytes: bytes)]
  }
}
