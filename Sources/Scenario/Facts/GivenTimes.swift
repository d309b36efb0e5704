// When a fact was so, and when the settlement party heard of it. The first may lie anywhere; the second lies
// in the story, for it is then that something happens there.

internal import Units

struct GivenTimes {
  /// When it happened, was read, or takes effect.
  var at: Instant
  var received: Instant
  /// Where the arrival is stated, or else the time itself.
  var place: Node

  /// `received: INSTANT`, or a delay under `after` (`told-after`, `arrives-after`); at once if nothing is
  /// said.
  init(_ fields: inout Fields, at: Instant, stated node: Node, after key: String) throws {
    let (received, after) = (fields.optional("received"), fields.optional(key))
    if let received, after != nil {
      throw received.diagnostic(
        "BS-SCN-28", "`received` and `\(key)` both say when it came", help: "leave one out")
    }
    self.at = at
    place = received ?? node
    if let received {
      self.received = try received.quantity("the arrival")
    } else {
      self.received = at + (try after?.duration("the delay", orZero: true) ?? .zero)
    }
  }
}

extension Node {
  /// An instant, or a date: then its London midnight.
  func beginning(_ what: String) throws -> Instant {
    guard try text(what).contains("T") else {
      let date: CivilDate = try quantity(what)
      return LondonClock.startOfDay(date)
    }
    return try quantity(what)
  }
}
