// Half-hours of one meter as bare numbers, checked and priced by the passes of the ordinary settlement: for whoever
// wants a sum and no statement, and for measuring how fast these passes are.

public import Units

/// Prices of a tariff, laid out once for a span of half-hours.
public struct HalfHourPrices: Sendable {
  let sheet: PriceSheet

  /// `terms` sorted by their start; versions that may not be applied (R-RATE-01, R-LIC-02) price nothing.
  public init(_ terms: [TariffTerms], from: Instant, count: Int) {
    var refused: [Int: ReasonCode] = [:]
    for (number, one) in terms.enumerated() { refused[number] = TariffCheck.problem(of: one)?.code }
    let end = HalfHour(containing: from).advanced(by: count).start
    sheet = PriceSheet(terms, refused: refused, for: HalfHourTable(from: from, to: end))
  }
}

/// Measured half-hours without gaps, from a start on a half-hour.
public struct HalfHourSeries {
  private let table: HalfHourTable

  /// `energies` in Wh, one after the other.
  public init(from: Instant, energies: [Int64]) {
    let start = HalfHour(containing: from)
    var table = HalfHourTable(from: start.start, to: start.advanced(by: energies.count).start)
    for (row, energy) in energies.enumerated() {
      table.put(
        row, energy: WattHours(energy), quality: .actual, resolution: WattHours(1), meter: 0, cause: .none)
    }
    self.table = table
  }

  /// What all of it is worth, exactly; a half-hour without a price adds nothing.
  public func value(at prices: HalfHourPrices) -> NanoPence {
    prices.sheet.worth(0..<table.count, of: table).priced
  }

  /// How many days and runs the checks of half-hours find odd: below zero or over capacity (R-VAL-01, -02), export in
  /// the dark (R-VAL-05), gaps (R-VAL-08), one value again and again (R-VAL-12).
  public func oddities(of installation: DeclaredInstallation, _ policy: Policy) -> Int {
    let most = EnergyBound.export(installation, policy).most(in: HalfHour.length)
    let isSolarAlone = installation.technology == .solarPV && !installation.hasStorage
    let night = policy.validation.nightLimit.value.value
    let gaps = table.view.map { HalfHourKernel.gaps($0.marks, 0..<table.count) } ?? 0
    return HalfHourValidation.oddDays(table, night: night) { _ in (most, isSolarAlone) }.count
      + HalfHourValidation.equalRuns(table, least: policy.validation.stuckHalfHours.value).count
      + (gaps > 0 ? 1 : 0)
  }
}
