// The edges of register settlement: before the first read, around an exchange, after the last read. Nothing
// there is silently missing: it is paid on half-hours, held with a reason, or left for the next reading.

internal import Units

extension Ledger {
  /// Shorter stretches than a half-hour are not worth a line.
  private static let leastGap = HalfHour.length

  /// Between the start and the opening read: half-hours where the policy pays on them, else held.
  func settleLead(
    from start: Instant, to opening: Instant, at: Instant, into drafts: inout LineDrafts
  ) {
    guard opening - start >= Self.leastGap else { return }
    let rows = exports.indices(from: start, to: opening)
    let known = rows.contains { exports.rows[$0].quality != .missing && !exports.rows[$0].isSettled }
    if known, policy.payableBasis.value.contains(.halfHours) {
      settleHalfHours(rows, at: at, into: &drafts)
    } else {
      standing.add(
        LineDraft(
          kind: .held, basis: .registers, reason: .whldNoReading, rule: .read04, from: start, to: opening,
          energy: nil))
      log.note(
        .whldNoReading, .read04, at: at, subject,
        "there is no valid reading between \(start) and the opening read of \(opening): what was exported "
          + "then "
          + "is not known")
    }
  }

  /// A meter that was taken away or put in without a read leaves a stretch nobody knows (R-READ-10).
  func holdExchanges() {
    for exchange in book.exchanges {
      let old = exportChains.first { $0.key.serial == exchange.old }?.accepted.last?.read.at
      let new = exportChains.first { $0.key.serial == exchange.new }?.accepted.first?.read.at
      if let old, exchange.at - old >= Self.leastGap { holdExchange(old, exchange.at, exchange.old) }
      if let new, new - exchange.at >= Self.leastGap { holdExchange(exchange.at, new, exchange.new) }
    }
  }

  private func holdExchange(_ from: Instant, _ to: Instant, _ serial: String) {
    guard isNews("exchange \(serial) \(from)") else { return }
    standing.add(
      LineDraft(
        kind: .held, basis: .registers, reason: .readMeterExchange, rule: .read10, from: from, to: to,
        energy: nil))
  }

  /// After the last believed read: waiting for a better read, or simply not read yet.
  func settleTail(at: Instant, into drafts: inout LineDrafts) {
    guard let chain = exportChains.max(by: { last($0) < last($1) }), last(chain) > .epoch else { return }
    if let waiting = chain.waiting {
      drafts.add(
        LineDraft(
          kind: .held, basis: .registers, reason: waiting.code, rule: waiting.code.holdRule,
          from: last(chain),
          to: at, energy: nil, causes: waiting.reads.prefix(8).map(\.cause).filter { $0 != .none }))
    } else if at - last(chain) >= Self.leastGap {
      drafts.add(
        LineDraft(
          kind: .awaited, basis: .registers, reason: .whldNoReading, rule: .read04, from: last(chain), to: at,
          energy: nil))
    }
  }

  private func last(_ chain: RegisterChain) -> Instant { chain.accepted.last?.read.at ?? .epoch }

  /// Whose reading closes the advance (R-READ-01).
  func tellClosing(_ one: CountedRead) {
    guard one.read.source == .remote else { return }
    log.note(
      .readRemote, .read01, at: one.read.received, one.read.serial, reads: [one.read.cause],
      "the closing read of \(one.read.value) on \(one.read.at) was taken remotely")
  }
}
