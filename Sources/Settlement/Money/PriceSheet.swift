// Which price holds for each row of half-hours: the version of the tariff in force when the energy flowed
// (R-TAR-07), then flat, by London clock window (R-TAR-05), or that half-hour's own (R-TAR-06: joined on its
// UTC start, never a neighbour's). Made once for a tariff, and kept until the tariff changes.

internal import Units

/// What a half-hour is worth.
enum PriceAnswer: Hashable {
  /// `isOwn`: each half-hour has its own price, so a line of many has none.
  case rate(UnitRate, tariff: Int, isOwn: Bool)
  case refused(ReasonCode, tariff: Int)
  case missing(tariff: Int?)
}

struct PriceSheet {
  /// Rows under one version of the tariff.
  struct Version {
    enum Shape {
      case none
      case refused(ReasonCode)
      case flat(UnitRate)
      /// By half-hour of the London day.
      case clock([UnitRate])
      /// Each row its own: see `owns`.
      case own
    }

    var rows: Range<Int>
    /// Nil before any tariff is in force.
    var tariff: Int?
    var shape: Shape
  }

  /// Stands for "no price" in a column of prices.
  static let noPrice = Int64.min

  let terms: [TariffTerms]
  let refused: [Int: ReasonCode]
  /// In order, without gaps, over the whole table.
  private(set) var versions: [Version] = []
  /// Price by row where half-hours have their own, in millionths of a penny per kWh; empty where none has.
  private(set) var owns: [Int64] = []
  /// No price is further from zero.
  private(set) var mostOwn: Int64 = 0

  init(_ terms: [TariffTerms], refused: [Int: ReasonCode], for table: HalfHourTable) {
    (self.terms, self.refused) = (terms, refused)
    var start = 0
    func row(_ instant: Instant) -> Int {
      let halfHour = HalfHour(containing: instant)
      let at = table.first.distance(to: halfHour.start < instant ? halfHour.next : halfHour)
      return min(max(at, 0), table.count)
    }
    for (tariff, version) in terms.enumerated() {
      let from = max(row(version.from), start)
      close(start..<from, tariff - 1)
      start = from
    }
    close(start..<table.count, terms.count - 1)
    for version in versions {
      guard case .own = version.shape, let tariff = version.tariff,
        case .halfHourly(let prices) = terms[tariff].shape
      else { continue }
      fill(version.rows, prices, table)
    }
  }

  private mutating func close(_ rows: Range<Int>, _ tariff: Int) {
    guard !rows.isEmpty else { return }
    guard tariff >= 0 else {
      versions.append(Version(rows: rows, tariff: nil, shape: .none))
      return
    }
    versions.append(Version(rows: rows, tariff: tariff, shape: shape(of: tariff)))
  }

  private func shape(of tariff: Int) -> Version.Shape {
    if let code = refused[tariff] { return .refused(code) }
    switch terms[tariff].shape {
    case .flat(let rate): return .flat(rate)
    case .timeOfUse(let windows, let otherwise):
      return .clock(
        (0..<48).map { slot in windows.first { $0.contains(minute: slot * 30) }?.rate ?? otherwise })
    case .halfHourly: return .own
    }
  }

  private mutating func fill(_ rows: Range<Int>, _ prices: [TariffTerms.Price], _ table: HalfHourTable) {
    if owns.isEmpty { owns = Array(repeating: Self.noPrice, count: table.count) }
    var most = mostOwn
    owns.withUnsafeMutableBufferPointer { column in
      // Prices mostly follow each other: then the end of one is the start of the next.
      var (end, endRow) = (Instant(microseconds: .min), 0)
      for price in prices {
        let value = price.rate.microPencePerKilowattHour
        most = max(most, Int64(clamping: value.magnitude))
        let low = price.from == end ? endRow : table.first.distance(to: HalfHour(containing: price.from))
        var high = rows.upperBound
        if let to = price.to {
          high =
            to - price.from == HalfHour.length
            ? low + 1 : table.first.distance(to: HalfHour(containing: to))
          (end, endRow) = (to, high)
        }
        let first = max(low, rows.lowerBound)
        for row in first..<max(first, min(high, rows.upperBound)) { column[row] = value }
      }
    }
    mostOwn = most
  }

  /// Whether a row of a range has no price of its own.
  func hasGap(_ rows: Range<Int>) -> Bool {
    owns.withUnsafeBufferPointer { column in
      var gaps = 0
      for row in rows { gaps |= column[row] == Self.noPrice ? 1 : 0 }
      return gaps != 0
    }
  }

  /// The version in force for a row.
  func version(_ row: Int) -> Int {
    versions.lastIndex { $0.rows.lowerBound <= row } ?? 0
  }

  /// The price of a row; `slot` is its half-hour of the London day.
  func price(_ row: Int, _ version: Version, slot: Int) -> PriceAnswer {
    guard let tariff = version.tariff else { return .missing(tariff: nil) }
    switch version.shape {
    case .none: return .missing(tariff: tariff)
    case .refused(let code): return .refused(code, tariff: tariff)
    case .flat(let rate): return .rate(rate, tariff: tariff, isOwn: false)
    case .clock(let rates): return .rate(rates[slot], tariff: tariff, isOwn: false)
    case .own:
      let price = owns[row]
      guard price != Self.noPrice else { return .missing(tariff: tariff) }
      return .rate(UnitRate(microPencePerKilowattHour: price), tariff: tariff, isOwn: true)
    }
  }
}

extension TariffTerms.Shape {
  /// The rule that a line at such a price rests on.
  var pricedBy: Rule {
    switch self {
    case .flat: .tar01
    case .timeOfUse: .tar05
    case .halfHourly: .tar06
    }
  }
}

extension Ledger {
  /// The prices as they hold now.
  func priceSheet() -> PriceSheet {
    if let known = sheet, known.terms == terms, known.refused == refusedTerms { return known }
    let fresh = PriceSheet(terms, refused: refusedTerms, for: exports)
    sheet = fresh
    return fresh
  }
}
