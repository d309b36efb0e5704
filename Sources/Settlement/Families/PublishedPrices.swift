// Prices of a half-hourly tariff that come in batches: the last hour of a summer day comes with the next one
// (R-RATE-04). A price that overlaps another one, or begins inside a half-hour, is refused (R-RATE-01, -02),
// and under the SEG one that is not above zero (R-LIC-02); the same price twice counts once.

internal import Units

struct PublishedPrices {
  /// Sorted by start, without overlaps.
  private(set) var prices: [TariffTerms.Price]
  private(set) var rulings: [Ruling] = []
  private let isSEG: Bool

  init(_ known: [TariffTerms.Price], isSEG: Bool) {
    prices = known.sorted { $0.from < $1.from }
    self.isSEG = isSEG
  }

  /// Adds the prices of one event that begin while a version holds.
  mutating func add(_ event: CaseEvent, subject: String, from: Instant, until: Instant) {
    var overlaps: [TariffTerms.Price] = []
    for price in Self.prices(of: event) where price.from >= from && price.from < until {
      if let off = [price.from, price.to ?? price.from].first(where: { HalfHour(containing: $0).start != $0 })
      {
        rulings.append(
          Ruling(
            .rateMisaligned, .rate02, due: event.received, subject, severity: .error, reads: [event.cause],
            "the price \(price.rate) from \(price.from) is refused: it begins or ends at \(off), inside a "
              + "half-hour"))
      } else if isSEG, price.rate <= .zero {
        rulings.append(
          Ruling(
            .tarNotAboveZero, .lic02, due: event.received, subject, severity: .error, reads: [event.cause],
            "the price \(price.rate) from \(price.from) is refused: a SEG rate is always above zero"))
      } else if !place(price) {
        overlaps.append(price)
      }
    }
    guard let first = overlaps.first else { return }
    rulings.append(
      Ruling(
        .rateOverlap, .rate01, due: event.received, subject, severity: .error, reads: [event.cause],
        "\(Phrase.count(overlaps.count, "price")) overlap prices that came before and differ from them; the "
          + "earlier ones stand. The first: \(first.rate) from \(first.from)"))
  }

  /// False if another price holds in a part of its time.
  private mutating func place(_ price: TariffTerms.Price) -> Bool {
    let after = prices.lastIndex { $0.from <= price.from }
    if let after {
      if prices[after] == price { return true }
      if (prices[after].to ?? .distantFuture) > price.from { return false }
    }
    let spot = after.map { $0 + 1 } ?? 0
    if spot < prices.count, (price.to ?? .distantFuture) > prices[spot].from { return false }
    prices.insert(price, at: spot)
    return true
  }

  static func prices(of event: CaseEvent) -> [TariffTerms.Price] {
    var all: [TariffTerms.Price] = []
    for terms in event.facts.tariff(.tariff) {
      if case .halfHourly(let some) = terms.shape { all += some }
    }
    if let from = event.facts.instant(.from), let rate = event.facts.rate(.rate) {
      all.append(.init(from: from, to: event.facts.instant(.until) ?? from + HalfHour.length, rate: rate))
    }
    return all
  }
}
