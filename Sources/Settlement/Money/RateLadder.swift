// The rate is the one in force when the energy was exported (R-TAR-07). An advance across a change of rate is
// split at the change: by half-hours where one side has them all, else in proportion to elapsed time, which
// is provisional (our assumption, K-30 of the rule book: two readings cannot say when).

internal import Units

/// A part of an advance under one version of the tariff.
struct RatedSpan: Hashable {
  var from: Instant
  var to: Instant
  var energy: Int64
  /// Nil before any tariff is in force.
  var tariff: Int?
  var isProvisional = false

  func contains(_ at: Instant) -> Bool { at >= from && at < to }
}

extension Ledger {
  /// Cuts an advance at each change of tariff inside it.
  func split(_ advance: Advance) -> [RatedSpan] {
    let terms = self.terms
    let changes = terms.map(\.from).filter { $0 > advance.from && $0 < advance.to }
    var spans: [RatedSpan] = []
    var (rest, from, provisional) = (advance.energy, advance.from, false)
    for change in changes {
      let share = share(of: rest, from, change, advance.to)
      provisional = provisional || share.isProvisional
      spans.append(
        RatedSpan(
          from: from, to: change, energy: share.energy, tariff: version(at: from), isProvisional: provisional)
      )
      if share.isProvisional { tellSplit(advance, change, share.energy, rest) }
      (rest, from) = (rest - share.energy, change)
    }
    spans.append(
      RatedSpan(
        from: from, to: advance.to, energy: rest, tariff: version(at: from), isProvisional: provisional))
    return spans
  }

  private func version(at instant: Instant) -> Int? {
    terms.lastIndex { $0.from <= instant }
  }

  /// How much of an energy flowed before a change.
  private func share(of energy: Int64, _ from: Instant, _ change: Instant, _ to: Instant)
    -> (energy: Int64, isProvisional: Bool)
  {
    if let before = exports.energy(from: from, to: change) { return (min(max(before, 0), energy), false) }
    if let after = exports.energy(from: change, to: to) {
      return (energy - min(max(after, 0), energy), false)
    }
    let part = Int128(energy) * Int128((change - from).microseconds) / Int128((to - from).microseconds)
    return (Int64(clamping: part), true)
  }

  private func tellSplit(_ advance: Advance, _ change: Instant, _ before: Int64, _ rest: Int64) {
    log.note(
      .tarSplitProvisional, .tar07, at: advance.received, subject, severity: .query,
      reads: [advance.opening, advance.closing],
      "the rate changed on \(change), between the reads of \(advance.from) and \(advance.to), and no "
        + "half-hours say "
        + "when the \(WattHours(rest)) flowed: \(WattHours(before)) before and \(WattHours(rest - before)) "
        + "after, by "
        + "elapsed time, provisionally")
  }
}
