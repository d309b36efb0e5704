// Decisions as they are made. A settlement looks at the same facts again at each instant; a decision counts
// once.

internal import Units

/// Collects decisions, each once.
struct DecisionLog {
  private(set) var all: [Decision] = []
  private var seen: Set<Decision> = []

  mutating func note(_ one: Decision) {
    if seen.insert(one).inserted { all.append(one) }
  }

  mutating func note(
    _ code: ReasonCode, _ rule: Rule, at: Instant, _ subject: String, severity: Severity? = nil,
    reads: [Cause] = [], _ text: String
  ) {
    note(
      Decision(at: at, rule: rule, code: code, severity: severity, subject: subject, text: text, reads: reads)
    )
  }

  /// In order of their instants; of one instant, in the order in which they were made.
  var inOrder: [Decision] {
    let numbered = all.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
    return numbered.map(\.element)
  }
}
