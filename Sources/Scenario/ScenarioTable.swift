// A `table:` of rows makes one story many. A row has a stable `id` and columns; a column stands for a
// placeholder (`$name` as a whole scalar) or, where there is none, for the value at a key path
// (`expect.0.amount`). Nothing else is substituted: a scenario is data, not a template. What a row puts in
// keeps its place, so errors point to the row.

/// The stories of one file.
struct ScenarioTable {
  /// One story: its row, if the file has a table, and the tree with the row put in.
  struct Story {
    var row: String?
    /// The row's own title, if it has one.
    var rowTitle: String?
    var node: Node
  }

  static func stories(of root: Node) throws -> [Story] {
    guard case .map(var entries) = root.content,
      let index = entries.firstIndex(where: { $0.key == "table" })
    else {
      try refusePlaceholders(in: root, known: [])
      return [Story(row: nil, rowTitle: nil, node: root)]
    }
    let table = entries.remove(at: index).value
    var base = root
    base.content = .map(entries)
    let rows = try table.list("the table")
    guard !rows.isEmpty else {
      throw table.diagnostic(
        "BS-SCN-34", "the table has no rows", help: "write rows with an `id`, or leave it out")
    }
    let placeholders = placeholders(in: base)
    var ids: Set<String> = []
    var stories: [Story] = []
    var problems = Collector()
    for row in rows {
      let story = try problems.attempt { try Self.story(row, of: base, placeholders: placeholders) }
      guard let story, let id = story.row else { continue }
      guard ids.insert(id).inserted else {
        problems.add(row.diagnostic("BS-SCN-34", "a row '\(id)' stands above already", help: "rename one"))
        continue
      }
      stories.append(story)
    }
    try problems.finish()
    return stories
  }

  private static func story(_ row: Node, of base: Node, placeholders: Set<String>) throws -> Story {
    var fields = try Fields(row, of: "a row of the table")
    let id = try fields.required("id").identifier("the row's id")
    let title = try fields.optional("title")?.text("the row's title")
    guard case .map(let entries) = row.content else { return Story(row: id, rowTitle: title, node: base) }
    let columns = entries.filter { $0.key != "id" && $0.key != "title" }
    let values = Dictionary(columns.map { ($0.key, $0.value) }) { first, _ in first }
    var node = try base.mapped { part in
      guard let name = part.placeholder else { return nil }
      guard let value = values[name] else {
        throw part.diagnostic(
          "BS-SCN-36", "the row '\(id)' has no column '\(name)'",
          help: "add `\(name): …` at line \(row.at.line)")
      }
      return value
    }
    for column in columns where !placeholders.contains(column.key) {
      // A path may end in a key that its map does not have yet; a plain name must be there.
      let path = Node.Path(column.key)
      guard base[path] != nil || path.steps.count > 1, let changed = node.replacing(path, with: column.value)
      else {
        let near = Spelling.nearest(to: column.key, among: placeholders).map { "did you mean '\($0)'?" }
        throw Diagnostic(
          code: "BS-SCN-35", at: column.keyAt, message: "the column '\(column.key)' is used nowhere",
          help: near
            ?? "write $\(column.key) where it belongs, or name it by a key path such as expect.0.amount",
          excerpt: row.source.line(column.keyAt.line), width: column.key.count)
      }
      node = changed
    }
    return Story(row: id, rowTitle: title, node: node)
  }

  private static func placeholders(in node: Node) -> Set<String> {
    var found: Set<String> = []
    _ = node.mapped { part in
      if let name = part.placeholder { found.insert(name) }
      return nil
    }
    return found
  }

  private static func refusePlaceholders(in root: Node, known: Set<String>) throws {
    _ = try root.mapped { part in
      guard let name = part.placeholder else { return nil }
      throw part.diagnostic(
        "BS-SCN-36", "'$\(name)' stands for a column, but there is no table",
        help: "add a `table:` of rows, each with an `id` and `\(name)`")
    }
  }
}

extension Node {
  /// `name` of a scalar that is exactly `$name`.
  fileprivate var placeholder: String? {
    guard case .scalar(let text) = content, text.first == "$", text.count > 1 else { return nil }
    let name = text.dropFirst()
    guard name.first?.isLetter == true else { return nil }
    return name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
      ? String(name) : nil
  }

  /// A stable name: small letters, digits, dots and single dashes between them.
  func identifier(_ what: String) throws -> String {
    let text = try text(what)
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    let isFine = parts.allSatisfy { part in
      part.first.map({ $0 != "." }) ?? false
        && part.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == ".") }
    }
    guard isFine else {
      throw diagnostic(
        "BS-SCN-40", "\(what) cannot be '\(text)'",
        help: "use small letters, digits and single dashes: autumn-50")
    }
    return text
  }
}
