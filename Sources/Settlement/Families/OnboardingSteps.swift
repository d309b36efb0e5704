// The way from form to first payment as a row of steps, each done or not, and the state that follows: the
// first step that is not done. A step of which nobody said anything is taken as done once a later one is
// (R-ONB-01 … -04, -14).

internal import Units

/// States of an application, as the rule book names them.
enum OnboardingState: String, Hashable, CaseIterable {
  case draft, submitted
  case documentsRefused = "documents_refused"
  case checked
  case mpanRequested = "mpan_requested"
  case mpanRefused = "mpan_refused"
  case mpanCreated = "mpan_created"
  case registrationObjected = "registration_objected"
  case registered
  case firstReadingRefused = "first_reading_refused"
  case confirmed, active, withdrawn
  case cancelledCoolingOff = "cancelled_cooling_off"
}

struct OnboardingSteps {
  /// First form that left something out.
  private(set) var draft: CaseEvent?
  /// Application Date: a complete form was submitted. Nil as long as there is none.
  private(set) var form: Instant?
  private(set) var documents: Instant?
  private(set) var documentsRefused: CaseEvent?
  /// The customer answered a refusal.
  private(set) var corrected: Instant?
  private(set) var requested: CaseEvent?
  private(set) var created: CaseEvent?
  private(set) var mpanRefused: CaseEvent?
  private(set) var registered: CaseEvent?
  private(set) var objected: CaseEvent?
  /// Instant of the reading that opens, or of the confirmation that stands in for it.
  private(set) var reading: Instant?
  private(set) var readingRefused: OpeningReadings.Candidate?
  private(set) var data: Instant?
  private(set) var withdrawn: CaseEvent?
  private(set) var state = OnboardingState.draft
  /// Since when it is in that state.
  private(set) var since = Instant.epoch

  var saysForm: Bool { draft != nil || form != nil }
  var saysDocuments: Bool { documents != nil || documentsRefused != nil }

  /// Nil where nobody speaks of an application.
  init?(_ one: Application) {
    guard one.events.contains(where: { EventDeclaration.onboardingSteps.contains($0.name) }) else {
      return nil
    }
    let submissions = one.all(.applicationSubmitted)
    draft = submissions.first { $0.facts.flag(.isComplete) == false }
    form =
      submissions.first { $0.facts.flag(.isComplete) != false }?.at
      ?? one.facts.date(.appliedOn).map { LondonClock.startOfDay($0) }
    walkDocuments(one)
    walkNetwork(one)
    reading = one.readings.first?.at ?? one.all(.confirmed).first?.at
    readingRefused = reading == nil ? one.readings.refused : nil
    data = one.readings.data
    (state, since) = stage(one)
    // Only a new form brings a withdrawn application back.
    if let event = one.all(.applicationWithdrawn).last, state != .active || since > event.at,
      !submissions.contains(where: { $0.at > event.at })
    {
      withdrawn = event
      (state, since) = (.withdrawn, event.at)
    }
    if let event = one.coolingOffRequest { (state, since) = (.cancelledCoolingOff, event.at) }
  }

  private mutating func walkDocuments(_ one: Application) {
    for event in one.all(.documentsChecked, .documentsRefused) {
      if event.name == .documentsChecked, one.missingDocuments(event).isEmpty {
        documents = documents ?? event.at
        documentsRefused = nil
      } else {
        (documents, documentsRefused) = (nil, event)
      }
    }
    guard let refused = documentsRefused else { return }
    corrected = one.all(.applicationSubmitted, .applicationCorrected).last { $0.at > refused.at }?.at
  }

  private mutating func walkNetwork(_ one: Application) {
    for event in one.all(.mpanRequested, .mpanCreated, .mpanRefused) {
      switch event.name {
      case .mpanRequested:
        if requested == nil || mpanRefused != nil { requested = event }
        mpanRefused = nil
      case .mpanCreated: (created, mpanRefused) = (event, nil)
      default: (created, mpanRefused) = (nil, event)
      }
    }
    for event in one.all(.registered, .registrationObjected) {
      if event.name == .registered {
        (registered, objected) = (registered ?? event, nil)
      } else {
        (registered, objected) = (nil, event)
      }
    }
  }

  /// The first step that is not done, and since when it is the one.
  private func stage(_ one: Application) -> (OnboardingState, Instant) {
    func latest(_ instants: Instant?...) -> Instant { instants.compactMap { $0 }.max() ?? one.origin }
    if let draft, form == nil { return (.draft, draft.at) }
    if let refused = documentsRefused {
      return corrected.map { (.submitted, $0) } ?? (.documentsRefused, refused.at)
    }
    let isPastDocuments = documents != nil || !networkEvents.isEmpty
    if !isPastDocuments { return (.submitted, latest(form)) }
    guard let registered else { return beforeRegistration(latest(form, documents)) }
    let start = latest(form, documents, registered.at)
    guard let reading else {
      return readingRefused.map { (.firstReadingRefused, $0.received) } ?? (.registered, start)
    }
    guard let data else { return (.confirmed, max(start, reading)) }
    return (.active, max(start, reading, data))
  }

  private var networkEvents: [CaseEvent] {
    [requested, created, mpanRefused, registered, objected].compactMap { $0 }
  }

  private func beforeRegistration(_ checked: Instant) -> (OnboardingState, Instant) {
    if let objected { return (.registrationObjected, objected.at) }
    if let mpanRefused { return (.mpanRefused, mpanRefused.at) }
    if let created { return (.mpanCreated, max(checked, created.at)) }
    if let requested { return (.mpanRequested, max(checked, requested.at)) }
    return (.checked, checked)
  }
}

extension Application {
  /// Documents that a check found missing, of those that the terms want.
  func missingDocuments(_ check: CaseEvent) -> [Policy.OnboardingTerms.Document] {
    policy.onboarding.documents.value.filter { check.facts.flag($0.fact) == false }
  }
}
