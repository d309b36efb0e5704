// SHA-256 (FIPS 180-4), by which facts, snapshots, files and runs are known: the same bytes have the same
// name on every machine and in every version. No package of this project brings one.

/// A digest of bytes.
struct SHA256 {
  static let length = 32

  private var state: [UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]
  /// Message schedule, kept to be used again.
  private var words = [UInt32](repeating: 0, count: 64)
  private var pending: [UInt8] = []
  private var count: UInt64 = 0

  init() { pending.reserveCapacity(64) }

  static func digest(_ bytes: [UInt8]) -> [UInt8] {
    var one = SHA256()
    one.update(bytes)
    return one.finish()
  }

  mutating func update(_ bytes: [UInt8]) {
    count += UInt64(bytes.count)
    var at = 0
    if !pending.isEmpty {
      at = min(64 - pending.count, bytes.count)
      pending += bytes[..<at]
      guard pending.count == 64 else { return }
      let full = pending
      pending.removeAll(keepingCapacity: true)
      full.withUnsafeBufferPointer { block($0, from: 0) }
    }
    bytes.withUnsafeBufferPointer { whole in
      while at + 64 <= whole.count {
        block(whole, from: at)
        at += 64
      }
    }
    pending += bytes[at...]
  }

  /// The digest of all that was given. Use it once.
  mutating func finish() -> [UInt8] {
    let bits = count * 8
    var tail: [UInt8] = [0x80]
    tail += [UInt8](repeating: 0, count: (120 - Int(count % 64) - 1) % 64)
    for shift in stride(from: 56, through: 0, by: -8) {
      tail.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
    }
    update(tail)
    return state.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> UInt32(24 - 8 * $0)) } }
  }

  private mutating func block(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) {
    for index in 0..<16 {
      let at = start + 4 * index
      words[index] =
        UInt32(bytes[at]) << 24 | UInt32(bytes[at + 1]) << 16 | UInt32(bytes[at + 2]) << 8
        | UInt32(bytes[at + 3])
    }
    words.withUnsafeMutableBufferPointer { words in
      for index in 16..<64 {
        let (first, last) = (words[index - 15], words[index - 2])
        let low = Self.turn(first, 7) ^ Self.turn(first, 18) ^ (first >> 3)
        let high = Self.turn(last, 17) ^ Self.turn(last, 19) ^ (last >> 10)
        words[index] = words[index - 16] &+ low &+ words[index - 7] &+ high
      }
      Self.mix(words, into: &state)
    }
  }

  private static func mix(_ words: UnsafeMutableBufferPointer<UInt32>, into state: inout [UInt32]) {
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    constants.withUnsafeBufferPointer { constants in
      for index in 0..<64 {
        let high = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)
        let one = h &+ high &+ ((e & f) ^ (~e & g)) &+ constants[index] &+ words[index]
        let low = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)
        let two = low &+ ((a & b) ^ (a & c) ^ (b & c))
        (h, g, f, e, d, c, b, a) = (g, f, e, d &+ one, c, b, a, one &+ two)
      }
    }
    for (index, value) in [a, b, c, d, e, f, g, h].enumerated() { state[index] = state[index] &+ value }
  }

  @inline(__always) private static func turn(_ word: UInt32, _ by: UInt32) -> UInt32 {
    (word >> by) | (word << (32 - by))
  }

  private static let constants: [UInt32] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
    0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
    0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
    0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
    0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
    0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
    0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
  ]
}
