// What a special rate depends on, looked at again whenever one of the facts changes (R-TAR-02, -12, -15): the
// licensee supplies the import; the import is on a Time of Use tariff; the sister firm fitted what generates.

internal import Units

/// The facts that special rates ask for, as they stand at an instant. What nobody said raises no question.
struct SupplyFacts: Hashable {
  var importSupplier: String
  var importTariff: Policy.TariffsTerms.ImportTariff?
  var importIsSmart: Bool?
  var consents: Bool
  var capacity: Power
  var sisterInstalled: Bool?
  var installerOnCertificate: Bool?
}

extension TariffLife {
  /// The facts at the start of a plan and each change of them, by the London midnight from which it counts.
  private func facts(of plan: TariffPlan) -> [(at: Instant, known: Instant, cause: Cause, facts: SupplyFacts)]
  {
    let stated = agreement.facts
    var now = SupplyFacts(
      importSupplier: agreement.importSupplier,
      importTariff: stated.text(.importTariff).flatMap(Policy.TariffsTerms.ImportTariff.init(rawValue:)),
      importIsSmart: stated.flag(.importMeterSmart), consents: agreement.halfHourlyConsent,
      capacity: agreement.installation.capacity, sisterInstalled: stated.flag(.sisterInstalled),
      installerOnCertificate: stated.flag(.installerOnCertificate))
    var steps = [(at: plan.start, known: max(plan.received, from), cause: plan.cause, facts: now)]
    let changes = events.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
    for event in changes.map(\.element) {
      let before = now
      apply(event, to: &now)
      guard now != before else { continue }
      let start = LondonClock.startOfDay(LondonClock.date(at: event.at))
      if start <= plan.start {
        steps[0] = (plan.start, max(steps[0].known, event.received), event.cause, now)
      } else {
        steps.append((start, event.received, event.cause, now))
      }
    }
    return steps
  }

  private func apply(_ event: CaseEvent, to facts: inout SupplyFacts) {
    let technology = agreement.installation.technology.rawValue
    switch event.name {
    case .importSupplierChanged:
      facts.importSupplier = event.facts.text(.supplier) ?? facts.importSupplier
    case .importTariffChanged:
      facts.importTariff =
        event.facts.text(.importTariff).flatMap(Policy.TariffsTerms.ImportTariff.init(rawValue:))
        ?? facts.importTariff
      facts.importIsSmart = event.facts.flag(.importMeterSmart) ?? facts.importIsSmart
    case .planIssued:
      facts.sisterInstalled = event.facts.flag(.sisterInstalled) ?? facts.sisterInstalled
      facts.installerOnCertificate =
        event.facts.flag(.installerOnCertificate) ?? facts.installerOnCertificate
      facts.importTariff =
        event.facts.text(.importTariff).flatMap(Policy.TariffsTerms.ImportTariff.init(rawValue:))
        ?? facts.importTariff
    case .capacityChanged: facts.capacity = event.facts.power(.capacity) ?? facts.capacity
    case .unitAdded where event.facts.text(.technology) == technology && event.facts.text(.exportMPAN) == nil:
      facts.capacity = facts.capacity + (event.facts.power(.capacity) ?? .zero)
    case .halfHourConsentGiven: facts.consents = true
    case .halfHourConsentWithdrawn: facts.consents = false
    default: break
    }
  }

  /// Where a condition is not met the special rate does not hold, and the fall-back rate does.
  mutating func applyConditions(of plan: TariffPlan) {
    guard !plan.needs.isEmpty, plan.start < plan.until else { return }
    let steps = facts(of: plan)
    for (number, step) in steps.enumerated() where step.at < plan.until {
      let end = min(number + 1 < steps.count ? steps[number + 1].at : .distantFuture, plan.until)
      let unmet = plan.needs.compactMap { condition in
        problem(condition, step.facts).map { (condition: condition, why: $0) }
      }
      let wasMet = number > 0 && plan.needs.allSatisfy { problem($0, steps[number - 1].facts) == nil }
      for one in unmet {
        tell(one.condition, one.why, plan, from: step.at, known: step.known, step.cause)
      }
      if unmet.isEmpty, number > 0, !wasMet { tellMet(plan, from: step.at, known: step.known, step.cause) }
      guard let first = unmet.first, step.at < end else { continue }
      fallBack(plan, step.at..<end, first.condition.rule, step.cause)
    }
  }

