// Half-hours that their sender corrects. Of two values for a half-hour the earlier one stands and the later one is
// queried (R-READ-11), unless it was said that better values come: then the first other value that arrives with the
// news or after it takes the place of the one that came before (R-READ-12; our assumption, no document says how).

internal import Units

extension EventName {
  static let halfHoursCorrected = EventName("half-hours-corrected")
}

extension EventDeclaration {
  static let measureEvents: [EventDeclaration] = [
    EventDeclaration(
      .halfHoursCorrected, "half-hours of the export register will be replaced by better ones",
      [.read11, .read12],
      [
        FactDeclaration(.from, .instant, needed: true, "start of the first half-hour"),
        FactDeclaration(.until, .instant, needed: true, "end of the last half-hour"),
        FactDeclaration(.why, .text, "what was wrong with them"),
      ])
  ]
}

extension Ledger {
  /// Opens the half-hours of which corrections were announced by an instant; each announcement counts once, and
  /// for what came before it.
  func expectCorrections(through: Instant) {
    let announced = known(.halfHoursCorrected)
    while correctionsSeen < announced.count, announced[correctionsSeen].received <= through {
      let event = announced[correctionsSeen]
      correctionsSeen += 1
      guard let from = event.facts.instant(.from), let until = event.facts.instant(.until), from < until else {
        continue
      }
      exports.makeReplaceable(exports.indices(from: from, to: until))
      let why = event.facts.text(.why).map { ": \($0)" } ?? ""
      log.note(
        .readConflict, .read12, at: event.received, subject, severity: .information, reads: [event.cause],
        "the half-hours from \(from) to \(until) are to be corrected\(why); the values that come for them take "
          + "the place of those that came before")
    }
  }
}
