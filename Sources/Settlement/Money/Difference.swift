// Proposed against billed: only what differs comes onto a statement. Half-hours are compared row by row in runs
// of one pair of verdicts, pieces by the stretches in which they differ. A line that was issued is never edited.

internal import Units

/// What one comparison found worth telling.
struct HalfHourNews {
  var held: [ReasonCode: HoldTally] = [:]
  var provisional = HoldTally()
  var released = HoldTally()
}

/// A run of half-hours that were billed alike and are proposed alike.
private struct Run {
  var billed = VerdictBook.nothing
  var proposed = VerdictBook.nothing
  /// Billed under the same verdict, but not so much or not at this price.
  var isChanged = false
  var from = HalfHour(index: 0)
  var count = 0
  var billedEnergy: Int64 = 0
  var billedExact = NanoPence(0)
  var energy: Int64 = 0
  var exact = NanoPence(0)
  var causes: [Cause] = []

  var end: HalfHour { from.advanced(by: count) }
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
  private var run = Run()
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
    for row in rows {
      let (old, new) = (billed.verdict(row), proposed.verdicts[row])
      let isChanged = old == new && differs(row, old)
      if old != run.billed || new != run.proposed || isChanged != run.isChanged || run.count == 0 {
        flush()
        run = Run(billed: old, proposed: new, isChanged: isChanged, from: table.rows[row].halfHour)
      }
      run.count += 1
      if new > VerdictBook.covered { add(proposed: row, new) }
      if book.isMoney(old) { add(billed: row, old) }
      tally(row, old, new)
    }
    flush()
  }

  private func differs(_ row: Int, _ number: UInt32) -> Bool {
    book.isMoney(number)
      && (billed.energy(row) != proposed.energies[row] || billed.own(row) != proposed.own(row))
  }

  private mutating func add(proposed row: Int, _ number: UInt32) {
    let energy = proposed.energies[row]
    guard let verdict = book[number] else { return }
    run.energy += energy
    run.exact = run.exact + verdict.worth(energy, own: proposed.own(row))
    let cause = table.rows[row].cause
    if cause != .none, run.causes.last != cause { run.causes.append(cause) }
    if verdict.isMoney {
      let old = billed.verdict(row)
      proposed.statements[row] = book.isMoney(old) ? billed.statements[row] : statement
    }
  }

  private mutating func add(billed row: Int, _ number: UInt32) {
    guard let verdict = book[number] else { return }
    run.billedEnergy += billed.energy(row)
    run.billedExact = run.billedExact + verdict.worth(billed.energy(row), own: billed.own(row))
  }

  private mutating func flush() {
    guard run.count > 0 else { return }
    defer { run = Run() }
    let (old, new) = (book[run.billed], book[run.proposed])
    if let new, !new.isMoney, new.kind != .forfeited || run.billed != run.proposed { lines.add(draft(new)) }
    if isInside {
      note(old, new)
      add(old, new, to: &sum)
    } else if let old, old.isMoney {
      guard run.billed != run.proposed || run.isChanged else { return }
      open(run.from.start, run.end.start)
      note(old, new)
      var sum = SaleDifference()
      add(old, new, to: &sum)
      for line in sum.lines() { due(line) }
      shut()
    } else if let new, new.isMoney {
      open(run.from.start, run.end.start)
      due(draft(new))
      shut()
    }
  }

  private func add(_ old: Verdict?, _ new: Verdict?, to sum: inout SaleDifference) {
    let (from, to) = (run.from.start, run.end.start)
    if let old, old.isMoney {
      sum.bill(old, run.billedEnergy, run.billedExact, halfHours: run.count, from: from, to: to)
    }
    if let new, new.kind != .awaited {
      sum.propose(
        new, run.energy, run.exact, halfHours: run.count, from: from, to: to, causes: run.causes)
    }
  }

  private mutating func note(_ old: Verdict?, _ new: Verdict?) {
    guard var known = change else { return }
    let (from, to) = (run.from.start, run.end.start)
    if let old, old.isMoney {
      known.add(
        "billed",
        LineDraft(old, .halfHours, from: from, to: to, energy: run.billedEnergy, exact: run.billedExact))
    }
    if let new, new.kind != .awaited { known.add("proposed", draft(new)) }
    change = known
  }

  private func draft(_ verdict: Verdict) -> LineDraft {
    let isUnknown = verdict.reason == .readGapHH
    return LineDraft(
      verdict, .halfHours, from: run.from.start, to: run.end.start,
      energy: isUnknown ? nil : run.energy, exact: run.exact, halfHours: run.count, causes: run.causes)
  }

  // MARK: Telling

  private mutating func tally(_ row: Int, _ old: UInt32, _ new: UInt32) {
    guard old != new, let verdict = book[new] else { return }
    let was = book[old]
    var one = table.rows[row]
    if verdict.isMoney, one.quality == .missing {
      (one.energy, one.quality) = (WattHours(proposed.energies[row]), .estimated)
    }
    switch verdict.kind {
    case .held:
      guard !verdict.byTreatment, was?.kind != .held || was?.reason != verdict.reason else { return }
      news.held[verdict.reason, default: HoldTally()].add(one)
    case .provisional, .payable:
      if verdict.kind == .provisional, was?.kind != .provisional { news.provisional.add(one) }
      if let was, was.kind == .held, !was.byTreatment { news.released.add(one) }
    case .forfeited, .awaited: return
    }
  }
}

extension Piece {
  /// A line of its own.
  var draft: LineDraft {
    LineDraft(verdict, basis, from: from, to: to, energy: energy, exact: exact, causes: causes)
  }
}
