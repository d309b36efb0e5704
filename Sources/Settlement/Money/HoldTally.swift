// Half-hours newly held for one reason, told together.

internal import Units

struct HoldTally {
  private(set) var count = 0
  private(set) var energy: Int64 = 0
  private var runs: [Range<HalfHour>] = []
  private(set) var causes: [Cause] = []

  mutating func add(_ row: SettledHalfHour) {
    count += 1
    if row.quality != .missing { energy += row.energy.value }
    if let last = runs.last, last.upperBound == row.halfHour {
      runs[runs.count - 1] = last.lowerBound..<row.halfHour.next
    } else {
      runs.append(row.halfHour..<row.halfHour.next)
    }
    if causes.count < 8, row.cause != .none, causes.last != row.cause { causes.append(row.cause) }
  }

  /// "96 half-hours (2026-05-03T23:00Z to 2026-05-05T23:00Z)", with at most three stretches written out.
  var text: String {
    let shown = runs.prefix(3).map { Phrase.span($0.lowerBound.start, $0.upperBound.start) }
    let more = runs.count > 3 ? ", and \(runs.count - 3) more stretches" : ""
    return "\(Phrase.count(count, "half-hour")) (\(shown.joined(separator: ", "))\(more))"
  }
}
