// The end of a term, and the checks of a plan's own words (R-TAR-11, R-TAR-13, R-TAR-17, R-RATE-03).

internal import Units

extension TariffLife {
  /// A term that runs out with no choice made goes on under the default tariff (R-TAR-11, R-SWI-08).
  mutating func endTerm(of plan: TariffPlan) {
    guard plan.runsOut, let end = plan.end, let last = plan.termEnd, end > plan.start else { return }
    let agreed = agreement.tariff.contains { $0.from == end }
    let options = lastSent(.endOptionsSent, since: plan, on: last)
    if policy.tariffs.optionsNotice.value, !options {
      rulings.append(
        Ruling(
          .tarEndNoticeMissing, .tar17, due: end, subject, severity: .query,
          "the term ends on \(last) and the customer was not told the options by then; the money is not "
            + "affected"))
    }
    guard !agreed else { return }
    let next = timeline.version(at: end)
    let known = plan.defaultTariff.isEmpty ? "no default tariff is known, and the energy waits" : "it goes on"
    rulings.append(
      Ruling(
        .tarAutoRenewed, .tar11, due: end, subject,
        "the term ended with \(last), at \(end), and nothing else was chosen: \(known) at "
          + "\(next?.terms.shape.text ?? "no rate") by default"))
    let sent = lastSent(.renewalPlanSent, since: plan, on: last)
    if policy.tariffs.renewalPlan.value, !sent {
      rulings.append(
        Ruling(
          .tarAutoRenewed, .tar11, due: end, subject, severity: .error,
          "the plan of the default tariff was not sent before the term ended on \(last); it renews all the same"
        ))
    }
  }

  /// Whether something was sent by the last day of a term; notes how near to it.
  private mutating func lastSent(_ name: EventName, since plan: TariffPlan, on last: CivilDate) -> Bool {
    let days = events.filter { $0.name == name && $0.at >= plan.start }.map { LondonClock.date(at: $0.at) }
    if let first = days.min() { touches.append((.termEnd, Int64(first.dayNumber - last.dayNumber))) }
    return days.contains { $0 <= last }
  }

  /// What a plan says in words: the code of an export tariff, a rate with its unit.
  mutating func check(_ plan: TariffPlan) {
    let words = policy.tariffs.exportProducts.value
    if let code = plan.code, !words.isEmpty, !words.contains(where: { Self.names(code, $0) }) {
      refuse(
        plan, .tarIneligible, .rate03,
        "the code '\(code)' carries none of \(words.joined(separator: ", ")): it is of an import product, and "
          + "export is not priced by it")
    }
    guard let text = plan.rateAsWritten else { return }
    do {
      let written = try UnitRate(parsing: text)
      guard let terms = timeline.version(at: plan.start)?.terms, case .flat(let rate) = terms.shape,
        rate != written
      else { return }
      refuse(
        plan, .tarUnit, .tar13,
        "the plan says '\(text)', which is \(written), and the tariff is entered as \(rate)\(Self.slip(written, rate))"
      )
    } catch {
      refuse(plan, .tarUnit, .tar13, "the plan says '\(text)', which is no rate: \(error.message)")
    }
  }

  /// Nothing that a plan prices is paid until it is put right.
  private mutating func refuse(_ plan: TariffPlan, _ code: ReasonCode, _ rule: Rule, _ why: String) {
    timeline.refuse(from: plan.start, code)
    rulings.append(
      Ruling(
        code, rule, due: plan.received, subject, severity: .error, reads: [plan.cause],
        "\(why); what it would price is held"))
  }

  private static func slip(_ one: UnitRate, _ other: UnitRate) -> String {
    let (low, high) = (min(one, other).raw, max(one, other).raw)
    return low > 0 && high == low * 1000 ? ", a slip of a thousand" : ""
  }

  /// Whether a code has a word between its dashes.
  private static func names(_ code: String, _ word: String) -> Bool {
    code.split(separator: "-").contains { $0.uppercased() == word.uppercased() }
  }
}
