// Complaints, payment disputes and liability (R-DSP-01 … -04, R-PAY-11, R-LIA-01 … -03).

internal import Units

extension Ledger {
  func judgeDisputes(at now: Instant) {
    judgeComplaints(at: now)
    judgePaymentDisputes(at: now)
    judgeLiability()
    for event in known(.beyondControl) {
      let who = event.facts.text(.by) ?? "somebody"
      let what = event.facts.text(.about) ?? "what happened"
      log.note(
        .liaBeyondControl, .lia03, at: event.received, subject, reads: [event.cause],
        "\(what) on \(LondonClock.date(at: event.at)) was beyond the control of the \(who): nobody answers for it, and "
          + "all clocks go on")
    }
  }

  // MARK: Complaints

  /// A complaint goes on step by step; unresolved after eight weeks, or with a deadlock letter, it may go to the
  /// Ombudsman (R-DSP-01, R-DSP-02).
  private func judgeComplaints(at now: Instant) {
    for raised in known(.complaintRaised) {
      let id = raised.facts.text(.complaint)
      func later(_ name: EventName) -> CaseEvent? {
        known(name).first { $0.received >= raised.received && $0.facts.text(.complaint) == id }
      }
      let name = id.map { "complaint \($0)" } ?? "the complaint"
      let about = raised.facts.text(.about).map { " about \($0)" } ?? ""
      let day = LondonClock.date(at: raised.received)
      let last = day.advanced(byDays: policy.conduct.ombudsmanDays.value)
      let advice = policy.conduct.adviceAtAnyTime.value ? "; Citizens Advice may be asked at any time" : ""
      log.note(
        .dspOpen, .dsp02, at: raised.received, subject, reads: [raised.cause],
        "\(name)\(about) is open, step 1: the team that is complained about; it is to be answered by \(last)\(advice)\(law)")
      for step in known(.complaintEscalated)
      where step.received >= raised.received && step.facts.text(.complaint) == id {
        let number = step.facts.whole(.step) ?? 2
        log.note(
          .dspOpen, .dsp04, at: step.received, subject, reads: [raised.cause, step.cause],
          "\(name) goes to step \(number): \(Self.step(number))")
      }
      judgeClock(name, raised, resolved: later(.complaintResolved), deadlock: later(.deadlockLetter), last, at: now)
    }
  }

  /// Which law governs, where the application says where the home is (R-LAW-01). It moves no holiday.
  private var law: String {
    guard let nation = agreement.facts.text(.nation) else { return "" }
    let isScots = nation == "scotland" && policy.conduct.law.value == .byPlace
    return "; the law of \(isScots ? "Scotland" : "England and Wales") governs"
  }

  private static func step(_ number: Int64) -> String {
    switch number {
    case 1: "the team that is complained about"
    case 2: "the complaints procedure"
    default: "the Ombudsman"
    }
  }

  private func judgeClock(
    _ name: String, _ raised: CaseEvent, resolved: CaseEvent?, deadlock: CaseEvent?, _ last: CivilDate, at now: Instant
  ) {
    let over = LondonClock.startOfDay(last.advanced(byDays: 1))
    let letter = policy.conduct.deadlockLetterOpens.value ? deadlock?.received : nil
    let opens = min(letter ?? .distantFuture, over)
    let end = resolved?.received ?? .distantFuture
    let reached = min(end, now)
    touch(
      .complaintAnswered, excess: Int64(LondonClock.date(at: reached).dayNumber - last.dayNumber))
    if opens <= now, opens < end {
      let why = letter == opens ? "a deadlock letter was sent" : "\(last) has passed without an answer"
      log.note(
        .dspOmbudsmanOpen, .dsp01, at: opens, subject, reads: [raised.cause, deadlock?.cause ?? .none],
        "\(name) may go to the Ombudsman: \(why)")
    }
    obligations.append(
      Obligation(
        "complaint-answer", of: .licensee, rule: .dsp01, subject: subject, since: raised.received, by: last,
        state: resolved != nil ? .met : over <= now ? .overdue : .open, met: resolved?.received,
        text: "\(name) is to be answered"))
  }

