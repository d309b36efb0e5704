// Readings: corrections, procedure, proving tests, how often they are due; requests, proof and queries stand
// beside this file (R-READ, R-EST-06).

internal import Units

extension Ledger {
  func judgeReadings(at now: Instant) {
    gapEstimates = nil
    tellReadChanges()
    tellMisrouted()
    judgeRequests(at: now)
    judgeProofs(at: now)
    judgeQueries()
    judgeProvingTests()
    judgeFrequency(at: now)
    judgeValidation(at: now)
  }

  // MARK: Corrections

  /// Hands the pool what is known of reads beside their values; called before and after reads are taken in.
  func takeReadChanges() {
    answers = QueryAnswers(known(.queryAnswered))
    let procedures = known(.readingProcedure)
    // From when it is agreed and known: what came before by another way is not sent back afterwards.
    pool.procedures = procedures.compactMap { event in
      event.facts.text(.channel).map { (from: max(event.at, event.received), channels: [$0]) }
    }.sorted { $0.from < $1.from }
    let told = known(.readingWithdrawn, .readingCorrected, .proofGiven)
    guard !told.isEmpty else { return }
    let cases = proofCases
    pool.apply(told.compactMap { change($0, cases) })
  }

  private func change(_ event: CaseEvent, _ cases: [ProofCase]) -> ReadChange? {
    guard let serial = event.facts.text(.serial) else { return nil }
    if event.name == .proofGiven {
      guard let one = cases.last(where: { $0.answers.contains(event) }) else { return nil }
      return ReadChange(
        kind: event.facts.flag(.accepted) == true ? .proven : .unproven, serial: serial, register: .export,
        taken: one.read.at, value: one.read.value, received: event.received, cause: event.cause)
    }
    guard let taken = event.facts.instant(.taken) else { return nil }
    let register = event.facts.text(.register).flatMap(RegisterRole.init(rawValue:)) ?? .export
    let value = event.facts.energy(.value)
    var change = ReadChange(
      kind: .withdrawn, serial: serial, register: register, taken: taken, value: value,
      received: event.received, cause: event.cause)
    if event.name == .readingCorrected {
      guard let value else { return nil }
      (change.kind, change.value) = (.corrected(to: value), nil)
    }
    return change
  }

  private func tellReadChanges() {
    for change in pool.changes {
      let key = RegisterKey(serial: change.serial, role: change.register)
      let found = pool.all(of: key).filter { change.isAbout($0) }
      for read in found {
        let what: String
        switch change.kind {
        case .withdrawn: what = "is withdrawn and counts no more"
        case .corrected(let value): what = "is corrected to \(value)"
        case .unproven, .proven: continue
        }
        log.note(
          .readConflict, .read11, at: max(change.received, read.received), change.serial,
          reads: [read.cause, change.cause],
          "the \(change.register.rawValue) read of \(read.value) on \(read.at) \(what); what rested on it is "
            + "settled again, and the difference goes into the next statement")
      }
    }
  }

  /// Whoever gave a reading by another way than agreed is told so (R-READ-14).
  private func tellMisrouted() {
    for (read, refusal) in pool.misrouted {
      notify(
        .customer, refusal.code, refusal.rule, at: read.received, read.serial, reads: [read.cause],
        "the reading of \(read.value) on \(read.at) is not taken: \(refusal.why)")
    }
  }

  // MARK: Proving tests

  /// From a failed test until one that passes the meter's data count as estimated; a test that is outstanding
  /// changes nothing (R-EST-06). Where estimates are payable its half-hours are provisional; its readings are
  /// what they would be compared with, and stay what they are (our assumption).
  private func judgeProvingTests() {
    unproven = [:]
    let tests = known(.provingTest).sorted { $0.at < $1.at }
    for (number, test) in tests.enumerated() where test.facts.text(.result) == "failed" {
      guard let serial = test.facts.text(.serial) else { continue }
      let later = tests[(number + 1)...].filter { $0.facts.text(.serial) == serial }
      let passed = later.first { $0.facts.text(.result) == "passed" }
      let isHeld = policy.estimates.value == .never
      log.note(
        .readUnproven, .est06, at: test.received, serial, severity: .query, reads: [test.cause],
        "the proving test of \(LondonClock.date(at: test.at)) failed: until one passes, the meter's data count as "
          + "estimated and are \(isHeld ? "held" : "payable provisionally")")
      if !isHeld, passed == nil { unproven[serial, default: []].append(test.at..<Instant.distantFuture) }
      if isHeld, passed == nil {
        treatments.add(Treatment(.hold, from: test.at, .readUnproven, .est06, causes: [test.cause]))
      }
      if isHeld, let passed {
        log.note(
          .payReleased, .est06, at: passed.received, serial, reads: [passed.cause],
          "the proving test of \(LondonClock.date(at: passed.at)) passed: the data since "
            + "\(LondonClock.date(at: test.at)) count as measured, and are payable")
      }
    }
  }

  // MARK: How often

  /// A reading in each quarter of the agreement, where the policy wants it (R-READ-05). Where no reading at
  /// all is told of, nobody asks.
  private func judgeFrequency(at now: Instant) {
    guard policy.reading.frequency.value == .quarterly, !one.reads.isEmpty else { return }
    let start = LondonClock.date(at: agreement.start)
    var quarter = 0
    while quarter < 4 * 100 {
      let first = start.adding(months: 3 * quarter)
      let next = start.adding(months: 3 * (quarter + 1))
      let (from, to) = (LondonClock.startOfDay(first), LondonClock.startOfDay(next))
      quarter += 1
      guard from <= now else { return }
      guard to > one.from else { continue }
      let met = exportChains.lazy.flatMap(\.accepted)
        .first { $0.hold == nil && $0.read.at >= from && $0.read.at < to }
      obligations.append(
        Obligation(
          "quarterly-reading", of: .customer, rule: .read05, subject: subject, since: from,
          by: next.advanced(byDays: -1), state: met != nil ? .met : to <= now ? .overdue : .open,
          met: met?.read.received, text: "a reading in each quarter of the agreement"))
    }
  }
}

extension Boundary {
  static let requestDays = Boundary(
    "reading.request-days", .read03,
    "the last day of the request is in time, the next is in the days of grace")
  static let graceDays = Boundary(
    "reading.grace-days", .read03, "the last day of grace stops nothing, on the next payment stops")

  static let readingLimits: [Boundary] = [requestDays, graceDays, season, history, balance]
}
