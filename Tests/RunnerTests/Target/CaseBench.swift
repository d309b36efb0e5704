// Cases of every kind, for what is sent to targets.

import Foundation
import HeadEnd
import Scenario
import Settlement
import Units

@testable import Runner

enum CaseBench {
  /// The case of a shipped story, as its readers bring it home; nil for one without money.
  static func settlementCase(of file: ScenarioFile) throws -> SettlementCase? {
    let carrier = MemoryCarrier()
    let runner = StoryRunner(seed: 1, today: StoryBench.today)
    return try runner.live(file, carrier: carrier, framing: carrier.framing).settlementCase(of: file)
  }

  static let meter = MeterDetails(
    serial: "F75A 00802", uses: [.import, .export],
    registers: [
      .import: .init(modulus: WattHours(100_000_000), resolution: WattHours(1000)),
      .export: .init(modulus: WattHours(1 << 32)),
    ],
    halfHourlyCapable: true, remote: false, keepsRemoteAfterSwitch: false, phases: 3, kind: "a “kind”\n")

  static let tariffs = [
    TariffTerms(name: "flat", from: .epoch, shape: .flat(UnitRate(microPencePerKilowattHour: 4_100_001))),
    TariffTerms(
      name: "windows", from: Instant(seconds: 1),
      shape: .timeOfUse(
        [.init(fromMinute: 960, toMinute: 1140, rate: UnitRate(microPencePerKilowattHour: 30_000_000))],
        otherwise: UnitRate(microPencePerKilowattHour: -5)), isSEG: false),
    TariffTerms(
      name: "half-hourly", from: Instant(seconds: 2),
      shape: .halfHourly([
        .init(from: .epoch, to: Instant(seconds: 1800), rate: .zero),
        .init(from: Instant(seconds: 1800), to: nil, rate: UnitRate(microPencePerKilowattHour: 1)),
      ])),
  ]

  /// Some value of a kind of fact, not the simplest.
  static func value(of kind: FactKind) -> FactValue {
    switch kind {
    case .text: .text("“é\"\\ \t")
    case .word(let words): .text(words.last ?? "")
    case .flag: .flag(true)
    case .whole(let range): .whole(range.upperBound)
    case .date: .date(CivilDate(dayNumber: 20_000))
    case .instant: .instant(Instant(microseconds: 1_782_000_000_000_001))
    case .span: .span(TimeSpan(microseconds: 90_000_001))
    case .energy: .energy(WattHours(-12_345))
    case .power: .power(Power(milliwatts: 3_950_001))
    case .money: .money(Pence(-99))
    case .rate: .rate(UnitRate(microPencePerKilowattHour: 15_000_001))
    case .perMille: .perMille(200)
    case .tariff: .tariff(tariffs)
    case .meter: .meter(meter)
    case .registers: .registers([.export: WattHours(1), .import: WattHours(2)])
    }
  }

  /// An agreement that states every fact, with every declared event, and every optional part.
  static func everything(policy: Policy) -> SettlementCase {
    var facts = Facts()
    for row in FactGroup.all.flatMap(\.facts) { facts[row.key] = value(of: row.kind) }
    let events = EventDeclaration.all.enumerated().map { number, one in
      var told = Facts()
      for row in one.facts { told[row.key] = value(of: row.kind) }
      return CaseEvent(
        one.name, at: Instant(seconds: Int64(number)), received: Instant(seconds: Int64(number) + 5), told,
        cause: Cause(number: UInt32(number + 1)))
    }
    let agreement = Agreement(
      licensee: policy.name, exportMPAN: "9900000000015", importMPAN: " 99 0000 0000 060", tariff: tariffs,
      start: .epoch,
      installation: DeclaredInstallation(
        technology: .microCHP, capacity: Power(milliwatts: 3_950_001), exportLimit: Power(watts: 3680),
        hasStorage: true), meters: [meter], generatorIsOccupier: false, importSupplier: "Other",
      importRate: UnitRate(microPencePerKilowattHour: 24_500_000), halfHourlyConsent: false, facts: facts)
    let read = Read(
      serial: "F75A 00802", register: .export, value: WattHours(12_345), resolution: WattHours(100),
      at: Instant(seconds: 60), received: Instant(seconds: 61), source: .customer,
      meterClock: Instant(seconds: 62),
      photo: Photo(serial: "F75A 00803", register: .import, value: WattHours(1)), channel: "phone",
      cause: Cause(number: 4_000_000_000))
    let log = LogRead(
      serial: "X", register: .export, convention: .end, resolution: WattHours(100),
      received: Instant(seconds: 9),
      derivedFromRegister: true,
      entries: Quality.allCases.enumerated().map {
        LogRead.Entry(
          stamp: Instant(seconds: Int64($0.offset) * 1800), energy: WattHours(Int64($0.offset)),
          quality: $0.element, cause: Cause(number: UInt32($0.offset)))
      }, cause: Cause(number: 77))
    let holiday = CivilDate(dayNumber: 20_089)
    return SettlementCase(
      policy: policy, agreement: agreement, reads: [read], logs: [log], events: events,
      calendar: WorkingDays(
        covered: CivilDate(dayNumber: 20_000)...CivilDate(dayNumber: 21_000), holidays: [holiday]),
      from: .epoch, settlements: [Instant(seconds: 100), Instant(seconds: 200)], until: Instant(seconds: 300))
  }
}
