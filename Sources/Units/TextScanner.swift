// Walks over the bytes of a short text and says where it stumbled. All parsers of Units are built on it.

/// A cursor over a text. Blanks at both ends are not part of it; a no-break space is a blank.
struct TextScanner {
  let text: String
  private let bytes: [UInt8]
  private(set) var at: Int
  private let end: Int

  init(_ text: some StringProtocol) {
    self.text = String(text)
    bytes = Array(self.text.utf8)
    at = 0
    var last = bytes.count
    while let width = Self.blank(endingAt: last, of: bytes) { last -= width }
    end = last
    skipBlanks()
  }

  var isAtEnd: Bool { at >= end }
  var next: UInt8? { at < end ? bytes[at] : nil }

  /// What has not been read yet.
  var rest: String { at < end ? String(decoding: bytes[at..<end], as: UTF8.self) : "" }

  mutating func skipBlanks() {
    while at < end, let width = Self.blank(startingAt: at, of: bytes) { at += width }
  }

  /// Steps over a fixed text, if it stands here.
  mutating func take(_ literal: String) -> Bool {
    let wanted = Array(literal.utf8)
    guard at + wanted.count <= end, bytes[at..<at + wanted.count].elementsEqual(wanted) else { return false }
    at += wanted.count
    return true
  }

  mutating func digit() -> UInt8? {
    guard let byte = next, (0x30...0x39).contains(byte) else { return nil }
    at += 1
    return byte - 0x30
  }

  /// Exactly `count` digits as a number.
  mutating func digits(_ count: Int, _ what: String) throws(UnitsError) -> Int {
    let start = at
    var value = 0
    for _ in 0..<count {
      guard let digit = digit() else { throw failure(start..<max(at + 1, start), "\(what) is wanted here") }
      value = value * 10 + Int(digit)
    }
    return value
  }

  mutating func expect(_ literal: String, _ message: String) throws(UnitsError) {
    guard take(literal) else { throw failure(at..<at + 1, message) }
  }

  mutating func expectEnd(_ message: String) throws(UnitsError) {
    guard isAtEnd else { throw failure(at..<end, message) }
  }

  /// An error about a stretch of bytes; a stretch past the end marks the place after the last character.
  func failure(_ part: Range<Int>, _ message: String, code: String? = nil) -> UnitsError {
    let from = characters(upTo: min(part.lowerBound, end))
    let to = max(from, characters(upTo: min(part.upperBound, end)))
    return UnitsError(text: text, offending: from..<to, message: message, code: code)
  }

  /// An error about everything from a byte to the end.
  func failure(from start: Int, _ message: String, code: String? = nil) -> UnitsError {
    failure(start..<end, message, code: code)
  }

  private func characters(upTo byte: Int) -> Int { String(decoding: bytes[..<byte], as: UTF8.self).count }

  /// The width of a blank: space, tab, U+00A0 or U+202F.
  static func blank(startingAt at: Int, of bytes: [UInt8]) -> Int? {
    switch bytes[at] {
    case 0x20, 0x09: 1
    case 0xC2 where at + 1 < bytes.count && bytes[at + 1] == 0xA0: 2
    case 0xE2 where at + 2 < bytes.count && bytes[at + 1] == 0x80 && bytes[at + 2] == 0xAF: 3
    default: nil
    }
  }

  private static func blank(endingAt end: Int, of bytes: [UInt8]) -> Int? {
    for width in 1...3 where end >= width && blank(startingAt: end - width, of: bytes) == width {
      return width
    }
    return nil
  }
}
