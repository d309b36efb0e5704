// What was made of facts, as rows. A table is declared once, column by column; from that come the insert, the
// line of the dump and the comparison with what is made again from the facts. Rows are never decoded: what is
// recomputed is encoded too, and rows are compared with rows.

internal import GRDB
internal import Units

/// One column of an outcome table.
struct Column<Record: Sendable>: Sendable {
  /// How the dump shows it.
  enum Form: Sendable { case text, whole, instant }

  var name: String
  var form: Form
  /// The version of the schema that has it first; rows of earlier runs do not.
  var since: Int
  var value: @Sendable (Record) -> DatabaseValue

  static func text(_ name: String, since: Int = 1, _ value: @escaping @Sendable (Record) -> String?)
    -> Column
  {
    Column(name: name, form: .text, since: since) { value($0)?.databaseValue ?? .null }
  }

  static func whole(_ name: String, since: Int = 1, _ value: @escaping @Sendable (Record) -> Int64?)
    -> Column
  {
    Column(name: name, form: .whole, since: since) { value($0)?.databaseValue ?? .null }
  }

  static func instant(_ name: String, since: Int = 1, _ value: @escaping @Sendable (Record) -> Instant?)
    -> Column
  {
    Column(name: name, form: .instant, since: since) { value($0)?.microseconds.databaseValue ?? .null }
  }
}

/// One outcome table. Beside its columns each row has its agreement, its ordinal in that agreement and the
/// settlement that made it.
struct RecordTable<Record: Sendable>: Sendable {
  var name: String
  /// What a row is called.
  var word: String
  var columns: [Column<Record>]

  /// A record as a row of a version of the schema: what that version did not have is null.
  func cells(_ record: Record, schema: Int = Schema.newest) -> [DatabaseValue] {
    columns.map { $0.since <= schema ? $0.value(record) : .null }
  }

  private var names: String { columns.map { "\"\($0.name)\"" }.joined(separator: ", ") }

  func insert(_ cells: [DatabaseValue], _ place: RowPlace, _ db: Database) throws {
    let marks = String(repeating: ", ?", count: columns.count)
    let statement = try db.cachedStatement(
      sql: "INSERT INTO \(name) (agreement, ordinal, run, \(names)) VALUES (?, ?, ?\(marks))")
    let head = [place.agreement, Int64(place.ordinal), place.run.microseconds].map(\.databaseValue)
    try statement.execute(arguments: StatementArguments(head + cells))
  }

  /// All rows of an agreement in order.
  func rows(of agreement: Int64, _ db: Database) throws -> [KeptRow] {
    let statement = try db.cachedStatement(
      sql: """
        SELECT ordinal, run, (SELECT schema FROM runs WHERE runs.agreement = t.agreement AND at = t.run), \(names)
        FROM \(name) t WHERE agreement = ? ORDER BY ordinal
        """)
    let rows = try Row.fetchCursor(statement, arguments: [agreement])
    var kept: [KeptRow] = []
    while let row = try rows.next() {
      let ordinal: Int = row[0]
      guard ordinal == kept.count + 1, let schema: Int = row[2] else {
        throw StoreError(.damaged, "\(word) \(kept.count + 1) is missing")
      }
      kept.append(
        KeptRow(
          run: Instant(microseconds: row[1]), schema: schema,
          cells: columns.indices.map { row[$0 + 3] as DatabaseValue }))
    }
    return kept
  }

  /// A row as a line of the dump.
  func line(_ row: KeptRow, ordinal: Int) -> String {
    var text = "\(word) \(ordinal) run=\(row.run)"
    for (column, cell) in zip(columns, row.cells) where column.since <= row.schema {
      text += " \(column.name)=\(Self.shown(cell, column.form))"
    }
    return text
  }

  static func shown(_ cell: DatabaseValue, _ form: Column<Record>.Form) -> String {
    switch (cell.storage, form) {
    case (.int64(let value), .instant): "\(Instant(microseconds: value))"
    case (.int64(let value), _): "\(value)"
    case (.string(let text), _): "\(TextTree.text(text))"
    default: "-"
    }
  }

  /// What differs first between a kept row and one made again; nil if nothing does.
  func difference(_ kept: KeptRow, _ again: [DatabaseValue]) -> String? {
    for (index, column) in columns.enumerated() where kept.cells[index] != again[index] {
      let (was, now) = (Self.shown(kept.cells[index], column.form), Self.shown(again[index], column.form))
      return "its '\(column.name)' was \(was) and is now \(now)"
    }
    return nil
  }
}

/// Where a row stands.
struct RowPlace {
  var agreement: Int64
  var ordinal: Int
  var run: Instant
}

/// A row as it is kept.
struct KeptRow: Hashable {
  var run: Instant
  /// The version of the schema that its run was written in.
  var schema: Int
  var cells: [DatabaseValue]
}
