// Register advances beside the clock: dark ones (R-VAL-05), and weeks without any (R-VAL-06).

internal import Units

extension Ledger {
  /// Holds advances that lie wholly in darkness, where the policy says so. Those of one night are told
  /// together, when the last of the evidence has come.
  func checkAdvances() {
    let installed = installationPlan
    for number in exportChains.indices {
      let accepted = exportChains[number].accepted
      var night: Range<Int>?
      for index in accepted.indices.dropFirst() where isDark(accepted[index - 1], accepted[index], installed)
      {
        let (from, to) = (accepted[index - 1].read.at, accepted[index].read.at)
        if holds(.valNightExport), !answers.clears(.valNightExport, from, to) {
          exportChains[number].hold(index, .valNightExport)
        }
        if let run = night, run.upperBound == index {
          night = run.lowerBound..<(index + 1)
        } else {
          night.map { tellNight(accepted, $0) }
          night = index..<(index + 1)
        }
      }
      night.map { tellNight(accepted, $0) }
    }
  }

  /// Whether more flowed between two reads than creeps in that time, all of it in darkness.
  private func isDark(
    _ open: CountedRead, _ close: CountedRead, _ installed: InstallationPlan
  ) -> Bool {
    let night = policy.validation.nightLimit.value.value
    let energy = close.count - open.count
    guard energy > night, installed.part(at: open.read.at).isSolarAlone,
      installed.part(at: close.read.at).isSolarAlone, Darkness.covers(open.read.at, close.read.at)
    else { return false }
    let halfHours = (close.read.at - open.read.at).microseconds / HalfHour.length.microseconds + 1
    return energy > night * halfHours
  }

  private func tellNight(_ accepted: [CountedRead], _ run: Range<Int>) {
    let (open, first, last) = (
      accepted[run.lowerBound - 1], accepted[run.lowerBound], accepted[run.upperBound - 1]
    )
    guard isNews("night \(open.read.serial) \(open.read.at)") else { return }
    let evidence = accepted[(run.lowerBound - 1)..<run.upperBound].map(\.read.received)
    log.note(
      .valNightExport, .val05, at: evidence.max() ?? last.read.received, open.read.serial,
      reads: [open.read.cause, first.read.cause, last.read.cause],
      "\(WattHours(last.count - open.count)) were exported between \(open.read.at) and \(last.read.at), in "
        + "full "
        + "darkness; solar power without storage exports nothing then")
  }

  /// Queries two sunny weeks without export. Runs on registers where there are any, else on half-hours.
  func checkZeroExport(at: Instant) {
    let installed = agreement.installation
    guard installed.technology == .solarPV, installed.capacity >= policy.validation.zeroMinimumCapacity.value
    else { return }
    var zeros = ZeroRun(days: policy.validation.zeroDays.value)
    var findings: [ZeroRun.Finding] = []
    if let chain = exportChains.first(where: { $0.accepted.count > 1 }) {
      for (open, close) in zip(chain.accepted, chain.accepted.dropFirst()) {
        let moved = close.count > open.count || close.movement == nil
        if let finding = zeros.add(open.read.at, close.read.at, moved: moved) {
          findings.append(finding.with(close.read.received, [open.read.cause, close.read.cause]))
        }
      }
    } else {
      findings += zeroHalfHours(&zeros, at: at)
    }
    for finding in findings where isNews("zero \(finding.from)") { tell(finding) }
  }

  /// Half-hours, stretch by stretch: what is too short to be told is passed over in one step.
  private func zeroHalfHours(_ zeros: inout ZeroRun, at: Instant) -> [ZeroRun.Finding] {
    guard let columns = exports.view else { return [] }
    var findings: [ZeroRun.Finding] = []
    let rows = exports.reach
    let least = zeros.days * 48
    var row = rows.lowerBound
    while row < rows.upperBound {
      let start = row
      while row < rows.upperBound, columns.energies[row] <= 0, columns.marks[row] != 0 { row += 1 }
      for zero in row - start >= least ? start..<row : start..<start {
        let halfHour = exports.halfHour(zero)
        guard let finding = zeros.add(halfHour.start, halfHour.end, moved: false) else { continue }
        findings.append(finding.with(at, [exports.cause(zero)]))
      }
      guard row < rows.upperBound else { break }
      if columns.marks[row] == 0 {
        zeros.interrupt()
      } else {
        _ = zeros.add(exports.halfHour(row).start, exports.halfHour(row).end, moved: true)
      }
      row += 1
    }
    return findings
  }

  private func tell(_ finding: ZeroRun.Finding) {
    let days = policy.validation.zeroDays.value
    let serial = exportChains.first?.key.serial ?? subject
    if finding.hadExport {
      log.note(
        .valZeroExport, .val06, at: finding.at, serial, reads: finding.causes,
        "nothing was exported for \(days) days from \(finding.from), between April and September, though "
          + "there was "
          + "export before")
    } else {
      log.note(
        .adviceSMETS2, .met03, at: finding.at, serial, reads: finding.causes,
        "the export register has stood still for \(days) sunny days from \(finding.from) and has never "
          + "moved; the "
          + "supplier should confirm that it works, or exchange the meter")
    }
  }
}

/// Looks for a stretch without export inside the sunny half of a year.
private struct ZeroRun {
  struct Finding {
    var from: Instant
    var hadExport: Bool
    var at = Instant.epoch
    var causes: [Cause] = []

    func with(_ at: Instant, _ causes: [Cause]) -> Finding {
      Finding(from: from, hadExport: hadExport, at: at, causes: causes)
    }
  }

  let days: Int
  private var start: Instant?
  private var hadExport = false
  private var told = false

  init(days: Int) { self.days = days }

  mutating func interrupt() { (start, told) = (nil, false) }

  /// Adds a stretch of time; a finding when the run without export has just become long enough.
  mutating func add(_ from: Instant, _ to: Instant, moved: Bool) -> Finding? {
    if moved {
      (hadExport, start, told) = (true, nil, false)
      return nil
    }
    let begin = start ?? from
    start = begin
    // April to September: the part of the run inside it counts.
    let year = LondonClock.date(at: to).year
    guard !told, let april = CivilDate(year: year, month: 4, day: 1),
      let october = CivilDate(year: year, month: 10, day: 1)
    else { return nil }
    let low = max(begin, LondonClock.startOfDay(april))
    let high = min(to, LondonClock.startOfDay(october))
    guard high - low >= .days(Int64(days)) else { return nil }
    told = true
    return Finding(from: low, hadExport: hadExport)
  }
}
