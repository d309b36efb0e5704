// Parts of a tree by key paths (`expect.0.amount`), for tables and for tools that edit scenarios.

extension Node {
  /// A key path: keys of maps and numbers of list items, from 0, with dots between.
  public struct Path: Hashable, Sendable, CustomStringConvertible {
    public var steps: [String]

    public init(_ text: String) {
      steps = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    }

    public var description: String { steps.joined(separator: ".") }
  }

  /// The part at a path; nothing where the path leads nowhere.
  public subscript(path: Path) -> Node? {
    var node = self
    for step in path.steps {
      guard let next = node.child(step) else { return nil }
      node = next
    }
    return node
  }

  /// This tree with the part at a path exchanged; nothing where the path leads nowhere. The last step may be
  /// a key that its map does not have yet.
  public func replacing(_ path: Path, with part: Node) -> Node? {
    replacing(path.steps[...], with: part)
  }

  /// This tree with each node exchanged by what `change` makes of it, outermost first; an exchanged node is
  /// not looked into.
  public func mapped(_ change: (Node) throws -> Node?) rethrows -> Node {
    if let changed = try change(self) { return changed }
    var node = self
    switch content {
    case .scalar: break
    case .list(let items): node.content = .list(try items.map { try $0.mapped(change) })
    case .map(let entries):
      node.content = .map(
        try entries.map { entry in
          var entry = entry
          entry.value = try entry.value.mapped(change)
          return entry
        })
    }
    return node
  }

  private func child(_ step: String) -> Node? {
    switch content {
    case .scalar: nil
    case .list(let items): Int(step).flatMap { items.indices.contains($0) ? items[$0] : nil }
    case .map(let entries): entries.first { $0.key == step }?.value
    }
  }

  private func replacing(_ steps: ArraySlice<String>, with part: Node) -> Node? {
    guard let step = steps.first else { return part }
    var node = self
    switch content {
    case .scalar: return nil
    case .list(var items):
      guard let index = Int(step), items.indices.contains(index),
        let changed = items[index].replacing(steps.dropFirst(), with: part)
      else { return nil }
      items[index] = changed
      node.content = .list(items)
    case .map(var entries):
      if let index = entries.firstIndex(where: { $0.key == step }) {
        guard let changed = entries[index].value.replacing(steps.dropFirst(), with: part) else { return nil }
        entries[index].value = changed
      } else {
        guard steps.count == 1 else { return nil }
        entries.append(Entry(step, part, keyAt: part.at))
      }
      node.content = .map(entries)
    }
    return node
  }
}
