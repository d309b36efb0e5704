// The rows of a story that something rests on: from an entry of the journal back to the commands that began
// it.

internal import Timeline
internal import Units

struct CitedRows {
  private let journal: Journal

  init(_ journal: Journal) { self.journal = journal }

  /// " (rows 1, 4 of the timeline)": what a decision or a line rests on; empty where it rests on nothing.
  func words(_ causes: [Cause]) -> String {
    let rows = rows(causes)
    guard !rows.isEmpty else { return "" }
    let list = rows.prefix(6).map { "\($0)" }.joined(separator: ", ") + (rows.count > 6 ? " …" : "")
    return " (\(rows.count == 1 ? "row" : "rows") \(list) of the timeline)"
  }

  /// Their numbers, from 1.
  private func rows(_ causes: [Cause]) -> [Int64] {
    var rows: Set<Int64> = []
    var seen: Set<Cause> = []
    var waiting = causes
    while let next = waiting.popLast() {
      guard seen.insert(next).inserted, let entry = journal[next] else { continue }
      if entry.kind == .command { rows.insert(entry.value + 1) }
      waiting += [entry.first, entry.second]
    }
    return rows.sorted()
  }
}
