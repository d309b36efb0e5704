// An application as it is known by some instant: what was stated, when it was corrected, and what happened.
// The tests of R-ELIG and the steps of R-ONB read it.

internal import Units

struct Application {
  /// What is stated, and from when on it is so.
  struct Version {
    var from: Instant
    var facts: Facts
    var capacity: Power
    var causes: [Cause]
  }

  let agreement: Agreement
  let policy: Policy
  /// Beginning of all spans: no energy before it is settled.
  let origin: Instant
  /// From when on the agreement could pay.
  let start: Instant
  /// Events known, in the order in which they happened.
  let events: [CaseEvent]
  /// In order; the first begins at the origin.
  let versions: [Version]
  let readings: OpeningReadings
  let calendar: WorkingDays?
  /// What is known is known by then; nil for what was stated at the start.
  let by: Instant?

  /// Names of the events that change what is stated.
  private static let corrections: Set<EventName> = [
    .applicationCorrected, .ownerDeclared, .ownerDeclarationWithdrawn, .capacityChanged,
  ]

  init(
    _ agreement: Agreement, _ policy: Policy, from: Instant, events: [CaseEvent], by: Instant?,
    readings: OpeningReadings = OpeningReadings(), calendar: WorkingDays? = nil
  ) {
    (self.agreement, self.policy, self.by, self.calendar) = (agreement, policy, by, calendar)
    (origin, start) = (min(from, agreement.start), max(from, agreement.start))
    let known = by.map { by in events.filter { $0.received <= by } } ?? []
    self.events = known.sorted(by: CaseEvent.happens)
    self.readings = by.map { readings.known(by: $0) } ?? OpeningReadings()
    var (facts, capacity) = (agreement.facts, agreement.installation.capacity)
    var versions = [Version(from: origin, facts: facts, capacity: capacity, causes: [])]
    for event in self.events where Self.corrections.contains(event.name) {
      capacity = event.facts.power(.capacity) ?? capacity
      facts = facts.updated(by: event.corrections)
      versions.append(
        Version(from: max(event.day, origin), facts: facts, capacity: capacity, causes: [event.cause]))
    }
    self.versions = versions
  }

  /// What is stated last.
  var facts: Facts { versions[versions.count - 1].facts }

  func all(_ names: EventName...) -> [CaseEvent] { events.filter { names.contains($0.name) } }

  /// Spans in which a test of what is stated fails alike, as one.
  func spans(_ test: (Version) -> Bar?) -> [Bar] {
    var bars: [Bar] = []
    for (number, version) in versions.enumerated() {
      let end = number + 1 < versions.count ? versions[number + 1].from : .distantFuture
      guard version.from < end, var bar = test(version) else { continue }
      (bar.from, bar.to) = (version.from, end)
      bar.causes = version.causes
      if let last = bars.last, last.to == bar.from, last.text == bar.text, last.code == bar.code {
        bars[bars.count - 1].to = end
      } else {
        bars.append(bar)
      }
    }
    return bars
  }
}

extension CaseEvent {
  /// London midnight that begins the day of the event: what happens on a day holds for all of it.
  var day: Instant { startOfDay }

  var date: CivilDate { LondonClock.date(at: at) }

  /// What the event changes in what is stated.
  fileprivate var corrections: Facts {
    switch name {
    case .ownerDeclared:
      [
        .ownerDeclaration: .flag(true), .ownerContact: .flag(facts.flag(.ownerContact) ?? true),
        .ownerGivesAccess: .flag(facts.flag(.ownerGivesAccess) ?? true),
      ]
    case .ownerDeclarationWithdrawn: [.ownerDeclaration: .flag(false)]
    case .capacityChanged: Facts()
    default: facts
    }
  }
}

extension Instant {
  /// London midnight that begins the day after a date.
  static func after(_ last: CivilDate) -> Instant { LondonClock.startOfDay(last.advanced(byDays: 1)) }
}
