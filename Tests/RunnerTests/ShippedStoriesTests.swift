// The stories in Scenarios/, each as its file says, at every depth at which it means something.

import HostIO
import Runner
import Scenario
import Settlement
import Synchronization
import Testing
import Timeline
import Units

@Suite("The shipped stories")
struct ShippedStoriesTests {
  /// Read once: a parameterised test needs its arguments before it runs.
  static let files = Result { try StoryBench.shipped() }
  static var names: [String] { (try? files.get().map(\.id)) ?? [] }

  /// Stories that fail for a reason that is known and declared in their files. None is.
  static let knownGaps: Set<String> = []

  static func file(_ id: String) throws -> ScenarioFile {
    try #require(try files.get().first { $0.id == id })
  }

  @Test("all of them can be read, and there are at least twenty-one")
  func readable() throws {
    let files = try Self.files.get()
    #expect(Set(files.map(\.id)).count == files.count)
    #expect(Set(files.map(\.file)).count >= 21)
  }

  @Test("each ends as its file says, the same at every depth and each time", arguments: names)
  func verdict(id: String) throws {
    let file = try Self.file(id)
    let records = assertSameAtEveryDepth(file, checksFaults: true)
    #expect(!records.isEmpty)
    for record in records {
      let wanted: Verdict =
        file.mustFail != nil ? .failedAsItMust : Self.knownGaps.contains(id) ? .knownGap : .passed
      let why = [record.remark].compactMap { $0 } + record.unmet.map { "\($0.at): \($0.expected): \($0.got)" }
      #expect(record.verdict == wanted, "\(why.joined(separator: "\n"))")
      let isRead = record.evidence.attempts + record.evidence.benchBytes > 0 && record.depth != "memory"
      #expect((record.bytesThroughDescriptors > 0) == isRead, "bytes go through descriptors where it is read")
      let depth = try #require(ScenarioFile.Depth(rawValue: record.depth))
      // A fault that changes nothing, as its story declares, is an entry too.
      let declares = !file.declares.noEffect.isEmpty
      let again = StoryBench.run(file, depth: depth, checksFaults: declares)
      #expect(again.journal.digest == record.journal.digest, "the same journal twice, at \(record.depth)")
    }
  }

  @Test("every kind of checker has exactly one story in must-fail that must fail in it")
  func mustFail() throws {
    let files = try Self.files.get().filter { $0.file.contains("/must-fail/") }
    for kind in Expectation.Check.Kind.allCases {
      let count = files.count { $0.mustFail == kind }
      #expect(count == 1, "\(kind.rawValue)")
    }
    #expect(files.allSatisfy { $0.mustFail != nil }, "a story there says in what it must fail")
    let elsewhere = try Self.files.get().filter { $0.mustFail != nil && !$0.file.contains("/must-fail/") }
    #expect(elsewhere.map(\.id) == [])
  }

  @Test("at least eight are read over Modbus, and at least ten state their pence by hand")
  func breadth() throws {
    let files = try Self.files.get().filter { $0.mustFail == nil }
    let modbus = files.filter { file in
      file.timeline.contains { command in
        if case .poll = command.action { true } else { false }
      }
    }
    #expect(Set(modbus.map(\.file)).count >= 8)
    let byHand = files.filter { file in
      file.expect.contains { expectation in
        switch expectation.check {
        case .paid: true
        case .statement(let statement): statement.amount != nil || statement.exact != nil
        default: false
        }
      }
    }
    #expect(Set(byHand.map(\.file)).count >= 10)
  }

  @Test("every reason code is emitted by a shipped story")
  func codes() throws {
    let stories = try Self.files.get().filter { $0.depths.contains(.memory) }.map { ($0, StoryBench.run($0)) }
    let coverage = Coverage(stories, policies: try StoryBench.policies())
    let missing = coverage.codes.filter(\.stories.isEmpty).map(\.code.rawValue)
    #expect(missing == [])
    // The table of rules that no decision can name is held to that.
    let wrong = coverage.rules.filter { $0.definition != nil && !$0.acted.isEmpty }
    #expect(wrong.map { "\($0.rule.rawValue): \($0.acted)" } == [])
  }

  /// Rule book, section 18, the families that it names; what weighs less or more says so in its own row.
  private static let weights: [String: Severity] = [
    "ELIG": .error, "MPAN": .error, "FLOW": .error, "WHLD": .hold, "FAULT": .hold, "VAL": .query,
  ]
  private static let otherWeights: Set = [
    // All tests passed; proof was given; a hint changes no money (R-READ-07, R-VAL-13).
    "ELIG_OK information", "VAL_PROVEN information", "VAL_HINT information",
    // Waits for a paper or an answer, and refuses nothing (R-ELIG-04 by some terms, R-ELIG-18, -19).
    "ELIG_CERT_MISSING hold", "ELIG_CERT_SCHEME hold", "ELIG_DECLARATION_REQUIRED hold",
    "ELIG_FIT_UNDECLARED hold", "ELIG_UNIT_NOT_ON_PLAN hold",
    // New network firms appear (R-MPAN-03); a ground that terms lack withholds nothing (R-WHLD-01).
    "MPAN_UNKNOWN_DISTRIBUTOR information", "WHLD_ABUSE query",
    // Half-hours that cannot be told from export wait (R-VAL-08, R-VAL-09).
    "VAL_PERIOD_COUNT hold", "VAL_CLOCK_DRIFT hold",
  ]

  @Test("a decision weighs what section 18 says of its family, unless its own row says otherwise")
  func severities() throws {
    for file in try Self.files.get() where file.depths.contains(.memory) {
      for one in StoryBench.run(file).outcome.decisions {
        guard let expected = Self.weights[one.code.family], one.severity != expected else { continue }
        let weight = "\(one.code.rawValue) \(one.severity.rawValue)"
        #expect(Self.otherWeights.contains(weight), "\(file.id)")
      }
    }
  }

  @Test("each licensee there is has a quarter that is settled to the penny")
  func quarters() throws {
    let quarters = try Self.files.get().filter { $0.file.contains("/licensee/quarter-of-") }
    let paid = quarters.filter { file in
      file.worked != nil && file.expect.contains { $0.check == .paidEqualsEntitled(within: Pence(0)) }
    }
    let missing = Set(try StoryBench.policies().map(\.name)).subtracting(paid.compactMap { $0.policy?.name })
    #expect(missing.sorted() == [])
  }

  @Test("four threads leave the same journals as one")
  func threads() throws {
    let files = try Self.files.get()
    func digests(threads: Int) -> [UInt64] {
      let found = Mutex<[Int: UInt64]>([:])
      Workers.run(count: files.count, threads: threads) { index in
        StoryBench.run(files[index]).journal.digest
      } done: { index, digest in
        found.withLock { $0[index] = digest }
        return true
      }
      return found.withLock { all in files.indices.map { all[$0] ?? 0 } }
    }
    #expect(digests(threads: 1) == digests(threads: 4))
  }
}
