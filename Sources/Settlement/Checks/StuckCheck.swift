// One value again and again is no weather (R-VAL-12), unless the array is clipped at its export limit, or the
// unit is one that runs evenly: hydro, anaerobic digestion, micro-CHP. A source in coarse steps repeats by
// nature.

internal import Units

extension Ledger {
  private static let evenRunners: Set<DeclaredInstallation.Technology> = [
    .hydro, .anaerobicDigestion, .microCHP,
  ]
  /// Coarser than this, equal values prove nothing.
  private static let finestStep = WattHours(10)

  /// Queries runs of one non-zero value that end or still go on in half-hours not yet told.
  func checkStuck(at: Instant) {
    guard !Self.evenRunners.contains(agreement.installation.technology) else { return }
    var start = 0
    for index in 0...exports.rows.count {
      if index < exports.rows.count, index > start, repeats(index) { continue }
      if index - start >= policy.validation.stuckHalfHours.value { tellStuck(start..<index, at) }
      start = index
    }
  }

  private func repeats(_ index: Int) -> Bool {
    let (row, last) = (exports.rows[index], exports.rows[index - 1])
    return row.quality == .actual && last.quality == .actual && row.energy == last.energy
      && row.energy > .zero && row.resolution <= Self.finestStep && !isClipped(row.energy)
  }

  /// At the export limit, or at the installed capacity where there is none.
  private func isClipped(_ energy: WattHours) -> Bool {
    let installed = agreement.installation
    let limit = EnergyBound(power: installed.exportLimit ?? installed.capacity, allowance: 0)
      .most(in: HalfHour.length)
    let tolerance = limit * Int64(policy.validation.clippingTolerance.value) / 1000
    return (energy.value - limit).magnitude <= tolerance.magnitude
  }

  private func tellStuck(_ run: Range<Int>, _ at: Instant) {
    guard let first = run.first, let last = run.last, !exports.told[first].contains(.stuck) else { return }
    for index in run {
      exports.told[index].insert(.stuck)
      if holds(.valStuck), exports.doubts[index] == nil {
        exports.doubts[index] = .valStuck
      }
    }
    let (row, end) = (exports.rows[first], exports.rows[last])
    log.note(
      .valStuck, .val12, at: at, subject, reads: [row.cause, end.cause],
      "\(run.count) half-hours in a row from \(row.halfHour.start) to \(end.halfHour.end) each hold exactly "
        + "\(row.energy), which is not the export limit")
  }
}
