// Reads YAML text into nodes. What a scenario needs no part of is refused, so that one thing has one form:
// anchors, aliases and tags (no templating), and files that are too big or too deep to be written by anybody.

internal import Yams

extension Node {
  /// Bytes that a file may have: our limit.
  public static let largestFile = 1_000_000
  /// Brackets or dashes within one another: our limit.
  public static let deepest = 60

  /// Reads one YAML document.
  public static func parse(_ text: String, file: String) throws -> Node {
    let source = Source(file: file, text: text)
    let start = Position(file: file, line: 1, column: 1)
    guard text.utf8.count <= largestFile else {
      throw Diagnostic(
        code: "BS-SCN-16", at: start, message: "the file has more than \(largestFile) bytes",
        help: "put data into CSV files beside it")
    }
    try refuseDepth(source)
    do {
      guard let root = try Yams.compose(yaml: text) else {
        throw Diagnostic(
          code: "BS-SCN-01", at: start, message: "the file is empty", help: "a document with keys is needed")
      }
      var node = try Node(root, source: source)
      node.collectNotes()
      return node
    } catch let error as YamlError {
      throw Diagnostic(yaml: error, source: source)
    }
  }

  private init(_ node: Yams.Node, source: Source) throws {
    let at = Position(node.mark, in: source)
    let first = source.line(at.line)?.dropFirst(at.column - 1).first
    switch first {
    case "&", "*":
      throw Diagnostic(
        code: "BS-SCN-17", at: at, message: "anchors and aliases are not used here",
        help: "write the value out, or quote it", excerpt: source.line(at.line))
    case "!":
      throw Diagnostic(
        code: "BS-SCN-17", at: at, message: "tags are not used here", help: "leave it out, or quote it",
        excerpt: source.line(at.line))
    default: break
    }
    switch node {
    case .scalar(let scalar):
      let style = Style(ofScalar: scalar.string, at: source.line(at.line)?.dropFirst(at.column - 1) ?? "")
      self.init(.scalar(scalar.string), style: style, at: at, source: source)
    case .sequence(let sequence):
      self.init(
        .list(try sequence.map { try Node($0, source: source) }), style: first == "[" ? .flow : .block,
        at: at,
        source: source)
    case .mapping(let mapping):
      let entries = try mapping.map { key, value in
        let keyAt = Position(key.mark, in: source)
        guard let name = key.scalar?.string else {
          throw Diagnostic(
            code: "BS-SCN-18", at: keyAt, message: "a key is plain text", excerpt: source.line(keyAt.line))
        }
        return Entry(name, try Node(value, source: source), keyAt: keyAt)
      }
      self.init(.map(entries), style: first == "{" ? .flow : .block, at: at, source: source)
    case .alias:
      throw Diagnostic(code: "BS-SCN-17", at: at, message: "anchors and aliases are not used here")
    }
  }

  /// A document nested without end would exhaust the stack of the parser.
  private static func refuseDepth(_ source: Source) throws {
    var open = 0
    for (index, line) in source.lines.enumerated() {
      let lead = line.prefix { $0 == "-" || $0 == "?" || $0 == ":" || $0 == " " }
      var deepestHere = lead.filter { $0 != " " }.count
      for byte in line.utf8 {
        if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") { open += 1 }
        if byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") { open = max(open - 1, 0) }
        deepestHere = max(deepestHere, open)
      }
      guard deepestHere <= deepest, lead.count <= 2 * deepest else {
        throw Diagnostic(
          code: "BS-SCN-19", at: Position(file: source.file, line: index + 1, column: 1),
          message: "more than \(deepest) levels within one another")
      }
    }
  }
}

extension Node.Style {
  /// By how the scalar begins in the file. Nothing at all is plain, whatever stands behind it.
  fileprivate init(ofScalar text: String, at rest: Substring) {
    switch rest.first {
    case "\"", "'":
      let isEmptyQuotes = rest.hasPrefix("\"\"") || rest.hasPrefix("''")
      self = text.isEmpty && !isEmptyQuotes ? .plain : .quoted
    case "|", ">": self = text.isEmpty ? .plain : .literal
    default: self = .plain
    }
  }
}

extension Position {
  /// libyaml counts columns in Unicode scalars; people and editors count characters.
  fileprivate init(_ mark: Mark?, in source: Node.Source) {
    let line = max(mark?.line ?? 1, 1)
    let scalars = max((mark?.column ?? 1) - 1, 0)
    let text = source.line(line) ?? ""
    let before = String(String.UnicodeScalarView(text.unicodeScalars.prefix(scalars)))
    self.init(file: source.file, line: line, column: before.count + 1)
  }
}

extension Diagnostic {
  fileprivate init(yaml error: YamlError, source: Node.Source) {
    var position = Position(file: source.file, line: 1, column: 1)
    var (code, message, help) = ("BS-SCN-02", "not valid YAML", "mend the syntax here")
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      position = Position(mark, in: source)
      message = "not valid YAML: \(problem)"
      if problem.contains("alias") {
        (code, message) = ("BS-SCN-17", "anchors and aliases are not used here")
        help = "write the value out, or quote it"
      }
    case .duplicatedKeysInMapping(let names, let context):
      let name = names.first ?? ""
      let first = Position(context.mark, in: source)
      position = source.second(name, after: first)
      code = "BS-SCN-04"
      message = "the key '\(name)' stands twice in this map"
      help = "the first is in line \(first.line); remove one"
    case .reader(let problem, let offset, _, _):
      message = "not valid text: \(problem)"
      help = "the file must be UTF-8 without control characters"
      position.line = source.line(atByte: offset ?? 0)
    default: message = "not valid YAML: \(error)"
    }
    self.init(
      code: code, at: position, message: message, help: help, excerpt: source.line(position.line))
  }
}

extension Node.Source {
  /// Where a key stands again in the same column; the first place where it cannot be found.
  fileprivate func second(_ key: String, after first: Position) -> Position {
    for number in lines.indices.map({ $0 + 1 }) where number > first.line {
      let rest = (line(number) ?? "").dropFirst(first.column - 1)
      guard (line(number) ?? "").prefix(first.column - 1).allSatisfy({ $0 == " " || $0 == "-" }) else {
        continue
      }
      if rest.hasPrefix(key + ":") { return Position(file: file, line: number, column: first.column) }
    }
    return first
  }

  fileprivate func line(atByte offset: Int) -> Int {
    var passed = 0
    for (index, line) in lines.enumerated() {
      passed += line.utf8.count + 1
      if offset < passed { return index + 1 }
    }
    return max(lines.count, 1)
  }
}
