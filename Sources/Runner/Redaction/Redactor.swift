// Masks MPANs and serial numbers in everything that leaves us (R-DATA-04): the same word gets the same mask,
// an MPAN stays a valid one (of the distributor id that is kept for made-up supplies),
// a serial number keeps its look.

internal import Units

/// Masks of one key. Masks keep their length.
public struct Redactor: Sendable {
  private let hash: SipHash
  private var masks: [String: String] = [:]
  /// Masks given out for MPANs, so that no two supplies get one.
  private var taken: Set<String> = []
  /// Words looked for in running text, longest first.
  private var words: [[UInt8]] = []

  /// - Parameter key: 128 bits that are kept secret: with them anybody can go through all MPANs.
  public init(key: (UInt64, UInt64)) { hash = SipHash(key: key) }

  /// Learns what is to be masked. What was learnt before keeps its mask.
  public mutating func learn(_ names: Identifiers) {
    for text in names.mpans.sorted() where masks[text] == nil { learn(mpan: text) }
    for text in names.serials.sorted() where masks[text] == nil {
      masks[text] = look(of: text)
      let packed = text.filter { !$0.isWhitespace }
      if packed != text, masks[packed] == nil { masks[packed] = masks[text]?.filter { !$0.isWhitespace } }
    }
    words = masks.keys.filter(Self.isTelling).map { Array($0.utf8) }.sorted {
      $0.count == $1.count ? $0.lexicographicallyPrecedes($1) : $0.count > $1.count
    }
  }

  /// The mask of a serial number or an MPAN that stands alone.
  public func name(_ text: String) -> String { masks[text] ?? self.text(text) }

  /// A text with all that is known masked, and whatever else is a valid MPAN.
  public func text(_ text: String) -> String {
    let bytes = Array(text.utf8)
    guard bytes.count >= 4 else { return text }
    var (out, at) = ([UInt8](), 0)
    while at < bytes.count {
      if at > 0, Self.isWord(bytes[at - 1]), Self.isWord(bytes[at]) {
        out.append(bytes[at])
        at += 1
      } else if let (mask, length) = match(bytes, at) {
        out += mask
        at += length
      } else {
        out.append(bytes[at])
        at += 1
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// A text of which nothing is known yet, such as a complaint about a file: every word with five digits or
  /// more is masked, for it may be somebody's number.
  public func cautious(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var (out, at) = ([UInt8](), 0)
    while at < bytes.count {
      guard Self.isWord(bytes[at]) else {
        out.append(bytes[at])
        at += 1
        continue
      }
      let end = bytes[at...].firstIndex { !Self.isWord($0) } ?? bytes.count
      let word = String(decoding: bytes[at..<end], as: UTF8.self)
      let isNumber = word.utf8.count { (0x30...0x39).contains($0) } >= 5
      out += Array((isNumber ? masks[word] ?? strange(word) : word).utf8)
      at = end
    }
    return String(decoding: out, as: UTF8.self)
  }

  private func strange(_ word: String) -> String {
    guard let core = try? MPAN(parsing: word).core, core == word else { return look(of: word) }
    return Self.madeUp(hash(core.utf8) % 10_000_000_000)
  }

  // MARK: Masks

  private mutating func learn(mpan text: String) {
    guard let parsed = try? MPAN(parsing: text) else {
      masks[text] = look(of: text)
      return
    }
    let mask = mask(ofCore: parsed.core)
    masks[parsed.core] = mask
    // As it was written: blanks, a leading S and the top line stay, the core is masked.
    var (digits, written) = (Array(mask), Array(text))
    for index in written.indices.reversed() where !digits.isEmpty && written[index].isNumber {
      written[index] = digits.removeLast()
    }
    masks[text] = String(written)
  }

  /// Another supply in the place of this one.
  private mutating func mask(ofCore core: String) -> String {
    if let known = masks[core] { return known }
    var number = hash(core.utf8) % 10_000_000_000
    var mask = Self.madeUp(number)
    // Two supplies with one mask would be one supply: the next number is taken, in order of learning.
    while !taken.insert(mask).inserted {
      number = (number + 1) % 10_000_000_000
      mask = Self.madeUp(number)
    }
    return mask
  }

  /// A made-up MPAN: distributor 99, ten digits, and the check digit that they want (R-MPAN-01).
  private static func madeUp(_ number: UInt64) -> String {
    let digits = String(number)
    let twelve = "\(MPAN.syntheticDistributor)" + String(repeating: "0", count: 10 - digits.count) + digits
    return twelve + "\(MPAN.checkDigit(twelve.compactMap(\.wholeNumberValue)))"
  }

  /// Letters become letters, digits digits; all else stays, and so does the length.
  private func look(of text: String) -> String {
    var out: [UInt8] = []
    for (place, byte) in text.utf8.enumerated() {
      let draw = hash(
        Array(text.utf8) + [UInt8(truncatingIfNeeded: place), UInt8(truncatingIfNeeded: place >> 8)])
      switch byte {
      case 0x30...0x39: out.append(0x30 + UInt8(draw % 10))
      case 0x41...0x5A: out.append(0x41 + UInt8(draw % 26))
      case 0x61...0x7A: out.append(0x61 + UInt8(draw % 26))
      default: out.append(byte)
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  // MARK: Running text

  /// Whether a word can be looked for in running text: `7` or `12345` would be found in every amount.
  private static func isTelling(_ text: String) -> Bool {
    let bytes = text.utf8
    guard bytes.count >= 4, let first = bytes.first, let last = bytes.last else { return false }
    return isWord(first) && isWord(last)
      && (bytes.count >= 6 || bytes.contains { !(0x30...0x39).contains($0) })
  }

  private func match(_ bytes: [UInt8], _ at: Int) -> (mask: [UInt8], length: Int)? {
    for word in words where bytes[at] == word[0] && bytes.count - at >= word.count {
      let end = at + word.count
      guard end == bytes.count || !Self.isWord(bytes[end]), bytes[at..<end].elementsEqual(word),
        let mask = masks[String(decoding: word, as: UTF8.self)]
      else { continue }
      return (Array(mask.utf8), word.count)
    }
    return strangeMPAN(bytes, at)
  }

  /// Thirteen digits with the right check digit are somebody's MPAN, though nobody told us of it.
  private func strangeMPAN(_ bytes: [UInt8], _ at: Int) -> (mask: [UInt8], length: Int)? {
    guard bytes.count - at >= 13, (0x30...0x39).contains(bytes[at]) else { return nil }
    let end = at + 13
    guard end == bytes.count || !Self.isWord(bytes[end]),
      bytes[at..<end].allSatisfy({ (0x30...0x39).contains($0) }),
      let core = try? MPAN(parsing: String(decoding: bytes[at..<end], as: UTF8.self)).core
    else { return nil }
    return (Array(Self.madeUp(hash(core.utf8) % 10_000_000_000).utf8), 13)
  }

  /// Letters, digits, and what joins them to one word (`ELIG_NO_EXPORT_REGISTER`). A quotation mark that is
  /// no ASCII joins nothing.
  private static func isWord(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      || byte == UInt8(ascii: "_")
  }
}
