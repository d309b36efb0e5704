// Why a store could not do what was asked. Whoever calls prints one line of it and picks an exit code by its
// kind.

internal import GRDB
internal import Units

/// A store that cannot be used, or a request that it refuses. Nothing was kept of the request.
public struct StoreError: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Kind: Hashable, Sendable {
    /// The file is something else: not SQLite, or somebody else's database.
    case notAStore
    /// It was written by a later program.
    case newer
    /// Another process is writing, and went on for longer than we wait.
    case busy
    /// The file or its folder may not be opened or written.
    case noAccess
    /// The disk does not take more: full, or a limit on the size of files.
    case full
    /// The disk fails.
    case disk
    /// The file is damaged: a page, a blob or a text is not what was written.
    case damaged
    /// What is asked contradicts what is kept.
    case contradiction
    /// What is kept contradicts itself, or cannot be made again from the facts: our own mistake.
    case invariant
  }

  public var kind: Kind
  /// One line: what is wrong, and with what.
  public var message: String
  /// The file, where the file is what is wrong.
  public var path: String?

  public init(_ kind: Kind, _ message: String, path: String? = nil) {
    (self.kind, self.message, self.path) = (kind, message, path)
  }

  public var description: String { message }
}

extension StoreError {
  /// What SQLite says, in our words. The code is SQLite's extended result code.
  init(_ error: DatabaseError, path: String, wait: TimeSpan) {
    let code = error.extendedResultCode
    let said = error.message ?? "\(code)"
    switch error.resultCode {
    case .SQLITE_NOTADB: self.init(.notAStore, "\(path) is no store: it is not an SQLite database")
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      self.init(.busy, "\(path) is being written by another process; we waited \(wait) and went away")
    case .SQLITE_CORRUPT: self.init(.damaged, "\(path) is damaged: \(said)")
    case .SQLITE_FULL: self.init(.full, "\(path) cannot grow: the disk is full")
    case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH:
      self.init(.noAccess, "\(path) cannot be opened or written here: \(said)", path: path)
    case .SQLITE_IOERR where Self.growing.contains(code):
      self.init(
        .full, "\(path) cannot grow: the disk is full, fails, or a limit on the size of files is reached")
    case .SQLITE_IOERR: self.init(.disk, "\(path): the disk fails: \(said)")
    case .SQLITE_CONSTRAINT: self.init(.invariant, "\(path): \(said)")
    default: self.init(.disk, "\(path): \(said)")
    }
  }

  /// Failures of writing more: SQLite gives `SQLITE_FULL` for ENOSPC alone, and these for EFBIG and EDQUOT.
  private static let growing: [ResultCode] = [
    .SQLITE_IOERR_WRITE, .SQLITE_IOERR_SHMSIZE, .SQLITE_IOERR_TRUNCATE, .SQLITE_IOERR_SHMMAP,
  ]
}
