// The durable form of settlement: one SQLite file, to which facts and what was made of them are appended and
// from which nothing is taken away. The settlement is the core's: it is recomputed from the facts each time,
// and what was stated before must come out again to the byte.
//
// Write-ahead log with full synchronisation: what was acknowledged survives a kill and a power cut (SQLite,
// "Write-Ahead Logging", "PRAGMA synchronous"). Every writing runs in one immediate transaction, so a process
// that is killed leaves what was there before it, and two processes write one after the other.

internal import GRDB
public import Units

/// An open store. Use it from one thread.
public final class Store {
  public enum Access: Sendable {
    /// Makes the file if there is none.
    case create
    /// The file is there.
    case write
    /// Nothing of what is kept is changed.
    case read
    /// As `read`, for a file on a disk that cannot be written. The caller has seen that no log of unfinished
    /// business (`FILE-wal`) lies beside it, for that would be left out.
    case frozen
  }

  public let path: String
  /// How long another process that writes is waited for.
  let wait: TimeSpan
  let queue: DatabaseQueue
  let snapshots = Snapshots()

  /// The newest form of a store that this program knows; it brings older ones up to it.
  public static var newestVersion: Int { Schema.newest }

  /// - Parameters:
  ///   - wait: how long to wait for another process that writes, each time.
  public init(path: String, access: Access, wait: TimeSpan = .seconds(10)) throws(StoreError) {
    (self.path, self.wait) = (path, wait)
    do {
      queue = try Self.open(path, access, wait: wait)
      if access == .read || access == .frozen {
        try queue.read { try Self.checkReadable($0, path) }
      } else {
        try Self.prepare(queue, path, access)
      }
    } catch {
      throw Self.told(error, path, wait)
    }
  }

  /// An empty store that lasts as long as this object.
  ///
  /// - Parameter path: what messages call it.
  init(inMemory path: String) throws {
    (self.path, wait) = (path, .zero)
    queue = try DatabaseQueue()
    try queue.inDatabase { db in
      try db.execute(sql: "PRAGMA recursive_triggers = ON")
      try db.inTransaction(.immediate) {
        try Schema.migrate(db, path: path)
        return .commit
      }
    }
  }

  // MARK: Opening

  private static func open(_ path: String, _ access: Access, wait: TimeSpan) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.label = "settlement store"
    configuration.readonly = access == .frozen
    configuration.busyMode = .timeout(Double(wait.microseconds) / 1_000_000)
    configuration.prepareDatabase { db in
      try db.execute(
        sql: """
          PRAGMA synchronous = FULL; PRAGMA recursive_triggers = ON; PRAGMA cell_size_check = ON;
          PRAGMA trusted_schema = OFF;
          """)
    }
    let query =
      switch access {
      case .create: "mode=rwc"
      case .write, .read: "mode=rw"
      case .frozen: "mode=ro&immutable=1"
      }
    return try DatabaseQueue(path: address(path, query), configuration: configuration)
  }

  /// The file as an SQLite address (RFC 3986 escapes), which says more than a path can.
  private static func address(_ path: String, _ query: String) -> String {
    var escaped = ""
    for byte in path.utf8 {
      let isPlain = byte > 0x20 && byte < 0x7f && !"%?#".utf8.contains(byte)
      escaped +=
        isPlain ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
    return "file:\(escaped)?\(query)"
  }

  private static func checkReadable(_ db: Database, _ path: String) throws {
    let version = try Schema.version(db, path: path)
    guard version > 0 else { throw StoreError(.notAStore, "\(path) is empty: nothing was taken in yet") }
    guard version == Schema.newest else {
      throw StoreError(
        .notAStore,
        "\(path) is a store of version \(version); settle once to bring it to version \(Schema.newest)")
    }
  }

  private static func prepare(_ queue: DatabaseQueue, _ path: String, _ access: Access) throws {
    let version = try queue.read { try Schema.version($0, path: path) }
    guard version > 0 || access == .create else {
      throw StoreError(.notAStore, "\(path) is empty: nothing was taken in yet")
    }
    try queue.inDatabase { db in
      try keepWriteAheadLog(db, path)
      guard version < Schema.newest else { return }
      try db.inTransaction(.immediate) {
        try Schema.migrate(db, path: path)
        return .commit
      }
    }
  }

  /// Processes that begin one store together turn to the log at once, and SQLite lets none of them wait for
  /// that. A transaction does wait, so one stands between two attempts.
  private static func keepWriteAheadLog(_ db: Database, _ path: String) throws {
    for attempt in 1...20 {
      do {
        if try String.fetchOne(db, sql: "PRAGMA journal_mode") == "wal" { return }
        if try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL") == "wal" { return }
        throw StoreError(.disk, "\(path) cannot keep a write-ahead log here")
      } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY && attempt < 20 {
        try db.inTransaction(.immediate) { .commit }
      }
    }
  }

  // MARK: Transactions

  /// All of it, or nothing.
  func write<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
    do {
      var value: Value?
      try queue.inDatabase { db in
        try db.inTransaction(.immediate) {
          value = try body(db)
          return .commit
        }
      }
      guard let value else { throw StoreError(.invariant, "a transaction ended without its value") }
      return value
    } catch {
      throw told(error)
    }
  }

  /// One state of the store, whatever others write meanwhile.
  func read<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
    do {
      return try queue.read(body)
    } catch {
      throw told(error)
    }
  }

  func told(_ error: any Error) -> StoreError { Self.told(error, path, wait) }

  private static func told(_ error: any Error, _ path: String, _ wait: TimeSpan) -> StoreError {
    switch error {
    case let error as StoreError: error
    case let error as DatabaseError: StoreError(error, path: path, wait: wait)
    default: StoreError(.disk, "\(path): \(error)")
    }
  }
}
