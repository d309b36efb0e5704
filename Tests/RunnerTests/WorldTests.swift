// What happens in a world, in which order, and what is refused. 1 kW flows out all the time unless a test
// says otherwise: 1 Wh each 3.6 s.

import BackspinTesting
import HeadEnd
import Scenario
import Testing
import Timeline
import Units

@testable import Runner

@Suite("A story's world")
struct WorldTests {
  /// A story of three hours with one meter, read at any depth.
  static func story(
    rows: [String], expect: [String] = ["{read-count: export, at-least: 0}"],
    meter: String = "eastron-sdm120", flow: String = "-1 kW", more: String = ""
  ) -> String {
    """
    id: world
    title: Three hours of export
    depths: [\(rows.contains { $0.contains("CL-01") } ? "memory, pty" : "memory, pty, tcp")]
    from: 2026-05-01T00:00Z
    until: 2026-05-01T03:00Z
    site: {flow: \(flow)}
    meters:
      export: {profile: \(meter)}
    \(more)
    timeline:
    \(rows.map { "  - " + $0 }.joined(separator: "\n"))
    expect:
    \(expect.map { "  - " + $0 }.joined(separator: "\n"))
    """
  }

  static func passes(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    for record in assertSameAtEveryDepth(try StoryBench.story(text), sourceLocation: sourceLocation) {
      let why = record.unmet.map { "\($0.expected): \($0.got)" } + [record.remark ?? ""]
      #expect(
        record.verdict == .passed, "\(record.depth): \(why.joined(separator: "; "))",
        sourceLocation: sourceLocation)
    }
  }

  // MARK: Reads

  // A read takes 21.72 ms at 9600 8N1: 8 characters of request (8.334 ms), t3.5 of silence (4.011 ms), 9 of
  // answer (9.375 ms).
  @Test("reads that are due together are made one after the other, and none is lost at the end of the story")
  func queue() throws {
    let row = "{at: 2026-05-01T03:00Z, polls: export, registers: [import, export]}"
    let record = try StoryBench.run(
      Self.story(rows: [row, row], expect: ["{read-count: export, equals: 4}"]))
    #expect(record.verdict == .passed)
    let arrivals = record.journal.entries.filter { $0.kind == .answerBytes }.map { "\($0.at)" }
    #expect(
      arrivals == [
        "2026-05-01T03:00:00.02172Z", "2026-05-01T03:00:00.04344Z", "2026-05-01T03:00:00.06516Z",
        "2026-05-01T03:00:00.08688Z",
      ])
    #expect(record.evidence.reads.map(\.register) == [.import, .export, .import, .export])
  }

  @Test("a read is stamped with the whole second in which it came")
  func stamps() throws {
    let record = try StoryBench.run(
      Self.story(rows: ["{at: 2026-05-01T01:00Z, polls: export, registers: export}"]))
    let read = try #require(record.evidence.reads.first)
    #expect("\(read.at) \(read.received)" == "2026-05-01T01:00Z 2026-05-01T01:00Z")
    #expect(read.value == WattHours(1000))
  }

  @Test(
    "polls between half-hours do not disturb the logger, and a silent one costs the half-hours on both sides")
  func logger() throws {
    // 00:00 … 03:00 each 15 min; half-hours are made of :00 and :30. Silent from 01:00 to 01:10: without the
    // read of 01:00 neither the half-hour before nor the one after can be told: 4 of 6 are left.
    let record = try StoryBench.run(
      Self.story(rows: [
        "{every: 15m, polls: export, registers: export, gives: half-hours}",
        "{from: 2026-05-01T00:50Z, to: 2026-05-01T01:10Z, fault: CL-09, on: export}",
      ]))
    let rows = record.evidence.logs.flatMap(\.entries)
    #expect(
      rows.map { "\($0.stamp) \($0.energy)" } == [
        "2026-05-01T00:30Z 0.5 kWh", "2026-05-01T02:00Z 0.5 kWh", "2026-05-01T02:30Z 0.5 kWh",
        "2026-05-01T03:00Z 0.5 kWh",
      ])
    #expect(record.evidence.logs.allSatisfy { $0.derivedFromRegister })
    #expect(record.evidence.reads.isEmpty)
    // The reader's own rules: one try and two more, each silent.
    #expect(record.evidence.silences == 3)
    #expect(record.evidence.failures.map(\.reason) == ["export register: no answer"])
  }

  @Test("draws of faults are of a read, so taking other reads away moves none of them")
  func draws() throws {
    let mine = "{every: hour, polls: export, registers: export}"
    let others = "{every: 15m, polls: export, registers: import}"
    let noise = "{from: 2026-05-01T00:00Z, fault: CL-01, with: {rate: 6000 ppm}, on: bus}"
    func answers(_ rows: [String]) throws -> [[UInt8]] {
      let journal = try StoryBench.run(Self.story(rows: rows)).journal
      let requests = journal.entries.enumerated().filter { _, entry in
        // Register 74 (0x4A) holds the export.
        entry.kind == .requestBytes && Array(journal.bytes(of: entry))[3] == 0x4A
      }
      let causes = Set(requests.map { Cause(number: UInt32($0.offset + 1)) })
      return journal.entries.filter { $0.kind == .answerBytes && causes.contains($0.first) }
        .map { Array(journal.bytes(of: $0)) }
    }
    let alone = try answers([noise, mine])
    #expect(alone.count >= 4)
    let among = try answers([noise, others, mine])
    #expect(alone == among)
  }

  // MARK: Faults

  // 3.6 kW is 1 Wh a second. Frozen from 600.5 s to 1200 s: 600.5 + 600 = 1200.5 Wh at 00:30, shown as 1200.
  @Test("a fault begins and ends at its instant, wherever in a half-hour or a second that is")
  func edges() throws {
    try Self.passes(
      Self.story(
        rows: [
          "{from: 2026-05-01T00:10:00.5Z, to: 2026-05-01T00:20Z, fault: RG-03, on: export}",
          "{at: 2026-05-01T00:30Z, polls: export, registers: export}",
        ],
        expect: ["{register: export, role: export, value: 1200 Wh, at: 2026-05-01T00:30Z}"], flow: "-3.6 kW"))
  }

  @Test("at one instant a fault ends before a read, and may begin anew after it in the order written")
  func sameInstant() throws {
    let first = "{from: 2026-05-01T01:00Z, to: 2026-05-01T02:00Z, fault: CL-09, on: export}"
    let again = "{from: 2026-05-01T02:00Z, fault: CL-09, on: export}"
    let read = "{at: 2026-05-01T02:00Z, polls: export, registers: export}"
    try Self.passes(Self.story(rows: [first, read], expect: ["{read-count: export, equals: 1}"]))
    try Self.passes(Self.story(rows: [first, read, again], expect: ["{read-count: export, equals: 1}"]))
    try Self.passes(Self.story(rows: [first, again, read], expect: ["{read-count: export, equals: 0}"]))
  }

  @Test("a fault of a line befalls one meter of it, where it is set on that meter")
  func oneUnit() throws {
    let text = """
      id: two-meters
      title: One of two meters is silent
      from: 2026-05-01T00:00Z
      until: 2026-05-01T03:00Z
      site: {flow: -1 kW}
      meters:
        one: {profile: eastron-sdm120, unit: 1}
        two: {profile: eastron-sdm230, unit: 2}
      timeline:
        - {every: hour, polls: one, registers: export}
        - {every: hour, polls: two, registers: export}
        - {from: 2026-05-01T00:30Z, to: 2026-05-01T02:30Z, fault: CL-09, on: two}
      expect:
        - {read-count: one, equals: 4}
        - {read-count: two, equals: 2}
      """
    try Self.passes(text)
  }

  // MARK: Flow

  // From 00:10:15 to 00:10:45 4 kW flow out, but from 00:10:30 on (to 00:11:00) 2 kW flow in. Export to
  // 00:30: 15 s × 4 kW + (1800 − 45) s × 1 kW = 60 + 1755 kJ = 504.2 Wh. Import:
  // 30 s × 2 kW = 60 kJ = 16.7 Wh.
  @Test("stated flow replaces the site's for its time, and a later row wins")
  func stated() throws {
    try Self.passes(
      Self.story(
        rows: [
          "{from: 2026-05-01T00:10:15Z, to: 2026-05-01T00:10:45Z, flow: -4 kW}",
          "{from: 2026-05-01T00:10:30Z, to: 2026-05-01T00:11:00Z, flow: 2 kW}",
        ],
        expect: [
          "{register: export, role: export, value: 504 Wh, at: 2026-05-01T00:30Z}",
          "{register: export, role: import, value: 16 Wh, at: 2026-05-01T00:30Z}",
        ]))
  }

  // MARK: Settings

  // The total of an SDM120 adds both directions up (mode 2) until mode 3 is written at 01:00; then it runs
  // back: 1 kWh at 01:00, 0 at 02:00, −1 kWh at 03:00, which a display of six digits shows as 999 999 kWh.
  @Test("the accumulation mode is written over the line and acts from then on")
  func write() throws {
    try Self.passes(
      Self.story(
        rows: ["{at: 2026-05-01T01:00Z, writes: export, accumulation: import-minus-export}"],
        expect: [
          "{register: export, role: total, value: 1 kWh, at: 2026-05-01T01:00Z, within: 1 Wh}",
          "{register: export, role: total, value: 0 kWh, at: 2026-05-01T02:00Z, within: 1 Wh}",
          "{register: export, role: total, value: 999999 kWh, at: 2026-05-01T03:00Z, within: 1 Wh}",
        ]))
  }

  @Test("a setting that the meter never heard of is a read that failed, after all tries")
  func writeInVain() throws {
    let record = try StoryBench.run(
      Self.story(rows: [
        "{from: 2026-05-01T00:30Z, fault: CL-09, on: export}",
        "{at: 2026-05-01T01:00Z, writes: export, accumulation: import}",
      ]))
    #expect(record.evidence.failures.map(\.reason) == ["the setting was not taken"])
    #expect(record.journal.entries.count { $0.kind == .requestBytes } == 3)
  }

  // MARK: What is refused

  static let refusals: [(what: String, text: String)] = [
    (
      "measures what the generators make",
      story(
        rows: ["{at: 2026-05-01T01:00Z, polls: export}"], meter: "eastron-sdm120, place: generation")
    ),
    (
      "test.yaml:11:5: a site of one phase has no flow on l2 or l3",
      story(rows: ["{from: 2026-05-01T01:00Z, flow: {l1: -1 kW, l2: 1 kW, l3: 0 W}}"])
    ),
  ]

  @Test("what cannot be done is said, and the story has no verdict", arguments: refusals.map(\.what))
  func refused(what: String) throws {
    let text = try #require(Self.refusals.first { $0.what == what }?.text)
    let record = StoryBench.run(try StoryBench.story(text))
    #expect(record.verdict == .error)
    #expect(record.remark?.contains(what) == true, "\(record.remark ?? "nothing was said")")
  }

  @Test("noise on characters is no fault of TCP, and the story is told where it belongs")
  func noiseOverTCP() throws {
    let file = try StoryBench.story(
      Self.story(rows: ["{from: 2026-05-01T01:00Z, fault: CL-01, on: bus}"]))
    let record = StoryBench.run(file, depth: .tcp)
    #expect(record.verdict == .error)
    #expect(record.remark?.contains("states `depths: [memory, pty]`") == true)
  }

  @Test("a world is gone when nobody holds it: nothing in it holds it")
  func teardown() throws {
    let rows = [
      "{every: hour, polls: export, registers: export}",
      "{from: 2026-05-01T01:00Z, fault: CL-03, on: bus}",
    ]
    for text in [
      Self.story(rows: rows),
      Self.story(rows: ["{every: hour, remote-reads: export}"], meter: "smets2-single-element"),
    ] {
      let file = try StoryBench.story(text)
      let runner = StoryRunner(seed: 1, today: StoryBench.today)
      weak var gone: World?
      do {
        let world = try runner.live(file, carrier: MemoryCarrier(), framing: .rtu)
        gone = world
        #expect(gone != nil)
      }
      #expect(gone == nil)
    }
  }
}
