// What a smart meter can be told, or asked beside its registers and logs, and who may do so (DUIS services
// 4.10, 6.2.7, 6.11, 6.13, 6.20.2 and 7.1 to 7.4; 6.4.1 and 6.5 are recalled). The export supplier may
// neither set the clock nor switch the supply nor read the event logs or the voltage; the export MPAN only it
// may write.

public import Units

/// One order to a smart meter over the WAN.
public enum WANOrder: Hashable, Sendable {
  /// Take the hub's time if what the sender wants (nil: just that) lies within a tolerance of it.
  case setClock(wanted: Instant?, tolerance: TimeSpan)
  case enableSupply, disableSupply, armSupply
  case readSupply
  case readExportMPAN
  case setExportMPAN(String)
  case readEvents, readSecurityLog, readPowerEvents
  /// Averages of the voltage whose stamps lie in the last so long, and the counters.
  case readVoltage(last: TimeSpan)
  case setVoltageLimits(VoltageLimits)
  /// More than this for longer than a period opens the switch, for as long as a restoration period.
  case setLoadLimit(threshold: Power, period: TimeSpan, restoration: TimeSpan)
  /// Begin the half-hourly log, where a make waits to be told: a command of its maker's, not of DUIS.
  case startLog
  /// What is about tariffs, billing periods and maximum demand.
  case tariff(TariffOrder)

  /// The service request variant and who may send it.
  public var service: (reference: String, roles: Set<WANRole>) {
    switch self {
    case .setClock: ("6.11", [.importSupplier])
    case .enableSupply: ("7.1", [.importSupplier])
    case .disableSupply: ("7.2", [.importSupplier])
    case .armSupply: ("7.3", [.importSupplier])
    case .readSupply: ("7.4", [.importSupplier, .exportSupplier, .distributor])
    case .readExportMPAN: ("6.2.7", [.importSupplier, .exportSupplier, .distributor])
    case .setExportMPAN: ("6.20.2", [.exportSupplier])
    case .readEvents, .readSecurityLog, .readPowerEvents: ("6.13", [.importSupplier, .distributor])
    case .readVoltage: ("4.10", [.importSupplier, .distributor])
    case .setVoltageLimits: ("6.5", [.distributor])
    case .setLoadLimit: ("6.4.1", [.importSupplier])
    case .startLog: ("maker", [.importSupplier])
    case .tariff(let order): order.service
    }
  }
}
