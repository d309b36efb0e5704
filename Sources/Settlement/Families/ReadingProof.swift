// A reading that looks abnormal is queried; proof – a dated photo, a visit – shows that it is right or not.
// Until then, and after proof that does not satisfy, payment stops from the reading before it on (R-READ-07).

internal import Units

/// One query of one reading.
struct ProofCase {
  enum State: Hashable {
    case queried
    case proven(at: Instant)
    case refused(at: Instant)
    /// The day for the proof has passed.
    case lapsed(at: Instant)
  }

  var query: CaseEvent
  var serial: String
  var read: Read
  var answers: [CaseEvent]

  func state(asOf instant: Instant) -> State {
    if let last = answers.last(where: { $0.received <= instant }) {
      return last.facts.flag(.accepted) == true ? .proven(at: last.received) : .refused(at: last.received)
    }
    if let end, end <= instant { return .lapsed(at: end) }
    return .queried
  }

  /// The first instant after the day that was set for the proof, where one was.
  private var end: Instant? {
    query.facts.date(.by).map { max(LondonClock.startOfDay($0.advanced(byDays: 1)), query.received) }
  }

  /// When the day for the proof had passed without an answer, if it has by now: an answer that came
  /// afterwards makes no difference to that.
  func lapse(asOf instant: Instant) -> Instant? {
    guard let end, end <= instant, !answers.contains(where: { $0.received < end }) else { return nil }
    return end
  }
}

extension Ledger {
  /// All queries of readings that are known, in order.
  var proofCases: [ProofCase] {
    let queries = known(.proofRequested)
    return queries.compactMap { query in
      guard let serial = query.facts.text(.serial) else { return nil }
      let reads = pool.all(of: RegisterKey(serial: serial, role: .export))
      let read =
        query.facts.instant(.taken).map { taken in reads.last { $0.at == taken } }
        ?? reads.filter { $0.received <= query.received }.max { $0.at < $1.at }
      guard let read else { return nil }
      let next = queries.first { $0.at > query.at && $0.facts.text(.serial) == serial }?.at ?? .distantFuture
      let answers = known(.proofGiven).filter { answer in
        guard answer.facts.text(.serial) == serial, answer.at >= query.at else { return false }
        return answer.facts.instant(.taken).map { $0 == read.at } ?? (answer.at < next)
      }
      return ProofCase(query: query, serial: serial, read: read, answers: answers)
    }
  }

  /// Whether a reading waits for its proof.
  func isQueried(_ read: Read, asOf instant: Instant) -> Bool {
    guard events.contains(where: { $0.name == .proofRequested }) else { return false }
    return proofCases.contains { one in
      guard one.query.received <= instant, one.serial == read.serial, one.read.at == read.at else {
        return false
      }
      if case .proven = one.state(asOf: instant) { return false }
      return true
    }
  }

  func judgeProofs(at now: Instant) {
    for one in proofCases {
      let why = one.query.facts.text(.why).map { ": \($0)" } ?? ""
      log.note(
        .valQueried, .read07, at: one.query.received, one.serial, reads: [one.read.cause, one.query.cause],
        "the reading of \(one.read.value) on \(one.read.at) is queried\(why); a dated photo or a visit is asked "
          + "for, and payment waits")
      if let since = one.lapse(asOf: now) { tellLapse(since, one) }
      for answer in one.answers { tell(answer, one) }
      let key = RegisterKey(serial: one.serial, role: .export)
      let before =
        (pool.reads[key] ?? []).last { $0.at < one.read.at }?.at ?? max(agreement.start, one.start(self))
      hold(one, from: before, at: now)
    }
  }

  private func tell(_ answer: CaseEvent, _ one: ProofCase) {
    let proof = answer.facts.text(.proof) == "visit" ? "a visit" : "a dated photo"
    if answer.facts.flag(.accepted) == true {
      log.note(
        .valProven, .read07, at: answer.received, one.serial, severity: .information,
        reads: [one.read.cause, answer.cause],
        "the reading of \(one.read.value) on \(one.read.at) is proven by \(proof)")
    } else {
      log.note(
        .whldUnproven, .read07, at: answer.received, one.serial, reads: [one.read.cause, answer.cause],
        "\(proof) does not prove the reading of \(one.read.value) on \(one.read.at): it counts no more, and "
          + "payment waits for a valid one")
    }
  }

  private func tellLapse(_ since: Instant, _ one: ProofCase) {
    log.note(
      .whldUnproven, .read07, at: since, one.serial, reads: [one.read.cause, one.query.cause],
      "no proof came of the reading of \(one.read.value) on \(one.read.at) by the day that was set")
  }

  private func hold(_ one: ProofCase, from: Instant, at now: Instant) {
    let causes = [one.read.cause, one.query.cause]
    switch one.state(asOf: now) {
    case .proven: return
    case .queried:
      treatments.add(Treatment(.hold, from: from, .valQueried, .read07, causes: causes))
    case .lapsed:
      treatments.add(Treatment(.hold, from: from, .whldUnproven, .read07, causes: causes))
    case .refused(let since):
      let valid = believed(one.serial, asOf: now).filter { $0.hold == nil && $0.read.received > since }
      guard let first = valid.map(\.read).min(by: { $0.received < $1.received }) else {
        treatments.add(Treatment(.hold, from: from, .whldUnproven, .read07, causes: causes))
        return
      }
      log.note(
        .payReleased, .read07, at: first.received, one.serial, reads: [first.cause],
        "a valid reading of \(first.value) on \(first.at) takes the place of the one that was not proven: what was "
          + "held since \(from) is payable")
    }
  }
}

extension ProofCase {
  /// Where payment begins, if no reading stands before the queried one.
  fileprivate func start(_ ledger: Ledger) -> Instant { ledger.one.from }
}
