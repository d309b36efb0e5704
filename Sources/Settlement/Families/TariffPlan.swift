// A plan: what a tariff is besides its rates, and how long it holds (R-TAR-04, R-TAR-11, R-TAR-14).

internal import Units

struct TariffPlan {
  enum Kind: String, CaseIterable {
    case fixed, variable
    case halfHourly = "half-hourly"
  }

  /// Nil where nobody says; then nothing is locked.
  var kind: Kind?
  /// Its first instant.
  var start: Instant
  /// The last day of its term; nil without a term.
  var termEnd: CivilDate?
  var defaultTariff: [TariffTerms]
  var fallback: [TariffTerms]
  var needs: [Policy.TariffsTerms.Condition]
  var code: String?
  var rateAsWritten: String?
  /// When it could be known.
  var received: Instant
  var cause: Cause
  /// From when a later plan holds.
  var superseded = Instant.distantFuture

  init(_ facts: Facts, start: Instant, received: Instant, cause: Cause, policy: Policy) {
    kind = facts.text(.kind).flatMap(Kind.init(rawValue:))
    self.start = facts.date(.tariffStart).map(LondonClock.startOfDay) ?? start
    termEnd = facts.date(.termEnd)
    defaultTariff = facts.tariff(.defaultTariff)
    fallback = facts.tariff(.fallbackTariff)
    code = facts.text(.tariffCode)
    rateAsWritten = facts.text(.rateAsWritten)
    (self.received, self.cause) = (received, cause)
    let stated: [(FactKey, Policy.TariffsTerms.Condition)] = [
      (.needsImportSupply, .importSupply), (.needsTimeOfUseImport, .timeOfUseImport),
      (.needsSisterInstaller, .sisterInstaller),
    ]
    needs = policy.tariffs.needs.value
    for (key, condition) in stated where facts.flag(key) == true && !needs.contains(condition) {
      needs.append(condition)
    }
  }

  /// The first instant after the term: the last day counts to its end, 24:00 London time.
  var end: Instant? { termEnd.map { LondonClock.startOfDay($0.advanced(byDays: 1)) } }

  /// The first instant at which something else holds.
  var until: Instant { min(end ?? .distantFuture, superseded) }

  /// Whether its term runs out before a later plan holds.
  var runsOut: Bool { end.map { $0 < superseded } ?? false }
}
