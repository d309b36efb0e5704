// JSON (RFC 8259) as nodes with their places. Numbers stay text, so that no price passes through floating
// point; a whole answer in one line, as services send it, is read in one pass.

extension Node {
  /// Reads one JSON text. `what` names it in errors ("JSON of unit rates"), under a code of its reader.
  public static func parse(json text: String, file: String, as what: String, code: String) throws -> Node {
    try JSONReader.read(text, file: file, as: what, code: code)
  }

  /// `null`, or nothing at all.
  public var isNull: Bool {
    if case .scalar(let text) = content { return style == .plain && ["null", "", "~"].contains(text) }
    return false
  }
}

/// Reads one JSON text.
struct JSONReader {
  private let bytes: [UInt8]
  private let source: Node.Source
  private let what: String
  private let code: String
  private var at = 0
  private var line = 1
  /// Characters of the line before `counted`, and the byte up to which they are counted.
  private var column = 0
  private var counted = 0
  /// Brackets within one another: our limit.
  private static let deepest = 60

  static func read(_ text: String, file: String, as what: String, code: String) throws -> Node {
    var reader = JSONReader(text, file: file, as: what, code: code)
    reader.skipBlanks()
    let root = try reader.value(depth: 0)
    reader.skipBlanks()
    guard reader.next == nil else { throw reader.fault("the text goes on after its end") }
    return root
  }

  private init(_ text: String, file: String, as what: String, code: String) {
    (self.what, self.code) = (what, code)
    bytes = Array(text.utf8)
    // Whole answers come in one long line: bytes are split faster than characters.
    source = Node.Source(
      file: file,
      lines: bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map {
        String(decoding: $0, as: UTF8.self)
      })
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { (at, counted) = (3, 3) }
  }

  private var next: UInt8? { at < bytes.count ? bytes[at] : nil }

  // MARK: Places

  private mutating func position() -> Position {
    while counted < at {
      // A byte that continues a character counts for none.
      if bytes[counted] & 0xC0 != 0x80 { column += 1 }
      counted += 1
    }
    return Position(file: source.file, line: line, column: column + 1)
  }

  private mutating func fault(_ message: String) -> Diagnostic {
    Diagnostic(
      code: code, at: position(), message: "this is no \(what): \(message)",
      excerpt: source.line(line))
  }

  private mutating func skipBlanks() {
    while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D {
      at += 1
      if byte == 0x0A { (line, column, counted) = (line + 1, 0, at) }
    }
  }

  // MARK: Values

  private mutating func value(depth: Int) throws -> Node {
    guard depth < Self.deepest else { throw fault("more than \(Self.deepest) levels within one another") }
    let place = position()
    switch next {
    case UInt8(ascii: "{"): return try object(place, depth)
    case UInt8(ascii: "["): return try list(place, depth)
    case UInt8(ascii: "\""): return node(.scalar(try string()), .quoted, place)
    default: return node(.scalar(try word()), .plain, place)
    }
  }

  private func node(_ content: Node.Content, _ style: Node.Style, _ place: Position) -> Node {
    Node(content, style: style, at: place, source: source)
  }

  private mutating func object(_ place: Position, _ depth: Int) throws -> Node {
    var entries: [Node.Entry] = []
    try items(until: UInt8(ascii: "}")) { reader in
      let keyAt = reader.position()
      guard reader.next == UInt8(ascii: "\"") else { throw reader.fault("a key in quotes is wanted here") }
      let key = try reader.string()
      reader.skipBlanks()
      guard reader.next == UInt8(ascii: ":") else { throw reader.fault("a colon is wanted after a key") }
      reader.at += 1
      reader.skipBlanks()
      entries.append(Node.Entry(key, try reader.value(depth: depth + 1), keyAt: keyAt))
    }
    return node(.map(entries), .flow, place)
  }

  private mutating func list(_ place: Position, _ depth: Int) throws -> Node {
    var list: [Node] = []
    try items(until: UInt8(ascii: "]")) { reader in list.append(try reader.value(depth: depth + 1)) }
    return node(.list(list), .flow, place)
  }

  /// What stands between brackets, with commas between.
  private mutating func items(until end: UInt8, _ item: (inout JSONReader) throws -> Void) throws {
    at += 1
    skipBlanks()
    if next == end {
      at += 1
      return
    }
    while true {
      try item(&self)
      skipBlanks()
      guard next == UInt8(ascii: ",") else { break }
      at += 1
      skipBlanks()
    }
    guard next == end else {
      throw fault(
        next == nil ? "the text ends here: it is torn" : "a comma or the end of this is wanted here")
    }
    at += 1
  }

  /// A number, true, false or null, as written.
  private mutating func word() throws -> String {
    let start = at
    while let byte = next, Self.isWordByte(byte) { at += 1 }
    let text = String(decoding: bytes[start..<at], as: UTF8.self)
    let isNumber = text.first?.isNumber == true || text.first == "-"
    guard isNumber || ["true", "false", "null"].contains(text) else {
      at = start
      throw fault(next == nil ? "the text ends here: it is torn" : "a value is wanted here")
    }
    return text
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      || "+-.".utf8.contains(byte)
  }

  // MARK: Strings

  private mutating func string() throws -> String {
    at += 1
    var text: [UInt8] = []
    while let byte = next, byte >= 0x20 {
      at += 1
      if byte == UInt8(ascii: "\"") { return String(decoding: text, as: UTF8.self) }
      if byte == UInt8(ascii: "\\") { text += try escape() } else { text.append(byte) }
    }
    throw fault(next == nil ? "the text ends inside a string: it is torn" : "a string ends in its own line")
  }

  private mutating func escape() throws -> [UInt8] {
    guard let byte = next else { throw fault("the text ends inside a string: it is torn") }
    at += 1
    switch byte {
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "u"):
      let first = try unit()
      var units = [first]
      if (0xD800..<0xDC00).contains(first), bytes[at...].starts(with: "\\u".utf8) {
        at += 2
        units.append(try unit())
      }
      return Array(String(decoding: units, as: UTF16.self).utf8)
    default:
      at -= 1
      throw fault("no such escape")
    }
  }

  private mutating func unit() throws -> UInt16 {
    let digits = bytes[at...].prefix(4)
    guard digits.count == 4, let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16) else {
      throw fault("four hexadecimal digits are wanted here")
    }
    at += 4
    return unit
  }
}
