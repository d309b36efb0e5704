// The faulty meter (R-FAULT-01 … -05): suspected, a test arranged, tested, found faulty or good, repaired or
// exchanged. Two licensees read it differently (K-17): one pays nothing for the time in which the meter was
// faulty, the other suspends until a valid reading and then pays the whole advance. What lifts the suspicion,
// the appointment or its result, is a policy value too (K-34).

internal import Units

extension Ledger {
  func judgeFaultCycle(at now: Instant) {
    let stages = stages(of: FaultCycle.names)
    for known in stages {
      for cycle in cycles(known) where stops(cycle) { tell(cycle) }
    }
    known(.meterFaultReported).forEach(tellReport)
    for cycle in cycles(stages.last ?? []) where stops(cycle) {
      switch policy.withholding.faultyMeter.value {
      case .forfeits: treat(cycle)
      case .awaitsValidReading: suspend(cycle)
      }
      oblige(cycle, at: now)
    }
    judgeImportReports(at: now)
  }

  /// Whether suspicion of a meter stops the export payment: a meter that measures import only need not.
  private func stops(_ cycle: FaultCycle) -> Bool {
    guard let meter = book[cycle.serial] else { return false }
    return meter.uses.contains(.export) || policy.withholding.importMeterHolds.value
  }

  // MARK: One reading: nothing for the faulty time

  private func treat(_ cycle: FaultCycle) {
    let causes = cycle.causes
    switch cycle.finding {
    case .faulty(let test):
      let span = faultyTime(of: cycle, test)
      treatments.add(
        Treatment(
          .forfeit, from: span.from, to: span.to, .faultConfirmedNotPayable, .fault02, causes: causes))
    case .evidenceRefused:
      treatments.add(
        Treatment(.hold, from: cycle.since, to: cycle.ends, .whldEvidenceRefused, .fault03, causes: causes))
    case .good: break
    case nil where cycle.arranged != nil && policy.withholding.releaseOn.value == .arranged: break
    case nil:
      treatments.add(
        Treatment(.hold, from: cycle.since, to: cycle.ends, .whldMeterSuspect, .fault01, causes: causes))
    }
  }

  /// From the first bad half-hour that the test names, or from the suspicion; until the repair, where the
  /// test names no end.
  func faultyTime(of cycle: FaultCycle, _ test: CaseEvent) -> (from: Instant, to: Instant) {
    let named = test.facts.instant(.from) ?? cycle.since
    let from = policy.withholding.faultyFrom.value == .firstBad ? named : max(named, cycle.since)
    return (from, test.facts.instant(.until) ?? cycle.ends)
  }

  // MARK: The other: suspended until a valid reading

  private func suspend(_ cycle: FaultCycle) {
    guard release(of: cycle) == nil else { return }
    treatments.add(Treatment(.hold, from: cycle.since, .whldMeterSuspect, .fault01, causes: cycle.causes))
  }

  /// What proves the advance: a test that found the meter good, or any valid reading after the suspicion,
  /// whoever took it, of the meter or of the one that replaces it (K-17 and K-37 of the rule book). What a
  /// meter that was found faulty says from afar proves nothing until it is repaired.
  func release(of cycle: FaultCycle) -> (known: Instant, why: String, cause: Cause)? {
    var all: [(known: Instant, why: String, cause: Cause)] = []
    if case .good(let test) = cycle.finding {
      all.append((max(cycle.known, test.received), "the meter was found good on \(test.at)", test.cause))
    }
    var isFaulty = false
    if case .faulty = cycle.finding { isFaulty = true }
    let later = Set(book.exchanges.filter { $0.at >= cycle.since }.map(\.new))
    for one in believedExports() where one.read.at > cycle.since && one.hold == nil {
      let read = one.read
      let isSeen = read.serial == cycle.serial && !(isFaulty && read.source == .remote)
      let isSound = read.at >= cycle.ends && (read.serial == cycle.serial || later.contains(read.serial))
      guard isSeen || isSound else { continue }
      let known = max(cycle.known, read.received, isSeen ? cycle.known : cycle.end?.received ?? cycle.known)
      all.append((known, "there is a valid reading, \(read.value) of \(read.at)", read.cause))
    }
    return all.min { ($0.known, $0.why) < ($1.known, $1.why) }
  }

  // MARK: What is owed

  private func oblige(_ cycle: FaultCycle, at now: Instant) {
    guard policy.withholding.faultyMeter.value == .forfeits else {
      oblige(
        "reading", of: .customer, .read04, cycle.serial, since: cycle.known, met: release(of: cycle)?.known,
        at: now,
        "a valid reading of meter \(cycle.serial), or of the one that replaces it")
      return
    }
    oblige(
      "meter-test", of: .customer, .fault01, cycle.serial, since: cycle.known,
      met: cycle.arranged?.received ?? cycle.test?.received, at: now, "have meter \(cycle.serial) tested")
    if let arranged = cycle.arranged {
      oblige(
        "test-result", of: .customer, .fault03, cycle.serial, since: arranged.received,
        by: arranged.facts.date(.on), met: cycle.test?.received, at: now,
        "the result of the test of \(cycle.serial)")
    }
    if case .faulty(let test) = cycle.finding {
      oblige(
        "meter-repair", of: .customer, .fault02, cycle.serial, since: test.received, met: cycle.end?.received,
        at: now,
        "have meter \(cycle.serial) repaired or exchanged")
    }
  }
}
