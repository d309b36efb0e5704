// Small export files made here, and what comes of reading them.

import Scenario
import Settlement
import Testing
import Units

enum Export {
  /// Reads lines as a file `half-hours.csv`; `\n` ends each.
  static func file(_ lines: [String], _ options: ExportOptions = ExportOptions()) throws -> ExportFile {
    try ExportFile(lines.map { $0 + "\n" }.joined(), file: "half-hours.csv", options: options)
  }

  /// What is wrong with a text.
  static func faults(_ text: String, _ options: ExportOptions = ExportOptions()) -> [Diagnostic] {
    told { _ = try ExportFile(text, file: "half-hours.csv", options: options) }
  }

  static func told(_ body: () throws -> Void) -> [Diagnostic] {
    do {
      try body()
      return []
    } catch let one as Diagnostic {
      return [one]
    } catch let several as Diagnostics {
      return several.list
    } catch {
      Issue.record("\(error)")
      return []
    }
  }

  static func instant(_ text: String) throws -> Instant { try Instant(parsing: text) }

  /// "2026-05-01T09:00Z 336", one for each row.
  static func rows(_ file: ExportFile) -> [String] {
    file.rows.map { row in
      row.quality == .missing ? "\(row.halfHour.start) —" : "\(row.halfHour.start) \(row.energy.value)"
    }
  }

  /// The half-hours of a settlement day.
  static func halfHours(of date: CivilDate) -> [HalfHour] {
    let day = SettlementPeriod.halfHours(of: date)
    return (0..<day.lowerBound.distance(to: day.upperBound)).map { day.lowerBound.advanced(by: $0) }
  }

  static func columns(_ text: String) throws -> [ExportRole: ColumnName] {
    Dictionary(try ExportRole.columns(parsing: text)) { first, _ in first }
  }

  /// Settles a file at a flat rate, or at the prices given, under our own defaults.
  static func settle(
    _ file: ExportFile, flat: String = "4.1 p/kWh", prices: [TariffTerms.Price]? = nil, storage: Bool = false,
    capacity: Int64 = 4000
  ) throws -> Outcome {
    let shape: TariffTerms.Shape =
      try prices.map { .halfHourly($0) } ?? .flat(UnitRate(parsing: flat))
    let one = SettlementCase(
      export: file, policy: Policy(name: "synthetic"),
      tariff: [TariffTerms(name: "test", from: file.span.lowerBound, shape: shape)], mpan: "9900000000015",
      serial: "FROM-FILE",
      installation: DeclaredInstallation(
        technology: .solarPV, capacity: Power(watts: capacity), hasStorage: storage))
    return EmbeddedCore().settle(one)
  }
}
