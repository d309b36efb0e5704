// Only the lines that differ, with their numbers; spaces at a line's end and control characters made visible.

/// The difference between two texts, as a list of lines taken away (`-`) and added (`+`).
public struct LineDifference: CustomStringConvertible, Sendable {
  /// Lines shown before the rest is only counted.
  private static let mostShown = 40

  private let lines: [String]

  public init(from old: String, to new: String) {
    // Compared as bytes: Swift's own equality takes composed and decomposed letters, for one, as the same.
    let before = Self.split(old)
    let after = Self.split(new)
    var removed: Set<Int> = []
    var inserted: Set<Int> = []
    for change in after.difference(from: before) {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    var lines: [String] = []
    var (place, newPlace) = (0, 0)
    while place < before.count || newPlace < after.count {
      if removed.contains(place) {
        lines.append("- \(place + 1): \(Self.visible(before[place]))")
        place += 1
      } else if inserted.contains(newPlace) {
        lines.append("+ \(newPlace + 1): \(Self.visible(after[newPlace]))")
        newPlace += 1
      } else {
        (place, newPlace) = (place + 1, newPlace + 1)
      }
    }
    self.lines = lines
  }

  public var isEmpty: Bool { lines.isEmpty }

  public var description: String {
    let more = lines.count - Self.mostShown
    let shown = lines.prefix(Self.mostShown).joined(separator: "\n")
    return more > 0 ? shown + "\n  and \(more) more lines" : shown
  }

  private static func split(_ text: String) -> [[UInt8]] {
    text.utf8.split(separator: 10, omittingEmptySubsequences: false).map(Array.init)
  }

  private static func visible(_ line: [UInt8]) -> String {
    var shown = ""
    for scalar in String(decoding: line, as: UTF8.self).unicodeScalars {
      shown += scalar.value < 32 ? scalar.escaped(asASCII: false) : String(scalar)
    }
    let ending = shown.reversed().prefix { $0 == " " }.count
    return String(shown.dropLast(ending)) + String(repeating: "·", count: ending)
  }
}
