// Verifying: the file as SQLite sees it, the tables and triggers, every fact against its key, every
// settlement against what it knew, and every statement against the facts.

internal import GRDB
internal import Settlement
internal import Units

extension Store {
  /// What is wrong, a line each; nothing if all is sound. Throws where the file itself is damaged.
  public func verify() throws(StoreError) -> [String] {
    let findings = try read { db in
      let said = try String.fetchAll(db, sql: "PRAGMA integrity_check(10)")
      guard said == ["ok"] else {
        let words = said.flatMap { $0.split(separator: "\n") }.prefix(3).joined(separator: "; ")
        throw StoreError(.damaged, "\(path) is damaged: \(words)")
      }
      return try orphans(db) + shape(db)
    }
    var all = findings
    for name in try agreements() {
      let wrong = try read { db in try self.verify(name, db) }
      all += wrong.map { "\(name): \($0)" }
    }
    return all
  }

  private func orphans(_ db: Database) throws -> [String] {
    try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").map { row in
      "a row of \(row[0] as String? ?? "?") points at one of \(row[2] as String? ?? "?") that is not there"
    }
  }

  /// Tables and triggers must be those of a new store: a trigger that is gone guards nothing.
  private func shape(_ db: Database) throws -> [String] {
    let sql = "SELECT type || ' ' || name || ' ' || ifnull(sql, '') FROM sqlite_master ORDER BY 1"
    let (kept, new) = (
      try Set(String.fetchAll(db, sql: sql)),
      try Set(Store(inMemory: path).queue.read { try String.fetchAll($0, sql: sql) })
    )
    func name(_ made: String) -> String { made.split(separator: " ").prefix(2).joined(separator: " ") }
    return kept.subtracting(new).map { "\(name($0)) is not as it was made" }.sorted()
      + new.subtracting(kept).map { "\(name($0)) is missing or not as it was made" }.sorted()
  }

  private func verify(_ name: String, _ db: Database) throws -> [String] {
    let agreement = try number(of: name, db)
    let (book, runs) = (try FactBook(of: agreement, db), try Runs(of: agreement, db))
    if let what = try runs.contradiction(book) ?? contradiction(of: agreement, db) {
      return ["does not come out again: \(what)"]
    }
    return try Sums(of: agreement, db).findings
  }
}
