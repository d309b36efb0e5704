// Switching licensee (R-SWI-01 … -06): the old licensee pays up to the first day of the new registration and not
// beyond, the new one from it on, and the old one's last payment waits for the reading that divides them.

internal import Units

extension Ledger {
  func judgeSwitching(at now: Instant) {
    tellImportSwitches()
    guard hearsOfSwitches else { return }
    let timeline = switchTimeline
    for one in timeline.switches { tellSwitch(one, timeline, at: now) }
    let registrations = timeline.registrations
    for (number, one) in registrations.enumerated() where one.licensee != agreement.licensee {
      let next = number + 1 < registrations.count ? registrations[number + 1] : nil
      treatments.add(
        Treatment(
          .forfeit, from: one.from, to: next?.from ?? .distantFuture, .swiEffective, .swi02,
          causes: one.causes + (next?.causes ?? [])))
    }
    for boundary in switchBoundaries { judgeReading(boundary, at: now) }
    tellOtherRegistrations(timeline)
  }

  private var hearsOfSwitches: Bool {
    agreement.facts.text(.switchedFrom) != nil || events.contains { $0.name.isOfSwitch }
  }

  /// Who is registered when, by all that is known.
  var switchTimeline: SwitchTimeline {
    SwitchTimeline(first: agreement.facts.text(.switchedFrom) ?? agreement.licensee, events: events)
  }

  /// The registrations that begin or end this licensee's own.
  var switchBoundaries: [Registration] {
    guard hearsOfSwitches else { return [] }
    let all = switchTimeline.registrations
    return all.indices.dropFirst().filter {
      all[$0].licensee == agreement.licensee || all[$0 - 1].licensee == agreement.licensee
    }.map { all[$0] }
  }

  // MARK: Telling

  private func tellSwitch(_ one: SwitchRecord, _ timeline: SwitchTimeline, at now: Instant) {
    let to = one.to.isEmpty ? "another licensee" : one.to
    if let asked = one.asked {
      let how =
        one.applied
        ? "the customer has applied to \(to)"
        : "the customer told \(agreement.licensee) of a switch to \(to) and has applied nowhere as far as is known"
      let planned = one.planned.map { ", planned for \($0)" } ?? ""
      log.note(
        .swiRequested, .swi01, at: asked, subject, reads: one.causes,
        "\(how)\(planned); export stays where it is until the new licensee is registered")
    }
    if let effective = one.effective, let known = one.known {
      let old = timeline.licensee(at: effective - TimeSpan(microseconds: 1))
      let slipped = one.planned.map { LondonClock.startOfDay($0) < effective } ?? false
      let late = slipped ? "; that is later than planned, and the old licensee pays until then" : ""
      let back = one.state == .reversed ? "; the switch is taken back, as if it had not been" : ""
      log.note(
        .swiEffective, .swi02, at: known, subject, reads: one.causes,
        "\(to) is registered from \(effective), 00:00 London time of \(LondonClock.date(at: effective))"
          + (old.isEmpty || old == one.to ? "" : "; \(old) pays up to that instant") + late + back)
      stateToldDuty(one, known)
    } else if one.state == .rejected || one.state == .withdrawn, let asked = one.asked {
      log.note(
        .swiRequested, .swi01, at: asked, subject, reads: one.causes,
        "the switch to \(to) is \(one.state.rawValue): the agreement goes on")
    }
  }

  /// Where the old licensee wants to hear of the switch from the customer.
  private func stateToldDuty(_ one: SwitchRecord, _ known: Instant) {
    guard policy.switching.oldLicenseeMustBeTold.value, one.to != agreement.licensee else { return }
    let told = one.toldOld
    obligations.append(
      Obligation(
        "tell-of-switch", of: .customer, rule: .swi01, subject: subject, since: one.asked ?? known, by: nil,
        state: told ? .met : .open, met: told ? one.asked : nil,
        text: "the customer tells the old licensee of the switch to \(one.to)"))
  }

  // MARK: The reading

