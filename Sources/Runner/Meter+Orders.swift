// What a smart meter does with an order, and what it says to it. Codes are those of the GBCS alert and event
// table where it has one.

internal import Line
internal import MeterModel
internal import Units

extension Meter {
  /// Nil where the meter has nothing that the order is about. `instant` is the hub's time, which is right.
  func carryOut(_ order: WANOrder, at instant: Instant) -> [String]? {
    switch order {
    case .setClock(let tolerance): return synchronise(to: instant, tolerance)
    case .enableSupply: return switched(to: .connected)
    case .disableSupply: return switched(to: .disconnected)
    case .armSupply: return supply == .connected ? ["supply enabled"] : switched(to: .armed)
    case .readSupply: return [Self.supplyWords[supply] ?? "supply unknown"]
    case .readExportMPAN: return ["export MPAN \(exportMPAN ?? "none")"]
    case .setExportMPAN(let mpan):
      guard profile.hasExportRegister else { return nil }
      exportMPAN = mpan
      return ["export MPAN \(mpan)"]
    case .readEvents:
      return events.map { "\($0.stamp) \($0.code.words)" } + ["clock \(clockStatus.rawValue)"]
    }
  }

  /// 8145: adjusted within tolerance. 81C6: outside of it, not adjusted; 8F0C names more than 10 s.
  private func synchronise(to instant: Instant, _ tolerance: TimeSpan) -> [String]? {
    guard profile.clock != nil else { return nil }
    let offset = clock(at: instant) - instant
    guard offset.magnitude <= tolerance else {
      doubtClock()
      return ["81C6 clock not adjusted: \(offset.magnitude) is outside tolerance"]
    }
    setClock(to: instant)
    return ["8145 clock adjusted within tolerance"]
  }

  private func switched(to state: SupplyState) -> [String] {
    setSupply(state)
    return [Self.supplyWords[state] ?? "supply unknown"]
  }

  private static let supplyWords: [SupplyState: String] = [
    .disconnected: "supply disabled", .connected: "supply enabled", .armed: "supply armed",
  ]
}
