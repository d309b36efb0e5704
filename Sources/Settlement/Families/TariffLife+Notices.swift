// Notices of change: how many days they leave, who makes the change, whether the rate is locked, how often it
// may change (R-TAR-04, -08, -09, -10, -13, -16).

internal import Units

extension TariffLife {
  /// One notice that the customer is told.
  mutating func notice(_ event: CaseEvent) {
    for terms in newTerms(event) {
      let asked = event.facts.date(.effective) ?? LondonClock.date(at: terms.from)
      if let problem = TariffCheck.problem(of: terms) {
        rulings.append(
          Ruling(
            problem.code, problem.rule, due: event.received, subject, severity: .error, reads: [event.cause],
            "the change to \(terms.shape.text) from \(asked) is not made: \(problem.why)"))
        continue
      }
      let isLaw = event.facts.text(.origin) == "law" && policy.tariffs.lawAtOnce.value
      if isLaw { applyLaw(terms, asked, event) } else { applyChange(terms, asked, event) }
    }
  }

  /// The rates of a notice; a rate as written must have a unit that is one (R-TAR-13).
  private mutating func newTerms(_ event: CaseEvent) -> [TariffTerms] {
    let stated = event.facts.tariff(.tariff)
    guard stated.isEmpty, let text = event.facts.text(.rateAsWritten) else { return stated }
    do {
      let rate = try UnitRate(parsing: text)
      let isSEG = timeline.version(at: event.at)?.terms.isSEG ?? true
      return [TariffTerms(name: "flat", from: event.at, shape: .flat(rate), isSEG: isSEG)]
    } catch {
      rulings.append(
        Ruling(
          .tarUnit, .tar13, due: event.received, subject, severity: .error, reads: [event.cause],
          "the notice says '\(text)', which is no rate: \(error.message); the old rate holds"))
      return []
    }
  }

  private mutating func applyLaw(_ terms: TariffTerms, _ asked: CivilDate, _ event: CaseEvent) {
    let start = LondonClock.startOfDay(asked)
    enter(terms, at: start)
    rulings.append(
      Ruling(
        .tarLawChange, .tar16, due: event.received, subject, reads: [event.cause],
        "law changes the rate to \(terms.shape.text) from \(asked), at its own date and without notice"))
  }

  /// The day on which the customer counts as told; nil if the notice is none.
  private mutating func told(_ event: CaseEvent, _ terms: TariffTerms) -> CivilDate? {
    let channels = policy.tariffs.noticeChannels.value
    if let channel = event.facts.text(.channel), !channels.contains(channel) {
      rulings.append(
        Ruling(
          .tarNoticeShort, rule, due: event.received, subject, severity: .query, reads: [event.cause],
          "the change to \(terms.shape.text) was told by \(channel), where rates are told by "
            + "\(channels.joined(separator: " or ")): that is no notice, and the change is not made"))
      return nil
    }
    guard let delivered = delivery(event) else {
      rulings.append(
        Ruling(
          .calNoCoverage, .term04, due: event.received, subject, severity: .query, reads: [event.cause],
          "the change to \(terms.shape.text) was posted on \(LondonClock.date(at: event.at)), and no calendar tells when "
            + "it counts as delivered: the change is not made"))
      return nil
    }
    return LondonClock.date(at: delivered)
  }

  private mutating func applyChange(_ terms: TariffTerms, _ asked: CivilDate, _ event: CaseEvent) {
    guard let told = told(event, terms) else { return }
    if isLocked(at: LondonClock.startOfDay(asked), terms, asked, event) { return }
    let old = timeline.version(before: LondonClock.startOfDay(asked))
    let isDecrease = old.map { terms.shape.lowers($0.terms.shape) } ?? false
    var day = asked
    if isDecrease || policy.tariffs.noticeFor.value == .anyChange {
      let days = policy.tariffs.noticeDays.value
      let earliest = told.advanced(byDays: days)
      touches.append((.noticeDays, Int64(earliest.dayNumber - asked.dayNumber)))
      if asked < earliest {
        let what = isDecrease ? "decrease" : "change"
        let given = asked.dayNumber - told.dayNumber
        rulings.append(
          Ruling(
            .tarNoticeShort, rule, due: event.received, subject, severity: .query, reads: [event.cause],
            "the \(what) to \(terms.shape.text) from \(asked) was told on \(told), "
              + "\(Phrase.count(given, "day")) before; \(days) days are due"))
        guard policy.tariffs.shortNotice.value == .slides else { return }
        day = earliest
      }
    }
    day = allowed(from: day, asked, terms, event)
    // Sliding may carry a change into a term that locks the rate.
    let start = LondonClock.startOfDay(day)
    if day != asked, isLocked(at: start, terms, day, event) { return }
    enter(terms, at: start)
    applied.append(start)
    tell(terms, asked, day, isDecrease: isDecrease, event)
  }

