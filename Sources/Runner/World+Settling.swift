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
    var settlements: [Instant] = []
    for command in file.timeline {
      if case .settle = command.action { settlements.append(command.at) }
    }
    return SettlementCase(
      policy: policy, agreement: agreement, reads: evidence.reads, logs: evidence.logs, events: events,
      from: max(file.from, agreement.start), settlements: settlements, until: file.until)
  }

  /// Writes an outcome into the journal, each entry with the reads it rests on, and what the core believes.
  func note(_ outcome: Outcome) {
    for decision in outcome.decisions {
      journal.append(
        .decision, at: decision.at, subject: journal.subject(decision.rule), because: joined(decision.reads),
        bytes: "\(decision.code.rawValue) \(decision.text)".utf8)
    }
    var accepted = WattHours.zero
    for statement in outcome.statements {
      var lines: [Cause] = []
      for line in statement.lines {
        if line.isPayable, let energy = line.energy { accepted = accepted + energy }
        lines.append(note(line))
      }
      let cause = journal.append(
        .statement, at: statement.to, subject: journal.subject(statement.mpan), value: statement.net.value,
        because: joined(lines), bytes: "\(statement.licensee) \(statement.status.rawValue)".utf8)
      beliefs.add(
        Belief(
          layer: .core, at: statement.to, truth: trueExport(at: lastCovered(by: statement)), believed: accepted,
          tolerance: coreTolerance, cause: cause))
    }
  }

  /// A divergence is part of the record.
  func note(_ divergence: Belief) {
    journal.append(
      .note, at: divergence.at, subject: journal.subject("first divergence"), because: divergence.cause,
      bytes:
        "\(divergence.layer.rawValue): true export \(divergence.truth), believed \(divergence.believed)".utf8)
  }

  private func note(_ line: StatementLine) -> Cause {
    let exact = Int64(clamping: line.exact.value)
    return journal.append(
      .statementLine, at: line.to, subject: journal.subject(line.rule), value: exact,
      because: joined(line.reads), bytes: StatementChecker.sentence(line).utf8)
  }

  private func joined(_ causes: [Cause]) -> Cause { journal.join(causes, at: now) }

  /// The core knows nothing later than the end of its last payable line: its stated lag.
  private func lastCovered(by statement: Statement) -> Instant {
    statement.lines.filter(\.isPayable).map(\.to).max() ?? statement.to
  }

  /// A read is cut to its step at either end of an advance.
  private var coreTolerance: WattHours {
    let step = exportStation?.meter.profile.register(.export)?.resolution ?? WattHours(1)
    return Beliefs.meterTolerance + step * 2
  }
}
