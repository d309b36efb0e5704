// Proposed against billed: only what differs comes onto a statement. Half-hours are compared row by row in
// runs of one pair of verdicts, pieces by the stretches in which they differ.
// A line that was issued is never edited.

internal import Units

/// What one comparison found worth telling.
struct HalfHourNews {
  var held: [ReasonCode: HoldTally] = [:]
  var provisional = HoldTally()
  /// Those of the provisional ones that came as estimates; the rest are our own, or not proven.
  var estimated = HoldTally()
  var released = HoldTally()
}

/// All half-hours that were billed alike and are proposed alike.
private struct Pair {
  var billed = VerdictBook.nothing
  var proposed = VerdictBook.nothing
  /// Billed under the same verdict, but not so much or not at this price.
  var isChanged = false
  var from: HalfHour
  var end: HalfHour
  var count = 0
  var billedEnergy: Int64 = 0
  var billedExact = NanoPence(0)
  var energy: Int64 = 0
  var exact = NanoPence(0)
  var causes: [Cause] = []
}

/// The comparison of one settlement.
struct Difference {
  let book: VerdictBook
  let table: HalfHourTable
  let billed: Position
  private(set) var proposed: Position
  /// Index of the statement that is being written.
  let statement: Int32
  private(set) var lines = LineDrafts()
  private(set) var news = HalfHourNews()
  /// Those of the stretch that is being compared, in order of their first half-hour.
  private var pairs: [Pair] = []
  private var lastPair = 0
  /// Rows inside a stretch of changed pieces add to its sum, and make no lines of money of their own.
  private var sum = SaleDifference()
  private var isInside = false
  /// What differs, for people; kept only where somebody looks.
  private(set) var changes: [Change] = []
  private var change: Change?
  private let isWatched: Bool

  init(
    _ book: VerdictBook, _ table: HalfHourTable, billed: Position, proposed: Position, statement: Int32,
    isWatched: Bool
  ) {
    (self.book, self.table, self.billed, self.proposed) = (book, table, billed, proposed)
    (self.statement, self.isWatched) = (statement, isWatched)
    if billed.statements.isEmpty {
      self.proposed.statements = Array(repeating: -1, count: proposed.verdicts.count)
    } else {
      self.proposed.statements = billed.statements
    }
  }

  mutating func compare() {
    let components = Component.all(billed.pieces, proposed.pieces) { instant in
      let halfHour = HalfHour(containing: instant)
      guard halfHour.start < instant, let row = table.index(of: halfHour),
        book.isMoney(billed.verdict(row)) || book.isMoney(proposed.verdict(row))
      else { return nil }
      return halfHour.start..<halfHour.end
    }
    var next = 0
    for one in components {
      let rows = table.touching(one.from, one.to).clamped(to: next..<max(next, table.count))
      compareRows(next..<rows.lowerBound)
      (sum, isInside) = (SaleDifference(), true)
      open(one.from, one.to)
      compareRows(rows)
      isInside = false
      finish(one)
      next = rows.upperBound
    }
    compareRows(next..<table.count)
  }

  // MARK: Pieces

  private mutating func finish(_ one: Component) {
    for piece in one.billed {
      change?.add("billed", piece.draft)
      sum.bill(piece.verdict, piece.energy ?? 0, piece.exact, halfHours: 0, from: piece.from, to: piece.to)
    }
    guard sum.hasBilled else {
      for piece in one.proposed { due(piece.draft) }
      shut()
      return
    }
    if billed.pieces.contains(where: { $0.verdict.kind == .held && $0.from < one.to && $0.to > one.from }) {
      sum.wasHeld = true
    }
    for piece in proposed.pieces
    where piece.from < one.to && piece.to > one.from
      && (one.proposed.contains(piece) || !piece.verdict.isMoney)
    {
      change?.add("proposed", piece.draft)
      sum.propose(
        piece.verdict, piece.energy ?? 0, piece.exact, halfHours: 0, from: piece.from, to: piece.to,
        causes: piece.causes)
    }
    for line in sum.lines() { due(line) }
    shut()
  }

