// Is the tariff itself sound? Prices do not overlap (R-RATE-01) and stand on half-hours (R-RATE-02); a SEG
// rate is above zero (R-LIC-02). What is not sound is not applied: the energy it would price is held.

internal import Units

/// What is wrong with a version of a tariff.
struct TariffCheck: Hashable {
  let code: ReasonCode
  let rule: Rule
  let why: String

  private init(_ code: ReasonCode, _ rule: Rule, _ why: String) {
    (self.code, self.rule, self.why) = (code, rule, why)
  }
}

extension TariffCheck {
  /// Why a version of a tariff may not be applied; nil if it may.
  static func problem(of terms: TariffTerms) -> TariffCheck? {
    switch terms.shape {
    case .flat(let rate):
      return notAboveZero(terms, [rate])
    case .timeOfUse(let windows, let otherwise):
      return misaligned(windows) ?? overlapping(windows)
        ?? notAboveZero(terms, windows.map(\.rate) + [otherwise])
    case .halfHourly(let prices):
      let least = prices.lazy.map(\.rate).min()
      return misaligned(prices) ?? overlapping(prices) ?? notAboveZero(terms, least.map { [$0] } ?? [])
    }
  }

  private static func notAboveZero(_ terms: TariffTerms, _ rates: [UnitRate]) -> TariffCheck? {
    guard terms.isSEG, let least = rates.min(), least <= .zero else { return nil }
    return TariffCheck(
      .tarNotAboveZero, .lic02, "a SEG rate is always above zero, and \(least) is not; as SEG it is refused")
  }

  private static func misaligned(_ windows: [TariffTerms.Window]) -> TariffCheck? {
    let day = 0...1440
    for window in windows {
      for minute in [window.fromMinute, window.toMinute] where minute % 30 != 0 || !day.contains(minute) {
        return TariffCheck(
          .rateMisaligned, .rate02,
          "a window from minute \(window.fromMinute) to \(window.toMinute) of the day does "
            + "not stand on half-hours")
      }
    }
    return nil
  }

  private static func overlapping(_ windows: [TariffTerms.Window]) -> TariffCheck? {
    for halfHour in 0..<48 {
      let here = windows.filter { $0.contains(minute: halfHour * 30) }
      guard here.count > 1 else { continue }
      return TariffCheck(
        .rateOverlap, .rate01, "\(here.count) windows cover minute \(halfHour * 30) of the day")
    }
    return nil
  }

  private static func misaligned(_ prices: [TariffTerms.Price]) -> TariffCheck? {
    // A year of half-hourly prices has 35,040 ends: nothing is allocated for one.
    let length = HalfHour.length.microseconds
    func isInside(_ end: Instant) -> Bool { end.microseconds % length != 0 }
    guard let price = prices.first(where: { isInside($0.from) || $0.to.map(isInside) == true }) else {
      return nil
    }
    let end = isInside(price.from) ? price.from : price.to ?? price.from
    return TariffCheck(.rateMisaligned, .rate02, "a price begins or ends at \(end), inside a half-hour")
  }

  private static func overlapping(_ prices: [TariffTerms.Price]) -> TariffCheck? {
    let isSorted = zip(prices, prices.dropFirst()).allSatisfy { $0.from <= $1.from }
    let sorted = isSorted ? prices : prices.sorted { $0.from < $1.from }
    for (one, next) in zip(sorted, sorted.dropFirst()) where (one.to ?? .distantFuture) > next.from {
      return TariffCheck(
        .rateOverlap, .rate01, "the price from \(one.from) still holds when the one from \(next.from) begins")
    }
    return nil
  }
}

extension TariffTerms.Window {
  /// Whether a minute of the London day lies in the window; it may pass midnight.
  func contains(minute: Int) -> Bool {
    fromMinute <= toMinute
      ? (fromMinute..<toMinute).contains(minute) : minute >= fromMinute || minute < toMinute
  }
}

extension Ledger {
  /// Looks at each version of the tariff once, at the start.
  func checkTariff() {
    for (number, terms) in self.terms.enumerated() {
      guard let problem = TariffCheck.problem(of: terms) else { continue }
      refusedTerms[number] = problem.code
      log.note(
        problem.code, problem.rule, at: one.from, terms.name, severity: .error,
        "the tariff '\(terms.name)' from \(terms.from) is not applied: \(problem.why)")
    }
  }
}
