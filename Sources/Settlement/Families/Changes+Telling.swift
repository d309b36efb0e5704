// Whether a change was told in time, in writing, with evidence (R-CHG-01). No document says how many days "as
// soon as possible" is: the number is a policy value, ours.

internal import Units

extension Ledger {
  func judgeTelling(at now: Instant) {
    let names = Set(ChangeKind.names.keys).union([.changeConfirmed, .evidenceGiven])
    let stages = stages(of: names)
    for known in stages {
      for event in known { ChangeKind.names[event.name].map { tell(event, $0, among: known) } }
    }
    let known = stages.last ?? []
    for event in known { ChangeKind.names[event.name].map { oblige(event, $0, among: known, at: now) } }
  }

  /// Whether the licensee must be told of a kind of change at all.
  private func mustBeTold(_ kind: ChangeKind) -> Bool {
    switch kind {
    case .storage: policy.changes.storageMustBeTold.value
    case .importSupplier: policy.changes.importSwitchMustBeTold.value
    default: true
    }
  }

  private func needsWriting(_ event: CaseEvent) -> Bool {
    event.facts.text(.channel) == Channel.phone && policy.changes.phoneMustBeConfirmed.value
  }

  /// What answers a change: the first confirmation, or piece of evidence, of its kind since the change of
  /// that kind before it. It may come before the change itself is known.
  private func answer(
    _ name: EventName, to event: CaseEvent, _ kind: ChangeKind, among known: [CaseEvent]
  ) -> CaseEvent? {
    let before = known.last { $0.name == event.name && $0.at < event.at }?.at
    return known.filter { one in
      one.name == name && one.facts.text(.what) == kind.rawValue && (before.map { one.at > $0 } ?? true)
    }.min { ($0.received, $0.at) < ($1.received, $1.at) }
  }

  private func tell(_ event: CaseEvent, _ kind: ChangeKind, among known: [CaseEvent]) {
    if kind != .meter, kind != .importSupplier, kind != .plant {
      let how = event.facts.text(.channel).map { " by \($0)" } ?? ""
      let writing = needsWriting(event) ? "; it must be confirmed in writing" : ""
      log.note(
        .chgDeclared, .chg01, at: event.received, subject, reads: [event.cause],
        "\(kind.sentence) on \(event.at), told\(how) on \(event.received)\(writing)")
    }
    guard mustBeTold(kind) else { return }
    let days = policy.changes.tellDays.value
    var (told, causes, late) = (
      event.received, [event.cause], daysLate(event.received, after: event.at, days: days, .tellDays)
    )
    // A call that is confirmed too late counts as told when it was confirmed.
    if late <= 0, needsWriting(event), let written = answer(.changeConfirmed, to: event, kind, among: known),
      daysLate(written.received, after: event.received, days: policy.changes.confirmDays.value, .confirmDays)
        > 0
    {
      (told, causes) = (written.received, [event.cause, written.cause])
      late = daysLate(told, after: event.at, days: days, .tellDays)
    }
    guard late > 0 else { return }
    log.note(
      .chgLate, .chg01, at: told, subject, severity: .query, reads: causes,
      "\(kind.sentence) on \(event.at) and it was told on \(told), \(Phrase.count(late, "day")) after the "
        + "last day that "
        + "counts as soon as possible")
  }

  private func oblige(_ event: CaseEvent, _ kind: ChangeKind, among known: [CaseEvent], at now: Instant) {
    let day = LondonClock.date(at: event.received)
    if needsWriting(event) {
      oblige(
        "written-confirmation", of: .customer, .chg01, subject, since: event.received,
        by: day.advanced(byDays: policy.changes.confirmDays.value),
        met: answer(.changeConfirmed, to: event, kind, among: known)?.received, at: now,
        "confirm in writing what was said by phone: \(kind.sentence)")
    }
    if lacksEvidence(event, kind) {
      oblige(
        "evidence", of: .customer, kind == .move ? .chg07 : .chg01, subject, since: event.received,
        by: day.advanced(byDays: policy.changes.evidenceDays.value),
        met: answer(.evidenceGiven, to: event, kind, among: known)?.received, at: now,
        "give evidence of the change: \(kind.sentence)")
    }
  }

  /// Said to be missing; and a customer who moves and keeps the installation shows it, or has not shown it.
  func lacksEvidence(_ event: CaseEvent, _ kind: ChangeKind) -> Bool {
    kind == .move && event.facts.flag(.stillOwner) == true
      ? event.facts.flag(.evidence) != true : event.facts.flag(.evidence) == false
  }

  /// When the evidence of a change came, if it did.
  func evidence(of event: CaseEvent, _ kind: ChangeKind, among known: [CaseEvent]) -> CaseEvent? {
    answer(.evidenceGiven, to: event, kind, among: known)
  }

  func confirmation(of event: CaseEvent, _ kind: ChangeKind, among known: [CaseEvent]) -> CaseEvent? {
    answer(.changeConfirmed, to: event, kind, among: known)
  }
}

extension ChangeKind {
  var sentence: String {
    switch self {
    case .capacity: "the capacity changed"
    case .storage: "storage changed"
    case .unit: "another unit was added"
    case .owner: "the owner changed"
    case .move: "the customer moved"
    case .decommissioning: "the unit was removed"
    case .plant: "the plant changed"
    case .meter: "the meter was exchanged"
    case .importSupplier: "the import supplier changed"
    }
  }
}
