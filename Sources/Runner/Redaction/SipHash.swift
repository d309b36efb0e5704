// SipHash-2-4 (Aumasson and Bernstein, 2012): a keyed hash of short texts. Without the key nobody can go
// through all MPANs and see which one a mask stands for.

/// A keyed 64-bit hash.
struct SipHash: Sendable {
  let key: (UInt64, UInt64)

  func callAsFunction(_ bytes: some Collection<UInt8>) -> UInt64 {
    var state = State(key)
    let data = Array(bytes)
    for start in stride(from: 0, to: data.count - data.count % 8, by: 8) {
      state.take(Self.word(data[start..<start + 8]))
    }
    let tail = Self.word(data[(data.count - data.count % 8)...])
    state.take(tail | UInt64(truncatingIfNeeded: data.count) << 56)
    return state.finish()
  }

  private static func word(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  private struct State {
    var (v0, v1, v2, v3): (UInt64, UInt64, UInt64, UInt64)

    init(_ key: (UInt64, UInt64)) {
      v0 = key.0 ^ 0x736f_6d65_7073_6575
      v1 = key.1 ^ 0x646f_7261_6e64_6f6d
      v2 = key.0 ^ 0x6c79_6765_6e65_7261
      v3 = key.1 ^ 0x7465_6462_7974_6573
    }

    mutating func take(_ word: UInt64) {
      v3 ^= word
      mix(2)
      v0 ^= word
    }

    mutating func finish() -> UInt64 {
      v2 ^= 0xff
      mix(4)
      return v0 ^ v1 ^ v2 ^ v3
    }

    private mutating func mix(_ rounds: Int) {
      func turn(_ value: UInt64, _ by: UInt64) -> UInt64 { value << by | value >> (64 - by) }
      for _ in 0..<rounds {
        v0 = v0 &+ v1
        v1 = turn(v1, 13) ^ v0
        v0 = turn(v0, 32)
        v2 = v2 &+ v3
        v3 = turn(v3, 16) ^ v2
        v0 = v0 &+ v3
        v3 = turn(v3, 21) ^ v0
        v2 = v2 &+ v1
        v1 = turn(v1, 17) ^ v2
        v2 = turn(v2, 32)
      }
    }
  }
}
