// The switch of a smart meter, which a supplier opens and closes from afar (IEC 62056-6-2:2016, class 70, the
// disconnect control; GBCS use cases ECS42 to ECS45). Open, nothing flows through the meter either way: the
// load is dark, and a generator behind it stops too, since an inverter without the network must not run (G98,
// loss of mains). What the site then does is the site's (`Site.isDisconnected`).

public import Units

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
    limiter?.forget()
    move(to: state, noting: Self.notes[state] ?? .supplyDisconnected)
  }

  private static let notes: [SupplyState: MeterEvent.Code] = [
    .connected: .supplyConnected, .disconnected: .supplyDisconnected, .armed: .supplyArmed,
  ]

  private func move(to state: SupplyState, noting code: MeterEvent.Code) {
    supply = state
    note(code, at: clock(at: now))
    bend()
  }

  /// The limit that its supplier set; nil: none.
  public var loadLimit: LoadLimit? { limiter?.limit }

  /// Limits the load from `now` on, or no more.
  public func setLoadLimit(_ limit: LoadLimit?) {
    limiter = limit.map { LoadLimiter($0, after: limiter) }
  }

  /// The earliest time at which its switch may move by itself: whoever makes it live through a flow stops
  /// there and asks again. Nil where it cannot.
  public var switchEdge: Instant? {
    guard isPowered, let limiter, supply == .connected || limiter.hasOpened else { return nil }
    return Instant(milliseconds: limiter.edge(after: now.milliseconds))
  }

  /// Lets the limiter look at a flow from a time on; called with the flow lived through.
  func limitLoad(_ segments: [FlowSegment], from start: Int64) {
    guard isPowered, supply == .connected || limiter?.hasOpened == true else { return }
    switch limiter?.watch(segments, from: start, measuring.signs, isTwin: profile.isTwin) {
    case .opens:
      loadLimitCount &+= 1
      note(.loadLimitExceeded, at: clock(at: now), detail: loadLimitCount)
      move(to: .armed, noting: .loadLimitOpened)
    case .closes: move(to: .connected, noting: .loadLimitRestored)
    case nil: break
    }
  }
}