  private mutating func tell(
    _ terms: TariffTerms, _ asked: CivilDate, _ day: CivilDate, isDecrease: Bool, _ event: CaseEvent
  ) {
    if day != asked {
      rulings.append(
        Ruling(
          .tarChangeDeferred, rule, due: event.received, subject, reads: [event.cause],
          "the change to \(terms.shape.text) moves from \(asked) to \(day), 00:00 London time"))
    }
    let free = isDecrease ? "; the customer may leave before it without charge" : ""
    rulings.append(
      Ruling(
        .tarChangeApplied, rule, due: event.received, subject, reads: [event.cause],
        "the rate is \(terms.shape.text) from \(day) on\(free)"))
  }

  /// Which of the two rules of notice this licensee has.
  private var rule: Rule { policy.tariffs.noticeFor.value == .anyChange ? .tar08 : .tar09 }

  private mutating func enter(_ terms: TariffTerms, at start: Instant) {
    timeline.insert(TariffTimeline.Version(terms).starting(at: start))
  }

  /// A fixed rate holds for its term (R-TAR-04).
  private mutating func isLocked(
    at start: Instant, _ terms: TariffTerms, _ day: CivilDate, _ event: CaseEvent
  ) -> Bool {
    guard let plan = plan(at: start), plan.kind == .fixed, start < plan.end ?? .distantFuture else {
      return false
    }
    let term = plan.termEnd.map { "to the end of \($0)" } ?? "without an end"
    rulings.append(
      Ruling(
        .tarFixedLocked, .tar04, due: event.received, subject, severity: .query, reads: [event.cause],
        "the change to \(terms.shape.text) from \(day) is not made: the rate is fixed \(term)"))
    return true
  }

  /// The first day on which the rate may change again (R-TAR-08).
  private mutating func allowed(
    from day: CivilDate, _ asked: CivilDate, _ terms: TariffTerms, _ event: CaseEvent
  ) -> CivilDate {
    guard policy.tariffs.changeLimit.value == .quarterly else { return day }
    var free = day
    let before = applied.map { LondonClock.date(at: $0) }
    var others = before.filter { isSameQuarter($0, free) }
    touches.append((.changesInQuarter, Int64(others.count)))
    guard let first = others.min() else { return day }
    while let last = others.max() {
      free = nextQuarter(after: last)
      others = before.filter { isSameQuarter($0, free) }
    }
    rulings.append(
      Ruling(
        .tarTooFrequent, .tar08, due: event.received, subject, severity: .query, reads: [event.cause],
        "the rate changes on \(first) already, so the change to \(terms.shape.text) asked for \(asked) would be "
          + "the second in a quarter"))
    return free
  }

  private func isSameQuarter(_ one: CivilDate, _ other: CivilDate) -> Bool {
    switch policy.tariffs.quarter.value {
    case .calendar: one.quarter == other.quarter
    case .rolling: one.adding(months: 3) > other && other.adding(months: 3) > one
    }
  }

  private func nextQuarter(after day: CivilDate) -> CivilDate {
    switch policy.tariffs.quarter.value {
    case .calendar: CivilDate.firstDay(ofQuarter: day.quarter + 1)
    case .rolling: day.adding(months: 3)
    }
  }

  // MARK: Terms

  /// Changed terms are told before they take effect; where law makes the change, as soon as can be (R-TAR-10).
  mutating func tellTerms(_ event: CaseEvent) {
    guard let day = event.facts.date(.effective) else { return }
    let told = LondonClock.date(at: event.at)
    let ahead = day.dayNumber - told.dayNumber
    let isLaw = event.facts.text(.origin) == "law"
    let isLate = ahead <= 0 && !isLaw && policy.tariffs.termsToldFirst.value
    let when =
      ahead > 0
      ? "\(Phrase.count(ahead, "day")) before; the customer may leave before they take effect"
      : ahead == 0 ? "on the day itself" : "\(Phrase.count(-ahead, "day")) after"
    let what = event.facts.text(.what).map { ": \($0)" } ?? ""
    let why = isLate ? ". A change that law does not make is to be told before" : ""
    rulings.append(
      Ruling(
        .infoTermsChanged, .tar10, due: event.received, subject, severity: isLate ? .query : nil,
        reads: [event.cause], "the terms change on \(day)\(what); told on \(told), \(when)\(why)"))
  }
}

extension CivilDate {
  /// Calendar quarters since year 0.
  var quarter: Int { year * 4 + (month - 1) / 3 }

  static func firstDay(ofQuarter quarter: Int) -> CivilDate {
    CivilDate(year: quarter / 4, month: quarter % 4 * 3 + 1, day: 1) ?? CivilDate(dayNumber: 0)
  }

  /// The same day so many months on, or the last day of that month where it has no such day.
  func adding(months: Int) -> CivilDate {
    let total = year * 12 + month - 1 + months
    let (year, month) = (floorDivide(total, 12), floorModulo(total, 12) + 1)
    let day = min(day, CivilDate.days(inMonth: month, of: year))
    return CivilDate(year: year, month: month, day: day) ?? self
  }
}
