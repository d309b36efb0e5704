// How fast half-hours become durable: made-up homes whose logs come day by day, as a collector sends them;
// one transaction, and so one synchronisation of the disk, for each delivery. For scripts;
// not listed in the help.

internal import ArgumentParser
internal import Foundation
internal import HostIO
internal import Runner
internal import Scenario
internal import Settlement
internal import SettlementStore
internal import Units

struct StoreBenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "store-bench", abstract: "Measure how fast half-hours are taken into a store.",
    shouldDisplay: false)

  @Option(help: ArgumentHelp("The store to make; it must not be there.", valueName: "file")) var store: String
  @Option(help: "Homes.") var homes = 1000
  @Option(help: "Days; each is a delivery.") var days = 30
  @Option(help: ArgumentHelp("Whose terms apply.", valueName: "name")) var licensee = "strict-metered"
  @Flag(help: "Settle all of it at the end too.") var settle = false
  @OptionGroup var shelves: Shelves

  private static let start = Instant(seconds: 1_772_323_200)  // 2026-03-01T00:00Z

  func validate() throws {
    guard (1...1_000_000).contains(homes), (1...3660).contains(days) else {
      throw ValidationError("--homes is from 1 to a million, --days from 1 to 3660")
    }
    guard !FileManager.default.fileExists(atPath: store) else {
      throw ValidationError("\(store) is there already")
    }
  }

  func run() throws {
    let policy = try SettleCommand.told { try shelves.library.policy(named: licensee) }
    let store = try SettleStore.told { try Store(path: self.store, access: .create) }
    let agreements = (0..<homes).map { Self.home($0, policy) }
    let names = agreements.map { Intake.name(of: $0.agreement) }
    let opened = try Self.measured {
      try SettleStore.told { _ = try store.take(agreements.map { Intake($0) }) }
    }
    var taking = TimeSpan.zero
    for day in 0..<days {
      let delivery = names.indices.map { Intake(to: names[$0], logs: [Self.log(home: $0, day: day)]) }
      taking = try taking + Self.measured { try SettleStore.told { _ = try store.take(delivery) } }
    }
    let until = Self.start + .days(Int64(days))
    var settling = TimeSpan.zero
    if settle {
      settling = try Self.measured { try SettleStore.told { try store.settle(until: until) { _ in } } }
    }
    let halfHours = homes * days * 48
    let size = [self.store, self.store + "-wal"].reduce(0) { sum, path in
      sum + ((try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0)
    }
    Terminal.line(
      JSONText.object([
        ("homes", .whole(Int64(homes))), ("days", .whole(Int64(days))),
        ("halfHours", .whole(Int64(halfHours))),
        ("agreementsMilliseconds", .whole(Self.milliseconds(opened))),
        ("takingMilliseconds", .whole(Self.milliseconds(taking))),
        ("halfHoursPerSecond", .whole(Int64(halfHours) * 1000 / max(Self.milliseconds(taking), 1))),
        ("settlingMilliseconds", .whole(Self.milliseconds(settling))), ("fileBytes", .whole(Int64(size))),
      ]).compact)
  }

  private static func measured(_ work: () throws -> Void) rethrows -> TimeSpan {
    let clock = WallClock()
    let start = clock.now
    try work()
    return clock.now - start
  }

  private static func milliseconds(_ span: TimeSpan) -> Int64 { span.microseconds / 1000 }

  private static func home(_ number: Int, _ policy: Policy) -> SettlementCase {
    let tail = String(number)
    let core = "99" + String(repeating: "0", count: 10 - tail.count) + tail
    let mpan = core + "\(MPAN.checkDigit(core.compactMap(\.wholeNumberValue)))"
    let register = MeterDetails.Register(modulus: WattHours(1 << 32))
    let meter = MeterDetails(
      serial: "B\(number)", uses: [.export], registers: [.import: register, .export: register],
      halfHourlyCapable: true, remote: true)
    let flat = UnitRate(microPencePerKilowattHour: 4_100_000)
    let agreement = Agreement(
      licensee: policy.name, exportMPAN: mpan,
      tariff: [TariffTerms(name: "flat", from: start, shape: .flat(flat))], start: start,
      installation: DeclaredInstallation(technology: .solarPV, capacity: Power(watts: 3950)), meters: [meter])
    return SettlementCase(policy: policy, agreement: agreement, from: start, settlements: [])
  }

  /// A day of a roof: dark, then up to some 1.8 kW and down again, a little otherwise each time.
  private static func log(home: Int, day: Int) -> LogRead {
    let first = HalfHour(containing: start + .days(Int64(day)))
    var state = UInt64(home) &* 0x9e37_79b9_7f4a_7c15 &+ UInt64(day)
    let entries = (0..<48).map { slot in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let height = max(0, 144 - (slot - 24) * (slot - 24))
      return LogRead.Entry(
        stamp: first.advanced(by: slot).end, energy: WattHours(Int64(height) * Int64(state >> 58) / 10))
    }
    return LogRead(
      serial: "B\(home)", register: .export, convention: .end, received: first.advanced(by: 48).start,
      entries: entries)
  }
}
