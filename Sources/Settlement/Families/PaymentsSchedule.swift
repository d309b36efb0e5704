// When money that was earned is to be paid: at once, at dates that cadence and term of the tariff give, on
// request, or by way of the import bill (R-PAY-02, R-PAY-05, R-PAY-06). Where the agreement says nothing of a
// term or a frequency, each settlement pays what it finds.

internal import Units

/// How export money reaches the customer.
enum PaymentArrangement: Hashable { case separate, offset }

extension Ledger {
  // MARK: Separately, or by the bill

  /// What holds by all that was told up to an instant.
  func paymentArrangement(at now: Instant) -> PaymentArrangement {
    switch policy.payment.offset.value {
    case .never: return .separate
    case .onWish where wishedMethod(at: now) != .supplyAccount: return .separate
    case .onWish, .whenAble: break
    }
    let supply = supply(at: now)
    let supplies = supply.electricity || (supply.gas && policy.payment.gasAloneOffsets.value)
    return supplies && supply.able && !hasEnded(by: now) ? .offset : .separate
  }

  /// What the licensee supplies to the home, as far as anybody said.
  func supply(at now: Instant) -> (electricity: Bool, gas: Bool, able: Bool) {
    var electricity = agreement.facts.flag(.suppliesElectricity) ?? false
    var gas = agreement.facts.flag(.suppliesGas) ?? false
    var able = agreement.facts.flag(.ableToOffset) ?? policy.payment.ableUnlessTold.value
    for event in events where event.received <= now {
      switch event.name {
      case .supplyChanged:
        electricity = event.facts.flag(.suppliesElectricity) ?? electricity
        gas = event.facts.flag(.suppliesGas) ?? gas
        able = event.facts.flag(.ableToOffset) ?? able
      case .importSupplierChanged:
        electricity = event.facts.text(.supplier) == agreement.licensee
      default: continue
      }
    }
    return (electricity, gas, able)
  }

  func wishedMethod(at now: Instant) -> Payment.Method {
    let told = known(.paymentMethodChosen).last { $0.received <= now }?.facts.text(.paymentMethod)
    return (told ?? agreement.facts.text(.paymentMethod)).flatMap(Payment.Method.init(rawValue:))
      ?? .bankTransfer
  }

  // MARK: Dates

  /// The dates by which money is paid, tariff by tariff; none where each settlement pays what it finds.
  func paymentSchedules(at now: Instant) -> [PaymentSchedule] {
    var terms = policy.payment
    // The confirmation beats what the terms say in general (K-37).
    let confirmed = known(.confirmed).last { $0.received <= now }?.facts.text(.paidEvery)
    let stated = [confirmed, agreement.facts.text(.paidEvery)].compactMap { $0 }
    if let said = stated.compactMap(Policy.PaymentTerms.Cadence.init(rawValue:)).first, said != .byTerm {
      terms.cadence = .clause(said, "the confirmation")
      return [PaymentSchedule(terms, start: LondonClock.date(at: agreement.start), end: nil)]
    }
    guard terms.cadence.value == .byTerm else { return [] }
    return tariffTerms(at: now).map { PaymentSchedule(terms, start: $0.start, end: $0.end) }
  }

  /// Start and first day after the end of each tariff that was agreed, as far as anybody said. A new plan
  /// ends the one before; what follows a term has none.
  func tariffTerms(at now: Instant) -> [(start: CivilDate, end: CivilDate?)] {
    var plans: [(start: CivilDate, end: CivilDate?)] = []
    func add(_ facts: Facts, from: CivilDate) {
      plans.append((facts.date(.tariffStart) ?? from, facts.date(.termEnd)?.advanced(byDays: 1)))
    }
    let facts = agreement.facts
    if facts[.tariffStart] != nil || facts[.termEnd] != nil || facts[.kind] != nil {
      add(facts, from: LondonClock.date(at: agreement.start))
    }
    for event in known(.planIssued) where event.received <= now {
      if let day = event.facts.date(.effective) { add(event.facts, from: day) }
    }
    // Who asks for a payment is paid by date and request, whatever else was said (R-PAY-03, R-PAY-05).
    if plans.isEmpty, firstRequest(by: now) != nil {
      plans.append((LondonClock.date(at: agreement.start), nil))
    }
    plans.sort { $0.start < $1.start }
    var terms: [(start: CivilDate, end: CivilDate?)] = []
    for (number, plan) in plans.enumerated() {
      let next = number + 1 < plans.count ? plans[number + 1].start : nil
      if let end = plan.end, next.map({ end < $0 }) ?? true {
        terms += [(plan.start, end), (end, next)]
      } else {
        terms.append((plan.start, next))
      }
    }
    return terms.filter { term in term.end.map { $0 > term.start } ?? true }
  }

