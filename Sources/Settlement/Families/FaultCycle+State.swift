// Where one suspicion of one meter stands, as a value made from events.

internal import Units

/// One suspicion of one meter, from the first word of it until the meter is found good, repaired or
/// exchanged.
struct FaultCycle {
  static let names: Set<EventName> = [
    .meterSuspect, .meterFaultReported, .testArranged, .meterTested, .meterRepaired, .meterExchanged,
  ]

  enum Finding {
    case faulty(CaseEvent)
    case good(CaseEvent)
    /// Said to be good, on evidence that was not accepted.
    case evidenceRefused(CaseEvent)
  }

  var serial: String
  /// From when on the meter is suspected.
  var since: Instant
  /// When the first word of it came.
  var known: Instant
  /// What was said: suspicions and reports.
  var words: [CaseEvent]
  var arranged: CaseEvent?
  var test: CaseEvent?
  /// Repair or exchange.
  var end: CaseEvent?

  /// When the meter was repaired or exchanged.
  var ends: Instant { end?.at ?? .distantFuture }
  var causes: [Cause] { (words + [arranged, test, end].compactMap { $0 }).map(\.cause) }

  var finding: Finding? {
    guard let test else { return nil }
    if test.facts.text(.result) == FaultCycle.faulty { return .faulty(test) }
    return test.facts.flag(.evidenceAccepted) == false ? .evidenceRefused(test) : .good(test)
  }

  static let (faulty, good) = ("faulty", "good")

  /// Whether more words join this suspicion, rather than begin another.
  private var isOpen: Bool {
    if case .good = finding { return false }
    return end == nil
  }

  private init(_ event: CaseEvent, _ serial: String) {
    (self.serial, since, known, words) = (serial, event.at, event.received, [event])
  }

  /// The suspicions among some events, which are sorted by when they happened. A test counts for the
  /// suspicion before it even where the meter has been exchanged since; one that nobody had suspected counts
  /// if it finds a fault.
  static func all(_ events: [CaseEvent], serial: (CaseEvent) -> String) -> [FaultCycle] {
    var all: [FaultCycle] = []
    for event in events {
      let name = event.name == .meterExchanged ? event.facts.text(.old) ?? "" : serial(event)
      let last = all.lastIndex { $0.serial == name }
      switch event.name {
      case .meterSuspect, .meterFaultReported:
        if let last, all[last].isOpen {
          all[last].words.append(event)
          all[last].known = min(all[last].known, event.received)
        } else {
          all.append(FaultCycle(event, name))
        }
      case .testArranged:
        if let last, all[last].isOpen { all[last].arranged = event }
      case .meterTested:
        if let last, all[last].accepts(event) {
          all[last].test = event
        } else if event.facts.text(.result) == faulty {
          all.append(FaultCycle(event, name))
          all[all.count - 1].test = event
        }
      default:
        if let last, all[last].isOpen { all[last].end = event }
      }
    }
    return all
  }

  private func accepts(_ later: CaseEvent) -> Bool {
    if case .good = finding { return false }
    return end == nil || test == nil || later.facts.text(.result) == FaultCycle.good
  }
}

extension Ledger {
  func cycles(_ events: [CaseEvent]) -> [FaultCycle] { FaultCycle.all(events, serial: serial) }
}
