// The rate is the one in force when the energy was exported (R-TAR-07), and what rules say of time holds for
// what flowed in that time. An advance across such an edge is cut at it: by half-hours where one side has
// them all, else in proportion to elapsed time, which is provisional (our assumption, K-30 of the rule book:
// two readings cannot say when).

internal import Units

/// A part of an advance between two edges.
struct CutSpan: Hashable {
  var from: Instant
  var to: Instant
  var energy: Int64
  /// Cut by elapsed time at the edge that it begins or ends with.
  var isByTime = false
}

extension Ledger {
  /// Cuts an energy at edges inside its time; `tell` hears of each cut by elapsed time.
  func cut(
    _ span: CutSpan, at edges: [Instant], tell: (_ edge: Instant, _ before: Int64, _ after: Int64) -> Void
  ) -> [CutSpan] {
    var spans: [CutSpan] = []
    var (rest, from, byTime) = (span.energy, span.from, false)
    for edge in edges {
      let share = share(of: rest, from, edge, span.to)
      byTime = byTime || share.isByTime
      spans.append(CutSpan(from: from, to: edge, energy: share.energy, isByTime: byTime))
      if share.isByTime { tell(edge, share.energy, rest - share.energy) }
      (rest, from) = (rest - share.energy, edge)
    }
    spans.append(CutSpan(from: from, to: span.to, energy: rest, isByTime: byTime))
    return spans
  }

  /// How much of an energy flowed before an edge.
  private func share(of energy: Int64, _ from: Instant, _ edge: Instant, _ to: Instant)
    -> (energy: Int64, isByTime: Bool)
  {
    if let before = exports.energy(from: from, to: edge) { return (min(max(before, 0), energy), false) }
    if let after = exports.energy(from: edge, to: to) {
      return (energy - min(max(after, 0), energy), false)
    }
    return (Self.portion(of: energy, from, edge, to), true)
  }

  /// The part of an energy that falls before an edge if it flowed evenly, cut to whole Wh.
  static func portion(of energy: Int64, _ from: Instant, _ edge: Instant, _ to: Instant) -> Int64 {
    let part = Int128(energy) * Int128((edge - from).microseconds) / Int128((to - from).microseconds)
    return Int64(clamping: part)
  }

  /// Version of the tariff in force.
  func version(at instant: Instant) -> Int? {
    terms.lastIndex { $0.from <= instant }
  }

  /// Whether the tariff in force can be paid on readings alone (R-EST-03). Where none is, readings say what
  /// is held for want of a price.
  func isFlat(_ version: Int?) -> Bool {
    guard let version else { return true }
    if case .flat = terms[version].shape { return true }
    return false
  }

  /// Where one version of the tariff makes way for another, strictly inside a span.
  func changes(_ from: Instant, _ to: Instant) -> [Instant] {
    terms.map(\.from).filter { $0 > from && $0 < to }
  }

  func tellSplit(_ advance: Advance, _ change: Instant, _ before: Int64, _ after: Int64) {
    log.note(
      .tarSplitProvisional, .tar07, at: max(advance.received, termsTold[change] ?? advance.received), subject,
      severity: .query,
      reads: [advance.opening, advance.closing],
      "the rate changed on \(change), between the reads of \(advance.from) and \(advance.to), and no "
        + "half-hours say "
        + "when the \(WattHours(before + after)) flowed: \(WattHours(before)) before and \(WattHours(after)) "
        + "after, by "
        + "elapsed time, provisionally")
  }

  func tellCut(
    _ advance: Advance, _ rule: Rule, _ causes: [Cause], _ edge: Instant, _ before: Int64, _ after: Int64
  ) {
    // What draws the edge may have come long after the reads.
    let told = events.filter { $0.cause != .none && causes.contains($0.cause) }.map(\.received).max()
    log.note(
      .payProvisional, rule, at: max(advance.received, told ?? advance.received), subject,
      reads: [advance.opening, advance.closing],
      "\(edge) lies between the reads of \(advance.from) and \(advance.to), and no half-hours say when "
        + "the \(WattHours(before + after)) flowed: \(WattHours(before)) before and "
        + "\(WattHours(after)) after, by elapsed time, provisionally")
  }
}
