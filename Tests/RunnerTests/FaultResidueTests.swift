// What holds for every fault there is, found by trying each on plain homes: when it has ended, what is read is
// what would have been read without it, but for what physics leaves; and of two faults it does not matter
// which stands first.

import Foundation
import Runner
import Scenario
import Settlement
import Testing
import Units

@Suite("Faults end without residue, and combine in any order") struct FaultResidueTests {
  /// A plain home: a meter, and who reads it.
  struct Home: Sendable, CustomTestStringConvertible {
    let name: String
    let profile: String
    let readings: String
    var on = "export"
    var site =
      "{flow: {steps: [{from: 2026-05-01T00:00Z, power: -1.2 kW}, {from: 2026-05-01T12:00Z, power: 300 W}, "
      + "{from: 2026-05-02T00:00Z, power: -2 kW}, {from: 2026-05-02T11:00Z, power: 700 W}, "
      + "{from: 2026-05-03T00:00Z, power: -1.5 kW}, {from: 2026-05-03T13:00Z, power: 400 W}]}}"

    var testDescription: String { name }

    func story(_ faults: [String]) -> String {
      """
      id: home
      title: A home
      from: 2026-05-01T00:00Z
      until: 2026-05-04T00:30Z
      depths: [memory]
      site: \(site)
      meters:
        export: {profile: \(profile)}
        other: {profile: smets2-single-element, serial: OTHER, uses: [], reads: {export: 500 kWh}}
      timeline:
      \(faults.map { "  - " + $0 }.joined(separator: "\n"))
      \(readings)
      expect:
        - {first-divergence: none}
      """
    }

    static let all = [
      Home(
        name: "smart", profile: "smets2-single-element",
        readings: """
            - {every: 6h, remote-reads: export, what: [registers, half-hours], last: 6h}
            - {every: 12h, customer-reads: export, register: export, photo: true}
          """),
      Home(
        name: "smart, first generation", profile: "smets1-with-export",
        readings: "  - {every: 6h, remote-reads: export, what: [registers, half-hours], last: 6h}"),
      Home(
        name: "disc", profile: "disc-187.5-rev-5-digit-backstop",
        readings: "  - {every: 6h, visit-reads: export, photo: true}"),
      Home(
        name: "on a line", profile: "eastron-sdm230", readings: "  - {every: 30m, polls: export}"),
      Home(
        name: "on a line, three phases", profile: "carlogavazzi-em24-rs485",
        readings: "  - {every: 30m, polls: export}"),
      Home(
        name: "at the bench", profile: "bench-four-ports",
        readings: """
            - {at: 2026-05-01T00:00Z, pulse-logger: export}
            - {every: 12h, bench-reads: export, over: iec62056-21}
            - {every: 12h, bench-reads: export, over: dlms, half-hours: {last: 12h}}
          """),
    ]
  }

  /// Faults that leave something by their nature, and what.
  static let leaves: [String: String] = [
    "CK-01": "a clock that is wrong stays wrong until it is set",
    "DH-07": "an old file that was sent again stays sent",
  ]
  /// Pairs of which the first that begins matters, and why.
  static let ordered: [Set<String>: String] = [:]

  private static func span(_ id: String) -> String {
    "{from: 2026-05-01T18:00Z, to: 2026-05-02T18:00Z, fault: \(id), on: \(on(id))}"
  }

  private static func on(_ id: String) -> String {
    FaultCatalogue.declaration(id)?.layer.places.first?.word ?? "export"
  }

  private static func file(_ home: Home, _ ids: [String]) -> ScenarioFile? {
    try? StoryBench.story(home.story(ids.map(span)))
  }

  /// The faults that a home can have.
  private static func possible(_ home: Home) -> [String] {
    FaultCatalogue.all.map(\.id).filter { id in
      guard let file = file(home, [id]) else { return false }
      return StoryBench.run(file).verdict != .error
    }
  }

  /// What is known of the time after an instant: advances between reads, and half-hours.
  private struct Known: Equatable {
    var advances: [String: [Int64]] = [:]
    var halfHours: [String: [Instant: WattHours]] = [:]

    init(_ evidence: Evidence, after instant: Instant) {
      var last: [String: Int64] = [:]
      for read in evidence.reads where read.at >= instant {
        let key = "\(read.serial) \(read.register.rawValue) \(read.source.rawValue)"
        if let old = last[key] { advances[key, default: []].append(read.value.value - old) }
        last[key] = read.value.value
      }
      for log in evidence.logs {
        for entry in log.entries where entry.stamp > instant {
          halfHours["\(log.serial) \(log.register.rawValue)", default: [:]][entry.stamp] = entry.energy
        }
      }
    }
  }

  @Test("what is read after a fault's end is what a home reads that never had it", arguments: Home.all)
  func residue(home: Home) throws {
    let after = Instant(seconds: 1_777_766_400)  // 2026-05-03T00:00Z
    let sound = StoryBench.run(try StoryBench.story(home.story([])))
    #expect(sound.verdict != .error, "\(sound.remark ?? "")")
    let expected = Known(sound.evidence, after: after)
    #expect(!expected.advances.isEmpty)
    for id in Self.possible(home) where Self.leaves[id] == nil {
      guard let file = Self.file(home, [id]) else { continue }
      let found = Known(StoryBench.run(file).evidence, after: after)
      #expect(found == expected, "\(id) leaves something")
    }
  }

  @Test("two faults that begin together do the same whichever is written first", arguments: Home.all)
  func order(home: Home) {
    let ids = Self.possible(home)
    for (place, first) in ids.enumerated() {
      for second in ids[(place + 1)...] where Self.ordered[[first, second]] == nil {
        guard let one = Self.file(home, [first, second]), let other = Self.file(home, [second, first]) else {
          continue
        }
        let (here, there) = (StoryBench.run(one), StoryBench.run(other))
        #expect(here.verdict != .error, "\(first) and \(second) do not combine: \(here.remark ?? "")")
        #expect(here.evidence.isAlike(there.evidence), "\(first) and \(second): the order matters")
      }
    }
  }

  @Test("each fault can befall one of these homes at least, or needs more than a home has")
  func covered() {
    let found = Set(Home.all.flatMap(Self.possible))
    let missing = FaultCatalogue.all.map(\.id).filter { !found.contains($0) }
    #expect(missing.filter { Self.elsewhere[$0] == nil } == [])
  }

  /// Faults that no home here can have, and why.
  static let elsewhere: [String: String] = [
    "LE-03": "needs an agreement", "LE-04": "needs an agreement", "LE-05": "needs an agreement",
  ]
}
