// One settlement: propose afresh what all time is worth by all that is known, compare with what was billed,
// and issue the differences (docs/decisions/0008). The proposal does not look at what was billed before, so
// the order in which facts came, and how often somebody settled, change nothing in the end.

internal import Units

extension Ledger {
  /// Settles up to an instant.
  func settle(at: Instant) {
    settling = at
    var pass = HalfHourProposal(
      plan: TreatmentPlan(treatments), sheet: priceSheet(), last: lastEstimates())
    var edges = EdgeLines()
    let start = payableFrom.flatMap { $0 < at ? $0 : nil }
    let proposed =
      start.map { propose(from: $0, to: at, &pass, &edges) } ?? Position(exports)
    var difference = Difference(
      verdicts, exports, billed: position, proposed: proposed, statement: Int32(statements.count),
      isWatched: probe?.difference != nil)
    difference.compare()
    probe?.difference?(difference)
    tell(difference.news, days: pass.shortDays, at: at)
    edges.standing += unpaidPieces(proposed)
    var lines = difference.lines
    if let start {
      nameGaps(&lines)
      askIfNothingIsNew(from: start, at, pass.plan, &lines, &edges, proposed)
    } else {
      lines.add(refusal(at: at))
    }
    lines.moveAdjustmentsBack()
    for line in edges.tail + edges.standing { lines.add(line) }
    position = difference.proposed
    close(lines, at: at, isRefused: start == nil)
    settledThrough = at
  }

  /// What all time up to an instant is worth by what is known.
  private func propose(
    from start: Instant, to at: Instant, _ pass: inout HalfHourProposal, _ edges: inout EdgeLines
  ) -> Position {
    var proposed = Position(exports)
    let covered = proposeRegisters(from: start, to: at, pass.plan, &proposed)
    for span in covered {
      for row in exports.touching(span.lowerBound, span.upperBound) {
        proposed.verdicts[row] = VerdictBook.covered
      }
    }
    // A half-hour that a reading covers in part is the reading's.
    func free(_ open: Range<Instant>) -> Range<Int> {
      var rows = exports.indices(from: open.lowerBound, to: open.upperBound)
      while let row = rows.first, proposed.verdicts[row] == VerdictBook.covered { rows.removeFirst() }
      while let row = rows.last, proposed.verdicts[row] == VerdictBook.covered { rows.removeLast() }
      return rows
    }
    let onHalfHours = policy.payableBasis.value.contains(.halfHours)
    for open in uncovered(covered, from: start, to: at) {
      let rows = free(open)
      let isFlat = isFlat(version(at: open.lowerBound))
      let isKnown = rows.clamped(to: exports.reach).contains(where: exports.isKnown)
      if !isFlat || onHalfHours && isKnown, !rows.isEmpty {
        proposeHalfHours(rows, &pass, &proposed)
        accrueHalfHours(rows, pass.sheet, &proposed)
      } else if isFlat {
        proposeUnread(open, at: at, hasReads: !covered.isEmpty, pass.plan, &edges, &proposed)
      }
    }
    proposed.sortPieces()
    return proposed
  }

  /// Pieces without money: held ones stand on every statement,
  /// forfeited ones on the first that knows of them.
  private func unpaidPieces(_ proposed: Position) -> [LineDraft] {
    proposed.pieces.filter { piece in
      switch piece.verdict.kind {
      case .payable, .provisional: false
      case .held, .awaited: true
      case .forfeited: !position.pieces.contains { $0.bills(like: piece) }
      }
    }.map(\.draft)
  }

  /// A gap between two believed register reads holds what the register gained beyond the known half-hours.
  private func nameGaps(_ drafts: inout LineDrafts) {
    guard let line = drafts.lines.first(where: { $0.kind == .held && $0.reason == .readGapHH }),
      let chain = exportChains.first(where: { !$0.accepted.isEmpty }),
      let open = chain.accepted.last(where: { $0.read.at <= line.from }),
      let close = chain.accepted.first(where: { $0.read.at >= line.to })
    else { return }
    let rows = exports.indices(from: open.read.at, to: close.read.at)
    let known = rows.reduce(0) { $0 + exports.energy($1) }
    let rest = close.count - open.count - known
    if rest >= 0 { drafts.name(line, energy: rest) }
  }

  // MARK: Nothing new

