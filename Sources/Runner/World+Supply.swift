// The supply of a site and its switches. The supply of the whole site fails and comes back (EF-11): nothing
// flows, and no meter there hears, counts or shows. A meter's switch opens: nothing flows through the site,
// whichever of its meters it is, for they lie one behind the other. And the voltage that the meters feel.

internal import MeterModel
internal import Scenario
internal import Timeline
internal import Truth
internal import Units

extension World {
  /// From now on no meter of the site has its supply, or all have.
  func supplyMeters(_ isCutOff: Bool) {
    for station in order where station.meter.isPowered == isCutOff {
      if isCutOff { station.meter.loseSupply() } else { station.meter.restoreSupply() }
      // Written settings that wait for the next switching on act then.
      if !isCutOff { station.answering?.powerUp() }
    }
  }

  /// Whether the switch of a meter at the boundary is open.
  var isSwitchedOff: Bool {
    order.contains { !$0.isAtGenerator && $0.meter.supply != .connected }
  }

  /// The earliest instant at which a meter may move its switch by itself.
  var nextSwitching: Instant {
    order.lazy.compactMap(\.meter.switchEdge).min() ?? .distantFuture
  }

  /// From now until an instant this is the network's own voltage.
  func setVoltage(_ millivolts: Int64, until: Instant) {
    flow(to: now)
    site?.setVoltage(Double(millivolts) / 1000, until: until)
  }
}
