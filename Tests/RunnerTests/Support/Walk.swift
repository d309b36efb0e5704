// Walks a journal from an entry back to everything that caused it.

import Timeline
import Units

struct Walk {
  let journal: Journal

  init(_ journal: Journal) { self.journal = journal }

  /// Every entry that a cause rests on, itself among them.
  func reach(from cause: Cause) -> Set<Cause> {
    var found: Set<Cause> = []
    var waiting = [cause]
    while let next = waiting.popLast() {
      guard next != .none, found.insert(next).inserted, let entry = journal[next] else { continue }
      waiting += [entry.first, entry.second]
    }
    return found
  }

  /// What kinds of things are among them.
  func kinds(from cause: Cause) -> Set<EntryKind> { Set(reach(from: cause).compactMap { journal[$0]?.kind }) }

  /// The numbers of all entries of a kind.
  func all(_ kind: EntryKind) -> [Cause] {
    journal.entries.indices.filter { journal.entries[$0].kind == kind }.map { Cause(number: UInt32($0 + 1)) }
  }
}
