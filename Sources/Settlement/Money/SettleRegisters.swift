// Flat tariffs on register advances: what the export register gained between two valid reads (R-TAR-01,
// R-EST-03). What half-hours were paid before comes off; what is in doubt is held and stays on every later
// statement.

internal import Units

/// A believed advance between two reads of one meter.
struct Advance: Hashable {
  var from: Instant
  var to: Instant
  var energy: Int64
  /// False where the register began anew in between, and nobody knows what flowed.
  var isKnown = true
  var opening: Cause
  var closing: Cause
  /// Arrival of the closing read.
  var received: Instant
  var hold: ReasonCode?
}

extension Ledger {
  /// The first believed read of a register from which export is payable.
  private func opening(of chain: RegisterChain, from start: Instant) -> Int? {
    if let paid = paidThrough[chain.key] {
      return chain.accepted.firstIndex { $0.read.at >= paid }
    }
    return chain.accepted.firstIndex { $0.read.at >= start }
  }

  /// Whether a register moved on to a new believed read that no statement has used.
  func hasAdvance(from start: Instant) -> Bool {
    exportChains.contains { chain in
      opening(of: chain, from: start).map { $0 + 1 < chain.accepted.count } ?? false
    }
  }

  func settleRegisters(from start: Instant, at: Instant, into drafts: inout LineDrafts) {
    let firstEver = paidThrough.isEmpty
    var earliest: Instant?
    for number in exportChains.indices {
      let chain = exportChains[number]
      guard let open = opening(of: chain, from: start) else { continue }
      let accepted = chain.accepted
      earliest = min(earliest ?? accepted[open].read.at, accepted[open].read.at)
      for index in (open + 1)..<max(open + 1, accepted.count) {
        let (old, new) = (accepted[index - 1], accepted[index])
        let swap = swapped && holds(.valRegistersSwapped) ? ReasonCode.valRegistersSwapped : nil
        settle(
          Advance(
            from: old.read.at, to: new.read.at, energy: new.count - old.count, isKnown: new.movement != nil,
            opening: old.read.cause,
            closing: new.read.cause, received: new.read.received, hold: new.hold ?? swap), &drafts)
      }
      if let last = accepted.last, accepted.count > open + 1 { tellClosing(last) }
      if let last = accepted.last { paidThrough[chain.key] = last.read.at }
      exportChains[number].settle(through: accepted.count)
    }
    if firstEver, let earliest { settleLead(from: start, to: earliest, at: at, into: &drafts) }
    holdExchanges()
    settleTail(at: at, into: &drafts)
  }

  private func settle(_ advance: Advance, _ drafts: inout LineDrafts) {
    let end = HalfHour(containing: advance.to + HalfHour.length - TimeSpan(microseconds: 1))
    let rows = exports.indices(from: HalfHour(containing: advance.from).start, to: end.start)
    defer { markCovered(rows) }
    guard advance.hold == nil else {
      holdAdvance(advance, advance.isKnown ? advance.energy : nil, advance.hold)
      return
    }
    for span in split(advance) {
      let (paid, doubtful) = alreadyKnown(rows, in: span, of: advance)
      let left = max(span.energy - paid, 0)
      let held = min(doubtful, left)
      if held > 0 { holdAdvance(advance, held, .valNightExport) }
      rate(span, left - held, of: advance, &drafts)
    }
  }

  /// What of a span half-hours have paid before, and what of it lies in dark half-hours that are held.
  private func alreadyKnown(_ rows: Range<Int>, in span: RatedSpan, of advance: Advance)
    -> (paid: Int64, doubtful: Int64)
  {
    var (paid, doubtful): (Int64, Int64) = (0, 0)
    for index in rows {
      let row = exports.rows[index]
      guard span.contains(max(row.halfHour.start, advance.from)) else { continue }
      switch row.state {
      case .paid, .provisional: paid += row.energy.value
      case .open, .held: if exports.doubts[index] == .valNightExport { doubtful += row.energy.value }
      case .inAdvance: break
      }
    }
    return (paid, doubtful)
  }

  private func rate(
    _ span: RatedSpan, _ energy: Int64, of advance: Advance, _ drafts: inout LineDrafts
  ) {
    guard let tariff = span.tariff, refusedTerms[tariff] == nil,
      case .flat(let rate) = terms[tariff].shape
    else {
      let why = span.tariff.flatMap { refusedTerms[$0] } ?? .tarPriceMissing
      holdAdvance(advance, energy, why)
      return
    }
    drafts.add(
      LineDraft(
        kind: span.isProvisional ? .provisional : .paid, basis: .registers, tariff: tariff, rate: rate,
        reason: span.isProvisional ? .tarSplitProvisional : .payOK,
        rule: span.isProvisional ? .tar07 : .tar01,
        from: span.from, to: span.to, energy: energy, exact: WattHours(energy) * rate,
        causes: [advance.opening, advance.closing].filter { $0 != .none }))
  }

  /// One line for all that is held for one reason; the decisions say when each part of it flowed.
  private func holdAdvance(_ advance: Advance, _ energy: Int64?, _ why: ReasonCode?) {
    let reason = why ?? .whldNoReading
    standing.add(
      LineDraft(
        kind: .held, basis: .registers, reason: reason, rule: reason.holdRule, from: advance.from,
        to: advance.to, energy: energy, causes: [advance.opening, advance.closing].filter { $0 != .none }))
  }

  private func markCovered(_ rows: Range<Int>) {
    for index in rows where !exports.rows[index].isSettled {
      exports.rows[index].state = .inAdvance
      exports.rows[index].statement = Int32(statements.count)
    }
  }
}
