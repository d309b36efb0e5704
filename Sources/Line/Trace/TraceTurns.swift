// A trace cut into questions and what followed each: how a replay sees it.

internal import Units

/// A question with all that came after it, until the next question.
struct TraceTurn {
  /// What the meter did, counted from the end of the question.
  struct Act {
    var after: TimeSpan
    var what: What

    enum What {
      case say([UInt8])
      case tune(SerialSettings)
    }
  }

  /// All bytes of the question; empty for what came before the first.
  var request: [UInt8]
  var acts: [Act] = []
  /// How the line stood when the question began; nil for a stream.
  var settings: SerialSettings?

  var saysNothing: Bool {
    !acts.contains { if case .say = $0.what { true } else { false } }
  }

  /// The turns of a trace, in order. With `wire` the line on which they are said takes its own time for each
  /// character, so that the recorded line's is taken off.
  static func turns(of trace: Trace, wire: Bool) -> [TraceTurn] {
    var turns: [TraceTurn] = []
    var line = trace.line
    var asked = TimeSpan.zero
    var isAsking = false
    for event in trace.events {
      switch event.what {
      case .bytes(.request, let bytes):
        // A reader that got no answer asks again: that is another question, not more of this one.
        let isAgain = isAsking && event.at - asked > TraceReplay.pause
        if !isAsking || isAgain { turns.append(TraceTurn(request: [], settings: line)) }
        turns[turns.count - 1].request += bytes
        asked = event.at + time(bytes, line, wire)
        isAsking = true
      case .bytes(.answer, let bytes):
        let begin = event.at - time(bytes, line, wire) - asked
        append(.say(bytes), after: begin, to: &turns, line)
        isAsking = false
      case .settings(_, let settings):
        append(.tune(settings), after: event.at - asked, to: &turns, line)
        (line, isAsking) = (settings, false)
      case .note: continue
      }
    }
    return turns
  }

  private static func time(_ bytes: [UInt8], _ line: SerialSettings?, _ wire: Bool) -> TimeSpan {
    wire ? line?.time(ofCharacters: bytes.count) ?? .zero : .zero
  }

  /// Chunks that came in a hurry may seem to begin before the last one ended: acts stay in order.
  private static func append(
    _ what: Act.What, after: TimeSpan, to turns: inout [TraceTurn], _ line: SerialSettings?
  ) {
    if turns.isEmpty { turns.append(TraceTurn(request: [], settings: line)) }
    let last = turns[turns.count - 1].acts.last?.after ?? .zero
    turns[turns.count - 1].acts.append(Act(after: max(after, last), what: what))
  }
}
