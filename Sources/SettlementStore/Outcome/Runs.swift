// The settlements that are done: when, on what terms, and a digest of all that was known.

internal import Foundation
internal import GRDB
internal import Units

/// One settlement of one agreement.
struct Run: Hashable {
  var at: Instant
  /// Version of the agreement's terms.
  var version: Int
  /// How many facts were known, and their digest, which goes on from that of the settlement before.
  var facts: Int
  var known: [UInt8]
  /// The settlement whose list of obligations holds.
  var obligations: Instant?
}

struct Runs {
  let agreement: Int64
  /// In order.
  let all: [Run]

  init(of agreement: Int64, _ db: Database) throws {
    self.agreement = agreement
    let rows = try Row.fetchAll(
      try db.cachedStatement(
        sql: "SELECT at, version, facts, known, obligations FROM runs WHERE agreement = ? ORDER BY at"),
      arguments: [agreement])
    all = rows.map { row in
      let standing: Int64? = row[4]
      return Run(
        at: Instant(microseconds: row[0]), version: row[1], facts: row[2], known: [UInt8](row[3] as Data),
        obligations: standing.map { Instant(microseconds: $0) })
    }
  }

  var last: Instant? { all.last?.at }

  /// What was known must still be known, and nothing else.
  func contradiction(_ book: FactBook) -> String? {
    for (run, again) in zip(all, book.digests(at: all.map(\.at)))
    where run.known != again.known || run.facts != again.facts {
      return "the settlement at \(run.at) knew \(run.facts) facts, and they are not those now known by then"
    }
    return nil
  }

  static func append(_ run: Run, of agreement: Int64, _ db: Database) throws {
    try db.cachedStatement(
      sql: "INSERT INTO runs (agreement, at, version, facts, known, schema, obligations) VALUES (?, ?, ?, ?, ?, ?, ?)"
    ).execute(arguments: [
      agreement, run.at.microseconds, run.version, run.facts, run.known.blob, Schema.newest,
      run.obligations?.microseconds,
    ])
  }
}
