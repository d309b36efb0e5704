// What a comparison found, as a tree of intervals for people: a stretch of time, and under it what was
// billed, what is proposed and what is due. Stretches in which nothing differs are left out.

internal import Units

/// One stretch in which billed and proposed differ.
struct Change: CustomStringConvertible {
  var from: Instant
  var to: Instant
  private(set) var rows: [String] = []

  init(from: Instant, to: Instant) { (self.from, self.to) = (from, to) }

  mutating func add(_ side: String, _ draft: LineDraft) {
    let energy = draft.energy.map { "\(WattHours($0))" } ?? "unknown energy"
    let price = draft.isPayable ? draft.rate.map { " at \($0)" } ?? " at its own price" : ""
    let money = draft.isPayable ? " = \(draft.exact)" : ""
    let name = side + String(repeating: " ", count: max(0, 9 - side.count))
    rows.append(
      "  \(name) \(Phrase.span(draft.from, draft.to)): \(draft.kind.rawValue) \(energy)\(price)\(money) "
        + draft.reason.rawValue)
  }

  var description: String { (["\(Phrase.span(from, to))"] + rows).joined(separator: "\n") }
}

extension Difference: CustomStringConvertible {
  var description: String { changes.map(\.description).joined(separator: "\n") }
}
