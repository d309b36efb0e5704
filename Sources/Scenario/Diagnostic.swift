// One clear line for a person, with a stable code for a machine: where, what, what to do.

/// A place in a text file, 1-based.
public struct Position: Hashable, Sendable {
  public var file: String
  public var line: Int
  public var column: Int

  public init(file: String, line: Int, column: Int) {
    (self.file, self.line, self.column) = (file, line, column)
  }

  /// For parts that were made, not read from a file.
  public static let nowhere = Position(file: "", line: 0, column: 0)
}

/// Something wrong in a file somebody wrote. The code is an API: `BS-SCN-…`, never renamed or reused.
public struct Diagnostic: Error, Hashable, Sendable, CustomStringConvertible {
  public var code: String
  public var at: Position
  public var message: String
  /// What to do about it; may be empty.
  public var help: String
  /// The line of the file, and the width of the part to underline.
  public var excerpt: String?
  public var width: Int

  public init(
    code: String, at: Position, message: String, help: String = "", excerpt: String? = nil, width: Int = 1
  ) {
    (self.code, self.at, self.message, self.help) = (code, at, message, help)
    (self.excerpt, self.width) = (excerpt, width)
  }

  public var description: String {
    // What was typed on a command line has no place in a file.
    var text = at == .nowhere ? message : "\(at.file):\(at.line):\(at.column): \(message)"
    if !help.isEmpty { text += "; \(help)" }
    text += " [\(code)]"
    guard let excerpt else { return text }
    let pad = String(repeating: " ", count: max(at.column - 1, 0))
    return text + "\n  | \(excerpt)\n  | \(pad)\(String(repeating: "^", count: max(width, 1)))"
  }
}
