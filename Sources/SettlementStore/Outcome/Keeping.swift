// What was decided and stated of one agreement so far, and whether it comes out again. Statements and lines
// must come again first and in order; decisions and notifications must all come again; obligations
// and payments are lists that are stated afresh each time.

internal import GRDB
internal import Settlement
internal import Units

/// The outcome of one agreement as it is kept.
struct Keeping {
  let agreement: Int64
  private let unpriced: Int64
  private(set) var statements: [KeptRow]
  private(set) var lines: [KeptRow]
  private(set) var decisions: KeptSet<Decision>
  private(set) var notifications: KeptSet<Notification>
  private(set) var obligations: KeptList<Obligation>
  private(set) var payments: KeptList<Payment>
  private(set) var entries: EntryBook

  /// - Parameter last: the last run that is kept.
  init(of agreement: Int64, last: Run?, _ db: Database) throws {
    (self.agreement, unpriced) = (agreement, last?.unpriced ?? 0)
    statements = try RecordTables.statements.rows(of: agreement, db)
    lines = try RecordTables.lines.rows(of: agreement, db)
    decisions = KeptSet(RecordTables.decisions, try RecordTables.decisions.rows(of: agreement, db))
    notifications = KeptSet(
      RecordTables.notifications, try RecordTables.notifications.rows(of: agreement, db))
    obligations = try KeptList(
      RecordTables.obligations, count: last?.obligations ?? 0,
      try RecordTables.obligations.rows(of: agreement, db))
    payments = try KeptList(
      RecordTables.payments, count: last?.payments ?? 0, try RecordTables.payments.rows(of: agreement, db))
    entries = try EntryBook(of: agreement, db)
  }

  /// The first thing that is kept and does not come out again.
  ///
  /// - Parameter isLast: the outcome is of the last settlement kept, so that nothing new may be there and the
  ///   states must be those kept.
  func contradiction(_ outcome: Outcome, isLast: Bool) throws -> String? {
    let fresh = PlacedLine.all(of: outcome)
    if let what = Self.contradiction(
      RecordTables.statements, statements, outcome.statements, isLast: isLast)
    {
      return what
    }
    if let what = Self.contradiction(RecordTables.lines, lines, fresh, isLast: isLast) { return what }
    if let what = decisions.contradiction(outcome.decisions, isLast: isLast) { return what }
    if let what = notifications.contradiction(outcome.notifications, isLast: isLast) { return what }
    if let what = try entries.contradiction(outcome, isLast: isLast) { return what }
    guard isLast else { return nil }
    if let what = obligations.contradiction(outcome.obligationsInOrder) { return what }
    if let what = payments.contradiction(outcome.payments) { return what }
    let again = outcome.balance.unpriced
    guard again.value != unpriced else { return nil }
    return "energy without a price was \(WattHours(unpriced)) and is now \(again)"
  }

  private static func contradiction<Record>(
    _ table: RecordTable<Record>, _ kept: [KeptRow], _ again: [Record], isLast: Bool
  ) -> String? {
    for (index, row) in kept.enumerated() {
      guard index < again.count else { return "\(table.word) \(index + 1) does not come out again" }
      if let what = table.difference(row, table.cells(again[index], schema: row.schema)) {
        return "\(table.word) \(index + 1) comes out otherwise: \(what)"
      }
    }
    guard isLast, again.count > kept.count else { return nil }
    return "\(table.word) \(kept.count + 1) comes out and was not there"
  }

  /// Keeps what is new in the outcome of a settlement, and returns it.
  mutating func append(_ outcome: Outcome, run: Instant, _ db: Database) throws -> Outcome {
    var new = Outcome()
    new.statements = Array(outcome.statements.dropFirst(statements.count))
    try append(RecordTables.statements, new.statements, run, to: &statements, db)
    try append(
      RecordTables.lines, Array(PlacedLine.all(of: outcome).dropFirst(lines.count)), run, to: &lines, db)
    new.decisions = try decisions.append(outcome.decisions, agreement, run, db)
    new.notifications = try notifications.append(outcome.notifications, agreement, run, db)
    new.obligations = try obligations.append(outcome.obligationsInOrder, agreement, run, db)
    new.payments = try payments.append(outcome.payments, agreement, run, db)
    try entries.append(outcome, agreement, run, db)
    return new
  }

  private func append<Record>(
    _ table: RecordTable<Record>, _ new: [Record], _ run: Instant, to kept: inout [KeptRow], _ db: Database
  ) throws {
    for record in new {
      let cells = table.cells(record)
      kept.append(KeptRow(run: run, schema: Schema.newest, cells: cells))
      try table.insert(cells, RowPlace(agreement: agreement, ordinal: kept.count, run: run), db)
    }
  }
}

extension Outcome {
  /// By when they began, so that new ones come last and old ones keep their places.
  fileprivate var obligationsInOrder: [Obligation] {
    obligations.enumerated().sorted { ($0.element.since, $0.offset) < ($1.element.since, $1.offset) }
      .map(\.element)
  }
}

