// The supply of the whole site fails and comes back: nothing flows, and no meter there hears, counts or shows.

internal import MeterModel
internal import Units

extension World {
  /// From now on no meter of the site has its supply.
  func failSupply() {
    flow(to: now)
    for station in order { station.meter.loseSupply() }
  }

  /// It is back.
  func restoreSupply() {
    flow(to: now)
    for station in order { station.meter.restoreSupply() }
  }
}
