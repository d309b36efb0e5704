// `remote-order` about tariffs: what a supplier tells a smart meter of its import tariff, its billing
// calendar and its maximum demand, and what it asks of them.

internal import Line
internal import Units

extension TimelineRow {
  /// The words of `remote-order` that are about tariffs, each with what it makes of the row's other keys.
  enum TariffOrderWord: String, CaseIterable {
    case setTariff = "set-tariff"
    case setSecondTariff = "set-second-tariff"
    case readTariff = "read-tariff"
    case readSecondTariff = "read-second-tariff"
    case resetBlocks = "reset-blocks"
    case resetBlocksDaily = "reset-blocks-daily"
    case setBillingCalendar = "set-billing-calendar"
    case readTimesOfUse = "read-times-of-use"
    case readBlocks = "read-blocks"
    case readBillingLog = "read-billing-log"
    case readChangeLog = "read-change-log"
    case readDailyLog = "read-daily-log"
    case readDailyConsumption = "read-daily-consumption"
    case readImportDemand = "read-import-demand"
    case readExportDemand = "read-export-demand"
    case resetDemand = "reset-demand"
    case setDemandWindow = "set-demand-window"
  }

  mutating func tariffOrder(_ word: TariffOrderWord) throws -> TariffOrder {
    switch word {
    case .setTariff:
      .setTariff(try MeterTariff(try fields.required("tariff")), from: try starts())
    case .setSecondTariff:
      .setSecondTariff(try MeterTariff(try fields.required("tariff")).table, from: try starts())
    case .readTariff: .readTariff
    case .readSecondTariff: .readSecondTariff
    case .resetBlocks: .resetBlocks
    case .resetBlocksDaily: .resetBlocksDaily(try fields.required("daily").flag("daily"))
    case .setBillingCalendar: .setBillingCalendar(try BillingCalendar(try fields.required("calendar")))
    case .readTimesOfUse: .readTimesOfUse
    case .readBlocks: .readBlocks
    case .readBillingLog: .readBillingLog
    case .readChangeLog: .readChangeLog
    case .readDailyLog: .readDailyLog
    case .readDailyConsumption: .readDailyConsumption
    case .readImportDemand: .readImportDemand
    case .readExportDemand: .readExportDemand
    case .resetDemand: .resetDemand
    case .setDemandWindow: .setDemandWindow(try window())
    }
  }

  /// From when it holds, by the meter's clock; nil: at once.
  private mutating func starts() throws -> Instant? {
    try fields.optional("starts")?.quantity("from when it holds")
  }

  /// `between: ["16:00Z", "19:00Z"]`.
  private mutating func window() throws -> Range<Int> {
    let node = try fields.required("between")
    let ends = try node.list("the time of day").map { try $0.minuteOfUTCDay("an end of the time of day") }
    guard ends.count == 2, ends[0] < ends[1] else {
      throw node.diagnostic(
        "BS-SCN-49", "a time of day has a start and a later end", help: "write `[\"16:00Z\", \"19:00Z\"]`")
    }
    return ends[0]..<ends[1]
  }
}

extension Node {
  /// A time of day by UTC, as minutes: what a smart meter's clock keeps.
  func minuteOfUTCDay(_ what: String) throws -> Int {
    let time: ClockTime = try quantity(what)
    guard time.zone == .utc else {
      throw diagnostic("BS-SCN-49", "a meter keeps UTC: \(what) needs a Z", help: "write \"00:30Z\"")
    }
    return time.minuteOfDay
  }
}
