// Registrations that overlap or leave a gap (R-SWI-06), and switches of the import that leave the export where it is
// (R-SWI-05). What overlaps is paid by the one that registered last; into a gap the old licensee goes on paying.

internal import Units

extension Ledger {
  /// What others say of their own registration, beside the line that the switches draw.
  func tellOtherRegistrations(_ timeline: SwitchTimeline) {
    for event in known(SwitchTimeline.otherRegistration) {
      guard let name = event.facts.text(FactKey("organisation")),
        let one = timeline.switches.last(where: { $0.to == name || agreement.facts.text(.switchedFrom) == name })
      else { continue }
      if one.to == name, let told = one.told {
        // The new licensee's own start, beside the date that the switch gave.
        tell(event, told, event.at, "\(name) is registered from \(event.at), and the switch gave \(told)")
      } else if let effective = one.effective, let until = event.facts.instant(.until) {
        tell(
          event, until, effective,
          "\(name) is registered until \(until), and \(one.to) from \(effective)")
      }
    }
  }

  /// `end` is where the old registration ends by one word, `start` where the new one begins by the other.
  private func tell(_ event: CaseEvent, _ end: Instant, _ start: Instant, _ text: String) {
    guard end != start else { return }
    let isOverlap = start < end
    let count = HalfHour(containing: min(start, end)).distance(to: HalfHour(containing: max(start, end)))
    log.note(
      isOverlap ? .swiOverlap : .swiGap, .swi06, at: event.received, subject, severity: .query, reads: [event.cause],
      "\(text): \(Phrase.count(count, "half-hour")) \(isOverlap ? "are claimed twice" : "belong to nobody"); "
        + (isOverlap ? "the licensee that registered last pays for them" : "the old licensee goes on paying for them"))
  }

  /// The import moves and the export stays (R-SWI-05); only the way of paying may change.
  func tellImportSwitches() {
    for event in known(.importSupplierChanged) {
      let supplier = event.facts.text(.supplier) ?? ""
      let before = paymentArrangement(at: event.received - TimeSpan(microseconds: 1))
      let after = paymentArrangement(at: event.received)
      let method =
        before == .offset && after == .separate
        ? "; export is no longer set against the import bill and is paid separately" : ""
      log.note(
        .swiImportOnly, .swi05, at: event.received, subject, reads: [event.cause],
        "the import is supplied by \(supplier.isEmpty ? "somebody else" : supplier) from "
          + "\(LondonClock.date(at: event.at)); the export agreement is not moved by that\(method)")
      guard policy.switching.importSwitchMustBeTold.value else { continue }
      obligations.append(
        Obligation(
          "tell-of-import-switch", of: .customer, rule: .swi05, subject: subject, since: event.at, by: nil, state: .met,
          met: event.received, text: "the customer tells that \(supplier) supplies the import"))
    }
  }
}
