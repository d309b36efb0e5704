// Each fault of the catalogue, on a home that can have it: while it holds somebody sees something of it, and
// afterwards nobody sees anything but what its declaration says that it leaves. What is expected is what the
// same home shows that never had the fault.

import Runner
import Scenario
import Settlement
import Testing
import Units

@Suite("Faults end without residue but for what they declare", .serialized) struct FaultResidueTests {
  /// Faults of which nobody can see anything by their nature, and why.
  static let unseen = ["DH-02": "what is rounded to whole Wh again is as it was"]

  @Test("each id of the catalogue befalls one of the homes at least")
  func covered() {
    let tried = Set(FaultHome.all.flatMap(\.ids))
    #expect(FaultCatalogue.all.map(\.id).filter { !tried.contains($0) } == [])
  }

  @Test(
    "a fault is seen while it holds, and afterwards only in what it says it leaves", arguments: FaultHome.all)
  func residue(home: FaultHome) throws {
    let file = try home.read()
    let own = Set(home.ids)
    let sound = StoryBench.run(file.without(own))
    try #require(sound.verdict != .error, "\(sound.remark ?? "")")
    for id in home.ids {
      let with = StoryBench.run(file.without(own.subtracting([id])))
      guard with.verdict != .error else {
        Issue.record("\(id) cannot befall it: \(with.remark ?? "")")
        continue
      }
      #expect(Self.differ(with, sound) != (Self.unseen[id] != nil), "\(id): whether anybody sees it")
      try home.compare(with, sound, leaves: Residues([id]))
    }
  }

  private static func differ(_ one: StoryRecord, _ other: StoryRecord) -> Bool {
    !one.evidence.isAlike(other.evidence) || one.meters.map(\.dials) != other.meters.map(\.dials)
      || told(one) != told(other)
  }

  private static func told(_ record: StoryRecord) -> [CaseEvent] {
    record.events.map { event in
      var event = event
      event.cause = .none
      return event
    }
  }
}

/// What several faults leave together.
struct Residues {
  let ids: [String]
  private let kinds: Set<FaultResidue.Kind>

  init(_ ids: [String]) {
    self.ids = ids
    kinds = Set(ids.compactMap(FaultCatalogue.declaration).flatMap(\.leaves).map(\.kind))
  }

  func has(_ kind: FaultResidue.Kind) -> Bool { kinds.contains(kind) }
}

extension FaultHome {
  /// Holds what is seen after faults against what is seen of a home that never had them.
  func compare(_ with: StoryRecord, _ sound: StoryRecord, leaves: Residues) throws {
    let instant = try Self.instant(leaves.has(.clock) ? clockSet ?? after : after)
    let (here, there) = (AfterSight(with, from: instant), AfterSight(sound, from: instant))
    let name = leaves.ids.joined(separator: " + ")
    #expect(
      !there.visits.isEmpty || !there.bench.isEmpty || !there.halfHours.isEmpty, "nobody looks at \(name)")
    #expect(here.visits == there.visits, "\(name): other visits")
    #expect(here.failures == there.failures, "\(name): other failures")
    if !leaves.has(.messages) { #expect(here.bench == there.bench, "\(name): other reads at the bench") }
    compareNumbers(here, there, leaves, name)
    try compareHalfHours(here, there, leaves, name, from: instant)
  }

  private func compareNumbers(
    _ here: AfterSight, _ there: AfterSight, _ leaves: Residues, _ name: String
  ) {
    guard leaves.has(.count) else {
      #expect(here.numbers == there.numbers, "\(name) leaves a count behind that it does not declare")
      if !leaves.has(.messages), !leaves.has(.clock) {
        #expect(here.digits == there.digits, "\(name): other digits")
      }
      return
    }
    for (key, values) in there.numbers {
      let now = here.numbers[key] ?? []
      guard now.count == values.count else {
        Issue.record("\(name): \(now.count) numbers of \(key), not \(values.count)")
        continue
      }
      // Both registers go on alike, each cut to its step.
      let apart = zip(now, values).map { $0 - $1 }
      let spread = (apart.max() ?? 0) - (apart.min() ?? 0)
      #expect(spread <= (there.steps[key] ?? 1), "\(name): \(key) goes on otherwise: \(apart)")
    }
  }

  private func compareHalfHours(
    _ here: AfterSight, _ there: AfterSight, _ leaves: Residues, _ name: String, from instant: Instant
  ) throws {
    let began = try Self.instant(during.from)
    for (key, entries) in there.halfHours {
      let now = here.halfHours[key] ?? [:]
      for (stamp, energy) in entries.sorted(by: { $0.key < $1.key }) {
        // A half-hour that the time of the fault cut has part of both; a clock that was put back writes over
        // what was before.
        let first = leaves.has(.clock) ? began - .hours(1) : began
        let isOfItsTime = stamp > first && stamp - HalfHour.length < instant
        if isOfItsTime, leaves.has(.log) || leaves.has(.clock) { continue }
        // What is below 1 Wh stands elsewhere with the count.
        let step: Int64 = leaves.has(.count) ? 1 : 0
        #expect(
          now[stamp].map { abs($0 - energy) <= step } ?? false,
          "\(name): \(key) at \(stamp) is \(now[stamp].map { "\($0)" } ?? "missing"), not \(energy)")
      }
      let more = now.keys.filter { entries[$0] == nil && !leaves.has(.clock) }
      #expect(more.isEmpty, "\(name): half-hours that nobody else has: \(more.sorted())")
    }
  }
}
