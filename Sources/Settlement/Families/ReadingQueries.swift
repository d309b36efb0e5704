// Answers to the queries that checks raise. An answer that satisfies releases what the query held; one that
// does not holds it on (R-READ-07).

internal import Units

/// What queries were answered by now.
struct QueryAnswers: Hashable {
  /// Spans whose query is cleared, by code; a later answer takes the place of an earlier one.
  private(set) var cleared: [ReasonCode: [Range<Instant>]] = [:]
  /// Spans that an answer did not clear.
  private(set) var refused: [ReasonCode: [Range<Instant>]] = [:]

  init(_ events: [CaseEvent]) {
    for event in events {
      guard let code = event.facts.text(.code).flatMap(ReasonCode.init(rawValue:)) else { continue }
      let from = event.facts.instant(.from) ?? Instant(microseconds: .min)
      let until = event.facts.instant(.until) ?? .distantFuture
      guard from < until else { continue }
      let isCleared = event.facts.flag(.accepted) == true
      cleared[code] = Self.cut(from..<until, from: cleared[code] ?? [])
      refused[code] = Self.cut(from..<until, from: refused[code] ?? [])
      if isCleared { cleared[code]?.append(from..<until) } else { refused[code]?.append(from..<until) }
    }
  }

  /// Whether the query of a code is cleared for all of a span.
  func clears(_ code: ReasonCode, _ from: Instant, _ to: Instant) -> Bool {
    guard let spans = cleared[code] else { return false }
    var reached = from
    for span in spans.sorted(by: { $0.lowerBound < $1.lowerBound }) where span.lowerBound <= reached {
      reached = max(reached, span.upperBound)
    }
    return reached >= to
  }

  /// Parts of a span that are not cleared.
  func open(_ code: ReasonCode, _ from: Instant, _ to: Instant) -> [Range<Instant>] {
    guard from < to else { return [] }
    return (cleared[code] ?? []).reduce([from..<to]) { rest, span in Self.cut(span, from: rest) }
  }

  private static func cut(_ hole: Range<Instant>, from spans: [Range<Instant>]) -> [Range<Instant>] {
    spans.flatMap { span -> [Range<Instant>] in
      guard span.overlaps(hole) else { return [span] }
      var rest: [Range<Instant>] = []
      if span.lowerBound < hole.lowerBound { rest.append(span.lowerBound..<hole.lowerBound) }
      if hole.upperBound < span.upperBound { rest.append(hole.upperBound..<span.upperBound) }
      return rest
    }
  }
}

extension Ledger {
  /// Takes away the doubts about half-hours whose query is answered.
  func clearAnswered() {
    guard !exports.isBlank else { return }
    for (code, spans) in answers.cleared {
      for span in spans {
        let (from, to) = (max(span.lowerBound, one.from), min(span.upperBound, exports.horizon.start))
        for row in exports.indices(from: from, to: max(from, to)) where exports.doubt(row) == code {
          exports.setDoubt(row, nil)
        }
      }
    }
  }

  /// Whether a span waits because import and export look swapped.
  func holdsSwapped(_ from: Instant, _ to: Instant) -> Bool {
    swapped && holds(.valRegistersSwapped) && !answers.clears(.valRegistersSwapped, from, to)
  }

  func judgeQueries() {
    let told = known(.queryAnswered)
    for event in told {
      guard let code = event.facts.text(.code) else { continue }
      let span = Self.spanText(event)
      let why = event.facts.text(.why).map { ": \($0)" } ?? ""
      if event.facts.flag(.accepted) == true {
        log.note(
          .valProven, .read07, at: event.received, subject, severity: .information, reads: [event.cause],
          "the query \(code)\(span) is answered\(why); what it held is released")
      } else {
        log.note(
          .whldUnproven, .read07, at: event.received, subject, reads: [event.cause],
          "the answer to the query \(code)\(span) does not satisfy\(why); the energy it is about is held")
      }
    }
    for (_, spans) in answers.refused.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      // Without a span the check itself holds on to what it is about.
      for span in spans where span.lowerBound > Instant(microseconds: .min) {
        treatments.add(Treatment(.hold, from: span.lowerBound, to: span.upperBound, .whldUnproven, .read07))
      }
    }
  }

  private static func spanText(_ event: CaseEvent) -> String {
    let (from, until) = (event.facts.instant(.from), event.facts.instant(.until))
    return (from.map { " from \($0)" } ?? "") + (until.map { " until \($0)" } ?? "")
  }
}
