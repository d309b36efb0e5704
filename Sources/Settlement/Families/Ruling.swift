// Decisions in the order in which they could be taken. A family looks at all that is known now; what could be
// decided earlier, on less, is decided with the date of then. So it does not matter how often somebody
// settles, and a decision never rests on what came later.

internal import Units

/// A decision, and from when on it can be taken.
struct Ruling: Hashable {
  var code: ReasonCode
  var rule: Rule
  /// A deadline, or the start of what it is about.
  var due: Instant
  var subject: String
  var severity: Severity?
  var reads: [Cause]
  /// Who must be told of it; then the severity is the code's own.
  var tells: Party?
  var text: String

  init(
    _ code: ReasonCode, _ rule: Rule, due: Instant, _ subject: String, severity: Severity? = nil,
    reads: [Cause] = [], tells: Party? = nil, _ text: String
  ) {
    (self.code, self.rule, self.due, self.subject) = (code, rule, due, subject)
    (self.severity, self.reads, self.tells, self.text) = (severity, reads, tells, text)
  }

  /// What makes two rulings the same decision.
  fileprivate var words: [String] { [code.rawValue, rule.rawValue, subject, text] }
}

/// A stretch of time in which the same things are known.
struct Knowledge {
  /// How many of the arrivals, in their order.
  var count: Int
  var from: Instant
  var until: Instant

  /// Stretches up to an instant; `arrivals` are in order. The first begins before anything arrived.
  static func stretches(_ arrivals: [Instant], since start: Instant, through now: Instant) -> [Knowledge] {
    var stretches: [Knowledge] = []
    var from = min(start, now)
    for (number, arrival) in arrivals.enumerated() where arrival > from && arrival <= now {
      stretches.append(Knowledge(count: number, from: from, until: arrival))
      from = arrival
    }
    let last = arrivals.lastIndex { $0 <= now }.map { $0 + 1 } ?? 0
    stretches.append(Knowledge(count: last, from: from, until: .distantFuture))
    return stretches
  }
}

/// Rulings as they come up, each once.
struct RulingBook {
  private(set) var all: [(ruling: Ruling, at: Instant)] = []
  private var seen: Set<[String]> = []

  /// Takes what can be decided in a stretch of knowledge, up to an instant.
  mutating func take(_ rulings: [Ruling], in stretch: Knowledge, through now: Instant) {
    for one in rulings.sorted(by: { $0.due < $1.due })
    where one.due < stretch.until && one.due <= now && seen.insert(one.words).inserted {
      all.append((one, max(one.due, stretch.from)))
    }
  }
}

extension Ledger {
  func note(_ book: RulingBook) {
    for (one, at) in book.all {
      if let party = one.tells {
        notify(party, one.code, one.rule, at: at, one.subject, reads: one.reads, one.text)
      } else {
        log.note(one.code, one.rule, at: at, one.subject, severity: one.severity, reads: one.reads, one.text)
      }
    }
  }
}
