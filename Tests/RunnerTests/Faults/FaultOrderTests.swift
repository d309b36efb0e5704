// Faults combine: whichever stands first in a story, the same happens, to the last byte of what is written of
// it; and together they leave no more than each by itself.

import Report
import Runner
import Testing
import Timeline
import Units

@testable import Scenario

@Suite("Faults combine in any order", .serialized) struct FaultOrderTests {
  /// Sets of faults whose order matters by their nature, and why: none.
  static let ordered: [Set<String>: String] = [:]
  static let seed: UInt64 = 0x5EED_0115

  /// Pairs and triples of a home, drawn: a home of many faults has more of them.
  private static func drawn(_ home: FaultHome) -> [[String]] {
    var draws = Draws(seed: seed &+ (home.name.utf8.reduce(UInt64(0)) { $0 &* 31 &+ UInt64($1) }))
    let sets = min(max(home.ids.count / 2, 1), home.isCostly ? 3 : 12)
    return (0..<sets).map { draws.draw(2 + $0 % 2, of: home.ids) }.filter { $0.count > 1 }
  }

  @Test(
    "pairs and triples of faults do the same in whatever order a story has them", arguments: FaultHome.all)
  func order(home: FaultHome) throws {
    let file = try home.read()
    let own = Set(home.ids)
    let sound = StoryBench.run(file.without(own))
    for ids in Self.drawn(home) where Self.ordered[Set(ids)] == nil {
      let plain = file.without(own.subtracting(ids))
      let (one, other) = (
        StoryBench.run(plain.faults(in: ids)), StoryBench.run(plain.faults(in: ids.reversed()))
      )
      guard one.verdict != .error else {
        Issue.record("\(ids) do not combine: \(one.remark ?? "")")
        continue
      }
      #expect(Self.bytes(one) == Self.bytes(other), "\(ids): the order matters")
      #expect(Self.entries(one) == Self.entries(other), "\(ids): the order matters to the journal")
      #expect(try home.differences(one, sound, leaves: Residues(ids)) == [])
    }
  }

  @Test("two rows of a file that change places tell the same story")
  func rows() throws {
    let rows = [
      "{from: 2026-05-01T06:00Z, to: 2026-05-01T18:00Z, fault: RG-05, on: export}",
      "{from: 2026-05-01T06:00Z, to: 2026-05-01T18:00Z, fault: RG-04, on: export}",
      "{from: 2026-05-01T06:00Z, to: 2026-05-01T18:00Z, fault: RG-08, on: export}",
      "{from: 2026-05-01T06:00Z, to: 2026-05-01T18:00Z, fault: RG-10, on: export, with: {width: float32}}",
    ]
    func run(_ rows: [String]) throws -> StoryRecord {
      try StoryBench.run(
        """
        id: rows
        title: Rows in some order
        from: 2026-05-01T00:00Z
        until: 2026-05-02T00:10Z
        site: {flow: -1 kW}
        meters:
          export: {profile: eastron-sdm120, reads: {export: 9000 kWh}}
        timeline:
        \(rows.map { "  - " + $0 }.joined(separator: "\n"))
          - {every: 3h, polls: export, registers: export}
        expect:
          - {first-divergence: none}
        """)
    }
    let (one, other) = (try run(rows), try run(rows.reversed()))
    #expect(Self.bytes(one) == Self.bytes(other))
    #expect(Self.entries(one) == Self.entries(other))
    // RG-04 sets 0, RG-05 turns 2^20 Wh over, RG-10 cuts nothing of so little, RG-08 shows ten times as much.
    let eight = try Instant(parsing: "2026-05-01T08:00Z")
    let read = try #require(one.evidence.reads.first { $0.at > eight })
    #expect(read.value == WattHours((1_048_576 + 3000) / 100 * 100 * 10))
  }

  /// The story as it is written, but for the journal's digest: it has the places of rows in the file.
  private static func bytes(_ record: StoryRecord) -> String {
    var record = record
    record.journal = Journal()
    return RunJSON.story(record).pretty
  }

  /// The journal without the places of rows.
  private static func entries(_ record: StoryRecord) -> [JournalEntry] {
    record.journal.entries.map { entry in
      var entry = entry
      if entry.kind == .command { entry.value = 0 }
      return entry
    }
  }
}

extension ScenarioFile {
  /// The same story with the rows of its faults in this order, and after everything else.
  fileprivate func faults(in ids: [String]) -> ScenarioFile {
    var file = self
    for index in file.timeline.indices {
      guard let id = file.timeline[index].faultID, let place = ids.firstIndex(of: id) else { continue }
      file.timeline[index].row = place
    }
    file.timeline = file.timeline.inOrder
    return file
  }
}
