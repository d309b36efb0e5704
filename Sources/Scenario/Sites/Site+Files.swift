// A site whose files stand beside the scenario that describes it.

public import Truth

extension SiteDescription {
  /// Reads a site; a file it names is read by `files`. Throws a `Diagnostic`.
  public init(_ node: Node, files: FileLoader) throws {
    do {
      try self.init(node) { name in
        let place = node.first { $0.content == .scalar(name) } ?? node
        return try files.file(place, "the file of the flow").text
      }
    } catch var wrong as Diagnostic {
      // A fault inside a file stands under the name that the scenario wrote.
      if wrong.at.file != node.at.file { wrong.at.file = files.path(of: wrong.at.file) }
      throw wrong
    }
  }
}

extension Node {
  /// The first part, outermost first, for which a test is true.
  fileprivate func first(_ test: (Node) -> Bool) -> Node? {
    if test(self) { return self }
    let parts =
      switch content {
      case .scalar: [Node]()
      case .list(let items): items
      case .map(let entries): entries.map(\.value)
      }
    for part in parts { if let found = part.first(test) { return found } }
    return nil
  }
}
