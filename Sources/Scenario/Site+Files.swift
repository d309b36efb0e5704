// A site whose files stand beside the scenario that names them.

public import Truth

extension SiteDescription {
  /// Reads a site; the files it names are found beside the scenario.
  public init(_ node: Node, files: FileLoader) throws {
    do {
      try self.init(node) { name in
        try files.file(node.scalar(name) ?? node, "the flow").text
      }
    } catch var wrong as Diagnostic {
      // A fault inside a named file stands at the name that the scenario wrote.
      if wrong.at.file != node.at.file { wrong.at.file = files.path(of: wrong.at.file) }
      throw wrong
    }
  }
}

extension Node {
  /// The first scalar with this text, at or under the node.
  fileprivate func scalar(_ text: String) -> Node? {
    switch content {
    case .scalar(let own): own == text ? self : nil
    case .list(let items): items.lazy.compactMap { $0.scalar(text) }.first
    case .map(let entries): entries.lazy.compactMap { $0.value.scalar(text) }.first
    }
  }
}
