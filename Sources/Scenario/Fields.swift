// The closed schema: a map is read field by field, and what nobody asked for is an error with a "did you
// mean".

/// The fields of one map node. Ask for each, then call `finish`.
public struct Fields {
  public let node: Node
  private let entries: [Node.Entry]
  private var known: [String] = []

  /// `what` names the thing in errors: "a meter", "the agreement".
  public init(_ node: Node, of what: String) throws {
    guard case .map(let entries) = node.content else {
      throw node.diagnostic("BS-SCN-03", "\(what) must be a map of keys", help: "write `key: value` pairs")
    }
    var seen: Set<String> = []
    for entry in entries where !seen.insert(entry.key).inserted {
      throw Self.diagnostic(
        "BS-SCN-04", entry, in: node, "the key '\(entry.key)' stands twice", help: "remove one")
    }
    self.node = node
    self.entries = entries
  }

  public mutating func optional(_ key: String) -> Node? {
    known.append(key)
    return entries.first { $0.key == key }?.value
  }

  public mutating func required(_ key: String) throws -> Node {
    if let found = optional(key) { return found }
    throw node.diagnostic("BS-SCN-05", "the key '\(key)' is missing here", help: "add `\(key): …`")
  }

  /// Which of some keys are present, for maps whose first key says what they are.
  public func has(_ key: String) -> Bool { entries.contains { $0.key == key } }

  public var keys: [String] { entries.map(\.key) }

  /// Refuses every key nobody asked for.
  public func finish() throws {
    for entry in entries where !known.contains(entry.key) {
      let near = Spelling.nearest(to: entry.key, among: known)
      let help =
        near.map { "did you mean '\($0)'?" } ?? "known here: \(known.sorted().joined(separator: ", "))"
      throw Self.diagnostic("BS-SCN-06", entry, in: node, "unknown key '\(entry.key)'", help: help)
    }
  }

  private static func diagnostic(
    _ code: String, _ entry: Node.Entry, in node: Node, _ message: String, help: String
  ) -> Diagnostic {
    Diagnostic(
      code: code, at: entry.keyAt, message: message, help: help, excerpt: node.source.line(entry.keyAt.line),
      width: max(entry.key.count, 1))
  }
}

extension Node {
  /// The text of a scalar, or an error that says what was wanted ("an MPAN").
  public func text(_ what: String) throws -> String {
    guard case .scalar(let text) = content else {
      throw diagnostic("BS-SCN-07", "\(what) is wanted here, as plain text")
    }
    return text
  }

  public func list(_ what: String) throws -> [Node] {
    guard case .list(let items) = content else {
      throw diagnostic(
        "BS-SCN-08", "\(what) must be a list", help: "write `[a, b]` or lines that begin with `-`")
    }
    return items
  }

  public func whole(_ what: String, in range: ClosedRange<Int64>) throws -> Int64 {
    let text = try text(what)
    guard let value = Int64(text) else {
      throw diagnostic("BS-SCN-09", "\(what) must be a whole number, not '\(text)'")
    }
    guard range.contains(value) else {
      throw diagnostic("BS-SCN-10", "\(what) must be \(range.lowerBound)…\(range.upperBound), not \(value)")
    }
    return value
  }

  public func flag(_ what: String) throws -> Bool {
    switch try text(what) {
    case "true": return true
    case "false": return false
    case let other: throw diagnostic("BS-SCN-11", "\(what) must be true or false, not '\(other)'")
    }
  }

  /// One of a closed set of words, given by an enumeration with text values.
  public func word<Choice>(_ what: String, _ type: Choice.Type = Choice.self) throws -> Choice
  where Choice: RawRepresentable & CaseIterable, Choice.RawValue == String {
    let text = try word(among: Choice.allCases.map(\.rawValue), what)
    guard let choice = Choice(rawValue: text) else {
      throw diagnostic("BS-SCN-12", "'\(text)' is no \(what)")
    }
    return choice
  }

  /// One word of a closed set.
  public func word(among known: [String], _ what: String = "word known here") throws -> String {
    let text = try text(what)
    if known.contains(text) { return text }
    let near = Spelling.nearest(to: text, among: known).map { "did you mean '\($0)'?" }
    throw diagnostic(
      "BS-SCN-12", "'\(text)' is no \(what)", help: near ?? "one of: \(known.joined(separator: ", "))")
  }
}
