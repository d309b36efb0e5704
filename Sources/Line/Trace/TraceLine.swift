// One line of a trace's text, with a cursor that knows its column.

internal import Units

struct TraceLine {
  private let text: [UInt8]
  private let number: Int
  private var at = 0
  /// Where the last word began.
  private var start = 0

  init(_ bytes: [UInt8], _ number: Int) { (text, self.number) = (bytes, number) }

  var isBlank: Bool { text.allSatisfy { $0 == 0x20 || $0 == 0x09 } }
  var isComment: Bool { text.first == UInt8(ascii: "#") }
  var isAtEnd: Bool { text[at...].allSatisfy { $0 == 0x20 || $0 == 0x09 } }

  /// What has not been read, without the blanks before and behind it.
  var rest: String { TraceEvent.oneLine(String(decoding: text[at...], as: UTF8.self)) }

  /// The next word; empty at the end.
  mutating func word() -> String {
    while at < text.count, text[at] == 0x20 || text[at] == 0x09 { at += 1 }
    start = at
    while at < text.count, text[at] != 0x20, text[at] != 0x09 { at += 1 }
    return String(decoding: text[start..<at], as: UTF8.self)
  }

  /// An error about the last word.
  func error(_ code: TraceError.Code, _ message: String) -> TraceError {
    let column = String(decoding: text[..<min(start, text.count)], as: UTF8.self).count + 1
    return TraceError(code, line: number, column: column, message)
  }

  /// No dialogue lasts longer (our limit): ten years in microseconds.
  private static let longest: Int128 = 315_576_000_000_000

  /// Seconds with at most six decimals, not below zero.
  mutating func time() throws(TraceError) -> TimeSpan {
    let text = word()
    guard let number = try? DecimalText(parsing: text), let micros = number.whole(timesTenTo: 6), micros >= 0,
      micros <= Self.longest, let value = Int64(exactly: micros)
    else { throw error(.time, "a time in seconds is wanted here, such as 0.366667, not '\(text)'") }
    return TimeSpan(microseconds: value)
  }

  /// Bytes up to `|` or the line's end, and whether a backslash says that more follow.
  mutating func bytes() throws(TraceError) -> (bytes: [UInt8], goesOn: Bool) {
    var read: [UInt8] = []
    while true {
      while at < text.count, text[at] == 0x20 || text[at] == 0x09 { at += 1 }
      start = at
      guard at < text.count, text[at] != UInt8(ascii: "|") else { break }
      if text[at] == UInt8(ascii: "\\") { return (read, true) }
      guard at + 1 < text.count, let high = Self.digit(text[at]), let low = Self.digit(text[at + 1]) else {
        throw error(.bytes, "a byte is two hexadecimal digits")
      }
      read.append(high << 4 | low)
      at += 2
    }
    guard !read.isEmpty else { throw error(.bytes, "no bytes stand here") }
    return (read, false)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x37
    case 0x61...0x66: byte - 0x57
    default: nil
    }
  }
}
