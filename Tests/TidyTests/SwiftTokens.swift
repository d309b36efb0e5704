// Enough of Swift's lexical structure to tell code from comments and strings: the tidy rules must neither be
// tripped by a word in a sentence nor fooled by a line break. Regex literals are not known and not used here.

/// A piece of Swift code and the line it starts in.
struct SwiftToken: Hashable {
  enum Kind: Hashable { case word, number, string, mark }

  let kind: Kind
  /// A string's content without its quotes and interpolations; the tokens of those stand on their own.
  let text: String
  let line: Int
}

struct SwiftTokens {
  private let bytes: [UInt8]
  private var at = 0
  private var line = 1
  private(set) var tokens: [SwiftToken] = []

  static func of(_ text: String) -> [SwiftToken] {
    var lexer = SwiftTokens(bytes: Array(text.utf8))
    lexer.code(insideInterpolation: false)
    return lexer.tokens
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private func peek(_ ahead: Int = 0) -> UInt8 { at + ahead < bytes.count ? bytes[at + ahead] : 0 }

  private func isAhead(_ text: StaticString, from ahead: Int = 0) -> Bool {
    text.withUTF8Buffer { wanted in
      wanted.indices.allSatisfy { peek(ahead + $0) == wanted[$0] }
    }
  }

  private mutating func code(insideInterpolation: Bool) {
    var depth = 0
    while at < bytes.count {
      let byte = bytes[at]
      if isAhead("//") {
        while at < bytes.count, bytes[at] != 10 { at += 1 }
      } else if isAhead("/*") {
        blockComment()
      } else if startsString() {
        string()
      } else if Self.startsWord(byte) {
        take(.word) { Self.startsWord($0) || Self.isDigit($0) }
      } else if Self.isDigit(byte) {
        number()
      } else {
        if byte == 10 { line += 1 }
        if byte == UInt8(ascii: "(") { depth += 1 }
        if byte == UInt8(ascii: ")") { depth -= 1 }
        if insideInterpolation, depth < 0 { return }
        if byte > 32 { append(.mark, at..<at + 1) }
        at += 1
      }
    }
  }

  private mutating func blockComment() {
    var depth = 0
    repeat {
      if isAhead("/*") || isAhead("*/") {
        depth += bytes[at] == UInt8(ascii: "/") ? 1 : -1
        at += 2
      } else {
        if peek() == 10 { line += 1 }
        at += 1
      }
    } while depth > 0 && at < bytes.count
  }

  private func hashes() -> Int {
    var count = 0
    while peek(count) == UInt8(ascii: "#") { count += 1 }
    return count
  }

  private func startsString() -> Bool { peek(hashes()) == UInt8(ascii: "\"") }

  private mutating func string() {
    let firstLine = line
    let hashes = hashes()
    at += hashes
    let quotes = isAhead("\"\"\"") ? 3 : 1
    at += quotes
    var content: [UInt8] = []
    while at < bytes.count, !endsString(quotes, hashes) {
      if peek() == UInt8(ascii: "\\"), (1...max(hashes, 1)).allSatisfy({ hashes == 0 || peek($0) == 35 }) {
        at += 1 + hashes
        if peek() == UInt8(ascii: "(") {
          at += 1
          code(insideInterpolation: true)
        } else if peek() == 10 {
          line += 1
        }
        at += 1
      } else {
        if peek() == 10 { line += 1 }
        content.append(peek())
        at += 1
      }
    }
    at += quotes + hashes
    tokens.append(SwiftToken(kind: .string, text: String(decoding: content, as: UTF8.self), line: firstLine))
  }

  private func endsString(_ quotes: Int, _ hashes: Int) -> Bool {
    (0..<quotes).allSatisfy { peek($0) == UInt8(ascii: "\"") }
      && (0..<hashes).allSatisfy { peek(quotes + $0) == UInt8(ascii: "#") }
  }

  /// `pair.0.1` is two steps into tuples, not 0.1; `0...9` ends before its dots.
  private mutating func number() {
    let afterDot = tokens.last.map { $0.text == "." } ?? false
    let start = at
    while Self.isDigit(peek()) || Self.startsWord(peek())
      || (peek() == UInt8(ascii: ".") && !afterDot && Self.isDigit(peek(1)))
    {
      at += 1
    }
    append(.number, start..<at)
  }

  private mutating func take(_ kind: SwiftToken.Kind, while belongs: (UInt8) -> Bool) {
    let start = at
    while at < bytes.count, belongs(bytes[at]) { at += 1 }
    append(kind, start..<at)
  }

  private mutating func append(_ kind: SwiftToken.Kind, _ range: Range<Int>) {
    tokens.append(SwiftToken(kind: kind, text: String(decoding: bytes[range], as: UTF8.self), line: line))
  }

  private static func startsWord(_ byte: UInt8) -> Bool {
    byte == 95 || byte >= 128 || (65...90).contains(byte) || (97...122).contains(byte)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
}
