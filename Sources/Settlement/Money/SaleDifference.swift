// What is due where something was billed before: proposed less billed, sale by sale,
// and one reason for the whole.

internal import Units

/// Sums of one sale on both sides.
private struct Side {
  var energy: Int64 = 0
  var exact = NanoPence(0)
  var halfHours = 0
  var isThere = false
  var isProvisional = false
  var isRegister = false
}

/// All that was billed and all that is proposed for one stretch of time.
struct SaleDifference {
  private var sales: [(sale: Sale, billed: Side, proposed: Side)] = []
  private var last = 0
  /// First and last instant on either side.
  private(set) var billedSpan: (from: Instant, to: Instant)?
  private(set) var proposedSpan: (from: Instant, to: Instant)?
  /// Ends inside the stretch, on either side: a new one shows a read that came late.
  private var billedEnds: Set<Instant> = []
  private var proposedEnds: Set<Instant> = []
  /// Why proposed energy is not payable, where it is not.
  private var bar: (kind: Verdict.Kind, causes: [Cause])?
  private var proposedFlags: LineFlags = []
  /// Some of it was held before.
  var wasHeld = false
  private(set) var causes: [Cause] = []

  private func widened(
    _ span: (from: Instant, to: Instant)?, _ from: Instant, _ to: Instant
  ) -> (from: Instant, to: Instant) {
    (min(span?.from ?? from, from), max(span?.to ?? to, to))
  }

  private mutating func index(of sale: Sale) -> Int {
    if last < sales.count, sales[last].sale == sale { return last }
    last = sales.firstIndex { $0.sale == sale } ?? sales.count
    if last == sales.count { sales.append((sale, Side(), Side())) }
    return last
  }

  /// Some money that was billed.
  mutating func bill(
    _ verdict: Verdict, _ energy: Int64, _ exact: NanoPence, halfHours: Int, from: Instant, to: Instant
  ) {
    let index = index(of: verdict.sale)
    sales[index].billed.add(verdict, energy, exact, halfHours)
    billedSpan = widened(billedSpan, from, to)
    if halfHours == 0 { billedEnds.formUnion([from, to]) }
  }

  /// Some energy as it is proposed, with or without money.
  mutating func propose(
    _ verdict: Verdict, _ energy: Int64, _ exact: NanoPence, halfHours: Int, from: Instant, to: Instant,
    causes more: [Cause]
  ) {
    proposedSpan = widened(proposedSpan, from, to)
    add(more + verdict.causes)
    guard verdict.isMoney else {
      bar = bar ?? (verdict.kind, verdict.causes)
      return
    }
    let index = index(of: verdict.sale)
    sales[index].proposed.add(verdict, energy, exact, halfHours)
    proposedFlags.formUnion(verdict.flags)
    if halfHours == 0 { proposedEnds.formUnion([from, to]) }
  }

  mutating func add(_ more: [Cause]) {
    for cause in more where cause != .none && causes.last != cause { causes.append(cause) }
  }

  // MARK: What is due

  var hasBilled: Bool { billedSpan != nil }

  /// Lines for what differs.
  func lines() -> [LineDraft] {
    guard let billed = billedSpan else { return [] }
    let span = proposedSpan.map { (from: min($0.from, billed.from), to: max($0.to, billed.to)) } ?? billed
    return sales.compactMap { sale, billed, proposed in
      let (energy, exact) = (proposed.energy - billed.energy, proposed.exact - billed.exact)
      let isFirm = billed.isProvisional && proposed.isThere && !proposed.isProvisional
      guard energy != 0 || exact != .zero || isFirm else { return nil }
      let (kind, reason, rule) = why(energy, exact)
      return LineDraft(
        kind: kind, basis: proposed.isRegister || billed.isRegister ? .registers : .halfHours,
        tariff: sale.tariff, rate: sale.rate, reason: reason, rule: rule, from: span.from, to: span.to,
        energy: energy, exact: exact, halfHours: max(proposed.halfHours, billed.halfHours),
        payer: sale.payer, vat: sale.vat,
        flags: proposed.isProvisional ? proposedFlags : proposedFlags.intersection(.reduced), causes: causes)
    }
  }

  private func why(_ energy: Int64, _ exact: NanoPence)
    -> (StatementLine.Kind, ReasonCode, Rule)
  {
    if isGrowth {
      let isFirm = !sales.contains { $0.proposed.isProvisional }
      return isFirm ? (.paid, .payOK, .tar01) : (.provisional, .payProvisional, .est02)
    }
    let isLess = sales.reduce(NanoPence(0)) { $0 + $1.proposed.exact - $1.billed.exact } < .zero
    if isLess, bar != nil || proposedSpan == nil || proposedFlags.contains(.reduced) {
      return (.adjustment, .recoupOverpaid, .whld01)
    }
    if sales.contains(where: { $0.billed.isProvisional }) { return (.adjustment, .payTruedUp, .est02) }
    if sales.contains(where: { $0.billed.isThere != $0.proposed.isThere }), bar == nil {
      return (.adjustment, .tarRerated, .tar14)
    }
    if wasHeld, !isLess { return (.adjustment, .payReleased, .read04) }
    if changesBasis { return (.adjustment, .payTruedUp, .val07) }
    let news = proposedEnds.subtracting(billedEnds)
    // A reading that reaches further only brings more.
    if !isLess, !news.isEmpty, let billed = billedSpan, news.allSatisfy({ $0 > billed.to }) {
      return (.adjustment, .payOK, .tar01)
    }
    let isLate = !news.isEmpty
    return (.adjustment, isLate ? .readOutOfOrder : .readConflict, .read12)
  }

  /// Half-hours were billed, and readings tell now.
  private var changesBasis: Bool {
    sales.contains { $0.billed.isThere && !$0.billed.isRegister }
      && sales.contains { $0.proposed.isRegister }
  }

  /// Readings that reach beyond half-hours billed before, and bring more: what is new is no correction.
  private var isGrowth: Bool {
    guard changesBasis, let billed = billedSpan, let proposed = proposedSpan, proposed.to > billed.to,
      bar == nil
    else { return false }
    return sales.allSatisfy {
      !$0.billed.isRegister && !$0.billed.isProvisional && $0.proposed.exact >= $0.billed.exact
    }
  }
}

extension Side {
  fileprivate mutating func add(_ verdict: Verdict, _ more: Int64, _ money: NanoPence, _ count: Int) {
    energy += more
    exact = exact + money
    halfHours += count
    isThere = true
    if verdict.kind == .provisional { isProvisional = true }
    if count == 0 { isRegister = true }
  }
}
