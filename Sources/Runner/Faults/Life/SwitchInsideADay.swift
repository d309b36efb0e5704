// LE-04: the new licensee registers from some hours before midnight on, not from the midnight of the switch.
// For these hours two licensees are registered for one export.

internal import Settlement
internal import Units

/// The new licensee's registration begins before the old one's ends.
struct SwitchInsideADay: LifeFault {
  static let declaration = FaultDeclaration(
    id: "LE-04", title: "Supplier switch inside a day", layer: .lifeEvent,
    symptoms: "two licensees claim the half-hours before the switch",
    parameters: [
      .init(
        name: "early", meaning: "how long before the midnight of the switch the other registration begins",
        kind: .whole(unit: "min", range: 30...1440, default: 720))
    ],
    caughtBy: ["R-SWI-06"], detectors: [.duplicate],
    leaves: .told)

  private let early: TimeSpan

  init(_ values: FaultValues) { early = .minutes(values.whole("early")) }

  func tell(_ event: CaseEvent) -> [CaseEvent] {
    guard event.name == .switchRegistered, let to = event.facts.text(.to) else { return [event] }
    let day = event.facts.date(.on) ?? LondonClock.date(at: event.at)
    let midnight = SettlementPeriod.halfHours(of: day).lowerBound.start
    let start = midnight - early
    var facts = Facts()
    facts.values[FactKey("organisation")] = .text(to)
    return [
      event,
      CaseEvent(EventName("other-registration"), at: start, received: max(event.received, start), facts),
    ]
  }
}
