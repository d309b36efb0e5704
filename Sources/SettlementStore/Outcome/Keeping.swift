// What was decided and stated of one agreement so far, and whether it comes out again. Statements and lines
// must come again first and in order; decisions and notifications must all come again; obligations
// are a list that is stated afresh each time.

internal import GRDB
internal import Settlement
internal import Units

/// The outcome of one agreement as it is kept.
struct Keeping {
  let agreement: Int64
  private(set) var statements: [KeptRow]
  private(set) var lines: [KeptRow]
  private(set) var decisions: KeptSet<Decision>
  private(set) var notifications: KeptSet<Notification>
  private(set) var obligations: KeptList<Obligation>

  init(of agreement: Int64, _ db: Database) throws {
    self.agreement = agreement
    let standing = try Int64.fetchOne(
      db, sql: "SELECT obligations FROM runs WHERE agreement = ? ORDER BY at DESC LIMIT 1",
      arguments: [agreement])
    statements = try RecordTables.statements.rows(of: agreement, db)
    lines = try RecordTables.lines.rows(of: agreement, db)
    decisions = KeptSet(RecordTables.decisions, try RecordTables.decisions.rows(of: agreement, db))
    notifications = KeptSet(
      RecordTables.notifications, try RecordTables.notifications.rows(of: agreement, db))
    obligations = KeptList(
      RecordTables.obligations, standing: standing.map { Instant(microseconds: $0) },
      try RecordTables.obligations.rows(of: agreement, db))
  }

  /// The first thing that is kept and does not come out again.
  ///
  /// - Parameter isLast: the outcome is of the last settlement kept, so that nothing new may be there and the
  ///   states must be those kept.
  func contradiction(_ outcome: Outcome, isLast: Bool) -> String? {
    let fresh = PlacedLine.all(of: outcome)
    return Self.contradiction(RecordTables.statements, statements, outcome.statements, isLast: isLast)
      ?? Self.contradiction(RecordTables.lines, lines, fresh, isLast: isLast)
      ?? decisions.contradiction(outcome.decisions, isLast: isLast)
      ?? notifications.contradiction(outcome.notifications, isLast: isLast)
      ?? (isLast ? obligations.contradiction(outcome.obligations) : nil)
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
    new.obligations = try obligations.append(outcome.obligations, agreement, run, db)
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

/// A list that is stated afresh at each settlement: it is kept whole when it changed.
struct KeptList<Record: Sendable> {
  private let table: RecordTable<Record>
  private(set) var rows: [KeptRow]
  /// The settlement whose list holds; nil for an empty list.
  private(set) var standing: Instant?

  init(_ table: RecordTable<Record>, standing: Instant?, _ rows: [KeptRow]) {
    (self.table, self.standing, self.rows) = (table, standing, rows)
  }

  private var list: [KeptRow] { rows.filter { $0.run == standing } }

  private func isKnown(_ again: [Record]) -> Bool {
    let list = list
    return list.count == again.count
      && zip(list, again).allSatisfy { table.cells($1, schema: $0.schema) == $0.cells }
  }

  func contradiction(_ again: [Record]) -> String? {
    guard !isKnown(again) else { return nil }
    let list = list
    for (index, record) in again.enumerated() where index < list.count {
      if let what = table.difference(list[index], table.cells(record, schema: list[index].schema)) {
        return "\(table.word) \(index + 1) of \(again.count) comes out otherwise: \(what)"
      }
    }
    return "\(list.count) \(table.name) stood, and \(again.count) come out"
  }

  mutating func append(
    _ again: [Record], _ agreement: Int64, _ run: Instant, _ db: Database
  ) throws -> [Record] {
    guard !isKnown(again) else { return [] }
    let before = Set(list.map(\.cells))
    for record in again {
      let cells = table.cells(record)
      rows.append(KeptRow(run: run, schema: Schema.newest, cells: cells))
      try table.insert(cells, RowPlace(agreement: agreement, ordinal: rows.count, run: run), db)
    }
    standing = again.isEmpty ? nil : run
    return again.filter { !before.contains(table.cells($0)) }
  }
}