  // MARK: Payment disputes

  /// What is disputed waits; the rest is paid (R-DSP-03, our assumption). What was paid before stays paid.
  private func judgePaymentDisputes(at now: Instant) {
    for raised in known(.paymentDisputed) {
      let id = raised.facts.text(.complaint)
      let settled = known(.disputeSettled).first {
        $0.received >= raised.received && $0.facts.text(.complaint) == id
      }
      let from = raised.facts.date(.disputedFrom).map(LondonClock.startOfDay) ?? .epoch
      let to = raised.facts.date(.disputedTo).map { LondonClock.startOfDay($0.advanced(byDays: 1)) } ?? .distantFuture
      let span =
        "\(raised.facts.date(.disputedFrom).map { "\($0)" } ?? "the start") to "
        + "\(raised.facts.date(.disputedTo).map { "\($0)" } ?? "now")"
      let why = raised.facts.text(.why).map { ": \($0)" } ?? ""
      log.note(
        .dspPayment, .pay11, at: raised.received, subject, reads: [raised.cause],
        "payment for \(span) is disputed\(why); the licensee works to settle it")
      guard settled == nil else { continue }
      let everything = policy.conduct.disputeHolds.value == .everything
      treatments.add(
        Treatment(
          .hold, from: max(everything ? .epoch : from, billed(before: raised.received)),
          to: everything ? .distantFuture : to, .dspPayment, .pay11, causes: [raised.cause]))
    }
  }

  /// Told with a statement that pays some and holds what is disputed.
  func tellPartial(_ statement: Statement) {
    let held = statement.lines.filter { $0.kind == .held && $0.reason == .dspPayment }
    guard !held.isEmpty, statement.lines.contains(where: \.isPayable) else { return }
    let energy = held.reduce(Int64(0)) { $0 + ($1.energy?.value ?? 0) }
    log.note(
      .payPartial, .dsp03, at: statement.to, subject, reads: held.flatMap(\.reads),
      "\(statement.net) is undisputed and is paid; \(WattHours(energy)) are disputed and wait")
  }

  // MARK: Liability

  /// The claims of one event or connected series, or of one calendar year, against the cap (R-LIA-01, R-LIA-02). The
  /// core reports; it pays no damages.
  private func judgeLiability() {
    let terms = policy.conduct
    guard terms.liabilityCapPer.value != .none else { return }
    var sums: [String: Pence] = [:]
    for (number, claim) in known(.liabilityClaim).enumerated() {
      guard let amount = claim.facts.money(.claimed) else { continue }
      if claim.facts.flag(.isInjury) == true || claim.facts.flag(.isBeyondControl) == true {
        tellUncounted(claim, amount)
        continue
      }
      if claim.facts.flag(.isIndirect) == true, terms.indirectLossExcluded.value { continue }
      let series = claim.facts.text(.series) ?? "event \(number + 1)"
      let year = LondonClock.date(at: claim.at).year
      let key = terms.liabilityCapPer.value == .calendarYear ? "\(series) in \(year)" : series
      sums[key, default: Pence(0)] += amount
      let (sum, cap) = (sums[key] ?? amount, terms.liabilityCap.value)
      touch(.liabilityCap, excess: (sum - cap).value)
      guard sum > cap else { continue }
      log.note(
        .liaCapped, terms.liabilityCapPer.value == .calendarYear ? .lia02 : .lia01, at: claim.received, subject,
        severity: .query, reads: [claim.cause],
        "claims for \(key) come to \(sum), and the licensee answers for \(cap) at most: \(sum - cap) is beyond the cap")
    }
  }

  private func tellUncounted(_ claim: CaseEvent, _ amount: Pence) {
    guard claim.facts.flag(.isBeyondControl) == true else { return }
    log.note(
      .liaBeyondControl, .lia03, at: claim.received, subject, reads: [claim.cause],
      "the claim of \(amount) is for what nobody could foresee or control: the licensee does not answer for it")
  }
}
