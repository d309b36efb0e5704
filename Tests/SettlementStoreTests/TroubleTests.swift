// What stands in the way of a store: another process, a disk that is full or read-only, a file that is no
// store or is damaged. Each time one clear line, the exit code for it, and a store that goes on afterwards.

import Foundation
import GRDB
import Glibc
import Testing
import Units

@testable import SettlementStore

@Suite("Trouble with a store", .serialized)
struct TroubleTests {
  /// Ends with a code and one line on standard error that says something.
  private func expect(
    _ ending: Program.Ending, code: Int32, says words: String, _ here: SourceLocation = #_sourceLocation
  ) {
    #expect(ending.code == code, "\(ending)", sourceLocation: here)
    let lines = ending.errors.split(separator: "\n")
    #expect(lines.count == 1 && lines[0].hasPrefix("error: "), "\(ending)", sourceLocation: here)
    #expect(ending.errors.contains(words), "\(ending)", sourceLocation: here)
  }

  @Test("a second process waits while the first writes, and is refused after the time it was given")
  func busy() throws {
    let folder = try Folder()
    try Household.write(into: folder)
    let path = folder.path("store.db")
    let commands = Household.commands(folder, store: path)
    #expect(try Program.run(commands[0]).code == 0)
    let other = try DatabaseQueue(path: path)
    try other.inDatabase { db in
      try db.execute(sql: "BEGIN IMMEDIATE")
      expect(
        try Program.run(commands[1] + ["--wait", "300ms"]), code: 2,
        says: "is being written by another process; we waited 300ms")
      // Reading goes on meanwhile.
      #expect(try Program.run(["settle", "--store", path, "--verify"]).code == 0)
      let waiting = try Program.Running(commands[1] + ["--wait", "60s"])
      usleep(300_000)
      try db.execute(sql: "COMMIT")
      #expect(waiting.end().code == 0)
    }
  }

  @Test("processes that begin one store together all come through, and leave what one after the other leaves")
  func together() throws {
    let folder = try Folder()
    try Household.write(into: folder)
    let calm = folder.path("calm.db")
    let first = Household.commands(folder, store: calm).prefix(2)
    for command in first { #expect(try Program.run(command).code == 0) }
    let wanted = try Household.text(calm)
    for round in 0..<6 {
      let store = folder.path("together-\(round).db")
      let commands = Household.commands(folder, store: store).prefix(2)
      let running = try (commands + commands).map { try Program.Running($0 + ["--wait", "60s"]) }
      for one in running {
        let ending = one.end()
        #expect(ending.code == 0, "\(ending)")
      }
      #expect(try Household.text(store) == wanted)
    }
  }

  @Test(
    "a limit on the size of files is told in one line at any size, and the store goes on when it is lifted")
  func limits() throws {
    let folder = try Folder()
    try Household.write(into: folder)
    let (wanted, _) = try Household.undisturbed(folder, store: folder.path("calm.db"))
    var (stopped, passed) = (0, 0)
    // From nothing to more than the file and its log need, in kibibytes.
    for limit in [0, 4, 20, 33, 64, 110, 160, 230, 320, 1000] {
      let store = folder.path("limit-\(limit).db")
      for command in Household.commands(folder, store: store) {
        let ending = try Program.run(
          command, wrapper: ["bash", "-c", "ulimit -f \(limit); exec \"$0\" \"$@\""])
        guard ending.code != 0 else {
          passed += 1
          continue
        }
        stopped += 1
        expect(ending, code: 7, says: "cannot grow: the disk is full")
        break
      }
      for command in Household.commands(folder, store: store) {
        let ending = try Program.run(command)
        #expect(ending.code == 0, "limit \(limit): \(ending)")
      }
      let text = try Household.text(store)
      #expect(text == wanted, "limit \(limit): \(KillTests.difference(text, wanted))")
      #expect(try Program.run(["settle", "--store", store, "--verify"]).code == 0, "limit \(limit)")
    }
    #expect(stopped > 5 && passed > 5, "\(stopped) stopped, \(passed) passed")
  }

  /// Root may write anywhere; without its privileges it may not.
  private static var unprivileged: [String] {
    getuid() == 0 ? ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] : []
  }

