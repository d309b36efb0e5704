// The true value of the true export: each half-hour's energy times the rate in force in it, summed exactly
// and divided once. Rating is written here a second time on purpose, from the words of the rules (R-TAR-01,
// -05, -06, -07) and knowing nothing of the settlement core, so that one can judge the other.

public import Units

extension Witness {
  /// What the export between two instants is worth under the terms in force when it flowed. Nil: energy was
  /// exported in a half-hour for which nobody stated a price.
  ///
  /// `from` and `to` are half-hour boundaries or ends of the account. Terms may stand in any order; the
  /// latest that has begun is in force. The sum is exact; it is brought to nano-pence once, half away from
  /// zero.
  public func trueValue(
    from: Instant, to: Instant, under terms: [TariffTerms]
  ) throws(WitnessFault) -> NanoPence? {
    let terms = terms.sorted { $0.from < $1.from }
    // mW·ms × 1e-6 p/kWh: nano-pence times 3.6e9.
    var sum: Int128 = 0
    for place in try places(from: from, to: to) {
      let exported = exported(at: place)
      guard exported > 0 else { continue }
      guard let rate = try Self.rate(in: halfHour(at: place), under: terms) else { return nil }
      sum += Int128(exported) * Int128(rate.microPencePerKilowattHour)
    }
    let unit = Int128(FineEnergy.perWattHour)
    return NanoPence((sum < 0 ? sum - unit / 2 : sum + unit / 2) / unit)
  }

  /// The rate of a whole half-hour; nil where no terms or no price cover it.
  static func rate(
    in halfHour: HalfHour, under terms: [TariffTerms]
  ) throws(WitnessFault) -> UnitRate? {
    var inForce: TariffTerms?
    for candidate in terms where candidate.from < halfHour.end {
      guard candidate.from <= halfHour.start else {
        throw .rateChangesInsideHalfHour(tariff: candidate.name, halfHour)
      }
      inForce = candidate
    }
    guard let inForce else { return nil }
    switch inForce.shape {
    case .flat(let rate): return rate
    case .timeOfUse(let windows, let otherwise):
      return try windowRate(in: halfHour, windows: windows, otherwise: otherwise, tariff: inForce.name)
    case .halfHourly(let prices): return price(in: halfHour, of: prices)
    }
  }

  /// London clock windows (R-TAR-05): the clock at the start and at the last minute must agree on the window.
  private static func windowRate(
    in halfHour: HalfHour, windows: [TariffTerms.Window], otherwise: UnitRate, tariff: String
  ) throws(WitnessFault) -> UnitRate {
    let minute = LondonClock.minuteOfDay(at: halfHour.start)
    func price(at minute: Int) -> UnitRate {
      let window = windows.first { window in
        window.fromMinute < window.toMinute
          ? (window.fromMinute..<window.toMinute).contains(minute)
          : minute >= window.fromMinute || minute < window.toMinute
      }
      return window?.rate ?? otherwise
    }
    let rate = price(at: minute)
    for later in minute + 1..<minute + 30 where price(at: later) != rate {
      throw .rateChangesInsideHalfHour(tariff: tariff, halfHour)
    }
    return rate
  }

  /// The price whose stretch holds the whole half-hour (R-TAR-06): never a neighbour's.
  private static func price(in halfHour: HalfHour, of prices: [TariffTerms.Price]) -> UnitRate? {
    var (low, high) = (0, prices.count)
    while low < high {
      let middle = (low + high) / 2
      if prices[middle].from <= halfHour.start { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return nil }
    let price = prices[low - 1]
    return (price.to ?? .distantFuture) >= halfHour.end ? price.rate : nil
  }
}
