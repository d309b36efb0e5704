// What is told of a switch, step by step (R-SWI-01 … -04, -06): each with what was known when it came up.

internal import Units

extension SwitchView {
  /// Everything that can be told by what this view knows.
  func rulings(by now: Instant) -> [Ruling] {
    timeline.switches.flatMap { rulings(of: $0) } + boundaries.flatMap { rulings(of: $0, by: now) }
      + registrationRulings
  }

  private func rulings(of one: SwitchRecord) -> [Ruling] {
    let (to, subject) = (one.to.isEmpty ? "another licensee" : one.to, ledger.subject)
    var all: [Ruling] = []
    if let asked = one.asked {
      let how =
        one.applied
        ? "the customer has applied to \(to)"
        : "the customer told the old licensee of a switch to \(to) and has applied nowhere as far as is known"
      let planned = one.planned.map { ", planned for \($0)" } ?? ""
      let end = one.state == .rejected || one.state == .withdrawn
      all.append(
        Ruling(
          .swiRequested, .swi01, due: asked, subject, reads: one.causes,
          end
            ? "the switch to \(to) is \(one.state.rawValue): the agreement goes on"
            : "\(how)\(planned); export stays where it is until the new licensee is registered"))
    }
    guard let effective = one.effective, let known = one.known else { return all }
    let before = timeline.licensee(at: effective - TimeSpan(microseconds: 1))
    let old = before.isEmpty || before == one.to ? "" : "; \(before) pays up to that instant"
    let slips = one.planned.map { LondonClock.startOfDay($0) < effective } ?? false
    let late = slips ? "; that is later than was planned, and until then nothing changes" : ""
    let text =
      one.state == .reversed
      ? "the switch to \(to) is taken back, as if it had not been: the old licensee goes on paying"
      : "\(to) is registered from \(effective), 00:00 London time of "
        + "\(LondonClock.date(at: effective))\(old)\(late)"
    all.append(Ruling(.swiEffective, .swi02, due: known, subject, reads: one.causes, text))
    return all
  }

  private func rulings(of boundary: Registration, by now: Instant) -> [Ruling] {
    var all: [Ruling] = []
    var waits = false
    switch reading(for: boundary.from, by: now) {
    case .agreed: break
    case .missing: waits = true
    case .conflict(let one, let other):
      waits = true
      all.append(
        Ruling(
          .swiReadConflict, .swi03, due: max(one.received, other.received), ledger.subject, severity: .hold,
          reads: [one.cause, other.cause],
          "for the switch of \(boundary.from) the \(one.source.words) says \(one.value) and the "
            + "\(other.source.words) \(other.value); both licensees hold what depends on it until they agree")
      )
    }
    guard waits, boundary.licensee != ledger.agreement.licensee else { return all }
    let terms = ledger.policy.switching
    let due = LondonClock.date(at: boundary.from).advanced(byDays: terms.readingDays.value)
    all.append(
      Ruling(
        .swiFinalPendingRead, .swi04, due: max(boundary.from, boundary.known), ledger.subject,
        reads: boundary.causes,
        "the final payment waits for the reading of \(boundary.from), which \(terms.finalReadingFrom.value.words) "
          + "gives; it is in time until \(due)"))
    return all
  }

  // MARK: Overlaps and gaps

  /// What others say of their own registration, beside the line that the switches draw. What overlaps is paid
  /// by the one that registered last; into a gap the old licensee goes on paying.
  private var registrationRulings: [Ruling] {
    events.filter { $0.name == SwitchTimeline.otherRegistration }.compactMap { event in
      guard let name = event.facts.text(FactKey("organisation")) else { return nil }
      if let one = timeline.switches.last(where: { $0.to == name }), let told = one.told {
        return ruling(
          event, end: told, start: event.at,
          "\(name) is registered from \(event.at), and the switch gave \(told)")
      }
      guard let until = event.facts.instant(.until),
        let number = timeline.registrations.lastIndex(where: { $0.licensee == name }),
        number + 1 < timeline.registrations.count
      else { return nil }
      let next = timeline.registrations[number + 1]
      return ruling(
        event, end: until, start: next.from,
        "\(name) is registered until \(until), and \(next.licensee) from \(next.from)")
    }
  }

  /// `end` is where the old registration ends by one word, `start` where the new one begins by the other.
  private func ruling(_ event: CaseEvent, end: Instant, start: Instant, _ text: String) -> Ruling? {
    guard end != start else { return nil }
    let isOverlap = start < end
    let count = HalfHour(containing: min(start, end)).distance(to: HalfHour(containing: max(start, end)))
    let what =
      isOverlap
      ? "are claimed twice; the licensee that registered last pays for them"
      : "belong to nobody; the old licensee goes on paying for them"
    return Ruling(
      isOverlap ? .swiOverlap : .swiGap, .swi06, due: event.received, ledger.subject, severity: .query,
      reads: [event.cause], "\(text): \(Phrase.count(count, "half-hour")) \(what)")
  }
}
