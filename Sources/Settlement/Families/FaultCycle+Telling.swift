// What is said of a suspected meter, each piece of news once.

internal import Units

extension Ledger {
  /// What a customer reported of any meter, whether or not it stops the payment (R-FAULT-04).
  func tellReport(_ event: CaseEvent) {
    let serial = serial(of: event)
    let meter = book[serial]
    let kind =
      meter.map { $0.uses.contains(.export) ? "export meter" : "import meter" } ?? "meter nobody knows,"
    notify(
      .licensee, .meterFaultReported, .fault04, at: event.received, serial, reads: [event.cause],
      "it is reported that \(kind) \(serial) is broken or wrong since \(event.at)\(event.saying(.why))")
  }

  func tell(_ cycle: FaultCycle) {
    tellSuspicion(cycle)
    guard policy.withholding.faultyMeter.value == .forfeits else {
      if let release = release(of: cycle) {
        notify(
          .customer, .payReleased, .read04, at: release.known, cycle.serial,
          reads: cycle.causes + [release.cause],
          "payment goes on, for \(release.why); the whole advance from \(cycle.since) on is payable")
      }
      return
    }
    if let arranged = cycle.arranged, policy.withholding.releaseOn.value == .arranged {
      let day = arranged.facts.date(.on).map { " for \($0)" } ?? ""
      notify(
        .customer, .payReleased, .fault01, at: max(cycle.known, arranged.received), cycle.serial,
        reads: cycle.causes,
        "a test of meter \(cycle.serial) is arranged\(day): what was held from \(cycle.since) on is payable")
    }
    switch cycle.finding {
    case .faulty(let test): tellFault(cycle, test)
    case .good(let test): tellGood(cycle, test)
    case .evidenceRefused(let test):
      log.note(
        .whldEvidenceRefused, .fault03, at: max(cycle.known, test.received), cycle.serial,
        reads: cycle.causes,
        "the evidence that meter \(cycle.serial) was found good on \(test.at) is not accepted"
          + "\(test.saying(.why)); what flowed from \(cycle.since) on stays held")
    case nil: break
    }
  }

  private func tellSuspicion(_ cycle: FaultCycle) {
    guard let word = cycle.words.first(where: { $0.name != .meterTested }) else { return }
    let until =
      switch policy.withholding.faultyMeter.value {
      case .forfeits:
        policy.withholding.releaseOn.value == .arranged
          ? "a test is arranged" : "a test shows what it is worth"
      case .awaitsValidReading: "there is a valid reading"
      }
    notify(
      .customer, .whldMeterSuspect, .fault01, at: word.received, cycle.serial, reads: [word.cause],
      "meter \(cycle.serial) is suspected of being faulty since \(word.at)\(word.saying(.why)): what flows "
        + "from then on "
        + "is held until \(until)")
    guard let meter = book[cycle.serial], meter.remote, !meter.keepsRemoteAfterSwitch else { return }
    log.note(
      .adviceSMETS2, .fault05, at: word.received, cycle.serial, reads: [word.cause],
      "the supplier should confirm that meter \(cycle.serial) measures export; an exchange for a SMETS2 "
        + "meter is free"
    )
  }

  private func tellFault(_ cycle: FaultCycle, _ test: CaseEvent) {
    let span = faultyTime(of: cycle, test)
    let known = max(cycle.known, test.received)
    // Said with the test, whatever is known of a repair by then: it has words of its own.
    let named = test.facts.instant(.until)
    let reads = (cycle.words + [test]).map(\.cause)
    notify(
      .customer, .faultConfirmedNotPayable, .fault02, at: known, cycle.serial, reads: reads,
      "meter \(cycle.serial) was found faulty on \(test.at): nothing is paid from \(span.from) until "
        + "\(named.map { "\($0)" } ?? "it is repaired or exchanged"), and nothing is estimated for that time")
    tellOverpaid(
      from: span.from, to: named ?? .distantFuture, knownAt: known, .fault02, cycle.serial, reads: reads,
      because: "meter \(cycle.serial) was faulty")
    guard let end = cycle.end else { return }
    let how = end.name == .meterExchanged ? "exchanged" : "repaired"
    notify(
      .customer, .payResumed, .fault02, at: max(known, end.received), cycle.serial, reads: cycle.causes,
      "meter \(cycle.serial) was \(how) on \(end.at): what flows from \(span.to) on is payable")
  }

  private func tellGood(_ cycle: FaultCycle, _ test: CaseEvent) {
    notify(
      .customer, .payReleasedNotFaulty, .fault03, at: max(cycle.known, test.received), cycle.serial,
      reads: cycle.causes,
      "meter \(cycle.serial) was found good on \(test.at) and the evidence is accepted: what was held from "
        + "\(cycle.since) on is payable")
  }
}
