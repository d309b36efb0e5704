// Personal data (R-DATA-01 … -04): who may be given what, other people's permission, consent to half-hours of
// consumption, and when data are erased.

internal import Units

extension EventName {
  public static let dataShared = EventName("data-shared")
  public static let permissionGiven = EventName("permission-given")
  public static let permissionWithdrawn = EventName("permission-withdrawn")
  public static let halfHourConsentGiven = EventName("half-hour-consent-given")
  public static let halfHourConsentWithdrawn = EventName("half-hour-consent-withdrawn")
  public static let dataErased = EventName("data-erased")
}

extension FactKey {
  public static let receiver = FactKey("receiver")
  public static let thirdPerson = FactKey("third-person")
}

extension EventDeclaration {
  private static let who = FactDeclaration(.thirdPerson, .text, needed: true, "who")

  static let dataEvents: [EventDeclaration] = [
    EventDeclaration(
      .dataShared, "personal data are to be handed to somebody", [.data01, .data02],
      [
        FactDeclaration(
          .receiver, .text, needed: true, "ofgem, seg-licensee, meter-reader, or somebody else by name"),
        FactDeclaration(
          .purpose, .text, needed: true, "for what; seg-duty where a duty of the scheme needs it"),
        FactDeclaration(
          .thirdPerson, .text, "another person whose data they are, where they are not the customer's"),
      ]),
    EventDeclaration(.permissionGiven, "another person permits the use of their data", [.data02], [who]),
    EventDeclaration(.permissionWithdrawn, "another person no longer permits it", [.data02], [who]),
    EventDeclaration(
      .halfHourConsentGiven, "the customer lets half-hours of import be read, from then on", [.data03]),
    EventDeclaration(
      .halfHourConsentWithdrawn, "the customer no longer lets half-hours of import be read, from then on",
      [.data03]),
    EventDeclaration(.dataErased, "the personal data of the agreement are erased", [.data04]),
  ]
}

extension Boundary {
  static let retention = Boundary(
    "conduct.retention-months", .data04,
    "data erased on the last day of their retention are in time, a day later late")

  static let dataLimits: [Boundary] = [retention]
}

extension Ledger {
  func judgePersonalData(at now: Instant) {
    for event in known(.dataShared) { judgeSharing(event) }
    tellConsent()
    judgeRetention(at: now)
  }

  // MARK: Handing over

  private func judgeSharing(_ event: CaseEvent) {
    let receiver = event.facts.text(.receiver) ?? "somebody"
    let purpose = event.facts.text(.purpose) ?? "no purpose"
    let isKnown = policy.conduct.dataReceivers.value.contains { $0.rawValue == receiver }
    if let person = event.facts.text(.thirdPerson), policy.conduct.thirdPersonMustPermit.value,
      !hasPermitted(person, at: event.received)
    {
      log.note(
        .dataNoPermission, .data02, at: event.received, subject, severity: .query, reads: [event.cause],
        "data of \(person) are not handed to \(receiver): \(person) has not permitted it")
      return
    }
    guard isKnown, purpose == "seg-duty" else {
      let why = isKnown ? "'\(purpose)' is no duty of the scheme" : "only \(receivers) may be given them"
      log.note(
        .dataRefused, .data01, at: event.received, subject, severity: .query, reads: [event.cause],
        "personal data are not handed to \(receiver) for \(purpose): \(why)")
      return
    }
    log.note(
      .dataShared, .data01, at: event.received, subject, reads: [event.cause],
      "personal data are handed to \(receiver) for \(purpose)")
  }

  private var receivers: String { policy.conduct.dataReceivers.value.map(\.rawValue).joined(separator: ", ") }

  private func hasPermitted(_ person: String, at instant: Instant) -> Bool {
    let last = known(.permissionGiven, .permissionWithdrawn).last {
      $0.received <= instant && $0.facts.text(.thirdPerson)?.isSamePerson(as: person) == true
    }
    return last?.name == .permissionGiven
  }

  // MARK: Consent

  /// Spans in which half-hours of import may not be looked at. Export is settled as ever.
  var spansWithoutConsent: [Range<Instant>] {
    guard policy.conduct.importHalfHoursNeedConsent.value else { return [] }
    var spans: [Range<Instant>] = []
    var since: Instant? = agreement.halfHourlyConsent ? nil : .epoch
    for event in known(.halfHourConsentGiven, .halfHourConsentWithdrawn).sorted(by: { $0.at < $1.at }) {
      if event.name == .halfHourConsentWithdrawn {
        since = since ?? event.at
      } else if let start = since {
        if start < event.at { spans.append(start..<event.at) }
        since = nil
      }
    }
    if let since { spans.append(since..<Instant.distantFuture) }
    return spans
  }

  /// A log of import without the half-hours that may not be looked at.
  func withoutHidden(_ one: LogRead) -> LogRead {
    let hidden = one.register == .import ? spansWithoutConsent : []
    guard !hidden.isEmpty else { return one }
    var kept = one
    kept.entries.removeAll { entry in
      let start = one.convention == .start ? entry.stamp : entry.stamp - HalfHour.length
      return hidden.contains { $0.contains(start) }
    }
    let count = one.entries.count - kept.entries.count
    if count > 0 {
      log.note(
        .dataNoHHConsent, .data03, at: one.received, one.serial, reads: [one.cause],
        "\(Phrase.count(count, "half-hour")) of import are not looked at, for the customer has not agreed to it; "
          + "export is settled as ever")
    }
    return kept
  }

  private func tellConsent() {
    for event in known(.halfHourConsentWithdrawn) {
      log.note(
        .dataNoHHConsent, .data03, at: event.received, subject, reads: [event.cause],
        "from \(event.at) on half-hours of import are hidden; export is settled as ever")
    }
  }

  // MARK: Retention

  /// Data are erased so many months after the agreement ended (our assumption; no document names a time).
  private func judgeRetention(at now: Instant) {
    guard let end = agreementEnd(at: now), max(end.at, end.known) <= now else { return }
    let last = LondonClock.date(at: end.at).advanced(byMonths: policy.conduct.retentionMonths.value)
    let erased = known(.dataErased).first?.received
    let day = LondonClock.date(at: erased ?? now)
    touch(.retention, excess: Int64(day.dayNumber - last.dayNumber))
    let isOver = LondonClock.startOfDay(last.advanced(byDays: 1)) <= now
    obligations.append(
      Obligation(
        "erase-personal-data", of: .licensee, rule: .data04, subject: subject, since: end.at, by: last,
        state: erased != nil ? .met : isOver ? .overdue : .open, met: erased,
        text:
          "personal data are kept until \(last), and \(policy.conduct.controller.value) erases them by then"))
  }
}
