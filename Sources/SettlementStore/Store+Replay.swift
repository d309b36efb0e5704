// Replay: the facts of a store are taken into an empty one in the order in which they were known, settled at
// the same instants, and the two texts compared. Nothing that was decided or stated is copied.

internal import GRDB
internal import Settlement
internal import Units

/// What a replay showed.
public struct Replay: Hashable, Sendable {
  public var agreements = 0
  public var settlements = 0
  /// Lines of the canonical text.
  public var lines = 0
  /// SHA-256 of the canonical text, in hexadecimal.
  public var digest = ""
  /// Where the two texts part first, if they do.
  public var difference: Difference?

  public struct Difference: Hashable, Sendable {
    public var agreement: String
    public var kept: String
    public var again: String
  }
}

extension Store {
  /// Replays all agreements, up to the first that comes out otherwise.
  public func replay() throws(StoreError) -> Replay {
    var replay = Replay()
    var hash = SHA256()
    do {
      for name in try agreements() {
        let copy = try Store(inMemory: path)
        replay.settlements += try enact(name, on: copy)
        let (kept, again) = (try lines(of: name), try copy.lines(of: name))
        replay.difference = Self.difference(kept, again, name)
        guard replay.difference == nil else { return replay }
        replay.agreements += 1
        replay.lines += kept.count
        for line in kept { hash.update(Array((line + "\n").utf8)) }
      }
    } catch {
      throw told(error)
    }
    replay.digest = FactDigest.hex(hash.finish())
    return replay
  }

  /// Takes an agreement into an empty store, run by run; returns how many settlements there were.
  private func enact(_ name: String, on copy: Store) throws -> Int {
    let runs = try read { db in
      let number = try number(of: name, db)
      let runs = try Runs(of: number, db)
      let versions = try Int.fetchAll(
        db, sql: "SELECT version FROM agreement_versions WHERE agreement = ? ORDER BY version",
        arguments: [number])
      var facts = try FactBook(of: number, db).facts[...]
      var next = versions[...]
      func takeTerms(upTo version: Int) throws {
        while let first = next.first, first <= version {
          try copy.write {
            try AgreementTerms.copy(version: first, of: number, named: name, from: db, to: $0)
          }
          next.removeFirst()
        }
      }
      for run in runs.all {
        try takeTerms(upTo: run.version)
        let known = facts.prefix { $0.known <= run.at }
        facts = facts.dropFirst(known.count)
        try copy.take([Intake(to: name, known)])
        try copy.run(name, run.plan)
      }
      try takeTerms(upTo: .max)
      try copy.take([Intake(to: name, facts)])
      let schedule = try Int64.fetchAll(
        db, sql: "SELECT at FROM schedule WHERE agreement = ? ORDER BY at", arguments: [number])
      try copy.write { other in
        for at in schedule {
          try other.execute(
            sql: "INSERT INTO schedule (agreement, at) VALUES (?, ?)",
            arguments: [try copy.number(of: name, other), at])
        }
      }
      return runs.all
    }
    return runs.count { $0.plan.settles }
  }

  private static func difference(_ kept: [String], _ again: [String], _ name: String) -> Replay.Difference? {
    for index in 0..<max(kept.count, again.count) {
      let was = index < kept.count ? kept[index] : "nothing"
      let now = index < again.count ? again[index] : "nothing"
      if was != now { return Replay.Difference(agreement: name, kept: was, again: now) }
    }
    return nil
  }
}

extension Intake {
  /// Facts as they were taken in.
  fileprivate init(to agreement: String, _ facts: ArraySlice<KeptFact>) {
    self.init(to: agreement)
    for fact in facts {
      switch fact.content {
      case .read(var read):
        read.cause = fact.stated
        reads.append(read)
      case .log(var log):
        log.cause = fact.stated
        logs.append(log)
      case .event(var event):
        event.cause = fact.stated
        events.append(event)
      }
    }
  }
}