  private func firstRequest(by now: Instant) -> Instant? {
    known(.paymentRequested).map(\.received).filter { $0 <= now }.min()
  }

  /// The schedule, told date by date: each is told when the time it pays for begins.
  func tellSchedule(at now: Instant) {
    let end = agreementEnd(at: now)
    let last = end.map { LondonClock.date(at: $0.at) }
    let today = LondonClock.date(at: now)
    let first = firstRequest(by: now)
    let known = first.map { one in paymentSchedules(at: one - .seconds(1)).isEmpty ? one : .epoch } ?? .epoch
    for schedule in paymentSchedules(at: now) {
      var from = schedule.start
      while from <= today, let date = schedule.next(after: from) {
        if let last, let end, last <= date {
          if last > from {
            tellDate(
              "what is exported from \(from) on is paid at \(last), where the agreement ends", from, end.known
            )
          }
          if end.known <= LondonClock.startOfDay(from) { break }
        }
        let why =
          schedule.end == date ? "where the tariff ends" : Phrase.count(schedule.months, "month") + " on"
        tellDate("what is exported from \(from) on is paid at \(date), \(why)", from, known)
        from = date
      }
    }
  }

  private func tellDate(_ text: String, _ from: CivilDate, _ known: Instant) {
    log.note(.payScheduled, .pay02, at: max(LondonClock.startOfDay(from), one.from, known), subject, text)
  }

  // MARK: The end

  /// When the agreement ends and when that was known: the first end that the rules state.
  func agreementEnd(at now: Instant) -> (at: Instant, known: Instant)? {
    let ends = treatments.all.filter { one in
      one.effect == .forfeit && one.to == .distantFuture && Self.endings.contains(one.reason)
    }
    guard let first = ends.map(\.from).min() else { return nil }
    let known = switchBoundaries.last { $0.from == first }?.known
    return (first, known ?? first)
  }

  /// Reasons by which nothing more is earned for good.
  private static let endings: Set<ReasonCode> = [
    .swiEffective, .chgOwner, .chgDecommissioned, .termByCustomer, .termBreach, .termOfgem, .termAuto,
    .termLicenseeExit,
  ]

  func hasEnded(by now: Instant) -> Bool {
    agreementEnd(at: now).map { max($0.at, $0.known) <= now } ?? false
  }

  // MARK: Requests

  /// A request for payment: counted, and refused beyond the limit of a tariff year (R-PAY-05).
  func takeRequest(_ event: CaseEvent) {
    let arrangement = paymentArrangement(at: event.received)
    let limited = arrangement == .separate || policy.payment.limitedRequests.value == .all
    let day = LondonClock.date(at: event.received)
    let start =
      tariffTerms(at: event.received).last { $0.start <= day }?.start ?? LondonClock.date(at: agreement.start)
    let year = start.year(containing: day, leap: policy.payment.leapAnniversary.value)
    let most = policy.payment.requestsPerYear.value
    if limited {
      let count = keeper.requests.count { year.contains($0) } + 1
      touch(.requestsInYear, excess: Int64(count - most))
      guard count <= most else {
        log.note(
          .payRequestLimit, .pay05, at: event.received, subject, severity: .query, reads: [event.cause],
          "request \(count) for payment in the tariff year from \(year.lowerBound) is refused: "
            + "\(Phrase.count(most, "request")) a year are paid; the next may come on \(year.upperBound)")
        refuse(event, .payRequestLimit)
        return
      }
      keeper.requests.append(day)
    }
    if arrangement == .offset {
      releaseCredit(event)
    } else if !paymentSchedules(at: event.received).isEmpty {
      keeper.wanted = keeper.wanted ?? AccountKeeper.Wanted(asked: event.received, why: .request)
      payIfReady(at: event.received)
    }
  }

  /// A request that is turned down stands among the payments.
  func refuse(_ event: CaseEvent, _ why: ReasonCode) {
    let balance = keeper.account.balance(.credit) + keeper.account.balance(.accrued)
    keeper.payments.append(
      Payment(
        at: event.received, due: nil, amount: balance, method: .bankTransfer, payer: agreement.licensee,
        statements: [], state: .refused, reason: why))
  }
}
