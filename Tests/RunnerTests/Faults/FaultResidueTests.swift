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
    "a fault is seen while it holds, and afterwards in what it says it leaves and in nothing else",
    arguments: FaultHome.all)
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
      let leaves = Residues([id])
      #expect(try home.differences(with, sound, leaves: leaves) == [])
      // What it says it leaves is there: without that word of its declaration it would be found out.
      guard leaves.isSeen, !home.hides.contains(id) else { continue }
      #expect(
        try home.differences(with, sound, leaves: Residues([])) != [], "\(id) leaves nothing that it declares"
      )
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

  /// Something that whoever reads registers and half-hours can see.
  var isSeen: Bool { !kinds.isDisjoint(with: [.count, .log, .clock]) }
}

extension FaultHome {
  /// What is seen after faults otherwise than in a home that never had them, beyond what they leave.
  func differences(_ with: StoryRecord, _ sound: StoryRecord, leaves: Residues) throws -> [String] {
    let instant = try Self.instant(leaves.has(.clock) ? clockSet ?? after : after)
    let (here, there) = (AfterSight(with, from: instant), AfterSight(sound, from: instant))
    let name = leaves.ids.joined(separator: " + ")
    var found: [String] = []
    if there.visits.isEmpty, there.bench.isEmpty, there.halfHours.isEmpty { found.append("nobody looks") }
    if here.visits != there.visits { found.append("other visits") }
    if here.failures != there.failures { found.append("other failures") }
    if here.bench != there.bench, !leaves.has(.messages) { found.append("other reads at the bench") }
    found += numbers(here, there, leaves)
    found += try halfHours(here, there, leaves, from: instant)
    return found.map { "\(name): \($0)" }
  }

  private func numbers(_ here: AfterSight, _ there: AfterSight, _ leaves: Residues) -> [String] {
    guard leaves.has(.count) else {
      let isHidden = leaves.has(.messages) || leaves.has(.clock)
      return (here.numbers == there.numbers ? [] : ["a count is left behind that is not declared"])
        + (here.digits == there.digits || isHidden ? [] : ["other digits"])
    }
    return there.numbers.compactMap { key, values in
      let now = here.numbers[key] ?? []
      guard now.count == values.count else { return "\(now.count) numbers of \(key), not \(values.count)" }
      // Both registers go on alike, each cut to its step.
      let apart = zip(now, values).map { $0 - $1 }
      let spread = (apart.max() ?? 0) - (apart.min() ?? 0)
      return spread <= there.steps[key] ?? 1 ? nil : "\(key) goes on otherwise: \(apart)"
    }
  }

  private func halfHours(
    _ here: AfterSight, _ there: AfterSight, _ leaves: Residues, from instant: Instant
  ) throws -> [String] {
    // A clock that was put back writes over what was before.
    let began = try Self.instant(during.from) - (leaves.has(.clock) ? .hours(1) : .zero)
    // What is below 1 Wh stands elsewhere with the count.
    let step: Int64 = leaves.has(.count) ? 1 : 0
    return there.halfHours.flatMap { key, entries -> [String] in
      let now = here.halfHours[key] ?? [:]
      let wrong = entries.filter { stamp, energy in
        // A half-hour that the time of the fault cut has part of both.
        let isOfItsTime = stamp > began && stamp - HalfHour.length < instant
        if isOfItsTime, leaves.has(.log) || leaves.has(.clock) { return false }
        return now[stamp].map { abs($0 - energy) > step } ?? true
      }
      let more = leaves.has(.clock) ? [] : now.keys.filter { entries[$0] == nil }
      return wrong.keys.sorted().map { "\(key) at \($0): \(now[$0] ?? -1), not \(entries[$0] ?? 0)" }
        + more.sorted().map { "\(key) at \($0), which nobody else has" }
    }
  }
}
