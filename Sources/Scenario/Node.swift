// A YAML tree that remembers where each part stands. Scalars stay text: each quantity is parsed by its own type.

internal import Yams

/// A part of a document, with its position.
public struct Node: Hashable, Sendable {
  public enum Content: Hashable, Sendable {
    case scalar(String)
    case list([Node])
    case map([Entry])
  }

  public struct Entry: Hashable, Sendable {
    public var key: String
    public var keyAt: Position
    public var value: Node
  }

  public var content: Content
  public var at: Position
  /// The text the node came from, shared by all nodes of a file, for excerpts.
  public var source: Source

  /// The lines of a file.
  public final class Source: Hashable, Sendable {
    public let file: String
    public let lines: [String]

    public init(file: String, text: String) {
      self.file = file
      lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    public static func == (left: Source, right: Source) -> Bool { left === right }
    public func hash(into hasher: inout Hasher) { hasher.combine(file) }

    func line(_ number: Int) -> String? { lines.indices.contains(number - 1) ? lines[number - 1] : nil }
  }

  /// Reads one YAML document.
  public static func parse(_ text: String, file: String) throws -> Node {
    let source = Source(file: file, text: text)
    do {
      guard let root = try Yams.compose(yaml: text) else {
        throw Diagnostic(
          code: "BS-SCN-01", at: Position(file: file, line: 1, column: 1), message: "the file is empty",
          help: "a document with keys is needed")
      }
      return Node(root, source: source)
    } catch let error as YamlError {
      throw Diagnostic(yaml: error, source: source)
    }
  }

  /// An error about this node, with the line it stands in.
  public func diagnostic(_ code: String, _ message: String, help: String = "") -> Diagnostic {
    var width = 1
    if case .scalar(let text) = content { width = max(text.count, 1) }
    return Diagnostic(
      code: code, at: at, message: message, help: help, excerpt: source.line(at.line), width: width)
  }

  private init(_ node: Yams.Node, source: Source) {
    let mark = node.mark
    at = Position(file: source.file, line: mark?.line ?? 1, column: mark?.column ?? 1)
    self.source = source
    switch node {
    case .scalar(let scalar): content = .scalar(scalar.string)
    case .sequence(let sequence): content = .list(sequence.map { Node($0, source: source) })
    case .mapping(let mapping):
      content = .map(
        mapping.map { key, value in
          let keyMark = key.mark
          return Entry(
            key: key.scalar?.string ?? "",
            keyAt: Position(file: source.file, line: keyMark?.line ?? 1, column: keyMark?.column ?? 1),
            value: Node(value, source: source))
        })
    case .alias: content = .scalar("")
    }
  }
}

extension Diagnostic {
  fileprivate init(yaml error: YamlError, source: Node.Source) {
    var position = Position(file: source.file, line: 1, column: 1)
    var message = "\(error)"
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      position = Position(file: source.file, line: mark.line, column: mark.column)
      message = problem
    default: break
    }
    self.init(
      code: "BS-SCN-02", at: position, message: "not valid YAML: \(message)", help: "mend the syntax here",
      excerpt: source.line(position.line))
  }
}
