// From what readers brought home to a case for settlement, and from its outcome back into the journal.

internal import MeterModel
internal import Scenario
internal import Settlement
internal import Timeline
internal import Units

extension World {
  /// The case that the story's readers and events make; nil for a story without money.
  func settlementCase(of file: ScenarioFile) -> SettlementCase? {
    guard let agreement = file.agreement, let policy = file.policy else { return nil }
    return SettlementCase(
      policy: policy, agreement: agreement, reads: evidence.reads, logs: evidence.logs, events: events,
      calendar: file.calendar, from: max(file.from, agreement.start), settlements: file.settlements,
      until: file.until)
  }

  /// All that names a supply or a meter in the story's life.
  func identifiers(of file: ScenarioFile) -> Identifiers {
    let known = Identifiers(serials: Set((retired + order).map(\.serial)))
    return settlementCase(of: file).map { Identifiers(of: $0).union(known) } ?? known
  }

  /// Writes an outcome into the journal, each entry with the reads it rests on, and what the core believes.
  func note(_ outcome: Outcome, from start: Instant) {
    for decision in outcome.decisions {
      journal.append(
        .decision, at: decision.at, subject: journal.subject(decision.rule), because: join(decision.reads),
        bytes: "\(decision.code.rawValue) \(decision.text)".utf8)
    }
    var core = CoreBelief(from: start)
    for statement in outcome.statements {
      let lines = statement.lines.map(note)
      let cause = journal.append(
        .statement, at: statement.to, subject: journal.subject(statement.mpan), value: statement.net.value,
        because: join(lines), bytes: "\(statement.licensee) \(statement.status.rawValue)".utf8)
      core.take(statement)
      guard hasTruth else { continue }
      let truth = truth(at: core.covered)
      beliefs.add(
        Belief(
          layer: .core, at: statement.to, truth: truth.export,
          believed: self.truth(at: core.began ?? start).export + core.accepted,
          tolerance: coreTolerance + truth.lag, cause: cause))
    }
  }

  /// What was found is part of the record: what came out, who parted from the truth first, what was not met.
  func note(_ money: Money, _ checks: [CheckResult]) {
    let entitled = money.entitled.map { "\($0.roundedHalfUp)" } ?? "unknown"
    let value = money.trueValue.map { "\($0.roundedHalfUp)" } ?? "unknown"
    note("money", at: end, "paid \(money.paid), entitled \(entitled), true value \(value)")
    if let belief = beliefs.firstDivergence {
      note(
        "first divergence", at: belief.at,
        "\(belief.layer.rawValue): true export \(belief.truth), believed \(belief.believed)", belief.cause)
    }
    for check in checks where check.finding != .met {
      let words =
        check.finding == .vacuous ? "examined nothing" : "expected \(check.expected), got \(check.got)"
      note("unmet", at: end, "\(check.checker): \(words)")
    }
  }

  private func note(_ subject: String, at instant: Instant, _ text: String, _ cause: Cause = .none) {
    journal.append(
      .note, at: instant, subject: journal.subject(subject), because: cause, bytes: text.utf8)
  }

  private func note(_ line: StatementLine) -> Cause {
    journal.append(
      .statementLine, at: line.to, subject: journal.subject(line.rule),
      value: Int64(clamping: line.exact.value), because: join(line.reads),
      bytes: StatementChecker.sentence(line).utf8)
  }

  private func join(_ causes: [Cause]) -> Cause { journal.join(causes, at: end) }

  /// A read is cut to its step at either end of an advance.
  private var coreTolerance: WattHours {
    let serials = exportView.station.map { self.serials(of: $0.name) } ?? []
    let steps = evidence.reads.lazy.filter { $0.register == .export && serials.contains($0.serial) }
    return Beliefs.meterTolerance + (steps.map(\.resolution).max() ?? WattHours(1)) * 2
  }
}

/// What a core accepted, and of which time it spoke: from the first to the last end of its lines. Of what
/// lies before its first reading, and of what it only awaits, it has no belief yet.
private struct CoreBelief {
  private(set) var began: Instant?
  private(set) var covered: Instant
  private(set) var accepted = WattHours.zero

  init(from start: Instant) { covered = start }

  mutating func take(_ statement: Statement) {
    for line in statement.lines where line.kind != .awaited {
      began = min(began ?? line.from, line.from)
      covered = max(covered, line.to)
      if line.isPayable, let energy = line.energy { accepted = accepted + energy }
    }
  }
}

extension ScenarioFile {
  /// The instants at which somebody settles.
  var settlements: [Instant] {
    timeline.compactMap { command in
      if case .settle = command.action { command.at } else { nil }
    }
  }
}
