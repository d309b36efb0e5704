// How suppliers' files say that a half-hour was measured, estimated or is missing (D0036 says A and E).

internal import Truth
internal import Units

enum QualityWord {
  private static let known: [String: Quality] = [
    "a": .actual, "act": .actual, "actual": .actual, "actual read": .actual, "measured": .actual,
    "real": .actual, "true": .actual, "e": .estimated, "est": .estimated, "estimate": .estimated,
    "estimated": .estimated, "estimated read": .estimated, "m": .missing, "missing": .missing,
  ]

  /// Reads a column of quality words; an empty cell says nothing against a value.
  static func read(_ column: Int, of rows: [[CSVTable.Cell]], _ source: CSVSource) throws -> [Quality] {
    var faults = RowFaults()
    let words = rows.map { row -> Quality in
      let cell = row[column]
      let word = cell.text.trimmed.lowercased()
      if word.isEmpty { return .actual }
      if let quality = known[word] { return quality }
      faults.add(
        source.fault(
          "BS-IMP-25", cell, "'\(cell.text)' says neither measured, estimated nor missing",
          help: "known: A or actual, E or estimated, M or missing; --map quality=none leaves the column out"))
      return .missing
    }
    try faults.finish()
    return words
  }
}
