// Small words to write settlement cases in, so that a test reads like a case file.

import Settlement
import Testing
import Units

/// "2026-07-01T00:00Z"; a typing mistake in a test fails that test.
func at(_ text: String, _ here: SourceLocation = #_sourceLocation) -> Instant {
  parsed(text, Instant.init(parsing:), .epoch, here)
}

func kWh(_ text: String, _ here: SourceLocation = #_sourceLocation) -> WattHours {
  parsed(text + " kWh", WattHours.init(parsing:), WattHours(0), here)
}

func pence(_ perKilowattHour: String, _ here: SourceLocation = #_sourceLocation) -> UnitRate {
  parsed(perKilowattHour + " p/kWh", UnitRate.init(parsing:), UnitRate(microPencePerKilowattHour: 0), here)
}

private func parsed<Value>(
  _ text: String, _ parse: (String) throws -> Value, _ otherwise: Value, _ here: SourceLocation
) -> Value {
  do { return try parse(text) } catch {
    Issue.record("\(error)", sourceLocation: here)
    return otherwise
  }
}

/// Terms in force from long ago unless told otherwise.
func flat(_ rate: String, from: String = "2020-01-01T00:00Z", named name: String = "flat") -> TariffTerms {
  TariffTerms(name: name, from: at(from), shape: .flat(pence(rate)))
}

/// 16:00–19:00 London time at one rate, the rest at another.
func evening(_ peak: String, otherwise: String) -> TariffTerms {
  TariffTerms(
    name: "evening", from: at("2020-01-01T00:00Z"),
    shape: .timeOfUse(
      [.init(fromMinute: 16 * 60, toMinute: 19 * 60, rate: pence(peak))], otherwise: pence(otherwise)))
}

func halfHourly(_ prices: [(String, String?, String)], isSEG: Bool = true) -> TariffTerms {
  TariffTerms(
    name: "agile", from: at("2020-01-01T00:00Z"),
    shape: .halfHourly(prices.map { .init(from: at($0.0), to: $0.1.map { at($0) }, rate: pence($0.2)) }),
    isSEG: isSEG)
}

/// A SMETS2 meter with both registers, of 1,000,000 kWh each.
func smets2(_ serial: String = "S2", uses: Set<MeterDetails.Use> = [.export]) -> MeterDetails {
  let register = MeterDetails.Register(modulus: kWh("1000000"))
  return MeterDetails(
    serial: serial, uses: uses, registers: [.import: register, .export: register], halfHourlyCapable: true,
    remote: true, kind: "SMETS2")
}

/// An old dial: five digits of whole kWh, import only.
func disc(_ serial: String = "DISC", step: Int64 = 1) -> MeterDetails {
  MeterDetails(
    serial: serial, uses: [.import],
    registers: [.import: .init(modulus: kWh("100000"), resolution: WattHours(step))],
    halfHourlyCapable: false,
    remote: false, keepsRemoteAfterSwitch: false, kind: "disc")
}

/// 3.95 kW of solar power on a home.
func agreement(
  _ tariff: [TariffTerms], meters: [MeterDetails] = [smets2()],
  technology: DeclaredInstallation.Technology = .solarPV,
  limit: Int64? = nil, storage: Bool = false, exportMPAN: String? = "9900000000015",
  importMPAN: String? = "9900000000060"
) -> Agreement {
  Agreement(
    licensee: "test", exportMPAN: exportMPAN, importMPAN: importMPAN, tariff: tariff,
    start: at("2020-01-01T00:00Z"),
    installation: DeclaredInstallation(
      technology: technology, capacity: Power(watts: 3950), exportLimit: limit.map { Power(watts: $0) },
      hasStorage: storage),
    meters: meters, importSupplier: "Other Energy", importRate: pence("24.5"))
}

/// A read of the export register, remote, on the minute it is received, unless told otherwise.
func read(
  _ value: String, _ when: String, _ register: RegisterRole = .export, of serial: String = "S2",
  by source: ReadSource = .remote, step: Int64 = 1, received: String? = nil, clock: String? = nil,
  photo: Photo? = nil, cause: UInt32 = 0
) -> Read {
  Read(
    serial: serial, register: register, value: kWh(value), resolution: WattHours(step), at: at(when),
    received: received.map { at($0) }, source: source, meterClock: clock.map { at($0) }, photo: photo,
    cause: Cause(number: cause))
}

/// A log of Wh by half-hour, stamped at the end as SMETS2 does; `from` is the start of the first.
func log(
  _ energies: [Int64], from start: String, received: String, _ register: RegisterRole = .export,
  of serial: String = "S2", quality: Quality = .actual, step: Int64 = 1, derived: Bool = false,
  cause: UInt32 = 0
) -> LogRead {
  let first = HalfHour(containing: at(start))
  let entries = energies.enumerated().map { number, energy in
    LogRead.Entry(stamp: first.advanced(by: number).end, energy: WattHours(energy), quality: quality)
  }
  return LogRead(
    serial: serial, register: register, convention: .end, resolution: WattHours(step), received: at(received),
    derivedFromRegister: derived, entries: entries, cause: Cause(number: cause))
}

/// A case that settles once, at its end.
func story(
  _ agreement: Agreement, from: String, to: String, settle: [String]? = nil, reads: [Read] = [],
  logs: [LogRead] = [], events: [CaseEvent] = [], policy: Policy = Policy(name: "test")
) -> SettlementCase {
  SettlementCase(
    policy: policy, agreement: agreement, reads: reads, logs: logs, events: events, from: at(from),
    settlements: settle.map { $0.map { at($0) } } ?? [at(to)], until: at(to))
}

func settle(_ one: SettlementCase) -> Outcome { EmbeddedCore().settle(one) }

extension Outcome {
  /// The codes of all decisions, each once.
  var codes: Set<String> { Set(decisions.map(\.code.rawValue)) }

  func decision(_ code: ReasonCode, _ here: SourceLocation = #_sourceLocation) -> Decision? {
    let found = decisions.first { $0.code == code }
    if found == nil {
      Issue.record("no \(code.rawValue) among \(codes.sorted())", sourceLocation: here)
    }
    return found
  }

  /// "kind reason kWh pence", line by line: what a person would check first.
  var summary: [String] { statements.flatMap(\.lines).map(\.summary) }
}

extension StatementLine {
  var summary: String {
    let energy = energy.map { "\($0)" } ?? "unknown"
    return isPayable
      ? "\(kind.rawValue) \(energy) \(amount)" : "\(kind.rawValue) \(reason.rawValue) \(energy)"
  }
}

/// 48 half-hours in each of which the same energy flows, from the given local-clock-free start.
func constant(_ energy: Int64, _ count: Int = 48) -> [Int64] { Array(repeating: energy, count: count) }

/// A day of 48 half-hours from 00:00Z: `rising` Wh apart from 06:00Z to 18:00Z (24 half-hours), dark
/// otherwise. The values differ, so that nothing looks stuck: 100, 110, 120 … 330 Wh, 5160 Wh together.
let sunnyDay: [Int64] = constant(0, 12) + (0..<24).map { 100 + 10 * Int64($0) } + constant(0, 12)
