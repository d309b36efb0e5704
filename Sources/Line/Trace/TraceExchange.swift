// A trace as questions and answers, for those who decode one.

public import Units

/// What a reader said until the meter spoke, and what the meter said until the reader spoke again.
public struct TraceExchange: Hashable, Sendable {
  /// When the question was complete; for what came unasked, when it came.
  public var at: TimeSpan
  /// Empty for what a meter says by itself before the first question.
  public var request: [UInt8]
  public var answer: [UInt8]
}

extension Trace {
  /// In order; chunks joined.
  public var exchanges: [TraceExchange] {
    var all: [TraceExchange] = []
    for event in events {
      guard case .bytes(let direction, let bytes) = event.what else { continue }
      if direction == .answer, all.isEmpty {
        all.append(TraceExchange(at: event.at, request: [], answer: []))
      }
      if direction == .answer {
        all[all.count - 1].answer += bytes
      } else if let last = all.last, last.answer.isEmpty, !last.request.isEmpty {
        all[all.count - 1].request += bytes
        all[all.count - 1].at = event.at
      } else {
        all.append(TraceExchange(at: event.at, request: bytes, answer: []))
      }
    }
    return all
  }
}