  private mutating func fallBack(_ plan: TariffPlan, _ span: Range<Instant>, _ rule: Rule, _ cause: Cause) {
    guard plan.fallback.isEmpty else {
      timeline.overlay(span, by: plan.fallback.map { checked($0, due: plan.received, error: .error) })
      return
    }
    holds.append(
      Treatment(.hold, from: span.lowerBound, to: span.upperBound, .tarIneligible, rule, causes: [cause]))
  }

  // MARK: Predicates

  /// Why a condition is not met; nil if it is, or if nobody said.
  private func problem(_ condition: Policy.TariffsTerms.Condition, _ facts: SupplyFacts) -> String? {
    switch condition {
    case .importSupply: return problemOfSupply(facts)
    case .timeOfUseImport: return problemOfImportTariff(facts)
    case .sisterInstaller: return problemOfInstaller(facts)
    }
  }

  private func problemOfSupply(_ facts: SupplyFacts) -> String? {
    let own = [agreement.licensee] + policy.tariffs.suppliesAs.value
    guard !facts.importSupplier.isEmpty, !own.contains(facts.importSupplier) else { return nil }
    return "the import is supplied by \(facts.importSupplier)"
  }

  private func problemOfImportTariff(_ facts: SupplyFacts) -> String? {
    if let tariff = facts.importTariff, !policy.tariffs.timeOfUseKinds.value.contains(tariff) {
      return "the import is on \(tariff.rawValue), which is no Time of Use tariff"
    }
    if facts.importIsSmart == false { return "the import meter is no smart meter" }
    if !facts.consents, policy.tariffs.timeOfUseConsent.value {
      return "there is no consent to half-hourly consumption data"
    }
    return nil
  }

  private func problemOfInstaller(_ facts: SupplyFacts) -> String? {
    let limit = policy.tariffs.sisterCapacity.value
    if facts.sisterInstalled == false { return "it was not bought from and fitted by the sister firm" }
    if facts.installerOnCertificate == false { return "the certificate does not name the sister firm" }
    guard facts.capacity >= limit else { return nil }
    return "\(facts.capacity) are installed, and the rate is for less than \(limit)"
  }

  // MARK: Telling

  private mutating func tell(
    _ condition: Policy.TariffsTerms.Condition, _ why: String, _ plan: TariffPlan, from: Instant,
    known: Instant, _ cause: Cause
  ) {
    let then =
      plan.fallback.first.map { "\($0.shape.text) holds" }
      ?? "no fall-back rate is known, and the energy waits"
    rulings.append(
      Ruling(
        .tarIneligible, condition.rule, due: known, subject, severity: .query, reads: [cause],
        "the special rate does not hold from \(from) on, because \(why); \(then)"))
  }

  private mutating func tellMet(_ plan: TariffPlan, from: Instant, known: Instant, _ cause: Cause) {
    let rule = plan.needs.first?.rule ?? .tar12
    rulings.append(
      Ruling(
        .tarChangeApplied, rule, due: known, subject, reads: [cause],
        "the conditions of the special rate are met again, and it holds from \(from) on"))
  }

  /// Notes how near the capacity is to the limit of the special rate, in whole watts.
  mutating func touchCapacity(_ plan: TariffPlan) {
    guard plan.needs.contains(.sisterInstaller) else { return }
    let limit = policy.tariffs.sisterCapacity.value.milliwatts
    for step in facts(of: plan) {
      let over = step.facts.capacity.milliwatts - limit
      touches.append((.sisterCapacity, floorDivide(over, 1000) + 1))
    }
  }
}

extension Policy.TariffsTerms.Condition {
  var rule: Rule {
    switch self {
    case .importSupply: .tar02
    case .timeOfUseImport: .tar15
    case .sisterInstaller: .tar12
    }
  }
}
