// Just enough JSON (RFC 8259) to read a file of prices: numbers stay text, so that 4.1 is 4.1, and each part knows where
// it stands. Depth and size are bounded.

internal import Truth

/// A part of a JSON text.
struct JSONPart {
  enum Content {
    case object([(key: String, value: JSONPart)])
    case array([JSONPart])
    /// A string, a number or a word; `null` is nil.
    case scalar(String?)
  }

  var content: Content
  var line: Int
  var column: Int

  struct Fault: Error {
    var line: Int
    var column: Int
    var message: String
  }

  init(parsing text: String) throws(Fault) {
    var reader = JSONReader(text)
    self = try reader.part(depth: 0)
    try reader.end()
  }

  init(_ content: Content, line: Int, column: Int) {
    (self.content, self.line, self.column) = (content, line, column)
  }

  var items: [JSONPart]? {
    if case .array(let items) = content { return items }
    return nil
  }

  subscript(key: String) -> JSONPart? {
    guard case .object(let entries) = content else { return nil }
    return entries.first { $0.key == key }?.value
  }

  /// The text of a scalar; nil for null and for what is no scalar.
  var text: String? {
    if case .scalar(let text) = content { return text }
    return nil
  }

  /// As a cell, for what reads cells.
  var cell: CSVTable.Cell { CSVTable.Cell(text: text ?? "", line: line, column: column) }
}

/// Reads one text from front to back.
private struct JSONReader {
  private let bytes: [UInt8]
  private var at = 0
  private var line = 1
  private var lineStart = 0
  /// Lists and objects within one another: our limit.
  private static let deepest = 32

  init(_ text: String) {
    bytes = Array(text.utf8)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { (at, lineStart) = (3, 3) }
  }

  private func fault(_ message: String) -> JSONPart.Fault {
    JSONPart.Fault(line: line, column: at - lineStart + 1, message: message)
  }

  private mutating func skipBlanks() {
    while at < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[at]) {
      if bytes[at] == 0x0A { (line, lineStart) = (line + 1, at + 1) }
      at += 1
    }
  }

  private mutating func take(_ letter: Character) -> Bool {
    skipBlanks()
    guard at < bytes.count, bytes[at] == letter.asciiValue else { return false }
    at += 1
    return true
  }

  mutating func end() throws(JSONPart.Fault) {
    skipBlanks()
    if at < bytes.count { throw fault("something follows the end") }
  }

  mutating func part(depth: Int) throws(JSONPart.Fault) -> JSONPart {
    guard depth < Self.deepest else { throw fault("too many levels") }
    skipBlanks()
    let (line, column) = (line, at - lineStart + 1)
    guard at < bytes.count else { throw fault("it ends too early") }
    switch bytes[at] {
    case UInt8(ascii: "{"): return JSONPart(.object(try entries(depth)), line: line, column: column)
    case UInt8(ascii: "["): return JSONPart(.array(try items(depth)), line: line, column: column)
    case UInt8(ascii: "\""): return JSONPart(.scalar(try string()), line: line, column: column)
    default: return JSONPart(.scalar(try word()), line: line, column: column)
    }
  }

  private mutating func entries(_ depth: Int) throws(JSONPart.Fault) -> [(key: String, value: JSONPart)] {
    at += 1
    var entries: [(key: String, value: JSONPart)] = []
    if take("}") { return entries }
    repeat {
      skipBlanks()
      guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else {
        throw fault("a key in quotes is wanted")
      }
      let key = try string()
      guard take(":") else { throw fault("a colon is wanted after a key") }
      entries.append((key, try part(depth: depth + 1)))
    } while take(",")
    guard take("}") else { throw fault("a comma or } is wanted") }
    return entries
  }

  private mutating func items(_ depth: Int) throws(JSONPart.Fault) -> [JSONPart] {
    at += 1
    var items: [JSONPart] = []
    if take("]") { return items }
    repeat { items.append(try part(depth: depth + 1)) } while take(",")
    guard take("]") else { throw fault("a comma or ] is wanted") }
    return items
  }

  /// Prices and stamps hold no escapes; a string that does is kept as it is written.
  private mutating func string() throws(JSONPart.Fault) -> String {
    at += 1
    let start = at
    while at < bytes.count, bytes[at] != UInt8(ascii: "\"") {
      if bytes[at] == UInt8(ascii: "\\") { at += 1 }
      if at < bytes.count, bytes[at] == 0x0A { throw fault("a quote is opened and never closed") }
      at += 1
    }
    guard at < bytes.count else { throw fault("a quote is opened and never closed") }
    at += 1
    return String(decoding: bytes[start..<(at - 1)], as: UTF8.self)
  }

  /// A number or one of the three words.
  private mutating func word() throws(JSONPart.Fault) -> String? {
    let start = at
    while at < bytes.count, ![0x20, 0x09, 0x0A, 0x0D, 0x2C, 0x5D, 0x7D].contains(bytes[at]) { at += 1 }
    let text = String(decoding: bytes[start..<at], as: UTF8.self)
    if text == "null" { return nil }
    guard ["true", "false"].contains(text) || text.first.map({ $0.isNumber || $0 == "-" }) == true else {
      at = start
      throw fault("a value is wanted here")
    }
    return text
  }
}