  private mutating func due(_ line: LineDraft) {
    lines.add(line)
    change?.add("due", line)
  }

  // MARK: For people

  private mutating func open(_ from: Instant, _ to: Instant) {
    if isWatched { change = Change(from: from, to: to) }
  }

  private mutating func shut() {
    if let change, !change.rows.isEmpty { changes.append(change) }
    change = nil
  }

  // MARK: Half-hours

  private mutating func compareRows(_ rows: Range<Int>) {
    var row = rows.lowerBound
    while row < rows.upperBound {
      let (old, new) = (billed.verdict(row), proposed.verdicts[row])
      let end = runEnd(row, rows.upperBound, old, new)
      if old == new, book.isMoney(old) {
        compareAmounts(row..<end, old)
      } else if old > VerdictBook.covered || new > VerdictBook.covered {
        take(row..<end, old, new)
      }
      row = end
    }
    flush()
  }

  /// Where the next pair of verdicts begins.
  private func runEnd(_ row: Int, _ limit: Int, _ old: UInt32, _ new: UInt32) -> Int {
    proposed.verdicts.withUnsafeBufferPointer { proposed in
      billed.verdicts.withUnsafeBufferPointer { billed in
        var end = row + 1
        let both = min(limit, billed.count)
        while end < both, proposed[end] == new, billed[end] == old { end += 1 }
        guard end >= both, old == VerdictBook.nothing else { return end }
        while end < limit, proposed[end] == new { end += 1 }
        return end
      }
    }
  }

  /// Rows that were billed under the verdict that they have now: only other amounts matter.
  private mutating func compareAmounts(_ rows: Range<Int>, _ number: UInt32) {
    let isSame = billed.columns === proposed.columns && book[number]?.sale.isOwn == false
    var row = rows.lowerBound
    while row < rows.upperBound {
      let isChanged = !isSame && differs(row)
      var end = isSame ? rows.upperBound : row + 1
      while end < rows.upperBound, differs(end) == isChanged { end += 1 }
      // Inside a stretch of changed pieces all rows count; outside, those that stayed add nothing.
      if isChanged || isInside { take(row..<end, number, number, isChanged: isChanged) }
      row = end
    }
  }

  private func differs(_ row: Int) -> Bool {
    billed.energy(row) != proposed.energy(row) || billed.own(row) != proposed.own(row)
  }

  private mutating func take(_ rows: Range<Int>, _ old: UInt32, _ new: UInt32, isChanged: Bool = false) {
    let index = pair(old, new, isChanged, at: table.halfHour(rows.lowerBound))
    pairs[index].end = table.halfHour(rows.upperBound)
    pairs[index].count += rows.count
    if let verdict = book[new] {
      let worth = proposed.worth(rows, verdict)
      pairs[index].energy += worth.energy
      pairs[index].exact = pairs[index].exact + worth.exact
      addCauses(rows, index)
    }
    if let verdict = book[old], verdict.isMoney {
      let worth = billed.worth(rows, verdict)
      pairs[index].billedEnergy += worth.energy
      pairs[index].billedExact = pairs[index].billedExact + worth.exact
    }
    let isNew = book.isMoney(new) && !book.isMoney(old)
    if isNew || !book.isMoney(new) && book.isMoney(old) {
      for row in rows { proposed.statements[row] = isNew ? statement : -1 }
    }
    if old != new { tally(rows, old, new) }
  }

  private mutating func addCauses(_ rows: Range<Int>, _ index: Int) {
    guard let causes = proposed.columns?.causes else { return }
    var last = pairs[index].causes.last?.number ?? 0
    for row in rows where causes[row] != last && causes[row] != 0 {
      last = causes[row]
      pairs[index].causes.append(Cause(number: last))
    }
  }

  private mutating func pair(_ old: UInt32, _ new: UInt32, _ isChanged: Bool, at halfHour: HalfHour) -> Int {
    func fits(_ index: Int) -> Bool {
      pairs[index].billed == old && pairs[index].proposed == new && pairs[index].isChanged == isChanged
    }
    if lastPair < pairs.count, fits(lastPair) { return lastPair }
    lastPair = pairs.indices.first(where: fits) ?? pairs.count
    if lastPair == pairs.count {
      pairs.append(
        Pair(billed: old, proposed: new, isChanged: isChanged, from: halfHour, end: halfHour))
    }
    return lastPair
  }

