// What faults make of half-hours on their way out of the log, over the WAN and through every port: a ring
// that is shorter than its make's (MF-02), a pointer that is off (MF-03), mean powers where energies should
// be (MF-07). In this order, whatever the order in which they began.

internal import Units

/// How a log errs.
struct LogFlaws: Hashable, Sendable {
  /// MF-02: how far back the ring reaches in truth; nil for as far as its make's.
  var depth: TimeSpan?
  /// MF-03: how many slots a value stands too late.
  var slots = 0
  /// MF-07: an entry is the mean power of its half-hour.
  var isMeanPower = false

  var isNone: Bool { self == LogFlaws() }

  /// Whether an entry is still there when the clock says `now`.
  func keeps(_ stamp: Instant, at now: Instant) -> Bool { depth.map { stamp > now - $0 } ?? true }

  /// The row whose value stands in a row of so many: what is asked for comes round within itself, as the ring
  /// does within the whole.
  func source(of row: Int, among count: Int) -> Int { floorModulo(row - slots, max(count, 1)) }

  /// kW over half an hour is twice the number of kWh.
  func shown(_ energy: WattHours) -> WattHours { isMeanPower ? energy * 2 : energy }

  /// Entries as they come out, oldest first.
  func spoil(_ entries: [LogRead.Entry], at now: Instant) -> [LogRead.Entry] {
    guard !isNone else { return entries }
    let kept = entries.filter { keeps($0.stamp, at: now) }
    return kept.indices.map { index in
      let other = kept[source(of: index, among: kept.count)]
      return LogRead.Entry(stamp: kept[index].stamp, energy: shown(other.energy), cause: other.cause)
    }
  }
}
