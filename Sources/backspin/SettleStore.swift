// `backspin settle --store`: what is read is kept in a file, settled as far as asked,
// and never settled twice.
//
// Exit codes of a store: 2 where nothing was done (no store, a later version, damaged, no permission, another
// process writes, terms that contradict what was stated), 7 where the disk does not take or give what it
// should, 5 where what was stated does not come out again.

internal import ArgumentParser
internal import Foundation
internal import Runner
internal import Settlement
internal import SettlementStore
internal import Units

struct SettleStore: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Keep facts and statements in this file, and settle what is new since last time.", valueName: "file"))
  var store: String?
  @Option(help: ArgumentHelp("How long another process that writes is waited for.", valueName: "span"))
  var wait = "10s"
  @Flag(help: "Settle the kept facts again from nothing, and compare every byte.") var replay = false
  @Flag(help: "Check the file, its sums and that every statement comes out again.") var verify = false
  @Flag(help: "Print all that is kept, as text that two equal stores share.") var dump = false

  /// Looks at what is kept, and takes nothing in.
  var onlyLooks: Bool { replay || verify || dump }

  func validate() throws {
    guard store == nil else { return }
    for (isGiven, option) in [(replay, "--replay"), (verify, "--verify"), (dump, "--dump")] where isGiven {
      throw ValidationError("\(option) is about the file of --store")
    }
  }

  // MARK: Opening

  /// Opens the store, or ends with one clear line.
  func open(_ access: Store.Access) throws -> Store {
    try Self.told { try opened(access) }
  }

  /// Opens the store to look at it, also on a disk that cannot be written.
  private func openToLook() throws -> Store {
    try Self.told {
      do {
        return try opened(.read)
      } catch let error as StoreError where error.kind == .noAccess {
        // What a log beside the file holds belongs to it; without it the store would look older than it is.
        let log = try? FileManager.default.attributesOfItem(atPath: (store ?? "") + "-wal")
        guard (log?[.size] as? Int ?? 0) == 0 else { throw error }
        return try opened(.frozen)
      }
    }
  }

  private func opened(_ access: Store.Access) throws -> Store {
    // A limit on the size of files kills by default; the writing that fails is told instead.
    signal(SIGXFSZ, SIG_IGN)
    let path = store ?? ""
    if access != .create, !FileManager.default.fileExists(atPath: path) {
      throw Failure("\(path): no such store; it is made when something is taken in")
    }
    let patience: TimeSpan = try SettleCommand.quantity(wait, "--wait")
    guard patience >= .zero, patience <= .days(1) else {
      throw Failure("--wait is from nothing to a day, not \(patience)")
    }
    return try Store(path: path, access: access, wait: patience)
  }

  /// What a store has to say, as the end of the command.
  static func told<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as StoreError {
      throw Failure(explained(error), code(of: error.kind))
    }
  }

  private static func code(of kind: StoreError.Kind) -> ExitCode {
    switch kind {
    case .notAStore, .newer, .busy, .noAccess, .damaged, .contradiction: Outcomes.invalid
    case .full, .disk: Outcomes.hardware
    case .invariant: Outcomes.invariant
    }
  }

  /// SQLite does not say what about a file or its folder is in the way; looking does.
  private static func explained(_ error: StoreError) -> String {
    guard error.kind == .noAccess, let path = error.path else { return error.message }
    let manager = FileManager.default
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    var isFolder: ObjCBool = false
    let isThere = manager.fileExists(atPath: path, isDirectory: &isFolder)
    let why =
      if isFolder.boolValue { "it is a folder" } else if !manager.fileExists(atPath: folder) {
        "there is no folder \(folder)"
      } else if isThere, !manager.isReadableFile(atPath: path) {
        "no permission to read it"
      } else if isThere,
        !manager.isWritableFile(atPath: path)
      { "it is read-only" } else if !manager.isWritableFile(atPath: folder) {
        "its folder \(folder) is read-only, and a store writes beside its file"
      } else { error.message }
    return "\(path) cannot be used: \(why)"
  }

  // MARK: Looking

  /// Does what is asked of the kept facts alone.
  func look(json: Bool) throws {
    let store = try openToLook()
    if verify { try check(store, json: json) }
    if replay { try again(store, json: json) }
    if dump { try Self.told { try store.writeText { Terminal.line($0) } } }
  }

  private func again(_ store: Store, json: Bool) throws {
    let replay = try Self.told { try store.replay() }
    if let difference = replay.difference {
      throw Failure(
        "\(store.path), \(difference.agreement): replay parts from what was kept; kept: \(difference.kept); "
          + "again: \(difference.again)", Outcomes.invariant)
    }
    Terminal.print(
      json ? StoreText.json(replay).pretty : StoreText.text(replay))
  }

  private func check(_ store: Store, json: Bool) throws {
    let findings = try Self.told { try store.verify() }
    Terminal.print(json ? StoreText.json(findings).pretty : StoreText.text(findings, path: store.path))
    guard findings.isEmpty else { throw Outcomes.invariant }
  }

  // MARK: Taking in and settling

  /// Settles what is due in a store up to an instant: some agreements, or all. Says each,
  /// unless it is for JSON.
  @discardableResult
  func settle(
    _ store: Store, _ names: [String]? = nil, until: Instant, json: Bool
  ) throws -> [SettledAgreement] {
    var done: [SettledAgreement] = []
    try Self.told {
      try store.settle(names, until: until) { one in
        if json { done.append(one) } else { try print(one, store) }
      }
    }
    return done
  }

  private func print(_ one: SettledAgreement, _ store: Store) throws {
    let places = one.new.decisions.isEmpty ? nil : try store.places(of: one.agreement)
    Terminal.print(StoreText.text(one, places))
  }
}