  private mutating func flush() {
    for pair in pairs { flush(pair) }
    pairs.removeAll(keepingCapacity: true)
    lastPair = 0
  }

  private mutating func flush(_ pair: Pair) {
    let (old, new) = (book[pair.billed], book[pair.proposed])
    if let new, !new.isMoney, new.kind != .forfeited || pair.billed != pair.proposed {
      lines.add(draft(pair, new))
    }
    if isInside {
      note(pair, old, new)
      add(pair, old, new, to: &sum)
    } else if let old, old.isMoney {
      open(pair.from.start, pair.end.start)
      note(pair, old, new)
      var sum = SaleDifference()
      add(pair, old, new, to: &sum)
      for line in sum.lines() { due(line) }
      shut()
    } else if let new, new.isMoney {
      open(pair.from.start, pair.end.start)
      due(draft(pair, new))
      shut()
    }
  }

  private func add(_ pair: Pair, _ old: Verdict?, _ new: Verdict?, to sum: inout SaleDifference) {
    let (from, to) = (pair.from.start, pair.end.start)
    if let old, old.isMoney {
      sum.bill(old, pair.billedEnergy, pair.billedExact, halfHours: pair.count, from: from, to: to)
    }
    if let new, new.kind != .awaited {
      sum.propose(
        new, pair.energy, pair.exact, halfHours: pair.count, from: from, to: to, causes: pair.causes)
    }
  }

  private mutating func note(_ pair: Pair, _ old: Verdict?, _ new: Verdict?) {
    guard var known = change else { return }
    if let old, old.isMoney {
      known.add(
        "billed",
        LineDraft(
          old, .halfHours, from: pair.from.start, to: pair.end.start, energy: pair.billedEnergy,
          exact: pair.billedExact))
    }
    if let new, new.kind != .awaited { known.add("proposed", draft(pair, new)) }
    change = known
  }

  private func draft(_ pair: Pair, _ verdict: Verdict) -> LineDraft {
    let isUnknown = verdict.reason == .readGapHH
    return LineDraft(
      verdict, .halfHours, from: pair.from.start, to: pair.end.start,
      energy: isUnknown ? nil : pair.energy, exact: pair.exact, halfHours: pair.count, causes: pair.causes)
  }

  // MARK: Telling

  private mutating func tally(_ rows: Range<Int>, _ old: UInt32, _ new: UInt32) {
    guard let verdict = book[new] else { return }
    let was = book[old]
    switch verdict.kind {
    case .held:
      guard !verdict.byTreatment, was?.kind != .held || was?.reason != verdict.reason else { return }
      for row in rows { news.held[verdict.reason, default: HoldTally()].add(proposed(row, verdict)) }
    case .provisional, .payable:
      let isNew = verdict.kind == .provisional && was?.kind != .provisional
      let isReleased = was?.kind == .held && was?.byTreatment == false
      guard isNew || isReleased else { return }
      for row in rows {
        let one = proposed(row, verdict)
        if isNew { news.provisional.add(one) }
        if isNew, table.quality(row) == .estimated { news.estimated.add(one) }
        if isReleased { news.released.add(one) }
      }
    case .forfeited, .awaited: return
    }
  }

  private func proposed(_ row: Int, _ verdict: Verdict) -> SettledHalfHour {
    var one = table.row(row)
    if verdict.isMoney, one.quality == .missing {
      (one.energy, one.quality) = (WattHours(proposed.energy(row)), .estimated)
    }
    return one
  }
}

extension Piece {
  /// A line of its own.
  var draft: LineDraft {
    let isHalfHour = basis == .halfHours && to - from == HalfHour.length
    return LineDraft(
      verdict, basis, from: from, to: to, energy: energy, exact: exact, halfHours: isHalfHour ? 1 : 0,
      causes: causes)
  }
}
