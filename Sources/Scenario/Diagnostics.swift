// Several things wrong at once: a person wants to hear of all of them, not of one a run.

/// What is wrong in a file, in the order of its lines.
public struct Diagnostics: Error, Hashable, Sendable, CustomStringConvertible {
  public var list: [Diagnostic]

  public init(_ list: [Diagnostic]) { self.list = list }

  public var description: String { list.map(\.description).joined(separator: "\n") }
}

/// Collects diagnostics while parts of a file are read that do not depend on one another.
struct Collector {
  private(set) var found: [Diagnostic] = []

  /// The result of reading a part; nothing if it was wrong. Errors that are no diagnostics pass through.
  mutating func attempt<Part>(_ body: () throws -> Part) throws -> Part? {
    do {
      return try body()
    } catch let one as Diagnostic {
      found.append(one)
    } catch let several as Diagnostics {
      found += several.list
    }
    return nil
  }

  /// The result of reading a part that may be absent; nothing if it is, or if it was wrong.
  mutating func read<Part>(_ node: Node?, _ body: (Node) throws -> Part) throws -> Part? {
    guard let node else { return nil }
    return try attempt { try body(node) }
  }

  mutating func add(_ one: Diagnostic) { found.append(one) }

  /// Throws what was found, if anything was.
  func finish() throws {
    guard found.isEmpty else { throw Diagnostics(sorted) }
  }

  /// What was found, each once, in the order of the files' lines.
  var sorted: [Diagnostic] {
    var seen: Set<Diagnostic> = []
    return found.filter { seen.insert($0).inserted }.enumerated().sorted { left, right in
      let (one, other) = (left.element.at, right.element.at)
      return (one.line, one.column, left.offset) < (other.line, other.column, right.offset)
    }.map(\.element)
  }
}
