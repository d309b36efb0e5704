// Tariffs: notice, terms, renewal, special rates, re-rating (R-TAR, R-RATE). What was agreed and what was
// told become the versions that the settlement prices with.

internal import Units

extension Ledger {
  /// Rewrites `terms` from the agreement and all that is known. Where nobody said anything of tariffs they
  /// stay as agreed.
  func judgeTariffChanges(at now: Instant) {
    let told = known(
      .tariffChangeNotified, .planIssued, .termsChanged, .endOptionsSent, .renewalPlanSent,
      .importTariffChanged, .importSupplierChanged, .capacityChanged, .unitAdded,
      .halfHourConsentGiven, .halfHourConsentWithdrawn)
    let published = known(.pricePublished)
    let hasPlan = FactGroup.plan.facts.contains { agreement.facts[$0.key] != nil }
    guard hasPlan || !told.isEmpty || !published.isEmpty || !policy.tariffs.needs.value.isEmpty else {
      return
    }
    refuseDeemed()
    var book = RulingBook()
    var last = life([])
    termsTold = [:]
    for stretch in Knowledge.stretches(told.map(\.received), since: one.from, through: now) {
      let life = life(Array(told.prefix(stretch.count)))
      var rulings = life.rulings
      if stretch.count > 0, let again = rerating(from: last, to: life, at: stretch.from) {
        rulings.append(again)
      }
      book.take(rulings, in: stretch, through: now)
      let known = Set(last.timeline.versions.map(\.terms.from))
      for start in life.timeline.versions.map(\.terms.from) where !known.contains(start) {
        termsTold[start] = termsTold[start] ?? stretch.from
      }
      last = life
    }
    for (boundary, excess) in last.touches { touch(boundary, excess: excess) }
    for hold in last.holds { treatments.add(hold) }
    note(book)
    terms = last.timeline.versions.map(\.terms)
    refusedTerms = [:]
    for (number, version) in last.timeline.versions.enumerated() { refusedTerms[number] = version.refused }
    publish(published)
  }

  private func life(_ told: [CaseEvent]) -> TariffLife {
    TariffLife(agreement, policy, from: one.from, events: told) { self.delivery(of: $0) }
  }

  /// Time that was settled before has another price now: the settlement issues the difference (R-TAR-14).
  private func rerating(from old: TariffLife, to new: TariffLife, at: Instant) -> Ruling? {
    guard let first = new.timeline.firstDifference(from: old.timeline, before: at),
      one.settlements.contains(where: { $0 > first && $0 < at })
    else { return nil }
    let was = old.timeline.version(at: first)?.terms.shape.text ?? "no rate"
    let becomes = new.timeline.version(at: first)?.terms.shape.text ?? "no rate"
    return Ruling(
      .tarRerated, .tar14, due: at, subject,
      "what flowed from \(first) on was settled at \(was) and is worth \(becomes) by what is known since \(at): it "
        + "is priced again, and the difference goes into the next statement")
  }

  /// Prices that came in batches, into the half-hourly versions in force when they hold.
  private func publish(_ events: [CaseEvent]) {
    guard !events.isEmpty else { return }
    for index in terms.indices {
      guard case .halfHourly(let agreed) = terms[index].shape else { continue }
      let end = index + 1 < terms.count ? terms[index + 1].from : Instant.distantFuture
      var prices = PublishedPrices(agreed, isSEG: terms[index].isSEG)
      for event in events { prices.add(event, subject: subject, from: terms[index].from, until: end) }
      terms[index].shape = .halfHourly(prices.prices)
      for one in prices.rulings {
        log.note(
          one.code, one.rule, at: one.due, one.subject, severity: one.severity, reads: one.reads, one.text)
      }
    }
  }

  /// FIT's half of generation, deemed to be exported, does not exist here (R-EST-04).
  private func refuseDeemed() {
    guard agreement.facts.text(.basis) == "deemed" else { return }
    log.note(
      .estDeemedForbidden, .est04, at: max(one.from, agreement.start), subject, severity: .error,
      "payment on a deemed part of generation is refused: only what the export register counts is paid")
  }
}

extension Boundary {
  static let noticeDays = Boundary(
    "tariffs.notice-days", .tar08,
    "a change told exactly so many days before needs no delay, one day less does")
  static let changesInQuarter = Boundary(
    "tariffs.change-limit", .tar08, "the first change in a quarter is made, the second waits")
  static let termEnd = Boundary(
    "plan.term-end", .tar17, "what is sent on the last day of the term is in time, a day later is not")
  static let sisterCapacity = Boundary(
    "tariffs.sister-capacity", .tar12, "one watt less has the special rate, the limit itself has not")

  static let tariffLimits: [Boundary] = [noticeDays, changesInQuarter, termEnd, sisterCapacity]
}
