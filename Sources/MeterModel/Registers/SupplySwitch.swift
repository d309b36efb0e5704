// The switch of a smart meter, which a supplier opens and closes from afar (IEC 62056-6-2:2016, class 70, the
// disconnect control). Open, nothing flows through the meter either way: the load is dark, and a generator
// behind it stops too, since an inverter without the network must not run (G98, anti-islanding). What the
// site would do otherwise is not the meter's to know.

internal import Units

/// States of the switch, as class 70 numbers them.
public enum SupplyState: UInt8, Hashable, Sendable, CaseIterable {
  case disconnected = 0
  case connected = 1
  /// Armed: open until somebody at the meter presses its button, so that nobody comes home to a cooker that
  /// was switched on from afar.
  case armed = 2
}

extension Meter {
  /// The button at the meter: an armed switch closes. False where it is not armed.
  @discardableResult
  public func pressButton() -> Bool {
    guard supply == .armed else { return false }
    setSupply(.connected)
    return true
  }

  /// Opens or closes its switch, from `now` on, and notes it. A command for the state it is in does nothing.
  public func setSupply(_ state: SupplyState) {
    guard state != supply else { return }
    supply = state
    note(state == .connected ? .supplyConnected : .supplyDisconnected, at: clock(at: now))
    bend()
  }
}
