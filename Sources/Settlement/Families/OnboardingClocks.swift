// Who has how many days for which step, and how old a state may become (R-ONB-01, -12, ONB_STALLED; K-28,
// K-33). Day 0 is the day on which a step begins; the last day is in time to its end.

internal import Units

extension Boundary {
  static let applicationDays = Boundary(
    "onboarding.application-days", .onb01, "an application processed on day 2 is in time, on day 3 late")
  static let dnoDays = Boundary(
    "onboarding.dno-days", .onb01, "an export MPAN created on day 28 is in time, on day 29 late")
  static let enrolmentDays = Boundary(
    "onboarding.enrolment-days", .onb01, "enrolment on day 5 is in time, on day 6 late")
  static let firstReadingDays = Boundary(
    "onboarding.first-reading-days", .onb02, "a first reading on day 28 is in time, on day 29 late")
  static let creditCheckDays = Boundary(
    "onboarding.credit-check-days", .onb12, "first data on day 7 are in time, on day 8 late")
}

/// A number of days from some day on.
struct DayLimit {
  var first: CivilDate
  var days: Int
  var last: CivilDate
  var words: String

  var lapses: Instant { .after(last) }

  /// Days past the last good one.
  func excess(_ answer: Instant) -> Int64 {
    Int64(LondonClock.date(at: answer).dayNumber - last.dayNumber)
  }
}

/// One step that somebody has days for.
private struct StepClock {
  var what: String
  var who: Party
  var rule: Rule
  var boundary: Boundary
  /// Nil where lateness is only a matter of the state's age.
  var late: ReasonCode?
  var days: Int
  var since: CaseMoment
  var answer: CaseMoment?
  /// "to create the export MPAN".
  var task: String
}

/// When something happened, and on which evidence.
struct CaseMoment: Hashable {
  var at: Instant
  var causes: [Cause] = []

  init(_ at: Instant, _ causes: [Cause] = []) { (self.at, self.causes) = (at, causes) }
  init(_ event: CaseEvent) { self.init(event.at, [event.cause]) }
}

extension Application {
  /// A number of calendar or working days, as the terms count them; nil where the calendar does not reach,
  /// which is told.
  func limit(_ days: Int, from since: Instant, _ rule: Rule, _ out: inout Assessment) -> DayLimit? {
    let first = LondonClock.date(at: since)
    guard policy.onboarding.days.value == .working else {
      return DayLimit(
        first: first, days: days, last: first.advanced(byDays: days), words: "\(days) calendar days")
    }
    guard let last = calendar?.advanced(first, by: days) else {
      out.remark(
        .calNoCoverage, rule, severity: .query,
        "no calendar of working days reaches \(days) working days from \(first)")
      return nil
    }
    return DayLimit(first: first, days: days, last: last, words: "\(days) working days")
  }

  /// Duties, late answers and old states of an application in progress.
  func clocks(_ steps: OnboardingSteps, _ out: inout Assessment) {
    let isOver = [.withdrawn, .cancelledCoolingOff].contains(steps.state)
    for clock in formClocks(steps) + registeredClocks(steps) { run(clock, isOver: isOver, &out) }
    guard !isOver, let age = maximumAge(steps.state),
      let limit = limit(age, from: steps.since, .onb01, &out)
    else { return }
    out.deadline(
      limit.lapses, .onbStalled, .onb01, severity: .query,
      "the application has been \(steps.state.rawValue) since \(limit.first), longer than \(limit.words)")
  }

  private func run(_ clock: StepClock, isOver: Bool, _ out: inout Assessment) {
    guard let limit = limit(clock.days, from: clock.since.at, clock.rule, &out) else { return }
    let state: Obligation.State = clock.answer != nil ? .met : isOver ? .lapsed : .open
    out.duty(
      Obligation(
        clock.what, of: clock.who, rule: clock.rule, subject: out.subject, since: clock.since.at,
        by: limit.last,
        state: state, met: clock.answer?.at, text: "\(clock.who.rawValue) has \(limit.words) \(clock.task)"))
    if let answer = clock.answer { out.touch(clock.boundary, excess: limit.excess(answer.at)) }
    guard let late = clock.late else { return }
    let text =
      "\(clock.who.rawValue) had until \(limit.last), \(limit.words) from \(limit.first), \(clock.task), "
      + "and did not"
    if let answer = clock.answer {
      guard limit.excess(answer.at) > 0 else { return }
      out.remark(late, clock.rule, severity: .query, reads: clock.since.causes, text)
    } else if !isOver {
      out.deadline(limit.lapses, late, clock.rule, severity: .query, reads: clock.since.causes, text)
    }
  }

