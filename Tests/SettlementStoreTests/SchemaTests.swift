// Stores of every version that there was, as SQL text in Schemas/: each is brought to the newest and goes on.

import Foundation
import GRDB
import Settlement
import Testing
import Units

@testable import SettlementStore

@Suite("Versions of the store")
struct SchemaTests {
  private static var folder: URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Schemas")
  }

  /// A store as a version wrote it.
  private static func make(_ version: Int, in folder: Folder) throws -> String {
    let path = folder.path("v\(version).db")
    let sql = try String(contentsOf: Self.folder.appendingPathComponent("v\(version).sql"), encoding: .utf8)
    try DatabaseQueue(path: path).inDatabase { try $0.execute(sql: sql) }
    return path
  }

  /// What those stores hold: facts of each kind, one of them twice stated, and nothing settled yet.
  static var kept: SettlementCase {
    let start = Lives.start
    let first = HalfHour(containing: start)
    var one = SettlementCase(
      policy: Policy(name: "made"), agreement: Lives.agreement([Lives.flat(41)]), from: start,
      settlements: [2, 4].map { start + .days($0) })
    let day = CivilDate(dayNumber: 20_000)
    one.calendar = WorkingDays(covered: day...day.advanced(byDays: 800), holidays: [day.advanced(byDays: 5)])
    one.reads = (0...4).map { day in
      Read(
        serial: "S2", register: .export, value: WattHours(500_000 + 4_700 * day), at: start + .days(day),
        source: day == 2 ? .customer : .remote,
        photo: day == 2 ? Photo(serial: "S2", register: .export, value: WattHours(509_400)) : nil,
        channel: day == 2 ? "app" : nil, cause: Cause(number: UInt32(day + 2)))
    }
    one.logs = [
      LogRead(
        serial: "S2", register: .export, convention: .end, received: start + .days(1),
        entries: (0..<48).map {
          .init(
            stamp: first.advanced(by: $0).end, energy: WattHours($0 < 14 || $0 > 33 ? 0 : 235),
            quality: $0 == 20 ? .estimated : .actual, cause: Cause(number: UInt32($0 + 10)))
        })
    ]
    one.events = [.importSupplierChanged(to: "Elsewhere", at: start + .hours(30), cause: Cause(number: 90))]
    return one
  }

  @Test(
    "a store of every version is brought to the newest, holds what it held, and settles on", arguments: [1])
  func migrates(version: Int) throws {
    let folder = try Folder()
    let path = try Self.make(version, in: folder)
    let old = try Store(path: path, access: .write)
    #expect(try old.verify() == [])
    // The same facts are there already; a policy that was kept with fewer values has the defaults of the
    // others.
    let taken = try #require(try old.take([Intake(Self.kept)]).first)
    #expect(!taken.hasNews, "\(taken)")
    #expect(taken.reads.known == 5 && taken.logs.known == 1 && taken.events.known == 1)
    let new = try Store(inMemory: "new")
    try new.take([Intake(Self.kept)])
    for store in [old, new] { try store.settled(until: Self.kept.until) }
    func text(_ store: Store) throws -> [String] {
      try store.text.filter { !$0.hasPrefix("terms ") }
    }
    #expect(try text(old) == text(new))
    #expect(try text(new).contains { $0.hasPrefix("statement 2 ") })
    #expect(try old.replay().difference == nil)
  }

  @Test("the newest version makes the tables that its text has: a version that was shipped is not edited")
  func frozen() throws {
    let folder = try Folder()
    let path = try Self.make(Schema.newest, in: folder)
    let objects = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"
    let kept = try DatabaseQueue(path: path).read { try Row.fetchAll($0, sql: objects) }
    let made = try Store(inMemory: "new").queue.read { try Row.fetchAll($0, sql: objects) }
    #expect(kept.map { $0["name"] as String } == made.map { $0["name"] as String })
    for (was, now) in zip(kept, made) { #expect(was["sql"] as String == now["sql"] as String) }
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).count { $0.hasSuffix(".sql") }
        == Schema.newest)
  }

  /// A step that a later version might be.
  private static let later = SchemaStep(version: Schema.newest + 1) {
    try $0.execute(sql: "ALTER TABLE reads ADD COLUMN colour TEXT")
  }

  @Test("a step that fails leaves the version before it, and one that does not is noted with its number")
  func steps() throws {
    let folder = try Folder()
    let queue = try DatabaseQueue(path: try Self.make(1, in: folder))
    struct Slip: Error {}
    let failing = SchemaStep(version: Schema.newest + 1) { db in
      try Self.later.make(db)
      throw Slip()
    }
    func migrate(_ step: SchemaStep) throws {
      try queue.inDatabase { db in
        try db.inTransaction(.immediate) {
          try Schema.migrate(db, path: "store", steps: Schema.steps + [step])
          return .commit
        }
      }
    }
    #expect(throws: Slip.self) { try migrate(failing) }
    #expect(try queue.read { try Schema.version($0, path: "store") } == Schema.newest)
    try migrate(Self.later)
    try migrate(Self.later)
    #expect(
      try queue.read { try Schema.version($0, path: "store", newest: Schema.newest + 1) } == Schema.newest + 1
    )
    #expect(throws: StoreError.self) { try queue.read { try Schema.version($0, path: "store") } }
  }

  @Test("a column that came later is neither shown nor missed in rows of earlier runs")
  func laterColumns() {
    let table = RecordTable<Int>(
      name: "numbers", word: "number",
      columns: [.whole("old") { Int64($0) }, .whole("new", since: Schema.newest + 1) { Int64($0 * 2) }])
    let row = KeptRow(run: .epoch, schema: Schema.newest, cells: table.cells(7, schema: Schema.newest))
    #expect(table.line(row, ordinal: 1) == "number 1 run=1970-01-01T00:00Z old=7")
    #expect(table.difference(row, table.cells(7, schema: row.schema)) == nil)
    #expect(table.difference(row, table.cells(8, schema: row.schema)) == "its 'old' was 7 and is now 8")
    let newer = KeptRow(
      run: .epoch, schema: Schema.newest + 1, cells: table.cells(7, schema: Schema.newest + 1))
    #expect(table.line(newer, ordinal: 1) == "number 1 run=1970-01-01T00:00Z old=7 new=14")
  }

  @Test("an empty file and one whose making was cut short are begun again")
  func begun() throws {
    let folder = try Folder()
    try folder.write("", to: "empty.db")
    #expect(try folder.store("empty.db").agreements() == [])
    // What a kill leaves between the write-ahead log and the tables.
    try DatabaseQueue(path: folder.path("wal.db")).inDatabase {
      try $0.execute(sql: "PRAGMA journal_mode = WAL")
    }
    #expect(try folder.store("wal.db").agreements() == [])
    #expect(try folder.store("wal.db", .write).verify() == [])
  }

}
