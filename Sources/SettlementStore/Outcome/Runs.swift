// The runs that are done: when, on what terms, and a digest of all that was known. A run settles, or looks at
// what has arrived and decides upon it.

internal import Foundation
internal import GRDB
internal import Units

/// An instant at which an agreement is settled, or only looked at.
struct RunPlan: Hashable {
  var at: Instant
  var settles: Bool
}

/// One run of one agreement.
struct Run: Hashable {
  var plan: RunPlan
  /// Version of the agreement's terms.
  var version: Int
  /// How many facts were known, and their digest, which goes on from that of the settlement before.
  var facts: Int
  var known: [UInt8]
  /// How many obligations and payments stood.
  var obligations: Int
  var payments: Int
  /// Known energy that has no price, in Wh: no entry can say it.
  var unpriced: Int64

  var at: Instant { plan.at }
}

struct Runs {
  let agreement: Int64
  /// In order.
  let all: [Run]

  init(of agreement: Int64, _ db: Database) throws {
    self.agreement = agreement
    let rows = try Row.fetchAll(
      try db.cachedStatement(
        sql: """
          SELECT at, settles, version, facts, known, obligations, payments, unpriced FROM runs
          WHERE agreement = ? ORDER BY at
          """), arguments: [agreement])
    all = rows.map { row in
      Run(
        plan: RunPlan(at: Instant(microseconds: row[0]), settles: row[1]), version: row[2], facts: row[3],
        known: [UInt8](row[4] as Data), obligations: row[5], payments: row[6], unpriced: row[7])
    }
  }

  var last: Run? { all.last }

  /// What was known must still be known, and nothing else.
  func contradiction(_ book: FactBook) -> String? {
    for (run, again) in zip(all, book.digests(at: all.map(\.at)))
    where run.known != again.known || run.facts != again.facts {
      return "the run at \(run.at) knew \(run.facts) facts, and they are not those now known by then"
    }
    return nil
  }

  static func append(_ run: Run, of agreement: Int64, _ db: Database) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO runs (agreement, at, settles, version, facts, known, schema, obligations, payments, unpriced)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      agreement, run.at.microseconds, run.plan.settles, run.version, run.facts, run.known.blob, Schema.newest,
      run.obligations, run.payments, run.unpriced,
    ])
  }
}