  private func formClocks(_ steps: OnboardingSteps) -> [StepClock] {
    let terms = policy.onboarding
    var clocks: [StepClock] = []
    let answer = steps.documents.map { CaseMoment($0) } ?? steps.documentsRefused.map { CaseMoment($0) }
    let begun = [steps.requested, steps.created, steps.registered].contains { $0 != nil }
    if let form = steps.form, answer != nil || !begun {
      clocks.append(
        StepClock(
          what: "application-processing", who: .licensee, rule: .onb01, boundary: .applicationDays,
          late: .onbApplicationLate, days: terms.applicationDays.value, since: CaseMoment(form),
          answer: answer,
          task: "to process the application"))
    }
    if let requested = steps.requested {
      clocks.append(
        StepClock(
          what: "export-mpan", who: .dno, rule: .onb01, boundary: .dnoDays, late: .onbDNOLate,
          days: terms.dnoDays.value, since: CaseMoment(requested),
          answer: (steps.created ?? steps.mpanRefused).map { CaseMoment($0) },
          task: "to create the export MPAN"))
    }
    if let created = steps.created.map({ CaseMoment($0) }) ?? existingMPAN(steps) {
      clocks.append(
        StepClock(
          what: "enrolment", who: .licensee, rule: .onb01, boundary: .enrolmentDays, late: .onbEnrolLate,
          days: terms.enrolmentDays.value, since: created,
          answer: (steps.registered ?? steps.objected).map { CaseMoment($0) }, task: "to enrol the customer"))
    }
    return clocks
  }

  /// The export MPAN was there already: from `checked` straight to `registered`.
  private func existingMPAN(_ steps: OnboardingSteps) -> CaseMoment? {
    guard steps.requested == nil, steps.mpanRefused == nil, !(agreement.exportMPAN ?? "").isEmpty else {
      return nil
    }
    return steps.documents.map { CaseMoment($0) }
  }

  private func registeredClocks(_ steps: OnboardingSteps) -> [StepClock] {
    let terms = policy.onboarding
    guard let registered = steps.registered else { return [] }
    let reading = StepClock(
      what: "first-reading", who: .customer, rule: .onb02, boundary: .firstReadingDays, late: nil,
      days: terms.firstReadingDays.value, since: CaseMoment(registered),
      answer: steps.reading.map { CaseMoment($0) },
      task: "to give a first export reading" + (terms.firstReadingPhoto.value ? " with a photo" : ""))
    guard let first = readings.first else { return [reading] }
    return [
      reading,
      StepClock(
        what: "export-data", who: .licensee, rule: .onb12, boundary: .creditCheckDays,
        late: .onbCreditCheckFailed, days: terms.creditCheckDays.value,
        since: CaseMoment(first.received, [first.cause]), answer: steps.data.map { CaseMoment($0) },
        task: "to receive export data of the new MPAN"),
    ]
  }

  /// Days after which a state is too old; nil for a state that is no step.
  private func maximumAge(_ state: OnboardingState) -> Int? {
    let terms = policy.onboarding
    switch state {
    case .draft: return terms.draftDays.value
    case .submitted: return terms.applicationDays.value
    case .checked: return terms.mpanRequestDays.value
    case .mpanRequested: return terms.dnoDays.value
    case .mpanCreated: return terms.enrolmentDays.value
    case .registered: return terms.firstReadingDays.value
    case .confirmed: return terms.creditCheckDays.value
    case .documentsRefused, .mpanRefused, .registrationObjected, .firstReadingRefused:
      return terms.correctionDays.value
    case .active, .withdrawn, .cancelledCoolingOff: return nil
    }
  }
}
