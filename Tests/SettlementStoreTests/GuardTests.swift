// Nobody changes what is kept, with this program or another; and if somebody does nevertheless, it is seen.

import Foundation
import GRDB
import Settlement
import Testing
import Units

@testable import SettlementStore

@Suite("What is kept is not changed")
struct GuardTests {
  private static let tables = [
    "schema_version", "snapshots", "files", "agreements", "agreement_versions", "schedule", "reads", "logs",
    "events", "runs", "statements", "lines", "decisions", "notifications", "obligations", "payments",
    "entries",
  ]

  /// A store of a life in which every table has a row.
  private static func full(_ folder: Folder) throws -> Store {
    var one = Lives.life(5)
    one.agreement.tariff = [Lives.flat(41)]
    one.policy = Policy(name: "made")
    one.events = [.importSupplierChanged(to: "X", at: Lives.start + .days(1))]
    // An import dial that falls is told to two parties (R-BACK-01).
    one.agreement.meters[0].uses = [.export, .import]
    for (day, value) in [(0, 90_000), (1, 40_000), (2, 30_000)] as [(Int64, Int64)] {
      one.reads.append(
        Read(
          serial: "S2", register: .import, value: WattHours(value), at: Lives.start + .days(day),
          source: .remote))
    }
    let store = try folder.store()
    try store.take([Intake(one, file: SourceFile(name: "a", bytes: [1]))])
    try store.settled(until: one.until)
    return store
  }

  @Test("update, delete and replace are refused in every table by the file itself")
  func appendOnly() throws {
    let folder = try Folder()
    _ = try Self.full(folder)
    let queue = try DatabaseQueue(path: folder.path("store.db"))
    for table in Self.tables {
      try queue.inDatabase { db in
        let count = try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table)") ?? 0
        #expect(count > 0, "\(table) has no row to try it on")
        let column = try #require(
          try Row.fetchOne(db, sql: "PRAGMA table_info(\(table))")?["name"] as String?)
        for sql in ["UPDATE \(table) SET \(column) = \(column)", "DELETE FROM \(table)"] {
          #expect(throws: DatabaseError.self, "\(sql)") { try db.execute(sql: sql) }
        }
        #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table)") == count)
      }
    }
    for table in ["statements", "lines", "decisions", "entries"] {
      #expect(throws: DatabaseError.self) {
        try queue.inDatabase {
          try $0.execute(sql: "INSERT OR REPLACE INTO \(table) SELECT * FROM \(table) WHERE ordinal = 1")
        }
      }
    }
    let all = try queue.read {
      try String.fetchAll($0, sql: "SELECT name FROM sqlite_master WHERE type = 'table'")
    }
    #expect(Set(all) == Set(Self.tables))
  }

  @Test("a run before the last one and a fact known to it are refused by the file itself")
  func order() throws {
    let folder = try Folder()
    let store = try Self.full(folder)
    #expect(throws: StoreError.self) {
      try store.run(
        Intake.name(of: Lives.life(5).agreement), RunPlan(at: Lives.start + .days(1), settles: true))
    }
    let queue = try DatabaseQueue(path: folder.path("store.db"))
    let columns = "file, received, at, serial, register, value, resolution, source, cause"
    #expect(throws: DatabaseError.self) {
      try queue.inDatabase {
        try $0.execute(
          sql: """
            INSERT INTO reads (agreement, key, known, \(columns))
            SELECT agreement, zeroblob(32), \(Lives.start.microseconds), \(columns) FROM reads LIMIT 1
            """)
      }
    }
  }

  /// What somebody does to the file behind our back, once the triggers are gone.
  @Test(
    "what was changed behind our back is seen by verify, by replay and by the next settlement",
    arguments: [
      "UPDATE reads SET value = value + 1 WHERE register = 'export'",
      "DELETE FROM reads WHERE register = 'export'",
      "UPDATE logs SET entries = zeroblob(length(entries))", "DELETE FROM logs",
      "UPDATE events SET facts = '{}'", "UPDATE events SET known = known + 1",
      "UPDATE lines SET amount = amount + 1 WHERE ordinal = 1",
      "UPDATE lines SET exact = '1.5' WHERE ordinal = 2",
      "UPDATE statements SET net = net + 1 WHERE ordinal = 1",
      "UPDATE decisions SET text = 'no' WHERE ordinal = 3",
      "DELETE FROM decisions WHERE ordinal = 2", "DELETE FROM statements WHERE ordinal = 1",
      "UPDATE notifications SET \"to\" = 'nobody'", "UPDATE obligations SET state = 'met', met = 0",
      "UPDATE payments SET amount = amount + 1",
      "UPDATE entries SET nanopence = nanopence + 1 WHERE ordinal = 1",
      "DELETE FROM entries WHERE ordinal = 2",
      "UPDATE runs SET known = zeroblob(32)", "DELETE FROM runs WHERE at = (SELECT min(at) FROM runs)",
      "UPDATE snapshots SET body = replace(body, '4.1', '4.2') WHERE kind = 'tariff'",
      "UPDATE snapshots SET body = replace(body, 'made', 'other') WHERE kind = 'policy'",
      "UPDATE agreement_versions SET body = replace(body, '3.95', '3.94')",
    ])
  func tampered(sql: String) throws {
    let folder = try Folder()
    _ = try Self.full(folder)
    let queue = try DatabaseQueue(path: folder.path("store.db"))
    try queue.inDatabase { db in
      try db.execute(sql: "PRAGMA foreign_keys = OFF")
      for name in try String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE type = 'trigger'") {
        let made = try String.fetchOne(
          db, sql: "SELECT sql FROM sqlite_master WHERE name = ?", arguments: [name])
        try db.execute(sql: "DROP TRIGGER \(name)")
        // Put back afterwards, so that nothing but the change is there to be seen.
        try db.execute(sql: "CREATE TEMP TABLE IF NOT EXISTS gone (sql TEXT)")
        try db.execute(sql: "INSERT INTO gone VALUES (?)", arguments: [made])
      }
      try db.execute(sql: sql)
      #expect(db.changesCount > 0, "nothing was changed by \(sql)")
      for made in try String.fetchAll(db, sql: "SELECT sql FROM gone") { try db.execute(sql: made) }
    }
    let store = try folder.store("store.db", .write)
    #expect(Self.sees { try store.verify().isEmpty ? nil : "findings" }, "verify")
    #expect(Self.sees { try store.replay().difference.map { "\($0)" } }, "replay")
    #expect(
      Self.sees {
        try store.settled(until: Lives.start + .days(20))
        return nil
      }, "settle")
  }

  private static func sees(_ look: () throws -> String?) -> Bool {
    do { return try look() != nil } catch let error as StoreError {
      return error.kind == .damaged || error.kind == .invariant
    } catch {
      return false
    }
  }

  @Test("a trigger that is gone is seen")
  func triggers() throws {
    let folder = try Folder()
    let store = try Self.full(folder)
    try DatabaseQueue(path: folder.path("store.db")).inDatabase {
      try $0.execute(sql: "DROP TRIGGER lines_no_update")
    }
    #expect(try store.verify() == ["trigger lines_no_update is missing or not as it was made"])
  }
}