  @Test("a file or a folder that may not be written is told in one line; looking at it still works")
  func readOnly() throws {
    let folder = try Folder()
    try Household.write(into: folder)
    let path = folder.path("store.db")
    let commands = Household.commands(folder, store: path)
    #expect(try Program.run(commands[0]).code == 0)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    func run(_ arguments: [String]) throws -> Program.Ending {
      try Program.run(arguments, wrapper: Self.unprivileged)
    }
    chmod(path, 0o444)
    expect(try run(commands[1]), code: 2, says: "it is read-only")
    #expect(try run(["settle", "--store", path, "--verify"]).code == 0)
    chmod(folder.url.path, 0o555)
    defer { chmod(folder.url.path, 0o755) }
    expect(try run(commands[1]), code: 2, says: "read-only")
    #expect(try run(["settle", "--store", path, "--verify"]).code == 0)
    chmod(path, 0o644)
    expect(try run(commands[1]), code: 2, says: "its folder \(folder.url.path) is read-only")
    #expect(try run(["settle", "--store", path, "--replay"]).code == 0)
    expect(
      try run(["settle", "--store", folder.path("new.db")] + commands[1].dropFirst(3)), code: 2,
      says: "its folder \(folder.url.path) is read-only")
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == bytes)
  }

  @Test("what is no store is left as it is, and said to be none")
  func notAStore() throws {
    let folder = try Folder()
    try Household.write(into: folder)
    let csv = folder.path("home0-0.csv")
    let foreign = folder.path("foreign.db")
    try DatabaseQueue(path: foreign).inDatabase { try $0.execute(sql: "CREATE TABLE theirs (x)") }
    try folder.write("", to: "empty.db")
    let taking = Household.commands(folder, store: "").first?.dropFirst(3) ?? []
    for (path, words) in [
      (csv, "is no store: it is not an SQLite database"),
      (foreign, "an SQLite database, but no settlement store"),
      (folder.url.path, "it is a folder"), (folder.path("none/x.db"), "there is no folder"),
    ] {
      let before = try? Data(contentsOf: URL(fileURLWithPath: path))
      expect(try Program.run(["settle", "--store", path] + taking), code: 2, says: words)
      #expect((try? Data(contentsOf: URL(fileURLWithPath: path))) == before)
    }
    for option in [["--verify"], ["--replay"], ["--dump"], ["--until", "2026-06-01"]] {
      expect(
        try Program.run(["settle", "--store", folder.path("gone.db")] + option), code: 2,
        says: "no such store")
      expect(
        try Program.run(["settle", "--store", folder.path("empty.db")] + option), code: 2,
        says: "is empty: nothing was taken in yet")
    }
    #expect(!FileManager.default.fileExists(atPath: folder.path("gone.db")))
  }

  @Test("a store of a later version is left alone")
  func newer() throws {
    let folder = try Folder()
    try Household.write(into: folder)
    let path = folder.path("store.db")
    let commands = Household.commands(folder, store: path)
    #expect(try Program.run(commands[0]).code == 0)
    try DatabaseQueue(path: path).inDatabase {
      try $0.execute(sql: "INSERT INTO schema_version VALUES (\(Store.newestVersion + 1))")
    }
    let words = "is a store of version \(Store.newestVersion + 1), and this program knows"
    expect(try Program.run(commands[1]), code: 2, says: words)
    expect(try Program.run(["settle", "--store", path, "--verify"]), code: 2, says: words)
  }

  @Test("a damaged page, wherever it is, ends in one line and never in a wrong answer")
  func damaged() throws {
    let folder = try Folder()
    try Household.write(into: folder)
    let path = folder.path("store.db")
    let (text, _) = try Household.undisturbed(folder, store: path)
    let whole = try Data(contentsOf: URL(fileURLWithPath: path))
    #expect(whole.count % 4096 == 0 && whole.count > 20 * 4096)
    var seen = 0
    for page in 0..<(whole.count / 4096) {
      var torn = whole
      torn.replaceSubrange((page * 4096)..<(page * 4096 + 4096), with: Data(count: 4096))
      let copy = folder.path("torn.db")
      try torn.write(to: URL(fileURLWithPath: copy))
      do {
        let store = try Store(path: copy, access: .read)
        let findings = try store.verify()
        // A page that holds nothing may be anything.
        if findings.isEmpty {
          #expect(try store.text.joined(separator: "\n") + "\n" == text)
        } else {
          seen += 1
        }
      } catch let error as StoreError {
        #expect(error.kind == .damaged || error.kind == .notAStore, "page \(page): \(error.kind) \(error)")
        #expect(!error.message.contains("\n"))
        seen += 1
      }
    }
    #expect(seen > whole.count / 4096 / 2)
    var torn = whole
    torn.replaceSubrange(4096..<(3 * 4096), with: Data(count: 8192))
    try torn.write(to: URL(fileURLWithPath: path))
    expect(try Program.run(["settle", "--store", path, "--verify"]), code: 2, says: "damaged")
    try whole.prefix(5 * 4096).write(to: URL(fileURLWithPath: path))
    expect(try Program.run(["settle", "--store", path, "--verify"]), code: 2, says: "damaged")
  }
}
