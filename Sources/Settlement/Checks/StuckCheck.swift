// One value again and again is no weather (R-VAL-12), unless the array is clipped at its export limit, or the
// unit is one that runs evenly. A source in coarse steps repeats by nature.

internal import Units

extension Ledger {
  /// Queries runs of one non-zero value that end or still go on in half-hours not yet told.
  func checkStuck(at: Instant) {
    guard !policy.validation.evenRunners.value.contains(agreement.installation.technology) else { return }
    let least = policy.validation.stuckHalfHours.value
    let installed = installationPlan
    for run in HalfHourValidation.equalRuns(exports, least: least) { checkRun(run, least, installed, at) }
  }

  /// Parts of a run of equal values that were measured in fine steps.
  private func checkRun(_ run: Range<Int>, _ least: Int, _ installed: InstallationPlan, _ at: Instant) {
    var start = run.lowerBound
    for row in run.lowerBound...run.upperBound {
      if row < run.upperBound, row > start, repeats(row, installed) { continue }
      if row - start >= least { tellStuck(start..<row, at) }
      start = row
    }
  }

  private func repeats(_ row: Int, _ installed: InstallationPlan) -> Bool {
    tells(row, installed) && tells(row - 1, installed)
  }

  /// Whether the value of a row was measured, in fine steps, and is not simply the most that there can be.
  private func tells(_ row: Int, _ installed: InstallationPlan) -> Bool {
    exports.isActual(row) && exports.step(row) <= policy.validation.stuckStep.value.value
      && !isClipped(row, installed)
  }

  /// At the export limit, or at the installed capacity where there is none, as it was in that half-hour.
  private func isClipped(_ row: Int, _ installed: InstallationPlan) -> Bool {
    let energy = exports.energy(row)
    return installed.full(of: exports.halfHour(row)).contains { full in
      let tolerance = full * Int64(policy.validation.clippingTolerance.value) / 1000
      return (energy - full).magnitude <= tolerance.magnitude
    }
  }

  private func tellStuck(_ run: Range<Int>, _ at: Instant) {
    // An answer that was taken back brings the doubt back.
    if holds(.valStuck) { for row in run { doubtRow(row, .valStuck) } }
    guard let first = run.first, let last = run.last, !exports.isTold(first, .stuck) else { return }
    for row in run { _ = exports.tell(row, .stuck) }
    log.note(
      .valStuck, .val12, at: at, subject, reads: [exports.cause(first), exports.cause(last)],
      "\(run.count) half-hours in a row from \(exports.halfHour(first).start) to "
        + "\(exports.halfHour(last).end) each hold exactly "
        + "\(WattHours(exports.energy(first))), which is not the export limit")
  }
}
