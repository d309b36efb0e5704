// What holds from or until a day: commissioning, the meter's approval, the notice to the DNO, units that are
// not on the plan (R-ELIG-10, -13, -17, -19).

internal import Units

extension Application {
  /// Nothing is payable before the day of commissioning (R-ELIG-17).
  func commissioning(_ out: inout Assessment) {
    guard policy.eligibility.commissioned.value == .required else { return }
    let event = all(.commissioned).first
    let day = event?.date ?? facts.date(.commissionedOn)
    guard day != nil || facts.flag(.isCommissioned) == false else { return }
    guard let day else {
      out.bar(notCommissioned(until: nil, "the installation is not commissioned", []))
      return
    }
    let from = LondonClock.startOfDay(day)
    guard from > origin else { return }
    out.bar(
      notCommissioned(
        until: from,
        "the installation is commissioned on \(day); what is exported before is a test and not payable",
        event.map { [$0.cause] } ?? []))
  }

  private func notCommissioned(until: Instant?, _ text: String, _ causes: [Cause]) -> Bar {
    Bar(
      effect: .forfeit, code: .eligNotCommissioned, rule: .elig17, from: origin, to: until ?? .distantFuture,
      causes: causes, text: text)
  }

  /// The export meter's approval and its last day (R-ELIG-10).
  func approval(_ out: inout Assessment) {
    var ends: [(last: CivilDate, causes: [Cause])] = []
    if let last = facts.date(.approvalExpires) { ends.append((last, [])) }
    ends += all(.approvalExpires).map { ($0.date, [$0.cause]) }
    let renewals = all(.approvalRenewed)
    ends += renewals.compactMap { event in event.facts.date(.until).map { ($0, [event.cause]) } }
    for (last, causes) in ends.sorted(by: { $0.last < $1.last }) {
      let from = Instant.after(last)
      // Renewed while it still ran, for longer: it did not run out.
      let isExtended = renewals.contains { renewal in
        renewal.day <= from && (renewal.facts.date(.until).map { $0 > last } ?? true)
      }
      guard !isExtended else { continue }
      let next = renewals.first { $0.day > from }
      out.bar(
        Bar(
          effect: .forfeit, code: .eligMeterNotApproved, rule: .elig10, from: from,
          to: next?.day ?? .distantFuture, causes: causes + (next.map { [$0.cause] } ?? []),
          text: "the approval of the export meter ran out with \(last)"
            + (next.map { " and was renewed on \($0.date)" } ?? "")))
    }
  }

  /// Connected without the DNO's knowledge: held, not refused (R-ELIG-13).
  func networkNotice(_ out: inout Assessment) {
    guard facts.flag(.dnoWasNotified) == false else { return }
    let notice = all(.dnoNotified).first
    out.duty(
      Obligation(
        "dno-notice", of: .customer, rule: .elig13, subject: out.subject, since: start, by: nil,
        state: notice == nil ? .open : .met, met: notice?.at,
        text: "the DNO is to be told of the installation"))
    guard notice == nil else { return }
    out.bar(
      Bar(
        effect: .hold, code: .onbDNONotNotified, rule: .elig13, severity: .hold, from: origin,
        text: "the DNO was not told of the installation; payment waits for that"))
  }

  /// Units found behind the export meter that nobody put on the plan (R-ELIG-19): one register cannot tell
  /// them apart, so all of it waits (R-WHLD-03).
  func strangeUnits(_ out: inout Assessment) {
    for found in all(.unitFound) {
      let unit = found.facts.text(.generationUnit) ?? ""
      let end = all(.unitResolved).first { $0.at >= found.at && $0.facts.text(.generationUnit) == unit }
      out.bar(
        Bar(
          effect: .hold, code: .eligUnitNotOnPlan, rule: .elig19, severity: .hold, from: found.day,
          to: end?.day ?? .distantFuture, causes: [found.cause],
          text: "from \(found.date) the unit '\(unit)' runs behind the export meter and is not on the plan"))
    }
  }
}
