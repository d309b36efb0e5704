// Time that neither readings nor half-hours tell of: before the first read, around an exchange, after the
// last read. Nothing there is silently missing: it is held with a reason, or left for the next reading.

internal import Units

/// Time without data, as lines: those that wait, and those that are held until somebody says more.
struct EdgeLines {
  var tail: [LineDraft] = []
  var standing: [LineDraft] = []
}

extension Ledger {
  /// Shorter stretches than a half-hour are not worth a line.
  static let leastGap = HalfHour.length

  /// Time that readings do not cover, in order; cut where half-hours become needed or no longer are.
  func uncovered(_ covered: [Range<Instant>], from start: Instant, to at: Instant) -> [Range<Instant>] {
    var open: [Range<Instant>] = []
    var from = start
    for span in covered + [at..<at] {
      let to = min(span.lowerBound, at)
      if to > from {
        let cuts = [from] + changes(from, to) + [to]
        open += zip(cuts, cuts.dropFirst()).map { $0..<$1 }
      }
      from = max(from, span.upperBound)
    }
    return open
  }

  /// Lines for a stretch of flat tariff of which no half-hour is known.
  func proposeUnread(
    _ stretch: Range<Instant>, at: Instant, hasReads: Bool, _ plan: TreatmentPlan, _ lines: inout EdgeLines,
    _ position: inout Position
  ) {
    for open in plan.spared(stretch.lowerBound, stretch.upperBound) {
      guard hasReads, let first = firstRead(from: open.lowerBound, covered: position) else { continue }
      let lead = open.lowerBound..<max(open.lowerBound, min(first, open.upperBound))
      if lead.upperBound - lead.lowerBound >= Self.leastGap { holdLead(lead, first, &lines) }
      let from = max(first, open.lowerBound)
      guard from < open.upperBound else { continue }
      let last = exportChains.compactMap { $0.accepted.last?.read.at }.max() ?? from
      // The tail begins at the last read; an exchange before it may leave a gap of its own.
      let removed = book.exchanges.map(\.at).filter { $0 >= last && $0 < open.upperBound }.max()
      let gapEnd = min(max(last, from, removed ?? from), open.upperBound)
      holdGap(from..<gapEnd, &lines)
      awaitTail(gapEnd, open.upperBound, at, &lines)
    }
  }

  private func firstRead(from start: Instant, covered position: Position) -> Instant? {
    let opening = exportChains.compactMap { chain in
      chain.accepted.first { $0.read.at >= start }?.read.at
    }.min()
    return opening ?? exportChains.compactMap { $0.accepted.last?.read.at }.max()
  }

  private func holdLead(_ lead: Range<Instant>, _ opening: Instant, _ lines: inout EdgeLines) {
    let (start, end) = (lead.lowerBound, lead.upperBound)
    lines.standing.append(
      LineDraft(
        kind: .held, basis: .registers, reason: .whldNoReading, rule: .read04, from: start, to: end,
        energy: nil, payer: agreement.licensee))
    guard isNews("lead \(start) \(end)") else { return }
    log.note(
      .whldNoReading, .read04, at: settling, subject,
      "there is no valid reading between \(start) and the opening read of \(opening): what was exported "
        + "then "
        + "is not known")
  }

  /// A meter that was taken away or put in without a read leaves a stretch nobody knows (R-READ-10).
  private func holdGap(_ gap: Range<Instant>, _ lines: inout EdgeLines) {
    guard gap.upperBound - gap.lowerBound >= Self.leastGap else { return }
    let exchanged = book.exchanges.contains { $0.at >= gap.lowerBound && $0.at <= gap.upperBound }
    lines.standing.append(
      LineDraft(
        kind: .held, basis: .registers, reason: exchanged ? .readMeterExchange : .whldNoReading,
        rule: exchanged ? .read10 : .read04, from: gap.lowerBound, to: gap.upperBound, energy: nil,
        payer: agreement.licensee))
  }

  /// After the last believed read: waiting for a better read, or simply not read yet.
  private func awaitTail(_ from: Instant, _ to: Instant, _ at: Instant, _ lines: inout EdgeLines) {
    guard from < to else { return }
    if let waiting = lastChain?.waiting {
      lines.tail.append(
        LineDraft(
          kind: .held, basis: .registers, reason: waiting.code, rule: waiting.code.holdRule, from: from,
          to: to, energy: nil, payer: agreement.licensee,
          causes: waiting.reads.prefix(8).map(\.cause).filter { $0 != .none }))
    } else if to - from >= Self.leastGap {
      lines.tail.append(
        LineDraft(
          kind: .awaited, basis: .registers, reason: .whldNoReading, rule: .read04, from: from, to: to,
          energy: nil, payer: agreement.licensee))
    }
  }

  /// The register that was read last.
  var lastChain: RegisterChain? {
    exportChains.max { ($0.accepted.last?.read.at ?? .epoch) < ($1.accepted.last?.read.at ?? .epoch) }
  }
}
