// The tables of a store, version by version. A version that was ever shipped is never edited: what changes is
// a step of its own. Every step runs in the transaction that notes its number.

internal import GRDB

/// How to bring a store from one version to the next.
struct SchemaStep: Sendable {
  /// The version it leads to; steps stand in order from 1.
  var version: Int
  var make: @Sendable (Database) throws -> Void
}

enum Schema {
  /// Marks an SQLite file as a settlement store (bytes 68 to 71 of its header): "BSst".
  static let applicationID = 0x4253_7374

  static let steps: [SchemaStep] = [SchemaStep(version: 1, make: Schema.makeFirst)]

  static let newest = steps.count

  /// The version of a store; 0 for a file in which nothing was made yet. Throws for every other file.
  static func version(_ db: Database, path: String, newest: Int = newest) throws -> Int {
    let mark = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
    if mark == 0, try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") == 0 { return 0 }
    guard mark == applicationID else {
      throw StoreError(.notAStore, "\(path) is an SQLite database, but no settlement store")
    }
    guard let version = try Int.fetchOne(db, sql: "SELECT max(version) FROM schema_version") else {
      throw StoreError(.damaged, "\(path) is damaged: it does not say its version")
    }
    guard version <= newest else {
      throw StoreError(
        .newer, "\(path) is a store of version \(version), and this program knows versions up to \(newest)")
    }
    return version
  }

  /// Brings a store to the newest version. Another process may have done so since it was looked at.
  static func migrate(_ db: Database, path: String, steps: [SchemaStep] = steps) throws {
    let from = try version(db, path: path, newest: steps.count)
    for step in steps where step.version > from {
      try step.make(db)
      try db.execute(sql: "INSERT INTO schema_version (version) VALUES (?)", arguments: [step.version])
    }
  }
}