  /// No valid reading since the last settlement, nothing to pay and nothing newly held: held, and asked for
  /// (R-READ-04).
  private func askIfNothingIsNew(
    from start: Instant, _ at: Instant, _ plan: TreatmentPlan, _ lines: inout LineDrafts,
    _ edges: inout EdgeLines, _ proposed: Position
  ) {
    let (read, before) = (proposed.coveredThrough ?? start, position.coveredThrough ?? start)
    // A reading that counts no more leaves open again what it had closed.
    let fellBack = read < before && !proposed.paysHalfHours
    guard fellBack || !lines.hasPayable && !lines.hasHeld && read == before else { return }
    if !fellBack, edges.tail.contains(where: { $0.kind == .awaited }), isReadRemotely(at) { return }
    let paysHalfHours = policy.payableBasis.value.contains(.halfHours) || !isFlat(version(at: start))
    let known = paysHalfHours && exports.horizon > exports.first ? exports.horizon.start : start
    let from = max(start, known, proposed.coveredThrough ?? start)
    let spared = plan.spared(from, max(at, from + TimeSpan(microseconds: 1)))
    guard let open = spared.last else { return }
    lines.removeAll { $0.kind == .awaited }
    if edges.tail.isEmpty, !edges.standing.contains(where: { $0.energy == nil }) { waitForRead(&edges) }
    if !edges.tail.contains(where: { $0.kind == .held }) {
      let ground = plan.handling(at: open.lowerBound).hold
      edges.tail = [
        LineDraft(
          kind: .held, basis: .registers, reason: ground?.reason ?? .whldNoReading,
          rule: ground?.rule ?? .read04, from: open.lowerBound, to: min(open.upperBound, at), energy: nil,
          payer: agreement.licensee, causes: ground?.causes ?? [])
      ]
      log.note(
        .whldNoReading, .read04, at: at, subject,
        "no valid reading tells what was exported between \(open.lowerBound) and \(at); payment waits for one"
      )
    }
    askForReadings(at: at)
  }

  /// A meter that was read remotely a few days ago, and has not failed since, will be read again: nobody
  /// needs to be asked (R-READ-01; that the days of a request are few enough is our assumption).
  private func isReadRemotely(_ at: Instant) -> Bool {
    guard let read = exportChains.compactMap({ $0.accepted.last?.read }).max(by: { $0.at < $1.at }),
      read.source == .remote, book[read.serial]?.remote == true
    else { return false }
    let failed = requests.failures[read.serial].map { $0.since > read.received } ?? false
    return !failed && at - read.at <= .days(Int64(policy.reading.requestDays.value))
  }

  /// Reads that nobody can believe yet, where none was believed before.
  private func waitForRead(_ edges: inout EdgeLines) {
    guard let chain = lastChain, let waiting = chain.waiting, let last = chain.accepted.last else { return }
    edges.tail.append(
      LineDraft(
        kind: .held, basis: .registers, reason: waiting.code, rule: waiting.code.holdRule, from: last.read.at,
        to: settling, energy: nil, payer: agreement.licensee,
        causes: waiting.reads.prefix(8).map(\.cause).filter { $0 != .none }))
  }

  private func askForReadings(at: Instant) {
    for meter in book.meters where meter.uses.contains(.export) && meter.hasExportRegister {
      let replaced = book.exchanges.contains { $0.old == meter.serial }
      if !replaced {
        request(meter.serial, at: at, because: "there is no new valid reading to settle on", [])
      }
    }
  }

  /// Not eligible: what was measured is shown, and nothing of it is payable.
  private func refusal(at: Instant) -> LineDraft {
    let why = refusal ?? (.eligMeterNotHH, .elig09)
    let rows = exports.indices(from: settledThrough, to: at)
    let known = rows.filter(exports.isKnown)
    let reads = exportChains.map { $0.accepted.filter { $0.read.at >= settledThrough && $0.read.at <= at } }
    let advances = reads.compactMap { one in one.last.map { $0.count - one[0].count } }
    if known.isEmpty, reads.contains(where: { $0.count > 1 }) {
      return LineDraft(
        kind: .held, basis: .registers, reason: why.code, rule: why.rule, from: settledThrough, to: at,
        energy: advances.reduce(0, +), payer: agreement.licensee)
    }
    return LineDraft(
      kind: .held, basis: .halfHours, reason: why.code, rule: why.rule, from: settledThrough, to: at,
      energy: known.isEmpty ? nil : known.reduce(0) { $0 + exports.energy($1) }, halfHours: known.count,
      payer: agreement.licensee)
  }
}
