// `backspin settle --store` is killed at random moments of its taking in and settling, more than two hundred
// times, and begun again each time: nothing is lost, nothing doubled, the entries balance, and at the end
// there is, to the byte, what an undisturbed life leaves.

import Foundation
import GRDB
import Testing
import Units

@testable import SettlementStore

@Suite("Killed at any moment", .serialized)
struct KillTests {
  private static let wanted = 200
  private static let mostRounds = 60
  /// Kills of one command before it may end: many, since a round also costs five runs to their ends.
  private static let perCommand = 14

  /// How far a command had come, by this kill or an earlier one.
  private enum Phase: CaseIterable { case nothing, taken, settled }

  /// Facts and runs that are there.
  private static func counts(_ path: String) throws -> (facts: Int, runs: Int) {
    guard FileManager.default.fileExists(atPath: path) else { return (0, 0) }
    do {
      let store = try Store(path: path, access: .read)
      return try store.read { db in
        (
          try Int.fetchOne(
            db,
            sql:
              "SELECT (SELECT count(*) FROM reads) + (SELECT count(*) FROM logs) + (SELECT count(*) FROM events)"
          )
            ?? 0, try Int.fetchOne(db, sql: "SELECT count(*) FROM runs") ?? 0
        )
      }
    } catch  where error.message.contains("is empty") {
      return (0, 0)
    }
  }

  @Test("two hundred kills lose nothing and double nothing")
  func kills() throws {
    let folder = try Folder()
    try Household.write(into: folder)
    let (wanted, took) = try Household.undisturbed(folder, store: folder.path("calm.db"))
    #expect(
      wanted.split(separator: "\n").filter { $0.hasPrefix("statement ") }.count >= 6, "nothing to compare")
    var (kills, round): (Int, Int) = (0, 0)
    var phases: [Phase: Int] = [:]
    while kills < Self.wanted, round < Self.mostRounds {
      round += 1
      var dice = Dice(round)
      let store = folder.path("killed-\(round).db")
      for (command, time) in zip(Household.commands(folder, store: store), took) {
        let start = try Self.counts(store)
        var before = start
        for attempt in 0..<Self.perCommand {
          // Much of a run is reading; every other kill waits until something is written.
          let part = Double(dice.roll(0...1000)) / 1000
          let kill: Program.Kill =
            attempt % 2 == 0 ? .after(time * part) : .afterGrowth(of: store + "-wal", time * part / 3)
          let ending = try Program.run(command, kill: kill)
          guard ending.code == Program.killed else {
            #expect(ending.code == 0, "\(ending)")
            continue
          }
          kills += 1
          let after = try Self.counts(store)
          #expect(after.facts >= before.facts && after.runs >= before.runs, "something was lost")
          before = after
          let phase: Phase =
            after.runs > start.runs ? .settled : after.facts > start.facts ? .taken : .nothing
          phases[phase, default: 0] += 1
        }
        let ending = try Program.run(command)
        #expect(ending.code == 0, "\(ending)")
      }
      let text = try Household.text(store)
      #expect(text == wanted, "round \(round) ends with another text: \(Self.difference(text, wanted))")
      let verified = try Program.run(["settle", "--store", store, "--verify", "--replay"])
      #expect(verified.code == 0 && verified.output.contains("sound"), "\(verified)")
    }
    #expect(kills >= Self.wanted, "\(kills) kills in \(round) rounds")
    // Kills that all fall into one place prove little.
    for phase in Phase.allCases { #expect(phases[phase, default: 0] > 0, "\(phases)") }
  }

  static func difference(_ text: String, _ wanted: String) -> String {
    let (now, was) = (text.split(separator: "\n"), wanted.split(separator: "\n"))
    let pair = zip(now, was).first { $0 != $1 }
    return pair.map { "\($0) instead of \($1)" } ?? "\(now.count) lines instead of \(was.count)"
  }
}