extension PlacedLine {
  static func all(of outcome: Outcome) -> [PlacedLine] {
    outcome.statements.enumerated().flatMap { index, statement in
      statement.lines.map { PlacedLine(statement: index + 1, line: $0) }
    }
  }
}

/// Rows that only ever grow in number, in whatever order they come out.
struct KeptSet<Record: Sendable> {
  private let table: RecordTable<Record>
  private(set) var rows: [KeptRow]
  /// The rows by the version of the schema that they were written in.
  private var known: [Int: Set<[DatabaseValue]>] = [:]

  init(_ table: RecordTable<Record>, _ rows: [KeptRow]) {
    (self.table, self.rows) = (table, rows)
    for row in rows { known[row.schema, default: []].insert(row.cells) }
  }

  private func isKnown(_ record: Record) -> Bool {
    known.contains { schema, rows in rows.contains(table.cells(record, schema: schema)) }
  }

  func contradiction(_ again: [Record], isLast: Bool) -> String? {
    for (schema, rows) in known.sorted(by: { $0.key < $1.key }) {
      let made = Set(again.map { table.cells($0, schema: schema) })
      guard !rows.isSubset(of: made) else { continue }
      let index = self.rows.firstIndex { $0.schema == schema && !made.contains($0.cells) } ?? 0
      let line = table.line(self.rows[index], ordinal: index + 1)
      return "\(table.word) \(index + 1) does not come out again: \(line)"
    }
    guard isLast, let new = again.first(where: { !isKnown($0) }) else { return nil }
    let row = KeptRow(run: .epoch, schema: Schema.newest, cells: table.cells(new))
    return "a \(table.word) comes out that was not there: \(table.line(row, ordinal: rows.count + 1))"
  }

  mutating func append(
    _ again: [Record], _ agreement: Int64, _ run: Instant, _ db: Database
  ) throws -> [Record] {
    let new = again.filter { !isKnown($0) }
    for record in new {
      let cells = table.cells(record)
      guard known[Schema.newest, default: []].insert(cells).inserted else { continue }
      rows.append(KeptRow(run: run, schema: Schema.newest, cells: cells))
      try table.insert(cells, RowPlace(agreement: agreement, ordinal: rows.count, run: run), db)
    }
    return new
  }
}

/// A list that is stated afresh by each run. A row is kept for each place whose record is another than
/// before; how long the list is stands with the run.
struct KeptList<Record: Sendable> {
  private let table: RecordTable<Placed<Record>>
  private(set) var rows: [KeptRow]
  /// The newest row of each place, by index.
  private var newest: [Int]
  /// How many places the last run had.
  private(set) var count: Int

  init(_ table: RecordTable<Placed<Record>>, count: Int, _ rows: [KeptRow]) throws {
    (self.table, self.count, self.rows, newest) = (table, count, rows, [])
    for (index, row) in rows.enumerated() {
      guard let place = row.cells.first.flatMap(Int.fromDatabaseValue), place >= 1, place <= newest.count + 1
      else { throw StoreError(.damaged, "\(table.word) \(index + 1) has no place") }
      if place > newest.count { newest.append(index) } else { newest[place - 1] = index }
    }
    guard count <= newest.count else {
      throw StoreError(.damaged, "there are \(newest.count) \(table.name), and there should be \(count)")
    }
  }

  private func placed(_ again: [Record]) -> [Placed<Record>] {
    again.enumerated().map { Placed(place: $0 + 1, one: $1) }
  }

  /// The row of a place, if the last run had it.
  private func row(_ place: Int) -> KeptRow? { place <= count ? rows[newest[place - 1]] : nil }

  func contradiction(_ again: [Record]) -> String? {
    for one in placed(again) {
      guard let row = row(one.place) else { break }
      if let what = table.difference(row, table.cells(one, schema: row.schema)) {
        return "\(table.word) \(one.place) of \(again.count) comes out otherwise: \(what)"
      }
    }
    guard count != again.count else { return nil }
    return "there were \(count) \(table.name), and \(again.count) come out"
  }

  /// Keeps what is not as before, and returns it.
  mutating func append(
    _ again: [Record], _ agreement: Int64, _ run: Instant, _ db: Database
  ) throws -> [Record] {
    var new: [Record] = []
    for one in placed(again) {
      let cells = table.cells(one)
      if let row = row(one.place), row.cells == table.cells(one, schema: row.schema) { continue }
      rows.append(KeptRow(run: run, schema: Schema.newest, cells: cells))
      try table.insert(cells, RowPlace(agreement: agreement, ordinal: rows.count, run: run), db)
      if one.place > newest.count {
        newest.append(rows.count - 1)
      } else {
        newest[one.place - 1] = rows.count - 1
      }
      new.append(one.one)
    }
    count = again.count
    return new
  }
}
