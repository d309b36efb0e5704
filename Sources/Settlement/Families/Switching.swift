// Switching licensee (R-SWI-01 … -06): the old licensee pays up to the first day of the new registration and
// not beyond, the new one from it on, and the old one's last payment waits for the reading that divides them.

internal import Units

extension Ledger {
  func judgeSwitching(at now: Instant) {
    tellImportSwitches()
    let told = switchEvents
    guard !told.isEmpty || agreement.facts.text(.switchedFrom) != nil else { return }
    let view = SwitchView(self, events: told)
    let midnight = view.boundaries.compactMap { midnightRead($0.from)?.received }
    var book = RulingBook()
    for stretch in Knowledge.stretches(
      (told.map(\.received) + midnight).sorted(), since: .epoch, through: now)
    {
      let then = SwitchView(self, events: told.filter { $0.received <= stretch.from })
      book.take(then.rulings(by: stretch.from), in: stretch, through: now)
    }
    note(book)
    let registrations = view.timeline.registrations
    for (number, one) in registrations.enumerated() where one.licensee != agreement.licensee {
      let next = number + 1 < registrations.count ? registrations[number + 1] : nil
      treatments.add(
        Treatment(
          .forfeit, from: one.from, to: next?.from ?? .distantFuture, .swiEffective, .swi02,
          causes: one.causes + (next?.causes ?? [])))
    }
    for boundary in view.boundaries { judgeReading(boundary, view, at: now) }
    for one in view.timeline.switches { stateToldDuty(one) }
  }

  var switchEvents: [CaseEvent] { events.filter { $0.name.isOfSwitch } }

  /// The registrations that begin or end this licensee's own, by all that is known.
  var switchBoundaries: [Registration] {
    let told = switchEvents
    guard !told.isEmpty || agreement.facts.text(.switchedFrom) != nil else { return [] }
    return SwitchView(self, events: told).boundaries
  }

  /// Where the old licensee wants to hear of the switch from the customer.
  private func stateToldDuty(_ one: SwitchRecord) {
    guard policy.switching.oldLicenseeMustBeTold.value, one.to != agreement.licensee,
      let since = one.asked ?? one.known
    else { return }
    obligations.append(
      Obligation(
        "tell-of-switch", of: .customer, rule: .swi01, subject: subject, since: since, by: nil,
        state: one.toldOld ? .met : .open, met: one.toldOld ? one.asked : nil,
        text: "the customer tells the old licensee of the switch to \(one.to)"))
  }

  private func judgeReading(_ boundary: Registration, _ view: SwitchView, at now: Instant) {
    let isOld = boundary.licensee != agreement.licensee
    let due = LondonClock.date(at: boundary.from).advanced(byDays: policy.switching.readingDays.value)
    let isOver = LondonClock.startOfDay(due.advanced(byDays: 1)) <= now
    var duty = Obligation(
      "switch-reading", of: policy.switching.finalReadingFrom.value.party, rule: .swi03, subject: subject,
      since: boundary.known, by: due, state: isOver ? .overdue : .open,
      text: "the reading of the export register at \(boundary.from), for \(boundary.licensee)")
    switch view.reading(for: boundary.from, by: now) {
    case .agreed(_, let agreed):
      touch(.switchReadingDay, excess: Int64(LondonClock.date(at: agreed).dayNumber - due.dayNumber))
      (duty.state, duty.met) = (.met, agreed)
    case .conflict(let one, let other):
      hold(boundary, isOld, .swiReadConflict, [one.cause, other.cause])
    case .missing:
      if isOver { touch(.switchReadingDay, excess: 1) }
      if isOld { hold(boundary, isOld, .swiFinalPendingRead, boundary.causes) }
    }
    obligations.append(duty)
  }

  /// The end of the last statement before an instant: what is held afterwards takes back nothing that it
  /// paid.
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
      .switchReadingAgreed, SwitchTimeline.otherRegistration,
    ].contains(self)
  }
}

extension Policy.SwitchingTerms.ReadingFrom {
  /// Who owes the reading; where either will do, the customer is asked.
  fileprivate var party: Party { self == .newLicensee ? .newLicensee : .customer }

  var words: String {
    switch self {
    case .newLicensee: "the new licensee"
    case .customer: "the customer, agreed with the new licensee,"
    case .either: "the customer or the new licensee"
    }
  }
}

extension SwitchReading.Source {
  var words: String {
    switch self {
    case .newLicensee: "new licensee"
    case .customer: "customer"
    case .oldLicensee: "old licensee"
    case .meter: "meter itself"
    }
  }
}
