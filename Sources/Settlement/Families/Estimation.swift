// Estimates of our own, where a policy allows them (R-EST-02, R-EST-05): a gap between measured half-hours is
// filled by the first method that has enough to go by, paid provisionally, and put right by what is measured
// later. Never for a meter that is or may be faulty, and never where an agreement ends: there only readings
// count. A tail that is simply not read yet is left for the next settlement.

internal import Units

/// What is put in the place of half-hours that nobody measured.
struct GapEstimates {
  struct Gap: Hashable {
    /// Rows of the table of half-hours, all of them missing.
    var rows: Range<Int>
    var method: Policy.EstimationTerms.Method
    /// Wh, row by row.
    var energies: [Int64]
  }

  /// In order, without overlaps.
  private(set) var gaps: [Gap] = []

  mutating func add(_ gap: Gap) { gaps.append(gap) }

  func gap(of row: Int) -> Gap? {
    var (low, high) = (0, gaps.count)
    while low < high {
      let middle = (low + high) / 2
      if gaps[middle].rows.upperBound <= row { low = middle + 1 } else { high = middle }
    }
    return low < gaps.count && gaps[low].rows.contains(row) ? gaps[low] : nil
  }

  /// Shares a sum out by weights, exactly: each row gets what the running total gives it.
  /// Without weights it is even.
  static func share(_ sum: Int64, by weights: [Int64]) -> [Int64] {
    let whole = weights.reduce(Int128(0)) { $0 + Int128($1) }
    let even = whole <= 0
    let total = even ? Int128(weights.count) : whole
    var (running, given) = (Int128(0), Int128(0))
    return weights.map { weight in
      running += even ? 1 : Int128(weight)
      let due = Int128(sum) * running / total
      defer { given = due }
      return Int64(clamping: due - given)
    }
  }
}

extension Policy.EstimationTerms.Method {
  var code: ReasonCode {
    switch self {
    case .checkMeter: .estCheckMeter
    case .advanceShaped: .estAdvanceShaped
    case .likeDay: .estLikeDay
    case .zero: .estZero
    }
  }
}

extension Ledger {
  /// Fills what may be filled, by all that is known now.
  func estimateGaps() -> GapEstimates {
    var estimates = GapEstimates()
    guard policy.estimates.value == .provisional, policy.estimation.fillsGaps.value else { return estimates }
    for rows in gaps() where mayEstimate(span(rows)) {
      for method in policy.estimation.methods.value {
        guard let energies = energies(of: rows, by: method) else { continue }
        estimates.add(.init(rows: rows, method: method, energies: energies))
        break
      }
    }
    return estimates
  }

  /// Runs of missing half-hours between measured ones.
  private func gaps() -> [Range<Int>] {
    var found: [Range<Int>] = []
    var (start, isInside): (Int?, Bool) = (nil, false)
    for index in exports.reach {
      if !exports.isKnown(index) {
        if isInside { start = start ?? index }
      } else {
        if let first = start { found.append(first..<index) }
        (start, isInside) = (nil, true)
      }
    }
    return found
  }

  private func span(_ rows: Range<Int>) -> (from: Instant, to: Instant) {
    (exports.first.advanced(by: rows.lowerBound).start, exports.first.advanced(by: rows.upperBound).start)
  }

  private func energies(of rows: Range<Int>, by method: Policy.EstimationTerms.Method) -> [Int64]? {
    let (from, to) = span(rows)
    switch method {
    case .checkMeter: return checkMeterSpan(from, to).flatMap { rest(rows, $0) }
    case .advanceShaped: return registerSpan(from, to).flatMap { rest(rows, $0) }
    case .likeDay: return likeDays(rows)
    case .zero: return Array(repeating: 0, count: rows.count)
    }
  }

  // MARK: What another count says

  /// What a counter gained between two instants.
  private struct Count {
    var from: Instant
    var to: Instant
    var energy: Int64
  }

