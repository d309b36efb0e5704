// The supply of the whole site fails and comes back (EF-11): nothing flows, and no meter there hears, counts
// or shows.

internal import MeterModel
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
}
