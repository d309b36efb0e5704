// What a smart meter does with an order, and what it says to it. Codes are those of the GBCS alert and event
// table where it has one.

internal import Line
internal import MeterModel
internal import Units

extension Meter {
  /// Nil where the meter has nothing that the order is about.
  func carryOut(_ order: WANOrder) -> [String]? {
    switch order {
    case .setClock(let wanted, let tolerance):
      guard profile.clock != nil else { return nil }
      let said = adjustClock(to: wanted ?? now, tolerance: tolerance, by: .importSupplier)
      return [Self.clockWords[said] ?? "clock not adjusted"]
    case .enableSupply: return switched(to: .connected)
    case .disableSupply: return switched(to: .disconnected)
    case .armSupply: return supply == .connected ? ["supply enabled"] : switched(to: .armed)
    case .readSupply: return [Self.supplyWords[supply] ?? "supply unknown"]
    case .readExportMPAN: return ["export MPAN \(exportMPAN ?? "none")"]
    case .setExportMPAN(let mpan):
      guard profile.hasExportRegister else { return nil }
      exportMPAN = mpan
      return ["export MPAN \(mpan)"]
    case .tariff(let order): return carryOut(order)
    case .startLog:
      guard profile.logs.startsOnCommand else { return nil }
      return [startLogging() ? "half-hourly log begun" : "half-hourly log had begun"]
    case .readEvents:
      return events.map { "\($0.stamp) \($0.code.words)" } + ["clock \(clockStatus.rawValue)"]
    }
  }

  private func switched(to state: SupplyState) -> [String] {
    setSupply(state)
    return [Self.supplyWords[state] ?? "supply unknown"]
  }

  private static let clockWords: [ClockAdjustment: String] = [
    .adjusted: "8145 clock adjusted within tolerance",
    .outsideTolerance: "81C6 clock not adjusted: outside tolerance",
  ]

  private static let supplyWords: [SupplyState: String] = [
    .disconnected: "supply disabled", .connected: "supply enabled", .armed: "supply armed",
  ]
}

extension MeterEvent.Code {
  /// For people, with GBCS's alert code where it has one.
  var words: String {
    switch self {
    case .powerDown: "8F57 supply interrupted"
    case .powerUp: "8F35 supply restored"
    case .clockWas: "clock adjusted: before"
    case .clockSet: "clock adjusted: after"
    case .clockInvalid: "clock lost its time"
    case .memoryError: "81AE non-volatile memory error"
    case .watchdog: "81B3 watchdog reset"
    case .firmwareActivated: "8F43 firmware version changed"
    case .strongField: "8F75 strong magnetic field"
    case .authenticationFailed: "8F53 failed authentication"
    case .supplyDisconnected: "supply disabled"
    case .supplyConnected: "supply enabled"
    }
  }
}
