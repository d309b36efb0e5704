// What a supplier or distributor tells a smart meter about its import tariff, or asks of the registers that
// depend on it (DUIS schema 5.4; services 1.1.1 to 6.26, with the roles of its request matrix). None of them
// is for the export supplier but the maximum demand of export: export has one register and no tariff.

public import Units

/// One order about tariffs, billing periods and maximum demand.
public enum TariffOrder: Hashable, Sendable {
  /// Hold this tariff from now on, or from an instant of the meter's clock.
  case setTariff(MeterTariff, from: Instant?)
  /// The same of the second element, which has no blocks.
  case setSecondTariff(SwitchingTable, from: Instant?)
  case readTariff, readSecondTariff
  /// Set the block counters to zero.
  case resetBlocks
  /// Whether block counters begin anew at each UTC midnight.
  case resetBlocksDaily(Bool)
  case setBillingCalendar(BillingCalendar)
  /// The registers by time of use; the blocks.
  case readTimesOfUse, readBlocks
  /// The billing data logs: what the calendar wrote, what a change of tariff wrote.
  case readBillingLog, readChangeLog
  /// The daily read log with all registers.
  case readDailyLog
  case readDailyConsumption
  case readImportDemand, readExportDemand
  case resetDemand
  /// The UTC minutes of the day within which demand is kept by itself.
  case setDemandWindow(Range<Int>)

  /// The service request variant and who may send it.
  public var service: (reference: String, roles: Set<WANRole>) {
    switch self {
    case .setTariff: ("1.1.1", [.importSupplier])
    case .setSecondTariff: ("1.1.2", [.importSupplier])
    case .readTariff: ("4.11.1", [.importSupplier, .otherUser])
    case .readSecondTariff: ("4.11.2", [.importSupplier, .otherUser])
    case .resetBlocks: ("1.7", [.importSupplier])
    case .resetBlocksDaily: ("6.26", [.importSupplier])
    case .setBillingCalendar: ("6.8", [.importSupplier])
    case .readTimesOfUse: ("4.1.2", [.importSupplier, .distributor])
    case .readBlocks: ("4.1.3", [.importSupplier, .distributor])
    case .readBillingLog: ("4.4.3", [.importSupplier])
    case .readChangeLog: ("4.4.2", [.importSupplier])
    case .readDailyLog: ("4.6.1", [.importSupplier])
    case .readDailyConsumption: ("4.17", [.importSupplier, .distributor, .otherUser])
    case .readImportDemand: ("4.12.1", [.importSupplier, .distributor])
    case .readExportDemand: ("4.12.2", [.exportSupplier, .distributor])
    case .resetDemand: ("6.18.2", [.distributor])
    case .setDemandWindow: ("6.18.1", [.distributor])
    }
  }
}
