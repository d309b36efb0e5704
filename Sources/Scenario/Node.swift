// A tree of text that remembers where each part stands. Scalars stay text: each quantity is parsed by its own
// type. The form is YAML 1.2 without anchors, tags and several documents (see Node+YAML.swift for what is
// refused).

/// A part of a document, with its position and the way it was written. Two nodes are equal when they say the
/// same.
public struct Node: Sendable {
  public enum Content: Hashable, Sendable {
    case scalar(String)
    case list([Node])
    case map([Entry])
  }

  /// How it was written; kept so that a file prints back as it was.
  public enum Style: Hashable, Sendable {
    /// A scalar without quotes.
    case plain
    /// A scalar in quotes.
    case quoted
    /// A scalar of several lines after `|`.
    case literal
    /// `{…}` or `[…]`.
    case flow
    /// One entry or item a line.
    case block
  }

  public struct Entry: Hashable, Sendable {
    public var key: String
    public var keyAt: Position
    public var value: Node
    /// Comment lines (with their `#`) and blank lines (empty) that stand above it.
    public var notes: [String]

    public init(_ key: String, _ value: Node, keyAt: Position = .nowhere, notes: [String] = []) {
      (self.key, self.value, self.keyAt, self.notes) = (key, value, keyAt, notes)
    }

    public static func == (left: Entry, right: Entry) -> Bool {
      left.key == right.key && left.value == right.value
    }

    public func hash(into hasher: inout Hasher) {
      hasher.combine(key)
      hasher.combine(value)
    }
  }

  public var content: Content
  public var at: Position
  public var style: Style
  /// For an item of a block list: comment and blank lines above it. For a root: those after everything.
  public var notes: [String]
  /// The text the node came from, shared by all nodes of a file, for excerpts.
  public var source: Source

  public init(
    _ content: Content, style: Style, at: Position = .nowhere, notes: [String] = [], source: Source = .none
  ) {
    (self.content, self.style, self.at) = (content, style, at)
    (self.notes, self.source) = (notes, source)
  }

  /// The lines of a file.
  public final class Source: Sendable {
    public let file: String
    public let lines: [String]

    public init(file: String, text: String) {
      self.file = file
      lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
    }

    /// A text whose lines are split already.
    init(file: String, lines: [String]) { (self.file, self.lines) = (file, lines) }

    /// Of nodes that were made, not read.
    public static let none = Source(file: "", text: "")

    public func line(_ number: Int) -> String? {
      lines.indices.contains(number - 1) ? lines[number - 1] : nil
    }
  }
}

extension Node: Hashable {
  public static func == (left: Node, right: Node) -> Bool { left.content == right.content }
  public func hash(into hasher: inout Hasher) { hasher.combine(content) }
}

extension Node {
  /// A scalar that was made, not read.
  public static func scalar(_ text: String) -> Node { Node(.scalar(text), style: .plain) }

  /// A list that was made, in `[…]` unless it does not fit.
  public static func list(_ items: [Node]) -> Node { Node(.list(items), style: .flow) }

  /// A map that was made, in `{…}` unless it does not fit.
  public static func map(_ entries: [Entry]) -> Node { Node(.map(entries), style: .flow) }

  /// An error about this node, with the line it stands in.
  public func diagnostic(_ code: String, _ message: String, help: String = "") -> Diagnostic {
    Diagnostic(code: code, at: at, message: message, help: help, excerpt: source.line(at.line), width: width)
  }

  /// How much of the line to underline: a scalar with its quotes, else the opening character.
  private var width: Int {
    guard case .scalar(let text) = content, style != .literal else { return 1 }
    let room = (source.line(at.line)?.count ?? 0) - at.column + 1
    return max(min(text.count + (style == .quoted ? 2 : 0), room), 1)
  }
}
