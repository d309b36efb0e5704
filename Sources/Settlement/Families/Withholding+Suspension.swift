// The certificate body suspends an installation, or takes it off its register: payment waits until Ofgem says
// that it resumes, perhaps at a part of the rate (R-WHLD-02, R-WHLD-04).

internal import Units

extension Ledger {
  func judgeSuspensions() {
    let stages = stages(of: [.mcsSuspended, .mcsResumed])
    for known in stages { Suspension.all(known).forEach(tell) }
    Suspension.all(stages.last ?? []).forEach(treat)
  }

  private func treat(_ one: Suspension) {
    let causes = [one.event.cause] + one.resumptions.map(\.cause)
    guard let resumed = one.resumptions.first else {
      treatments.add(Treatment(.hold, from: one.from, .whldMCSSuspended, .whld02, causes: causes))
      return
    }
    if policy.withholding.suspension.value == .forfeits {
      treatments.add(
        Treatment(.forfeit, from: one.from, to: resumed.at, .whldMCSSuspended, .whld02, causes: causes))
    }
    for (number, event) in one.resumptions.enumerated() where event.part < 1000 {
      let next = number + 1 < one.resumptions.count ? one.resumptions[number + 1] : nil
      treatments.add(
        Treatment(
          .reduce(perMille: event.part), from: start(of: number, in: one),
          to: next.map { _ in start(of: number + 1, in: one) } ?? one.ends, .payResumed, .whld02,
          causes: causes))
    }
  }

  /// From when the part of a resumption applies.
  private func start(of number: Int, in one: Suspension) -> Instant {
    let event = one.resumptions[number]
    if let from = event.facts.instant(.from) { return from }
    let isFirst = number == 0 && policy.withholding.suspension.value == .pays
    return isFirst ? one.from : event.at
  }

  private func tell(_ one: Suspension) {
    let what = Suspension.words[one.event.facts.text(.what) ?? ""] ?? "the installation is suspended"
    notify(
      .customer, .whldMCSSuspended, .whld02, at: one.event.received, subject, reads: [one.event.cause],
      "\(what) from \(one.from): payment waits until Ofgem says that it resumes")
    for (number, event) in one.resumptions.enumerated() {
      let part = event.part < 1000 ? "\(Phrase.percent(perMille: event.part)) of the rate" : "the whole rate"
      let held =
        policy.withholding.suspension.value == .pays
        ? "what was held from \(one.from) is payable"
        : "what flowed from \(one.from) until then is not payable"
      notify(
        .customer, .payResumed, .whld02, at: max(one.event.received, event.received), subject,
        reads: [one.event.cause, event.cause],
        "payment resumes on \(event.at): \(part) applies from \(start(of: number, in: one)) on"
          + (number == 0 ? "; \(held)" : ""))
    }
  }
}

/// A suspension, and what Ofgem said of it until the next one.
private struct Suspension {
  var event: CaseEvent
  var resumptions: [CaseEvent]
  /// When the next suspension begins, if there is one.
  var ends: Instant

  var from: Instant { event.at }

  static let words = [
    "suspended": "the certificate body suspends the installation",
    "removed": "the certificate body takes the installation off its register",
    "scheme": "the generator is suspended from the scheme",
  ]

  /// A second suspension before anybody resumed payment changes nothing.
  static func all(_ known: [CaseEvent]) -> [Suspension] {
    var all: [Suspension] = []
    for event in known {
      if event.name == .mcsSuspended {
        if let last = all.last, last.resumptions.isEmpty { continue }
        if let last = all.indices.last { all[last].ends = event.at }
        all.append(Suspension(event: event, resumptions: [], ends: .distantFuture))
      } else if let last = all.indices.last {
        all[last].resumptions.append(event)
      }
    }
    return all
  }
}

extension CaseEvent {
  /// The part of the rate at which payment resumes, in parts per thousand.
  fileprivate var part: Int { facts.perMille(.part) ?? 1000 }
}
