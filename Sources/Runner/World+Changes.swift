// What changes in a story beside faults: the flow, the meter itself.

internal import MeterModel
internal import Scenario
internal import Settlement
internal import Timeline
internal import Truth
internal import Units

extension World {
  /// From now until an instant, this flows at the boundary.
  func override(_ power: PhasePower, until: Instant) {
    flow(to: now)
    stated.add(power, from: now, until: until)
  }

  /// Takes a meter away and puts another in its place; settlement hears of it as the story says.
  func exchange(_ exchange: MeterExchange, because command: Cause) {
    flow(to: now)
    guard let old = stations[exchange.meter] else { return refuse("no meter '\(exchange.meter)'") }
    let line = old.line
    glance(for: now)
    let final = old.shownRegisters
    takeAway(old)
    let new = makeStation(exchange.new)
    add(new, uses: exchange.new.uses)
    // The fitter gives it the number of the old one, and sets it as the line stands.
    line?.replace(old, by: new)
    guard let told = life.tell(exchange) else { return }
    events.append(
      .meterExchanged(
        old: old.serial, final: told.readsTaken ? final : [:], new: MeterDetails(told.new),
        initial: told.readsTaken ? new.shownRegisters : [:], at: now, received: told.received,
        cause: seen(final, of: old, and: new, because: command)))
  }

  /// What was written down at an exchange, joined: the final values of the old meter, the first ones of the
  /// new.
  private func seen(
    _ final: [RegisterRole: WattHours], of old: Station, and new: Station, because command: Cause
  ) -> Cause {
    var causes: [Cause] = []
    for (station, values) in [(old, final), (new, new.shownRegisters)] {
      for role in RegisterRole.allCases {
        guard let value = values[role] else { continue }
        causes.append(see(value, of: station, because: trueCause(at: now), and: command))
      }
    }
    return journal.join(causes, at: now)
  }
}
