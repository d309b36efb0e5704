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

extension SettlementStore {
  /// Replays all agreements, up to the first that comes out otherwise.
  public func replay() throws(StoreError) -> Replay {
    var replay = Replay()
    var hash = SHA256()
    do {
      for name in try agreements() {
        let copy = try SettlementStore(inMemory: path)
        replay.settlements += try enact(name, on: copy)
        let (kept, again) = (try dump(name), try copy.dump(name))
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

  /// Takes an agreement into an empty store, settlement by settlement; returns how many there were.
  private func enact(_ name: String, on copy: SettlementStore) throws -> Int {
    let (book, runs, versions, schedule) = try read { db in
      let number = try number(of: name, db)
      let newest = try AgreementTerms.read(of: number, snapshots, db)?.version ?? 0
      let versions = try (0..<newest).compactMap {
        try AgreementTerms.read(of: number, version: $0 + 1, snapshots, db)
      }
      let schedule = try Int64.fetchAll(
        db, sql: "SELECT at FROM schedule WHERE agreement = ? ORDER BY at", arguments: [number])
      return (
        try FactBook(of: number, db), try Runs(of: number, db), versions,
        schedule.map { Instant(microseconds: $0) }
      )
    }
    var (facts, next) = (book.facts[...], 0)
    for run in runs.all {
      let known = facts.prefix { $0.known <= run.at }
      facts = facts.dropFirst(known.count)
      while next < versions.count, versions[next].version <= run.version {
        try copy.take([versions[next].intake(next == 0 ? schedule : [], [])])
        next += 1
      }
      guard next > 0 else { throw StoreError(.damaged, "\(name) was settled without terms") }
      try copy.take([versions[next - 1].intake([], known)])
      try copy.run(name, run.plan)
    }
    for version in versions[next...] { try copy.take([version.intake(next == 0 ? schedule : [], [])]) }
    if let last = versions.last { try copy.take([last.intake([], facts)]) }
    return runs.all.count { $0.plan.settles }
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

extension AgreementTerms {
  /// These terms and some facts, as they were taken in.
  fileprivate func intake(_ settlements: [Instant], _ facts: ArraySlice<KeptFact>) -> Intake {
    var one = SettlementCase(
      policy: policy, agreement: agreement, calendar: calendar, from: from, settlements: settlements)
    for fact in facts {
      switch fact.content {
      case .read(var read):
        read.cause = fact.stated
        one.reads.append(read)
      case .log(var log):
        log.cause = fact.stated
        one.logs.append(log)
      case .event(var event):
        event.cause = fact.stated
        one.events.append(event)
      }
    }
    return Intake(one)
  }
}