  /// The readings of one check meter on either side of a gap.
  private func checkMeterSpan(_ from: Instant, _ to: Instant) -> Count? {
    let reads = known(.checkMeterRead).sorted { $0.at < $1.at }
    for serial in Set(reads.compactMap { $0.facts.text(.serial) }).sorted() {
      let own = reads.filter { $0.facts.text(.serial) == serial }
      guard let open = own.last(where: { $0.at <= from }), let close = own.first(where: { $0.at >= to }),
        let low = open.facts.energy(.value), let high = close.facts.energy(.value), high >= low
      else { continue }
      return Count(from: open.at, to: close.at, energy: (high - low).value)
    }
    return nil
  }

  /// The readings of the export register on either side of a gap.
  private func registerSpan(_ from: Instant, _ to: Instant) -> Count? {
    for chain in exportChains {
      guard let open = chain.accepted.lastIndex(where: { $0.read.at <= from }),
        let close = chain.accepted.firstIndex(where: { $0.read.at >= to }), open < close,
        chain.accepted[(open + 1)...close].allSatisfy({ $0.hold == nil })
      else { continue }
      return Count(
        from: chain.accepted[open].read.at, to: chain.accepted[close].read.at,
        energy: chain.accepted[close].count - chain.accepted[open].count)
    }
    return nil
  }

  /// What a count leaves for the missing half-hours in its span, shared out by the shape of weeks before; a
  /// gap gets its part.
  private func rest(_ rows: Range<Int>, _ count: Count) -> [Int64]? {
    let start = exports.first.distance(to: HalfHour(containing: count.from))
    let end = exports.first.distance(to: HalfHour(containing: count.to - TimeSpan(microseconds: 1))) + 1
    guard start >= 0, end <= exports.count, start <= rows.lowerBound, rows.upperBound <= end else {
      return nil
    }
    var left = count.energy
    var missing: [Int] = []
    for index in start..<end {
      guard exports.isKnown(index) else {
        missing.append(index)
        continue
      }
      let halfHour = exports.halfHour(index)
      let inside = min(halfHour.end, count.to) - max(halfHour.start, count.from)
      left -= Int64(
        clamping: Int128(exports.energy(index)) * Int128(inside.microseconds)
          / Int128(HalfHour.length.microseconds))
    }
    let shares = GapEstimates.share(max(left, 0), by: missing.map(shape))
    return zip(missing, shares).filter { rows.contains($0.0) }.map(\.1)
  }

  /// The same half-hour of the same weekday, over some weeks.
  private func shape(_ row: Int) -> Int64 {
    (1...policy.estimation.shapeWeeks.value).reduce(0) { sum, week in
      let other = row - week * 7 * 48
      guard other >= 0, exports.isActual(other) else { return sum }
      return sum + max(exports.energy(other), 0)
    }
  }

  // MARK: What like days say

  /// The mean of the same half-hour on the last like days: working days for a working day, Saturdays and
  /// Sundays for one of these. Nil if one half-hour has none to go by.
  private func likeDays(_ rows: Range<Int>) -> [Int64]? {
    var energies: [Int64] = []
    for row in rows {
      let isWeekend = Self.isWeekend(exports.halfHour(row))
      var (sum, count) = (Int64(0), Int64(0))
      for day in 1...policy.estimation.likeReach.value {
        let other = row - day * 48
        guard other >= 0, count < Int64(policy.estimation.likeDays.value) else { break }
        guard exports.isActual(other),
          Self.isWeekend(exports.halfHour(other)) == isWeekend
        else {
          continue
        }
        sum += max(exports.energy(other), 0)
        count += 1
      }
      guard count > 0 else { return nil }
      energies.append(sum / count)
    }
    return energies
  }

  private static func isWeekend(_ halfHour: HalfHour) -> Bool {
    LondonClock.date(at: halfHour.start).weekday >= 5
  }

  // MARK: Telling

  /// Says by which method each gap was filled, once.
  func tell(_ estimates: GapEstimates, at: Instant) {
    for gap in estimates.gaps {
      let (from, to) = span(gap.rows)
      let sum = WattHours(gap.energies.reduce(0, +))
      guard isNews("estimate \(from) \(to) \(gap.method.rawValue) \(sum)") else { continue }
      log.note(
        gap.method.code, .est05, at: at, subject,
        "\(Phrase.count(gap.rows.count, "half-hour")) from \(from) to \(to) are missing and estimated at \(sum) by the "
          + "method '\(gap.method.rawValue)': paid provisionally, and put right by what is measured later")
    }
  }
}
