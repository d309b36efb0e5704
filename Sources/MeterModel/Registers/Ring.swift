// A circular memory: it grows while it fills, so that thousands of young meters are small; once full, the
// newest entry overwrites the oldest.

/// The last `capacity` entries, oldest first.
struct Ring<Entry> {
  let capacity: Int
  private var entries: [Entry] = []
  private var oldest = 0

  init(capacity: Int) { self.capacity = capacity }

  mutating func append(_ entry: Entry) {
    if entries.count < capacity {
      entries.append(entry)
    } else if capacity > 0 {
      entries[oldest] = entry
      oldest = (oldest + 1) % capacity
    }
  }

  var count: Int { entries.count }

  /// By number from 0, the oldest; it must be below `count`.
  subscript(number: Int) -> Entry { entries[(oldest + number) % entries.count] }

  /// Oldest first.
  func forEach(_ body: (Entry) -> Void) {
    for entry in entries[oldest...] { body(entry) }
    for entry in entries[..<oldest] { body(entry) }
  }
}
