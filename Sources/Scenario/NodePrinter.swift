// Writes nodes as YAML text in one canonical form, so that a tool can write scenarios and edit them. A file
// in that form prints back to the same text; any other prints to text that reads back to equal nodes.
//
// The form: two blanks a level; `{…}` and `[…]` where they were written so and fit into the line; double
// quotes only where they were written or are needed; several lines of text after `|`.

extension Node {
  /// The canonical text, with a line end at its end.
  public var printed: String {
    var printer = NodePrinter()
    printer.document(self)
    return printer.text
  }
}

struct NodePrinter {
  /// Columns that a line may fill.
  static let width = 110

  private(set) var text = ""

  mutating func document(_ root: Node) {
    switch root.content {
    case .map(let entries) where !entries.isEmpty: block(entries, indentation: 0, firstInline: false)
    case .list(let items) where !items.isEmpty: block(items, indentation: 0)
    default: text += Self.inline(root) + "\n"
    }
    write(root.notes, indentation: 0)
  }

  private mutating func write(_ notes: [String], indentation: Int) {
    for note in notes { text += note.isEmpty ? "\n" : Self.blanks(indentation) + note + "\n" }
  }

  /// Entries of a block map; the first may stand behind a dash already written.
  private mutating func block(_ entries: [Node.Entry], indentation: Int, firstInline: Bool) {
    for (index, entry) in entries.enumerated() {
      if !(firstInline && index == 0) {
        write(entry.notes, indentation: indentation)
        text += Self.blanks(indentation)
      }
      let key = Self.scalar(entry.key, quoted: false, inFlow: false)
      text += key + ":"
      value(entry.value, column: indentation + key.count + 2, indentation: indentation, inList: false)
    }
  }

  private mutating func block(_ items: [Node], indentation: Int) {
    for item in items {
      write(item.notes, indentation: indentation)
      text += Self.blanks(indentation) + "-"
      value(item, column: indentation + 2, indentation: indentation, inList: true)
    }
  }

  /// A value behind `key:` or `-`, up to its line end.
  private mutating func value(_ node: Node, column: Int, indentation: Int, inList: Bool) {
    let inner = indentation + 2
    if case .scalar(let words) = node.content {
      if words.isEmpty, node.style == .plain {
        text += "\n"
      } else if node.style == .literal || words.contains("\n"), Self.canBeLiteral(words) {
        literal(words, indentation: inner)
      } else {
        text += " " + Self.scalar(words, quoted: node.style != .plain, inFlow: false) + "\n"
      }
      return
    }
    let line = Self.inline(node)
    let isEmpty = line == "[]" || line == "{}"
    if isEmpty || (node.style == .flow && Self.canFlow(node) && column + line.count - 1 <= Self.width) {
      text += " " + line + "\n"
      return
    }
    switch node.content {
    case .scalar: break
    case .list(let items):
      text += "\n"
      block(items, indentation: inner)
    case .map(let entries):
      text += inList ? " " : "\n"
      block(entries, indentation: inner, firstInline: inList)
    }
  }

  private mutating func literal(_ words: String, indentation: Int) {
    let lines = words.split(separator: "\n", omittingEmptySubsequences: false)
    let ends = words.hasSuffix("\n")
    text += ends ? " |\n" : " |-\n"
    for line in ends ? lines.dropLast() : lines {
      text += line.isEmpty ? "\n" : Self.blanks(indentation) + line + "\n"
    }
  }

  private static func blanks(_ count: Int) -> String { String(repeating: " ", count: count) }
}

extension NodePrinter {
  /// On one line, in flow form.
  static func inline(_ node: Node) -> String {
    switch node.content {
    case .scalar(let words): scalar(words, quoted: node.style != .plain, inFlow: true)
    case .list(let items): "[" + items.map(inline).joined(separator: ", ") + "]"
    case .map(let entries):
      "{"
        + entries.map { scalar($0.key, quoted: false, inFlow: true) + ": " + inline($0.value) }
        .joined(separator: ", ") + "}"
    }
  }

  /// A scalar on one line; quoted where it would not read back as it is.
  static func scalar(_ words: String, quoted: Bool, inFlow: Bool) -> String {
    guard quoted || !isSafe(words, inFlow: inFlow) else { return words }
    var text = "\""
    for letter in words.unicodeScalars {
      switch letter {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      case "\r": text += "\\r"
      default:
        if letter.value < 0x20 || letter.value == 0x7F || letter == "\u{85}" || letter == "\u{FEFF}"
          || (0x2028...0x2029).contains(letter.value)
        {
          let digits = String(letter.value, radix: 16, uppercase: true)
          text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        } else {
          text.unicodeScalars.append(letter)
        }
      }
    }
    return text + "\""
  }

  /// Whether a map or list can stand in one line: text of several lines is easier to read below.
  private static func canFlow(_ node: Node) -> Bool {
    switch node.content {
    case .scalar(let words): !words.contains("\n")
    case .list(let items): items.allSatisfy { canFlow($0) && $0.notes.isEmpty }
    case .map(let entries): entries.allSatisfy { canFlow($0.value) && $0.notes.isEmpty }
    }
  }

  /// Whether text survives after `|`: no leading blank, nothing but printable letters, at most one line end
  /// at its end.
  private static func canBeLiteral(_ words: String) -> Bool {
    guard let first = words.first(where: { !$0.isNewline }), first != " ", !words.hasPrefix("\n") else {
      return false
    }
    guard !words.hasSuffix("\n\n") else { return false }
    return words.unicodeScalars.allSatisfy {
      $0 == "\n"
        || ($0.value >= 0x20 && $0.value != 0x7F && $0 != "\u{85}" && $0 != "\u{FEFF}"
          && !(0x2028...0x2029).contains($0.value))
    }
  }

  /// Whether a plain scalar reads back as itself (YAML 1.2, section 7.3.3, more strictly than needed).
  private static func isSafe(_ words: String, inFlow: Bool) -> Bool {
    guard let first = words.unicodeScalars.first, let last = words.unicodeScalars.last else { return false }
    let indicators: Set<Unicode.Scalar> = [
      ",", "[", "]", "{", "}", "#", "&", "*", "!", "|", ">", "'", "\"", "%", "@", "`", "?", ":",
    ]
    guard !indicators.contains(first), first != " ", last != " ", last != ":" else { return false }
    guard first != "-" || words.unicodeScalars.dropFirst().first.map({ $0 != " " && $0 != "-" }) == true
    else {
      return false
    }
    guard words != "...", !words.contains(": "), !words.contains(" #") else { return false }
    return words.unicodeScalars.allSatisfy { letter in
      if letter.value < 0x20 || letter.value == 0x7F || letter == "\u{85}" || letter == "\u{FEFF}"
        || (0x2028...0x2029).contains(letter.value)
      {
        return false
      }
      return !inFlow || !",[]{}".unicodeScalars.contains(letter)
    }
  }
}
