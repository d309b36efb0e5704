// "Did you mean": slips of the pen are one letter too many, too few, another, or two changed about.

/// The nearest known word, if it is near enough.
public enum Spelling {
  /// The nearest of some words; none if even that is further than a third of the word (one step for short
  /// words). Of two equally near the one of the same letters is meant: "ME-41" is ME-14, not ME-01.
  public static func nearest(to word: String, among known: some Sequence<String>) -> String? {
    let limit = max(1, word.count / 3)
    let word = word.lowercased()
    let letters = word.sorted()
    let scored = known.map { known in
      let other = known.lowercased()
      return (name: known, steps: distance(word, other), strange: other.sorted() == letters ? 0 : 1)
    }
    return scored.filter { $0.steps <= limit }
      .min { ($0.steps, $0.strange, $0.name) < ($1.steps, $1.strange, $1.name) }?.name
  }

  /// Letters to insert, delete, replace or swap with their neighbour (Damerau 1964, each place edited once).
  static func distance(_ left: String, _ right: String) -> Int {
    let (left, right) = (Array(left), Array(right))
    var before: [Int] = []
    var last = Array(0...right.count)
    for i in left.indices {
      var row = [i + 1]
      row.reserveCapacity(right.count + 1)
      for j in right.indices {
        var steps = min(last[j] + (left[i] == right[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
          steps = min(steps, before[j - 1] + 1)
        }
        row.append(steps)
      }
      (before, last) = (last, row)
    }
    return last[right.count]
  }
}
