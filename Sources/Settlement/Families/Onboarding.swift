// Eligibility and onboarding (R-ELIG, R-ONB, R-MPAN-05): assesses what was known after each arrival, and puts
// what holds now in force. Silent where nobody states anything of an application and no event of one is told.

internal import Units

extension Ledger {
  func judgeOnboarding(at now: Instant) {
    if payableFrom == nil { decideEligibility() }
    guard payableFrom == nil || speaksOfApplication else { return }
    let registered = events.last { $0.name == .registered }
    let readings = registered.map { OpeningReadings(self, from: $0.day, at: now) } ?? OpeningReadings()
    let entry = entryEvents
    judge(Set(entry.map(\.received) + readings.arrivals), at: now) { by in assess(entry, readings, by: by) }
  }

  /// Events known that bear on an application, and those that change what is installed.
  var entryEvents: [CaseEvent] { events.filter { EventDeclaration.entryNames.contains($0.name) } }

  /// What was known by an instant makes of the application; nil for what was stated at the start.
  func assess(_ events: [CaseEvent], _ readings: OpeningReadings = OpeningReadings(), by: Instant?)
    -> Assessment
  {
    let application = Application(
      agreement, policy, from: one.from, events: events, by: by, readings: readings, calendar: one.calendar)
    var out = Assessment(subject: subject)
    application.eligibility(&out)
    let steps = OnboardingSteps(application)
    application.money(steps, &out)
    application.setupCost(&out)
    if let steps {
      application.papers(steps, &out)
      application.clocks(steps, &out)
    }
    return out
  }

  /// Whether anybody said anything that these rules ask about.
  private var speaksOfApplication: Bool {
    agreement.facts.values.keys.contains { FactGroup.applicationKeys.contains($0) }
      || events.contains { EventDeclaration.entryNames.contains($0.name) && $0.name != .capacityChanged }
  }
}

extension EventDeclaration {
  static let entryEvents: [EventDeclaration] = eligibilityEvents + onboardingEvents

  /// A change of capacity may ask for another certificate (R-CHG-03).
  static let entryNames = Set(entryEvents.map(\.name)).union([.capacityChanged])
}

extension FactGroup {
  static let applicationKeys = Set(application.facts.map(\.key))
}

extension Boundary {
  static let entryLimits: [Boundary] = [
    schemeCapacity, microCHPCapacity, certificateLimit, fitOptOut, otherPayer, adEvidence, applicationDays,
    dnoDays,
    enrolmentDays, firstReadingDays, creditCheckDays, dnoLetter, coolingOffDays,
  ]
}
