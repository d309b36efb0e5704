// Comments. A YAML parser drops them; a file that a person wrote should not lose them when a tool writes it
// back. Kept are whole-line comments and blank lines above an entry or item of a block, and those at the end
// of the file.

extension Node {
  /// Finds the notes of every block entry and item below this root.
  mutating func collectNotes() {
    attachNotes()
    let lines = source.lines.last == "" ? source.lines.dropLast() : source.lines[...]
    notes = Self.notes(above: lines.count + 1, indentation: 0, in: source).filter { !$0.isEmpty }
  }

  private mutating func attachNotes() {
    switch content {
    case .scalar: break
    case .list(var items):
      for index in items.indices {
        items[index].attachNotes()
        guard style == .block else { continue }
        // The dash stands where the list begins; its item may begin on the same line only.
        items[index].notes = Self.notes(
          above: items[index].at.line, indentation: at.column - 1, in: source)
      }
      content = .list(items)
    case .map(var entries):
      for index in entries.indices {
        entries[index].value.attachNotes()
        guard style == .block else { continue }
        let place = entries[index].keyAt
        entries[index].notes = Self.notes(above: place.line, indentation: place.column - 1, in: source)
      }
      content = .map(entries)
    }
  }

  /// Comment and blank lines right above a line, none of them further in than the line itself: deeper ones
  /// may be the text of a scalar.
  private static func notes(above line: Int, indentation: Int, in source: Source) -> [String] {
    var found: [String] = []
    var number = line - 1
    while number >= 1, let text = source.line(number) {
      let rest = text.drop { $0 == " " }
      if !rest.isEmpty {
        guard rest.first == "#", text.count - rest.count <= indentation else { break }
      }
      found.append(String(rest))
      number -= 1
    }
    return found.reversed()
  }
}
