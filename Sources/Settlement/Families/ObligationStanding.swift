// Is the licensee one, until when, and who pays after it (R-LIC-01, -03 … -06; K-06, K-42)?

internal import Units

/// All that is known of a licensee by some instant.
struct LicenseeStanding {
  /// The standing of one SEG year.
  enum Status: Hashable { case mandatory, voluntary, none }

  let agreement: Agreement
  let policy: Policy
  let origin: Instant
  /// In the order in which they happened.
  let events: [CaseEvent]

  func assess() -> Assessment {
    var out = Assessment(subject: agreement.licensee)
    for event in events {
      switch event.name {
      case .licenseeStatus: status(event, &out)
      case .licenseeExit: exit(event, &out)
      case .licenseeAssigned: handOver(event, &out)
      case .insolvency:
        out.remark(
          .infoInsolvency, .lic04, party: .customer, reads: [event.cause],
          "the licensee \(agreement.licensee) is insolvent since \(event.date)")
      default: continue
      }
    }
    return out
  }

  // MARK: Mandatory or volunteer

  /// SEG years run from April to March; the count of 31 December decides on the next one, and a fall during
  /// the year changes nothing before it (R-LIC-01).
  private func year(after event: CaseEvent) -> (first: CivilDate, last: CivilDate)? {
    let year = event.date.year + 1
    guard let first = CivilDate(year: year, month: 4, day: 1),
      let last = CivilDate(year: year + 1, month: 3, day: 31)
    else { return nil }
    return (first, last)
  }

  private func standing(_ event: CaseEvent) -> Status {
    let count = event.facts.whole(.customerCount) ?? 0
    if count >= Int64(policy.eligibility.mandatoryCustomers.value) { return .mandatory }
    return event.facts.flag(.volunteers) == true ? .voluntary : .none
  }

  private func status(_ event: CaseEvent, _ out: inout Assessment) {
    guard let year = year(after: event) else { return }
    let count = event.facts.whole(.customerCount) ?? 0
    let limit = Int64(policy.eligibility.mandatoryCustomers.value)
    out.touch(.mandatoryCustomers, excess: limit - count)
    let span = "from \(year.first) to \(year.last)"
    let counted = "\(count) domestic customers on 31 December \(event.date.year)"
    switch standing(event) {
    case .mandatory:
      out.remark(
        .licMandatory, .lic01, reads: [event.cause],
        "\(counted) are \(limit) or more: a mandatory licensee \(span)")
      if event.facts.whole(.segTariffs) == 0 {
        out.remark(
          .licNoTariff, .lic06, severity: .query, reads: [event.cause],
          "a mandatory licensee \(span) offers at least one SEG tariff; it offers none")
      }
    case .voluntary:
      out.remark(
        .licVoluntary, .lic01, reads: [event.cause],
        "\(counted) are fewer than \(limit): a licensee of its own will \(span); nothing ends")
    case .none:
      out.remark(
        .licVoluntary, .lic01, severity: .query, reads: [event.cause],
        "\(counted) are fewer than \(limit), and it does not volunteer: no licensee \(span)")
      guard policy.eligibility.licenseeExit.value == .byItself else { return }
      end(year.first, "it is no licensee any more, and the agreement ends by itself", [event.cause], &out)
    }
  }

  // MARK: Leaving

  /// At once where the terms say so; else no sooner than the notice, and never while it must stay (K-42).
  private func exit(_ event: CaseEvent, _ out: inout Assessment) {
    if isMandatory(on: event.date) {
      out.remark(
        .termLicenseeExit, .lic03, severity: .query, reads: [event.cause],
        "the licensee wants to leave on \(event.date), but it is mandatory then: nothing ends")
      return
    }
    guard policy.eligibility.licenseeExit.value == .byNotice else {
      end(event.date, "the licensee leaves the scheme, and the agreement ends by itself", [event.cause], &out)
      return
    }
    let told = event.facts.date(.noticeGiven) ?? LondonClock.date(at: event.received)
    let days = policy.eligibility.exitNoticeDays.value
    let earliest = told.advanced(byDays: days)
    let given = event.date.dayNumber - told.dayNumber
    out.touch(.exitNotice, excess: Int64(days - given))
    let short = event.date < earliest
    end(
      max(event.date, earliest),
      "told on \(told), \(given) days before \(event.date); \(days) are needed"
        + (short ? ", so the end moves to \(earliest)" : ""), [event.cause], &out)
  }

  private func isMandatory(on date: CivilDate) -> Bool {
    events.contains { event in
      guard event.name == .licenseeStatus, standing(event) == .mandatory, let year = year(after: event) else {
        return false
      }
      return year.first <= date && date <= year.last
    }
  }

  /// What was exported before the end stays payable (R-WHLD-04).
  private func end(_ date: CivilDate, _ why: String, _ causes: [Cause], _ out: inout Assessment) {
    let text = "the agreement ends on \(date): \(why); what was exported before stays payable"
    out.remark(.termLicenseeExit, .lic03, party: .customer, reads: causes, text)
    out.treat(
      Treatment(
        .forfeit, from: LondonClock.startOfDay(date), .termLicenseeExit, .lic03, causes: causes))
  }

  // MARK: Handing over

  /// Readings and accrued energy go over unchanged; the payer is a fact with a date (R-LIC-05).
  private func handOver(_ event: CaseEvent, _ out: inout Assessment) {
    let to = event.facts.text(.to) ?? ""
    switch policy.eligibility.mayAssign.value {
    case .no:
      out.remark(
        .licAssigned, .lic05, severity: .query, reads: [event.cause],
        "the licensee wants to hand the agreement to \(to), which these terms do not let it; nothing changes")
      return
    case .withNotice:
      out.remark(
        .licAssigned, .lic05, party: .customer, reads: [event.cause],
        "\(to) takes the agreement over on \(event.date) and pays for what is exported from then on")
    case .withoutNotice:
      out.remark(
        .licAssigned, .lic05, reads: [event.cause],
        "\(to) takes the agreement over on \(event.date), told to nobody, and pays for what is "
          + "exported from then on")
    }
    let next = events.first { $0.name == .licenseeAssigned && $0.day > event.day }
    out.treat(
      Treatment(
        .payer(to), from: event.day, to: next?.day ?? .distantFuture, .licAssigned, .lic05,
        causes: [event.cause]))
  }
}