  private func judgeReading(_ boundary: Registration, at now: Instant) {
    let isOld = boundary.licensee != agreement.licensee
    let due = LondonClock.date(at: boundary.from).advanced(byDays: policy.switching.readingDays.value)
    let found = switchReading(for: boundary.from)
    let since = max(boundary.from, boundary.known)
    var duty = Obligation(
      "switch-reading", of: policy.switching.finalReadingFrom.value.party, rule: .swi03, subject: subject,
      since: boundary.known, by: due,
      state: LondonClock.startOfDay(due.advanced(byDays: 1)) <= now ? .overdue : .open,
      text: "the reading of the export register at \(boundary.from), for \(boundary.licensee)")
    switch found {
    case .agreed(_, let agreed):
      let late = LondonClock.date(at: agreed).dayNumber - due.dayNumber
      touch(.switchReadingDay, excess: Int64(late))
      (duty.state, duty.met) = (.met, agreed)
      if isOld, agreed > since, since <= now { tellPending(boundary, since, due) }
    case .conflict(let one, let other):
      log.note(
        .swiReadConflict, .swi03, at: max(one.received, other.received), subject, severity: .hold,
        reads: [one.cause, other.cause],
        "for the switch of \(boundary.from) the \(one.source.words) says \(one.value) and the \(other.source.words) "
          + "\(other.value); both licensees hold what depends on it until they agree")
      if isOld, since <= now { tellPending(boundary, since, due) }
      hold(boundary, isOld, .swiReadConflict, [one.cause, other.cause])
    case .missing:
      if LondonClock.startOfDay(due.advanced(byDays: 1)) <= now { touch(.switchReadingDay, excess: 1) }
      if isOld, since <= now {
        tellPending(boundary, since, due)
        hold(boundary, isOld, .swiFinalPendingRead, boundary.causes)
      }
    }
    obligations.append(duty)
  }

  private func tellPending(_ boundary: Registration, _ since: Instant, _ due: CivilDate) {
    log.note(
      .swiFinalPendingRead, .swi04, at: since, subject, reads: boundary.causes,
      "the final payment waits for the reading of \(boundary.from), which "
        + "\(policy.switching.finalReadingFrom.value.words) gives; it is in time until \(due)")
  }

  /// The end of the last statement before an instant: what is held afterwards takes back nothing that it paid.
  func billed(before instant: Instant) -> Instant { statements.last { $0.to < instant }?.to ?? .epoch }

  /// The old licensee holds what it has not paid before the switch; the new one what it cannot open.
  private func hold(_ boundary: Registration, _ isOld: Bool, _ why: ReasonCode, _ causes: [Cause]) {
    let (from, to): (Instant, Instant)
    if isOld {
      (from, to) = (billed(before: boundary.from), boundary.from)
    } else {
      let next = exportChains.flatMap(\.accepted).map(\.read.at).filter { $0 > boundary.from }.min()
      (from, to) = (boundary.from, next ?? .distantFuture)
    }
    treatments.add(
      Treatment(.hold, from: from, to: to, why, why == .swiReadConflict ? .swi03 : .swi04, causes: causes))
  }
}

extension EventName {
  fileprivate var isOfSwitch: Bool {
    [
      .switchRequested, .switchRegistered, .switchRejected, .switchWithdrawn, .switchReversed, .switchReading,
      .switchReadingAgreed,
    ].contains(self)
  }
}

extension Policy.SwitchingTerms.ReadingFrom {
  /// Who owes the reading; where either will do, the customer is asked.
  fileprivate var party: Party { self == .newLicensee ? .newLicensee : .customer }

  fileprivate var words: String {
    switch self {
    case .newLicensee: "the new licensee"
    case .customer: "the customer, agreed with the new licensee,"
    case .either: "the customer or the new licensee"
    }
  }
}

extension SwitchReading.Source {
  fileprivate var words: String {
    switch self {
    case .newLicensee: "new licensee"
    case .customer: "customer"
    case .oldLicensee: "old licensee"
    case .meter: "meter itself"
    }
  }
}
