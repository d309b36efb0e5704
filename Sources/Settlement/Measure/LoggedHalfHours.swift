// Half-hours made from reads of a cumulative register at :00 and :30 (R-MET-06): payable only where the
// policy accepts them. A boundary without a read within the tolerance leaves a gap on both its sides; nothing
// is interpolated.

internal import Units

extension Ledger {
  /// Fills half-hours that no log has given from the believed reads of each export register.
  func logHalfHours() {
    exports.forgetDerived()
    guard needsHalfHours, exports.count > 0 else { return }
    let start = exports.first
    let accepted = policy.acceptLoggedHalfHours.value
    for chain in exportChains {
      guard let meter = book.number(of: chain.key.serial) else { continue }
      var tally = AlignmentTally()
      var previous: (index: Int, halfHour: HalfHour)?
      for (index, halfHour) in boundaries(of: chain) where halfHour >= start {
        defer { previous = (index, halfHour) }
        guard let last = previous, last.halfHour.next == halfHour,
          let row = exports.index(of: last.halfHour), !exports.isKnown(row),
          let energy = chain.energy(from: last.index, to: index)
        else { continue }
        let read = chain.accepted[index].read
        exports.merge(
          IncomingRow(
            energy: WattHours(energy), quality: .actual, resolution: max(read.resolution, WattHours(1)),
            meter: meter, cause: read.cause, refused: !accepted,
            isDerived: true),
          at: row, sharesHalfHour: false, &tally)
      }
    }
  }

  /// Whether any tariff in force needs half-hours, so that making them is of use (R-EST-03).
  private var needsHalfHours: Bool {
    terms.contains { if case .flat = $0.shape { false } else { true } }
  }

  /// The accepted read nearest to each half-hour boundary, if near enough.
  private func boundaries(of chain: RegisterChain) -> [(index: Int, boundary: HalfHour)] {
    let tolerance = policy.reading.loggedTolerance.value
    var found: [(index: Int, boundary: HalfHour)] = []
    for (index, one) in chain.accepted.enumerated() {
      let boundary = HalfHour(containing: one.read.at + .minutes(15))
      let distance = (one.read.at - boundary.start).magnitude
      guard distance <= tolerance else { continue }
      if let last = found.last, last.boundary == boundary {
        let other = (chain.accepted[last.index].read.at - boundary.start).magnitude
        if distance < other { found[found.count - 1] = (index, boundary) }
      } else {
        found.append((index, boundary))
      }
    }
    return found
  }
}

extension RegisterChain {
  /// Energy between two accepted reads; nil if any of it is in doubt.
  func energy(from: Int, to: Int) -> Int64? {
    guard from < to, accepted[(from + 1)...to].allSatisfy({ $0.hold == nil }) else { return nil }
    return accepted[to].count - accepted[from].count
  }
}
