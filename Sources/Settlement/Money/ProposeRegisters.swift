// Flat tariffs on register advances: what the export register gained between two valid reads (R-TAR-01,
// R-EST-03), cut where the tariff or the treatment of time changes.

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
  /// The read that closes it, if it is the last one believed.
  var last: Read?

  var causes: [Cause] { [opening, closing].filter { $0 != .none } }
}

extension Ledger {
  /// Believed advances of all export registers from the start on, in order of meters and time.
  func advances(from start: Instant) -> [Advance] {
    var all: [Advance] = []
    for chain in exportChains {
      guard let open = chain.accepted.firstIndex(where: { $0.read.at >= start }) else { continue }
      for index in (open + 1)..<max(open + 1, chain.accepted.count) {
        let (old, new) = (chain.accepted[index - 1], chain.accepted[index])
        let swap = holdsSwapped(old.read.at, new.read.at) ? ReasonCode.valRegistersSwapped : nil
        all.append(
          Advance(
            from: old.read.at, to: new.read.at, energy: new.count - old.count, isKnown: new.movement != nil,
            opening: old.read.cause, closing: new.read.cause, received: new.read.received,
            hold: new.hold ?? swap, last: index + 1 == chain.accepted.count ? new.read : nil))
      }
    }
    return all
  }

  /// What readings say, as pieces of the position; returns the time that they cover, in order and without
  /// overlaps.
  func proposeRegisters(
    from start: Instant, to at: Instant, _ plan: TreatmentPlan, _ position: inout Position
  )
    -> [Range<Instant>]
  {
    let basis = policy.payableBasis.value
    guard let rank = basis.firstIndex(of: .registers) else { return [] }
    let halfHoursFirst = (basis.firstIndex(of: .halfHours) ?? basis.count) < rank
    var covered: [Range<Instant>] = []
    for advance in advances(from: start) {
      // Where the register began anew, half-hours may still tell.
      let other = basis.contains(.halfHours) && knowsHalfHours(advance.from, advance.to)
      if other, halfHoursFirst || !advance.isKnown { continue }
      for span in tariffSpans(of: advance) where isFlat(version(at: span.from)) {
        propose(span, of: advance, plan, &position)
        covered.append(span.from..<span.to)
      }
      if let last = advance.last, covered.last?.upperBound == advance.to { tellClosing(last) }
    }
    let joined = Self.joined(covered)
    position.coveredThrough = joined.last?.upperBound
    return joined
  }

  private func knowsHalfHours(_ from: Instant, _ to: Instant) -> Bool {
    exports.indices(from: from, to: to).clamped(to: exports.reach).contains(where: exports.isKnown)
  }

  private static func joined(_ spans: [Range<Instant>]) -> [Range<Instant>] {
    var joined: [Range<Instant>] = []
    for span in spans.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = joined.last, last.upperBound >= span.lowerBound {
        joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, span.upperBound)
      } else {
        joined.append(span)
      }
    }
    return joined
  }

  private func tariffSpans(of advance: Advance) -> [CutSpan] {
    let whole = CutSpan(from: advance.from, to: advance.to, energy: advance.energy)
    let isPaid = advance.hold == nil && advance.isKnown
    return cut(whole, at: changes(advance.from, advance.to)) { change, before, after in
      if isPaid { tellSplit(advance, change, before, after) }
    }
  }

  /// One span under one version of the tariff, cut where its treatment changes.
  private func propose(
    _ span: CutSpan, of advance: Advance, _ plan: TreatmentPlan, _ position: inout Position
  ) {
    let price = price(of: version(at: span.from))
    if advance.isKnown { accrue(span.energy, price, &position) }
    let isPaid = advance.hold == nil && advance.isKnown
    let parts = cut(span, at: plan.edges(span.from, span.to)) { edge, before, after in
      guard isPaid else { return }
      tellCut(advance, plan.rule(at: edge) ?? .est02, plan.causes(at: edge), edge, before, after)
    }
    for part in parts {
      var condition = Condition(doubt: advance.hold ?? (advance.isKnown ? nil : .readRestart))
      if span.isByTime {
        condition.provisional = (.tarSplitProvisional, .tar07, .splitByTime)
      } else if part.isByTime {
        let rule = plan.rule(at: part.from) ?? plan.rule(at: part.to) ?? .est02
        condition.provisional = (.payProvisional, rule, .splitByTime)
      }
      let handling = plan.handling(at: part.from)
      var rest = part.energy
      for doubt in Self.doubtsInAdvances where isPaid {
        let odd = min(doubtful(doubt, part, of: advance), rest)
        guard odd > 0 else { continue }
        add(odd, part, advance, verdict(price, handling, Condition(doubt: doubt)), &position)
        rest -= odd
      }
      if rest == 0, part.energy != 0 { continue }
      for share in handling.shares(of: advance.isKnown ? rest : nil) {
        add(share.energy, part, advance, verdict(price, share.handling, condition), &position)
      }
    }
  }

  private func add(
    _ energy: Int64?, _ part: CutSpan, _ advance: Advance, _ verdict: Verdict, _ position: inout Position
  ) {
    position.pieces.append(
      Piece(from: part.from, to: part.to, energy: energy, verdict: verdict, causes: advance.causes))
  }

  /// Doubts about half-hours that hold their energy in an advance too (R-VAL-02, R-VAL-05).
  private static let doubtsInAdvances: [ReasonCode] = [.valNightExport, .valOverCapacity]

  /// What of a part lies in half-hours that are held for a doubt.
  private func doubtful(_ doubt: ReasonCode, _ part: CutSpan, of advance: Advance) -> Int64 {
    var energy: Int64 = 0
    for row in exports.touching(part.from, part.to) where exports.doubt(row) == doubt {
      let start = max(exports.halfHour(row).start, advance.from)
      if start >= part.from, start < part.to { energy += exports.energy(row) }
    }
    return max(energy, 0)
  }

  private func price(of version: Int?) -> PriceAnswer {
    guard let version else { return .missing(tariff: nil) }
    if let code = refusedTerms[version] { return .refused(code, tariff: version) }
    guard case .flat(let rate) = terms[version].shape else { return .missing(tariff: version) }
    return .rate(rate, tariff: version, isOwn: false)
  }

  /// Whose reading closes the advance (R-READ-01).
  private func tellClosing(_ read: Read) {
    guard read.source == .remote else { return }
    log.note(
      .readRemote, .read01, at: read.received, read.serial, reads: [read.cause],
      "the closing read of \(read.value) on \(read.at) was taken remotely")
  }
}
