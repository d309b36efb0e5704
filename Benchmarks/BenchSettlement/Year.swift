// The homes that are measured: a year of solar power each, and three tariffs. Benchmarks/settlement_peers.py
// makes the same numbers.

internal import Settlement
internal import Units

/// The year 2026, by half-hours of UTC.
enum Year {
  static let start = Instant(seconds: 1_767_225_600)  // 2026-01-01T00:00Z
  static let first = HalfHour(containing: start)
  static let count = 17_520

  /// Sun from 09:00Z to 15:00Z of every day, as much as the season gives and never the same value twice
  /// running: in Wh, below 1,200.
  static func energies(home: Int) -> [Int64] {
    let seasons: [Int64] = [350, 450, 700, 900, 1000, 1050, 1000, 900, 700, 500, 350, 300]
    return (0..<count).map { row in
      let (day, slot) = (row / 48, row % 48)
      guard slot >= 18, slot < 30 else { return 0 }
      return seasons[min(day * 12 / 365, 11)] + Int64((row * 37 + home * 11) % 97) - Int64(day % 5) * 20
    }
  }

  enum Tariff: String, CaseIterable {
    case flat
    case timeOfUse = "time-of-use"
    case priceVector = "price-vector"

    var terms: [TariffTerms] {
      switch self {
      case .flat: [TariffTerms(name: "flat", from: start, shape: .flat(Self.rate(4_100_000)))]
      case .timeOfUse:
        [
          TariffTerms(
            name: "midday", from: start,
            shape: .timeOfUse(
              [.init(fromMinute: 660, toMinute: 840, rate: Self.rate(30_000_000))],
              otherwise: Self.rate(5_000_000)))
        ]
      case .priceVector:
        [TariffTerms(name: "agile", from: start, shape: .halfHourly(Self.prices), isSEG: false)]
      }
    }

    private static let prices = (0..<count).map { row in
      let halfHour = first.advanced(by: row)
      return TariffTerms.Price(
        from: halfHour.start, to: halfHour.end, rate: rate(5_000_000 + Int64(row * 7919) % 20_000_000))
    }

    private static func rate(_ value: Int64) -> UnitRate { UnitRate(microPencePerKilowattHour: value) }
  }

  static let installation = DeclaredInstallation(technology: .solarPV, capacity: Power(watts: 3950))

  /// Everything a core is told of a home: its half-hours in logs of so many days, each received when the last
  /// of them is over, and settled so often.
  static func settlementCase(home: Int, _ tariff: Tariff, logDays: Int, settlements: [Int]) -> SettlementCase
  {
    let register = MeterDetails.Register(modulus: WattHours(1_000_000_000))
    let meter = MeterDetails(
      serial: "S2", uses: [.export], registers: [.import: register, .export: register],
      halfHourlyCapable: true, remote: true)
    let agreement = Agreement(
      licensee: "bench", exportMPAN: "9900000000015", tariff: tariff.terms, start: start,
      installation: installation, meters: [meter])
    let energies = energies(home: home)
    let logs = stride(from: 0, to: count, by: logDays * 48).map { from in
      let rows = from..<min(from + logDays * 48, count)
      let entries = rows.map { row in
        LogRead.Entry(stamp: first.advanced(by: row).end, energy: WattHours(energies[row]))
      }
      return LogRead(
        serial: "S2", register: .export, convention: .end,
        received: first.advanced(by: rows.upperBound).start,
        entries: entries)
    }
    return SettlementCase(
      policy: Policy(name: "bench"), agreement: agreement, logs: logs, from: start,
      settlements: settlements.map { start + .days(Int64($0)) })
  }
}
