// Half-hours settled per second on one core: rating alone, rating with validation, and the whole path from a case to
// its decisions and statements. Prints one line each; best of several rounds by the time of the processor, so that a
// busy neighbour counts little.
//
//   BenchSettlement [ROUNDS] [NAME…]      names as printed; without one, all of them

internal import Settlement
internal import Units

#if canImport(Glibc)
  internal import Glibc
#endif

@main
struct BenchSettlement {
  static func main() {
    let arguments = CommandLine.arguments.dropFirst()
    let rounds = arguments.first.flatMap { Int($0) } ?? 9
    let names = arguments.dropFirst(arguments.first.flatMap { Int($0) } == nil ? 0 : 1)
    let home = Home()
    for (name, work) in home.works where names.isEmpty || names.contains(name) {
      report(name, rounds, work)
    }
  }

  /// `work` says how many half-hours it settled, and a sum that a peer must find too.
  private static func report(_ name: String, _ rounds: Int, _ work: () -> (count: Int, sum: Int128)) {
    var (best, rate, sum) = (UInt64.max, UInt64(0), Int128(0))
    _ = work()
    for _ in 0..<rounds {
      let start = nanoseconds()
      let done = work()
      let spent = max(nanoseconds() - start, 1)
      sum = done.sum
      if spent < best {
        best = spent
        rate = UInt64(done.count) * 1_000_000_000 / spent
      }
    }
    let name = name + String(repeating: " ", count: max(1, 24 - name.count))
    print("\(name) \(rate) half-hours/s   sum \(sum)")
  }

  private static func nanoseconds() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}

/// A year of one home with 3.95 kW of solar power, and what is done with it.
private struct Home {
  private static let start = Instant(seconds: 1_767_225_600)  // 2026-01-01T00:00Z
  private static let count = 17_520

  private let energies: [Int64]
  private let series: HalfHourSeries
  private let flat = [TariffTerms(name: "flat", from: Home.start, shape: .flat(rate("4.1")))]
  private let clock = [
    TariffTerms(
      name: "evening", from: Home.start,
      shape: .timeOfUse([.init(fromMinute: 960, toMinute: 1140, rate: rate("30"))], otherwise: rate("5")))
  ]
  private let vector: [TariffTerms]
  private let policy = Policy(name: "bench")

  private static func rate(_ pence: String) -> UnitRate {
    (try? UnitRate(parsing: pence + " p/kWh")) ?? UnitRate(microPencePerKilowattHour: 1)
  }

  init() {
    // Sun from 09:00Z to 15:00Z of every day, as much as the season gives and never the same value twice running.
    let seasons: [Int64] = [350, 450, 700, 900, 1000, 1050, 1000, 900, 700, 500, 350, 300]
    energies = (0..<Self.count).map { row in
      let (day, slot) = (row / 48, row % 48)
      guard slot >= 18, slot < 30 else { return 0 }
      let season = seasons[min(day * 12 / 365, 11)]
      return season + Int64((row * 37) % 97) - Int64(day % 5) * 20
    }
    series = HalfHourSeries(from: Self.start, energies: energies)
    let first = HalfHour(containing: Self.start)
    let prices = (0..<Self.count).map { row in
      let half = first.advanced(by: row)
      let price = Int64(5_000_000 + (row * 7919) % 20_000_000)
      return TariffTerms.Price(
        from: half.start, to: half.end, rate: UnitRate(microPencePerKilowattHour: price))
    }
    vector = [TariffTerms(name: "agile", from: Self.start, shape: .halfHourly(prices), isSEG: false)]
  }

  var works: [(String, () -> (count: Int, sum: Int128))] {
    [
      ("rating flat", { rating(flat, validated: false) }),
      ("rating time-of-use", { rating(clock, validated: false) }),
      ("rating price-vector", { rating(vector, validated: false) }),
      ("validated flat", { rating(flat, validated: true) }),
      ("validated time-of-use", { rating(clock, validated: true) }),
      ("validated price-vector", { rating(vector, validated: true) }),
      ("whole flat", { whole(flat) }),
      ("whole time-of-use", { whole(clock) }),
      ("whole price-vector", { whole(vector) }),
    ]
  }

  private func rating(_ terms: [TariffTerms], validated: Bool) -> (count: Int, sum: Int128) {
    let prices = HalfHourPrices(terms, from: Self.start, count: Self.count)
    let times = 1000
    var sum = Int128(0)
    for _ in 0..<times {
      if validated, series.oddities(of: installation, policy) > 0 { return (0, 0) }
      sum += series.value(at: prices).value
    }
    return (times * Self.count, sum / Int128(times))
  }

  /// From a case to an outcome with decisions and statements, every half-hour in one log.
  private func whole(_ terms: [TariffTerms]) -> (count: Int, sum: Int128) {
    let one = settlementCase(terms)
    let core = EmbeddedCore()
    let times = 20
    var sum = Int128(0)
    for _ in 0..<times {
      sum += core.settle(one).statements.reduce(Int128(0)) { $0 + $1.exact.value }
    }
    return (times * Self.count, sum / Int128(times))
  }

  private var installation: DeclaredInstallation {
    DeclaredInstallation(technology: .solarPV, capacity: Power(watts: 3950))
  }

  private func settlementCase(_ terms: [TariffTerms]) -> SettlementCase {
    let register = MeterDetails.Register(modulus: WattHours(1_000_000_000))
    let meter = MeterDetails(
      serial: "S2", uses: [.export], registers: [.import: register, .export: register],
      halfHourlyCapable: true, remote: true)
    let agreement = Agreement(
      licensee: "bench", exportMPAN: "9900000000015", tariff: terms, start: Self.start,
      installation: installation, meters: [meter])
    let first = HalfHour(containing: Self.start)
    let end = first.advanced(by: Self.count).start
    let entries = energies.enumerated().map { row, energy in
      LogRead.Entry(stamp: first.advanced(by: row).end, energy: WattHours(energy))
    }
    let log = LogRead(
      serial: "S2", register: .export, convention: .end, received: end, entries: entries)
    return SettlementCase(
      policy: policy, agreement: agreement, logs: [log], from: Self.start, settlements: [end])
  }
}
