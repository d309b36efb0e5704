// What a smart meter remembers of each register: half-hours by the end of each by its own clock, in UTC, and
// the register at each UTC midnight. GBCS "Profile" and "Daily read" logs: SMETS2 keeps 4464 half-hours of
// export (93 days), 19 056 of import (397 days) and 31 daily snapshots. An entry has no status, only time and
// value.

internal import Units

/// The logs of one register.
struct MeterLog {
  struct HalfHourEntry {
    /// The half-hour by the meter's clock; its stamp is its end.
    var period: HalfHour
    /// Whole Wh, within ± 2 GWh.
    var energy: Int32
    var cause: Cause
  }

  struct Snapshot {
    var stamp: Instant
    var value: WattHours
  }

  let role: RegisterRole
  var halfHours: Ring<HalfHourEntry>
  var snapshots: Ring<Snapshot>
  /// What the register showed at the end of each half-hour, in step with `halfHours`; of capacity 0 where no
  /// port captures it.
  var standings: Ring<WattHours>

  init(_ role: RegisterRole, _ capacity: LogCapacity, keepsStandings: Bool = false) {
    self.role = role
    standings = Ring(capacity: keepsStandings ? capacity.halfHours(role) : 0)
    halfHours = Ring(capacity: capacity.halfHours(role))
    snapshots = Ring(capacity: capacity.dailySnapshots(role))
  }

  /// Forgets its half-hours.
  mutating func clear() {
    halfHours = Ring(capacity: halfHours.capacity)
    standings = Ring(capacity: standings.capacity)
  }

  /// Entries whose end stamps lie in `from ... through`: inclusive at both ends, so 24 h give 49.
  func read(from: Instant, through: Instant) -> [LogRead.Entry] {
    var found: [LogRead.Entry] = []
    halfHours.forEach { entry in
      let stamp = entry.period.end
      guard stamp >= from, stamp <= through else { return }
      found.append(
        LogRead.Entry(stamp: stamp, energy: WattHours(Int64(entry.energy)), cause: entry.cause))
    }
    return found
  }

  func readSnapshots(from: Instant, through: Instant) -> [(stamp: Instant, value: WattHours)] {
    var found: [(stamp: Instant, value: WattHours)] = []
    snapshots.forEach { one in
      if one.stamp >= from, one.stamp <= through { found.append((one.stamp, one.value)) }
    }
    return found
  }
}
