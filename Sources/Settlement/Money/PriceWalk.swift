// Which price holds for a half-hour: the version of the tariff in force when the energy flowed (R-TAR-07),
// then flat, by London clock window (R-TAR-05), or that half-hour's own (R-TAR-06: joined on its UTC start,
// never a neighbour's).

internal import Units

/// What a half-hour is worth.
enum PriceAnswer: Hashable {
  /// `isOwn`: each half-hour has its own price, so a line of many has none.
  case rate(UnitRate, tariff: Int, isOwn: Bool)
  case refused(ReasonCode, tariff: Int)
  case missing(tariff: Int?)
}

/// Prices for half-hours visited in rising order; a step costs no search.
struct PriceWalk {
  private let terms: [TariffTerms]
  private let refused: [Int: ReasonCode]
  private var version = -1
  private var row = 0
  private var rows: [TariffTerms.Price] = []
  /// Rate by half-hour of the London day, for windows.
  private var byClock: [UnitRate] = []

  init(_ terms: [TariffTerms], refused: [Int: ReasonCode]) {
    (self.terms, self.refused) = (terms, refused)
  }

  mutating func price(of halfHour: HalfHour) -> PriceAnswer {
    let start = halfHour.start
    while version + 1 < terms.count, terms[version + 1].from <= start { enter(version + 1) }
    guard version >= 0 else { return .missing(tariff: nil) }
    if let code = refused[version] { return .refused(code, tariff: version) }
    switch terms[version].shape {
    case .flat(let rate):
      return .rate(rate, tariff: version, isOwn: false)
    case .timeOfUse:
      return .rate(byClock[LondonClock.minuteOfDay(at: start) / 30], tariff: version, isOwn: false)
    case .halfHourly:
      while row < rows.count, let end = rows[row].to, end <= start { row += 1 }
      guard row < rows.count, rows[row].from <= start else { return .missing(tariff: version) }
      return .rate(rows[row].rate, tariff: version, isOwn: true)
    }
  }

  private mutating func enter(_ next: Int) {
    version = next
    switch terms[next].shape {
    case .flat: break
    case .timeOfUse(let windows, let otherwise):
      byClock = (0..<48).map { slot in
        windows.first { $0.contains(minute: slot * 30) }?.rate ?? otherwise
      }
    case .halfHourly(let prices):
      (rows, row) = (prices.sorted { $0.from < $1.from }, 0)
    }
  }
}
