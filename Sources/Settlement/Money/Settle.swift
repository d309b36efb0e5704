// One settlement: choose the basis, settle, round each line once, and write the statement (R-PAY-01,
// R-PAY-09).

internal import Units

extension Ledger {
  /// Settles what is newly payable at an instant.
  func settle(at: Instant) {
    var drafts = LineDrafts()
    if let start = payableFrom, start < at {
      let arrival = settle(from: start, at: at, into: &drafts)
      close(drafts, at: at, arrival: arrival)
    } else {
      refuse(at: at)
    }
    settledThrough = at
  }

  /// The basis follows the kind of tariff (R-EST-03). Returns the arrival of the newest data used.
  private func settle(from start: Instant, at: Instant, into drafts: inout LineDrafts) -> Instant? {
    let rows = exports.indices(from: start, to: at)
    let bases: [StatementLine.Basis] = isFlat(start, at) ? policy.payableBasis.value : [.halfHours]
    for basis in bases {
      switch basis {
      case .registers where hasAdvance(from: start):
        settleRegisters(from: start, at: at, into: &drafts)
        return exportChains.compactMap { $0.accepted.last?.read.received }.max()
      case .halfHours where rows.contains(where: { isFresh($0) }) || !isFlat(start, at):
        settleHalfHours(rows, at: at, into: &drafts)
        if !drafts.hasPayable, !drafts.hasHeld { break }
        return lastLog ?? at
      default: continue
      }
    }
    let known = exports.horizon > exports.first ? exports.horizon.start : start
    holdAll(from: max(start, known, paidThrough.values.max() ?? start), at: at, into: &drafts)
    return nil
  }

  private func isFresh(_ row: Int) -> Bool {
    exports.rows[row].quality != .missing && !exports.rows[row].isSettled
  }

  /// Whether every version of the tariff that is in force in a span is flat.
  private func isFlat(_ from: Instant, _ to: Instant) -> Bool {
    let terms = self.terms
    return terms.indices.allSatisfy { index in
      let end = index + 1 < terms.count ? terms[index + 1].from : Instant.distantFuture
      guard terms[index].from < to, end > from else { return true }
      if case .flat = terms[index].shape { return true }
      return false
    }
  }

  /// No valid reading: held, and asked for (R-READ-04).
  private func holdAll(from: Instant, at: Instant, into drafts: inout LineDrafts) {
    settleTail(at: at, into: &drafts)
    if drafts.isEmpty || !drafts.hasHeld {
      drafts = LineDrafts()
      drafts.add(
        LineDraft(
          kind: .held, basis: .registers, reason: .whldNoReading, rule: .read04, from: from, to: at,
          energy: nil))
      log.note(
        .whldNoReading, .read04, at: at, subject,
        "no valid reading tells what was exported between \(from) and \(at); payment waits for one")
    }
    askForReadings(at: at)
  }

  private func askForReadings(at: Instant) {
    for meter in book.meters where meter.uses.contains(.export) && meter.hasExportRegister {
      let replaced = book.exchanges.contains { $0.old == meter.serial }
      if !replaced {
        request(meter.serial, at: at, because: "there is no new valid reading to settle on", [])
      }
    }
  }

  // MARK: The statement

  private func close(_ drafts: LineDrafts, at: Instant, arrival: Instant?) {
    let lines = (drafts.lines + standing.lines).map { line(of: $0) }
    let payable = lines.filter(\.isPayable)
    let exact = payable.reduce(NanoPence(0)) { $0 + $1.exact }
    let net = payable.reduce(Pence(0)) { $0 + $1.amount }
    let isHeld = lines.contains { $0.kind == .held }
    let due = payable.isEmpty ? nil : dueDate(arrival: arrival ?? at, at: at)
    statements.append(
      Statement(
        licensee: agreement.licensee, mpan: subject, from: settledThrough, to: at, lines: lines, exact: exact,
        net: net, status: isHeld ? (payable.isEmpty ? .held : .partlyHeld) : .paid, due: due))
    guard !payable.isEmpty else { return }
    let energy = payable.reduce(Int64(0)) { $0 + ($1.energy?.value ?? 0) }
    log.note(
      .payOK, .tar01, at: at, subject, reads: payable.flatMap { $0.reads.prefix(1) + $0.reads.suffix(1) },
      "\(net) is paid for \(WattHours(energy)) on \(Phrase.count(payable.count, "line")), each rounded once; "
        + "together they are \(exact) exactly")
  }

  private func line(of draft: LineDraft) -> StatementLine {
    StatementLine(
      kind: draft.kind, basis: draft.basis, from: draft.from, to: draft.to,
      energy: draft.energy.map { WattHours($0) },
      halfHours: draft.halfHours, rate: draft.rate,
      tariff: draft.tariff.map { terms[$0].name } ?? "", exact: draft.exact,
      amount: policy.rounding.value.round(draft.exact), reason: draft.reason, rule: draft.rule,
      reads: draft.causes)
  }

  /// Not eligible: what was measured is shown, and nothing of it is payable.
  private func refuse(at: Instant) {
    let why = refusal ?? (.eligMeterNotHH, .elig09)
    let rows = exports.indices(from: settledThrough, to: at)
    let known = exports.rows[rows].filter { $0.quality != .missing }
    let line = StatementLine(
      kind: .held, basis: .halfHours, from: settledThrough, to: at,
      energy: known.isEmpty ? nil : WattHours(known.reduce(0) { $0 + $1.energy.value }),
      halfHours: known.count, reason: why.code, rule: why.rule)
    statements.append(
      Statement(
        licensee: agreement.licensee, mpan: subject, from: settledThrough, to: at, lines: [line],
        exact: NanoPence(0), net: Pence(0), status: .refused))
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
