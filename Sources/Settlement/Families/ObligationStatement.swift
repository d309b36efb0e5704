// What a statement tells, asked for in one sentence: period, reads, basis, rate, rules, and whatever is held,
// so that no figure stands without its held part (R-LIC-07).

internal import Units

extension Ledger {
  func explainStatements(at now: Instant) {
    for event in known(.statementAsked) {
      guard let last = statements.last(where: { $0.to <= event.received }) else { continue }
      log.note(
        .infoStatement, .lic07, at: event.received, subject, reads: [event.cause], explanation(of: last))
    }
  }

  private func explanation(of one: Statement) -> String {
    let payable = one.lines.filter(\.isPayable)
    let energy = payable.reduce(Int64(0)) { $0 + ($1.energy?.value ?? 0) }
    let reads = Set(one.lines.flatMap(\.reads)).count
    let bases = Set(payable.map(\.basis.rawValue)).sorted()
    let rates = Set(payable.compactMap(\.rate)).sorted().map { "\($0)" }
    let rules = Set(one.lines.map(\.rule)).sorted()
    let waiting = one.lines.filter { $0.kind == .held }
    let held = waiting.map { line in
      "\(line.energy.map { "\($0)" } ?? "an unknown amount") for \(line.reason.rawValue)"
    }
    return "the statement of \(Phrase.span(one.from, one.to)) pays \(one.net) for \(WattHours(energy))"
      + (bases.isEmpty ? "" : " by \(bases.joined(separator: " and "))")
      + (rates.isEmpty ? "" : " at \(rates.joined(separator: ", "))")
      + ", rests on \(Phrase.count(reads, "entry", "entries")) of the journal and rules "
      + rules.joined(separator: ", ")
      + (held.isEmpty ? ", and holds nothing" : ", and holds \(held.joined(separator: ", "))")
  }
}
