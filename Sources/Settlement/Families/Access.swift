// Access to the meter (R-ACC-01 … -04): refused, the money stops; had again and the reading verified, it goes
// on, or when the licensee says so (K-18). A meter that is hard to reach may cost the extra time of the
// visitor, after a visit.

internal import Units

extension Ledger {
  func judgeAccess(at now: Instant) {
    let stages = stages(of: [.accessRefused, .accessGained, .visit, .withholdingLifted])
    for known in stages { AccessStop.all(known).forEach(tell) }
    for stop in AccessStop.all(stages.last ?? []) {
      let release = release(of: stop)
      if release == nil {
        treatments.add(
          Treatment(.hold, from: stop.since, .whldNoAccess, .acc02, causes: [stop.event.cause]))
      }
      oblige(
        "access", of: .customer, .acc01, serial(of: stop.event), since: stop.event.received,
        met: stop.gained.first?.received, at: now, "let the meter be read, inspected, tested or exchanged")
    }
    known(.visit).forEach(tellVisit)
  }

  /// What lets the money go on: the licensee's word, or access and a verified reading where the policy lets
  /// those do.
  private func release(of stop: AccessStop) -> (known: Instant, why: String, causes: [Cause])? {
    var all: [(known: Instant, why: String, causes: [Cause])] = []
    if let lift = stop.lift {
      all.append(
        (
          max(stop.event.received, lift.received), "the licensee lifts the stop\(lift.saying(.why))",
          [lift.cause]
        ))
    }
    if policy.withholding.accessRefused.value == .verified {
      for gained in stop.gained {
        guard let proof = proof(after: gained) else { continue }
        all.append((max(stop.event.received, proof.known), proof.why, [gained.cause, proof.cause]))
      }
    }
    return all.min { $0.known < $1.known }
  }

  /// Whether readings were verified at an access: said so, or a visitor's reading that is believed.
  private func proof(after gained: CaseEvent) -> (known: Instant, why: String, cause: Cause)? {
    switch gained.facts.flag(.readingsOK) {
    case true?:
      return (gained.received, "access was had on \(gained.at) and the readings were verified", .none)
    case false?: return nil
    case nil:
      let seen = believedExports().first {
        $0.read.source == .visit && $0.read.at >= gained.at && $0.hold == nil
      }
      return seen.map {
        (
          max(gained.received, $0.read.received),
          "access was had on \(gained.at) and the reading of \($0.read.value) was verified", $0.read.cause
        )
      }
    }
  }

  // MARK: Told

  private func tell(_ stop: AccessStop) {
    let event = stop.event
    let who = event.facts.text(.by) ?? Party.customer.rawValue
    let until =
      policy.withholding.accessRefused.value == .verified
      ? "access is had and the readings are verified" : "the licensee lifts it"
    notify(
      .customer, .whldNoAccess, .acc02, at: event.received, serial(of: event), reads: [event.cause],
      "access to meter \(serial(of: event)) was refused by the \(who) on \(event.at)\(event.saying(.why)): "
        + "what flows "
        + "from then on is held until \(until)")
    for gained in stop.gained where gained.facts.flag(.readingsOK) == false {
      log.note(
        .whldNoAccess, .acc02, at: max(event.received, gained.received), serial(of: event),
        reads: [event.cause, gained.cause],
        "access was had on \(gained.at), and the reading is still not right; the money stays held")
    }
    guard let release = release(of: stop) else { return }
    notify(
      .customer, .payReleased, .acc02, at: release.known, serial(of: event),
      reads: [event.cause] + release.causes,
      "\(release.why): what was held from \(stop.since) on is payable")
  }

  private func tellVisit(_ event: CaseEvent) {
    let serial = serial(of: event)
    let purpose = event.facts.text(.purpose) ?? Visit.check
    if purpose == Visit.check || purpose == Visit.inspection {
      log.note(
        .infoVerification, .acc04, at: event.received, serial, reads: [event.cause],
        "meter \(serial) was visited on \(event.at) to check it: \(event.facts.text(.outcome) ?? Visit.done)")
    }
    guard let cost = event.facts.money(.extraCost), cost > Pence(0) else { return }
    guard policy.withholding.accessCharge.value else {
      log.note(
        .infoVerification, .acc03, at: event.received, serial, reads: [event.cause],
        "meter \(serial) was hard to reach on \(event.at), which cost \(cost) more; the terms name no such "
          + "charge"
      )
      return
    }
    let text =
      "meter \(serial) could not be read without ladder or tools on \(event.at): the visitor's extra cost "
      + "of \(cost) "
      + "is charged"
    notify(.customer, .chargeAccess, .acc03, at: event.received, serial, reads: [event.cause], text)
    charges.append(
      Charge(
        at: event.received, amount: cost, code: .chargeAccess, rule: .acc03, text: text, causes: [event.cause]
      ))
  }
}

/// One refusal of access, and what came after it.
private struct AccessStop {
  var event: CaseEvent
  var gained: [CaseEvent] = []
  var lift: CaseEvent?

  var since: Instant { event.at }

  /// Further refusals while one stands change nothing.
  static func all(_ known: [CaseEvent]) -> [AccessStop] {
    var all: [AccessStop] = []
    for event in known {
      let last = all.indices.last
      if event.refusesAccess {
        if let last, all[last].lift == nil, !all[last].isVerified { continue }
        all.append(AccessStop(event: event))
      } else if let last, event.lifts(.notInspected) {
        if all[last].lift == nil { all[last].lift = event }
      } else if let last, event.name != .withholdingLifted, event.hasAccess {
        all[last].gained.append(event)
      }
    }
    return all
  }

  private var isVerified: Bool { gained.contains { $0.facts.flag(.readingsOK) == true } }
}

extension CaseEvent {
  fileprivate var refusesAccess: Bool {
    name == .accessRefused || (name == .visit && facts.text(.outcome) == Visit.refused)
  }

  fileprivate var hasAccess: Bool {
    name == .accessGained || (name == .visit && (facts.text(.outcome) ?? Visit.done) == Visit.done)
  }
}
