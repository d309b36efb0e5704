// Half-hours against the advance of the register that counted them (R-VAL-07). Reads seldom stand on the
// half-hour, so the half-hours wholly inside and those that also touch the ends bound the sum; a coarse file
// gets its own allowance (R-UNIT-01). The register wins for flat rates; where half-hours are paid by their
// own price nobody can tell which of them is wrong, and the query holds them all where the policy says so.

internal import Units

extension Ledger {
  /// Compares advances not compared before, all together.
  func checkSums(at: Instant) {
    for chain in exportChains {
      doubtSums(chain)
      let since = comparedThrough[chain.key]
      var (advance, low, high, slack): (Int64, Int64, Int64, Int64) = (0, 0, 0, 0)
      var ends: (from: Instant, to: Instant)?
      var apart: [Range<Instant>] = []
      for (open, close) in zip(chain.accepted, chain.accepted.dropFirst()) {
        if let since, open.read.at < since { continue }
        guard close.hold == nil, let sum = sums(open.read.at, close.read.at) else { continue }
        if differs(close.count - open.count, sum) { apart.append(open.read.at..<close.read.at) }
        advance += close.count - open.count
        (low, high, slack) = (low + sum.inside, high + sum.touching, slack + sum.slack)
        ends = (ends?.from ?? open.read.at, close.read.at)
      }
      guard let ends else { continue }
      comparedThrough[chain.key] = ends.to
      let all = (inside: low, touching: high, slack: slack)
      guard differs(advance, all) else { continue }
      let allowed = allowedDifference(advance) + slack
      if holds(.valSumCheck) {
        // Those that differ by themselves; where none does, a little is wrong everywhere.
        sumsInDoubt[chain.key, default: []] += apart.isEmpty ? [ends.from..<ends.to] : apart
        doubtSums(chain)
      }
      let sum = low == high ? "\(WattHours(low))" : "\(WattHours(low)) to \(WattHours(high))"
      log.note(
        .valSumCheck, .val07, at: at, chain.key.serial,
        "between \(ends.from) and \(ends.to) the half-hours add up to \(sum), the register to "
          + "\(WattHours(advance)); "
          + "\(WattHours(allowed)) of difference would pass")
    }
  }

  private func allowedDifference(_ advance: Int64) -> Int64 {
    max(advance * Int64(policy.validation.sumTolerance.value) / 1000, policy.validation.sumFloor.value.value)
  }

  private func differs(_ advance: Int64, _ sum: (inside: Int64, touching: Int64, slack: Int64)) -> Bool {
    let allowed = allowedDifference(advance) + sum.slack
    return advance < sum.inside - allowed || advance > sum.touching + allowed
  }

  /// Holds the half-hours of spans whose sum the register contradicts, until it does no longer (they were
  /// corrected) or the query is answered.
  private func doubtSums(_ chain: RegisterChain) {
    guard let spans = sumsInDoubt[chain.key] else { return }
    var left: [Range<Instant>] = []
    for span in spans {
      // A half-hour that a read cuts belongs where its middle lies.
      let half = TimeSpan.minutes(15)
      let rows = exports.indices(from: span.lowerBound - half, to: span.upperBound + half)
      if let sum = sums(span.lowerBound, span.upperBound),
        let open = chain.accepted.first(where: { $0.read.at == span.lowerBound }),
        let close = chain.accepted.first(where: { $0.read.at == span.upperBound })
      {
        guard differs(close.count - open.count, sum) else {
          for row in rows where exports.doubt(row) == .valSumCheck { exports.setDoubt(row, nil) }
          continue
        }
      }
      for row in rows { doubtRow(row, .valSumCheck) }
      left.append(span)
    }
    sumsInDoubt[chain.key] = left
  }

  /// Sum of the half-hours inside a span, and with those at its ends; nil if one is not known.
  private func sums(_ from: Instant, _ to: Instant) -> (inside: Int64, touching: Int64, slack: Int64)? {
    let (first, last) = (HalfHour(containing: from), HalfHour(containing: to))
    let end = last.start < to ? last : last.previous
    guard first <= end, let low = exports.index(of: first), let high = exports.index(of: end) else {
      return nil
    }
    var (inside, touching, slack): (Int64, Int64, Int64) = (0, 0, 0)
    guard let columns = exports.view, HalfHourKernel.areActual(columns.marks, low..<(high + 1)) else {
      return nil
    }
    touching = Int64(clamping: HalfHourKernel.sum(columns.energies, low..<(high + 1), most: exports.most))
    inside = touching
    if exports.halfHour(low).start < from { inside -= exports.energy(low) }
    if exports.halfHour(high).end > to, high > low || exports.halfHour(low).start >= from {
      inside -= exports.energy(high)
    }
    for row in low...high where columns.steps[row] > 1 { slack += Int64(columns.steps[row]) }
    return (inside, touching, slack)
  }
}
