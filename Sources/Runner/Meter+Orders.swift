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
    case .readSupply:
      guard let loadLimit else { return [supplyText] }
      return [supplyText, "load limit \(loadLimit.threshold), exceeded \(loadLimitCount) times"]
    case .setLoadLimit(let threshold, let period, let restoration):
      setLoadLimit(LoadLimit(threshold: threshold, period: period, restoration: restoration))
      return ["load limit \(threshold) for \(period)"]
    case .readExportMPAN: return ["export MPAN \(exportMPAN ?? "none")"]
    case .setExportMPAN(let mpan):
      guard profile.hasExportRegister else { return nil }
      exportMPAN = mpan
      return ["export MPAN \(mpan)"]
    case .tariff(let order): return carryOut(order)
    case .startLog:
      guard profile.logs.startsOnCommand else { return nil }
      return [startLogging() ? "half-hourly log begun" : "half-hourly log had begun"]
    case .readEvents: return log(.events).map { $0 + ["clock \(clockStatus.rawValue)"] }
    case .readSecurityLog: return log(.security)
    case .readPowerEvents: return log(.power)
    case .readVoltage(let span): return voltage(last: span)
    case .setVoltageLimits(let limits): return setVoltageLimits(limits) ? ["voltage limits written"] : nil
    }
  }

  private func log(_ log: EventLog) -> [String]? {
    events(in: log)?.map { event in
      var event = event
      event.stamp = told(event.stamp)
      return event.words
    }
  }

  /// A line for each average and one for the counters, phase by phase.
  private func voltage(last span: TimeSpan) -> [String]? {
    guard watchesVoltage else { return nil }
    let through = clock(at: now)
    return (1...profile.phases).flatMap { phase in
      let place = profile.phases > 1 ? " on phase \(phase)" : ""
      let averages = averageVoltages(phase: phase, from: through - span, through: through).map { average in
        "\(told(average.stamp)) \(average.decivolts / 10).\(average.decivolts % 10) V\(place)"
      }
      let counters = voltageCounters(phase: phase)
      return averages + ["averages above: \(counters.over), below: \(counters.under)\(place)"]
    }
  }

  private func switched(to state: SupplyState) -> [String] {
    setSupply(state)
    return [supplyText]
  }

  private var supplyText: String { Self.supplyWords[supply] ?? "supply unknown" }

  private static let clockWords: [ClockAdjustment: String] = [
    .adjusted: "8145 clock adjusted within tolerance",
    .outsideTolerance: "81C6 clock not adjusted: outside tolerance",
  ]

  private static let supplyWords: [SupplyState: String] = [
    .disconnected: "supply disabled", .connected: "supply enabled", .armed: "supply armed",
  ]
}
