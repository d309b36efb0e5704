// Triggers of version 1: nothing is changed or taken away, nothing is settled before what is settled, and
// nothing is known to a settlement that was done without it. They bind every program that opens the file, not
// only this one.

internal import GRDB

extension Schema {
  private static let facts = ["reads", "logs", "events"]
  private static let outcomes = [
    "statements", "lines", "decisions", "notifications", "obligations", "payments", "entries",
  ]
  private static let others = [
    "schema_version", "snapshots", "files", "agreements", "agreement_versions", "schedule", "runs",
  ]

  static func makeFirst(_ db: Database) throws {
    try db.execute(sql: first)
    for table in others + facts + outcomes {
      for change in ["UPDATE", "DELETE"] {
        try db.execute(
          sql: """
            CREATE TRIGGER \(table)_no_\(change.lowercased()) BEFORE \(change) ON \(table)
            BEGIN SELECT RAISE(ABORT, '\(table) are append-only'); END
            """)
      }
    }
    for table in outcomes {
      // REPLACE would take the old row away without asking the trigger above.
      try db.execute(
        sql: """
          CREATE TRIGGER \(table)_in_order BEFORE INSERT ON \(table)
          WHEN NEW.ordinal <> (SELECT ifnull(max(ordinal), 0) + 1 FROM \(table) WHERE agreement = NEW.agreement)
          BEGIN SELECT RAISE(ABORT, '\(table) are appended in order'); END
          """)
    }
    for table in facts {
      try db.execute(
        sql: """
          CREATE TRIGGER \(table)_not_known_before BEFORE INSERT ON \(table)
          WHEN EXISTS (SELECT 1 FROM runs WHERE agreement = NEW.agreement AND at >= NEW.known)
            AND NOT EXISTS (SELECT 1 FROM \(table) WHERE agreement = NEW.agreement AND key = NEW.key)
          BEGIN SELECT RAISE(ABORT, 'known to a settlement that was done without it'); END
          """)
    }
    try db.execute(
      sql: """
        CREATE TRIGGER runs_in_order BEFORE INSERT ON runs
        WHEN EXISTS (SELECT 1 FROM runs WHERE agreement = NEW.agreement AND at >= NEW.at)
        BEGIN SELECT RAISE(ABORT, 'a settlement before one that is done'); END
        """)
  }
}
