// The statement: each line rounded once (R-PAY-09), VAT by rate on the rounded net (R-VAT-02), and what
// cannot be taken back carried to the next one (R-WHLD-01: never a negative payment).
// One statement for each payer.

internal import Units

extension Ledger {
  /// Writes the statements of a settlement.
  func close(_ drafts: LineDrafts, at: Instant, isRefused: Bool) {
    let payers = payers(of: drafts.lines)
    for payer in payers {
      issue(drafts.lines.filter { $0.payer == payer }, by: payer, at: at, isRefused: isRefused)
    }
  }

  /// Everybody with a line or a debt; the licensee if there is nobody else.
  private func payers(of lines: [LineDraft]) -> [String] {
    var payers: [String] = []
    for line in lines where !payers.contains(line.payer) { payers.append(line.payer) }
    for payer in carried.keys.sorted() where !payers.contains(payer) { payers.append(payer) }
    return payers.isEmpty ? [agreement.licensee] : payers
  }

  private func issue(_ drafts: [LineDraft], by payer: String, at: Instant, isRefused: Bool) {
    let isFirst = !statements.contains { $0.lines.contains(where: \.isPayable) }
    let lines = drafts.map { line(of: $0, isFirst: isFirst) }
    let payable = lines.filter(\.isPayable)
    let net = payable.reduce(Pence(0)) { $0 + $1.amount }
    let carriedIn = carried[payer] ?? Pence(0)
    var one = Statement(
      licensee: agreement.licensee, mpan: subject, from: settledThrough, to: at, lines: lines,
      exact: payable.reduce(NanoPence(0)) { $0 + $1.exact }, net: net,
      status: status(of: lines, at: at), vat: vat(on: payable), carriedIn: carriedIn, payer: payer)
    one.carriedOut = min(Pence(0), one.gross + carriedIn)
    carried[payer] = one.carriedOut == Pence(0) ? nil : one.carriedOut
    if isRefused { one.flags.append("refused") }
    if !isRefused, !payable.isEmpty, lines.contains(where: { $0.kind == .held }) {
      one.flags.append("partly-held")
    }
    // Nothing is due on what is carried.
    let isDue = !payable.isEmpty && one.carriedOut >= Pence(0)
    one.due = isDue ? dueDate(arrival: arrival(of: payable) ?? at, at: at) : nil
    statements.append(one)
    tell(one, payable, at: at)
  }

  private func tell(_ one: Statement, _ payable: [StatementLine], at: Instant) {
    if !payable.isEmpty, one.net >= Pence(0) {
      let energy = payable.reduce(Int64(0)) { $0 + ($1.energy?.value ?? 0) }
      log.note(
        .payOK, .tar01, at: at, subject, reads: payable.flatMap { $0.reads.prefix(1) + $0.reads.suffix(1) },
        "\(one.net) is paid for \(WattHours(energy)) on \(Phrase.count(payable.count, "line")), each rounded "
          + "once; together they are \(one.exact) exactly")
    }
    tellTruedUp(payable, at: at)
    guard one.carriedOut < Pence(0) else { return }
    log.note(
      .recoupOverpaid, .whld01, at: at, subject,
      "corrections of \(one.gross) and \(one.carriedIn) carried from before leave \(one.carriedOut), which is "
        + "carried to the next statement: nobody is asked to pay back")
  }

  private func line(of draft: LineDraft, isFirst: Bool) -> StatementLine {
    StatementLine(
      kind: draft.kind, basis: draft.basis, from: draft.from, to: draft.to,
      energy: draft.energy.map { WattHours($0) }, halfHours: draft.halfHours, rate: draft.rate,
      tariff: draft.tariff, exact: draft.exact, amount: policy.rounding.value.round(draft.exact),
      reason: draft.reason, rule: draft.rule, reads: draft.causes, vat: draft.vat,
      flags: draft.flags.union(isFirst && draft.isPayable ? .first : []))
  }

  /// VAT of each rate on the rounded net of its lines, half up.
  private func vat(on payable: [StatementLine]) -> Pence {
    var nets: [Int: Int64] = [:]
    for line in payable where line.vat > 0 { nets[line.vat, default: 0] += line.amount.value }
    return nets.reduce(Pence(0)) { sum, rate in
      sum + NanoPence(Int128(rate.value) * Int128(rate.key) * (NanoPence.perPenny / 1000)).roundedHalfUp
    }
  }

  private func status(of lines: [StatementLine], at: Instant) -> Statement.Status {
    let payable = lines.filter(\.isPayable)
    let isHeld = lines.contains { $0.kind == .held }
    if payable.isEmpty, isHeld { return .held }
    if isFinal(at: at, isHeld: isHeld) { return .final }
    if payable.contains(where: { $0.kind == .provisional }) { return .provisional }
    let isAdjustment = !payable.isEmpty && payable.allSatisfy { $0.kind == .adjustment }
    return isAdjustment ? .adjustment : .payable
  }

  /// The agreement has ended by a rule that ends agreements, and nothing before its end is open.
  private func isFinal(at: Instant, isHeld: Bool) -> Bool {
    let ends = treatments.all.filter { one in
      guard case .forfeit = one.effect else { return false }
      return one.to == .distantFuture && one.from <= at && one.rule.endsAgreement
    }
    guard !isHeld, !ends.isEmpty else { return false }
    let isOpen =
      position.pieces.contains { $0.verdict.kind == .provisional }
      || position.verdicts.contains {
        verdicts[$0].map { $0.kind == .provisional || $0.kind == .awaited } ?? false
      }
    return !isOpen
  }

  /// Arrival of the newest data that a payment rests on.
  private func arrival(of payable: [StatementLine]) -> Instant? {
    guard payable.contains(where: { $0.basis == .registers }) else { return lastLog }
    let cited = Set(payable.flatMap(\.reads))
    let own = exportChains.flatMap(\.accepted).map(\.read).filter { cited.contains($0.cause) }
    return own.map(\.received).max() ?? exportChains.compactMap { $0.accepted.last?.read.received }.max()
  }
}

extension Rule {
  /// Rules by which an agreement comes to its end (R-SWI, R-TERM, R-CHG-06, R-CHG-08, R-LIC-03).
  fileprivate var endsAgreement: Bool {
    switch self {
    case .swi02, .swi03, .swi04, .swi06, .term01, .term02, .term03, .chg06, .chg08, .lic03, .onb08: true
    default: false
    }
  }
}

extension Policy.Rounding {
  /// Whole pence.
  func round(_ exact: NanoPence) -> Pence {
    switch self {
    case .halfUp: return exact.roundedHalfUp
    case .down: return Pence(Int64(exact.value / NanoPence.perPenny))
    case .halfEven:
      let whole = floorDivide(exact.value, NanoPence.perPenny)
      let twice = (exact.value - whole * NanoPence.perPenny) * 2
      let up = twice > NanoPence.perPenny || (twice == NanoPence.perPenny && whole % 2 != 0)
      return Pence(Int64(up ? whole + 1 : whole))
    }
  }
}
