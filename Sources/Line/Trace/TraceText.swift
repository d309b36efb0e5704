// The file form of a trace: plain lines, one event each, that people read and `diff` compares.
//
//   backspin-trace 1
//   origin: 2026-05-01T10:00Z
//   line: 300 7E1
//   protocol: iec62056-21
//
//   0.000000 > 2f 3f 21 0d 0a                                   |/?!..|
//   0.366667 < 2f 4c 47 5a 34 5c 32 5a 4d 44 31 32 30 41 52 2e \|/LGZ4\2ZMD120AR.|
//            + 35 33 0d 0a                                      |53..|
//   0.600000 reader 9600 7E1
//   0.700000 note the head echoes
//
// `>` is from the reader, `<` from the meter. A chunk of more than 16 bytes goes on in the next line, which
// the backslash announces; so a file whose end was cut off never shows a shorter chunk than there was. What
// stands behind `|` is for people and is not read.

internal import Units

extension Trace: CustomStringConvertible {
  /// The whole file.
  public var description: String { events.reduce(into: head) { $0 += $1.text } }

  /// The lines before the first event, with the empty one that ends them.
  public var head: String {
    var text = "\(TraceText.magic) \(Self.version)\norigin: \(origin)\n"
    text += "line: \(line.map { "\($0)" } ?? TraceText.stream)\nprotocol: \(tongue.rawValue)\n"
    for mark in marks { text += "\(mark.key): \(mark.value)\n" }
    return text + "\n"
  }
}

extension TraceEvent {
  /// Its line or lines, each with its end; nothing for a chunk of no bytes.
  public var text: String {
    let time = TraceText.time(at)
    switch what {
    case .note(let note): return "\(time) \(TraceText.note) \(note)\n"
    case .settings(let end, let settings): return "\(time) \(end.rawValue) \(settings)\n"
    case .bytes(let direction, let bytes):
      var text = bytes.isEmpty ? "" : "\(time) \(TraceText.arrow(direction)) "
      for start in stride(from: 0, to: bytes.count, by: TraceText.bytesPerLine) {
        let row = bytes[start..<min(start + TraceText.bytesPerLine, bytes.count)]
        if start > 0 { text += String(repeating: " ", count: time.utf8.count) + " + " }
        text += TraceText.row(row, goesOn: row.endIndex < bytes.count)
      }
      return text
    }
  }
}

/// The words of the file form.
enum TraceText {
  static let magic = "backspin-trace"
  static let stream = "stream"
  static let note = "note"
  static let bytesPerLine = 16

  static func arrow(_ direction: LineDirection) -> String { direction == .request ? ">" : "<" }

  /// Seconds with all six decimals.
  static func time(_ at: TimeSpan) -> String {
    let (whole, rest) = at.microseconds.quotientAndRemainder(dividingBy: 1_000_000)
    let digits = String(rest)
    return "\(whole)." + String(repeating: "0", count: 6 - digits.utf8.count) + digits
  }

  static func row(_ bytes: ArraySlice<UInt8>, goesOn: Bool) -> String {
    let hexadecimal = bytes.map(Self.hexadecimal).joined(separator: " ")
    let padding = String(repeating: " ", count: bytesPerLine * 3 - 1 - hexadecimal.utf8.count)
    let gloss = String(
      decoding: bytes.map { (0x20..<0x7F).contains($0 & 0x7F) ? $0 & 0x7F : 0x2E }, as: UTF8.self)
    return "\(hexadecimal)\(padding) \(goesOn ? "\\" : " ")|\(gloss)|\n"
  }

  static func hexadecimal(_ byte: UInt8) -> String {
    (byte < 16 ? "0" : "") + String(byte, radix: 16)
  }
}
