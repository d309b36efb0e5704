// Reads at the bench, one by one: which port brings what, what a logger counts, and what a reader remembers.

import HeadEnd
import MeterModel
import Scenario
import Testing
import Timeline
import Units

@testable import Runner

@Suite("Reads at the bench")
struct BenchReadTests {
  /// 2 kW out for an hour, then 1 kW in for another, in a day of one meter.
  static func story(
    _ rows: [String], meter: String = "bench-four-ports",
    expect: [String] = ["{register: export, value: 2 kWh}"]
  ) -> String {
    """
    id: bench
    title: A meter at the bench
    from: 2026-05-01T00:00Z
    until: 2026-05-01T06:00Z
    site:
      flow:
        steps:
          - {from: 2026-05-01T00:00Z, power: -2 kW}
          - {from: 2026-05-01T01:00Z, power: 1 kW}
          - {from: 2026-05-01T02:00Z, power: 0 W}
    meters:
      export: {profile: \(meter), mpan: "9900000000015", uses: [export]}
    timeline:
    \(rows.map { "  - " + $0 }.joined(separator: "\n"))
    expect:
    \(expect.map { "  - " + $0 }.joined(separator: "\n"))
    """
  }

  /// Register and value of each read, in order; the same at every depth.
  static func values(_ rows: [String], meter: String = "bench-four-ports") throws -> [String] {
    let records = assertSameAtEveryDepth(try StoryBench.story(story(rows, meter: meter)))
    let first = try #require(records.first)
    #expect(first.verdict == .passed, "\(first.remark ?? "")")
    #expect(records.count == 3)
    return first.evidence.benchReads.map { "\($0.port.rawValue) \($0.role.rawValue) \($0.value.value)" }
  }

  @Test("every register comes home through every port that shows it")
  func ports() throws {
    let rows = ["iec62056-21", "dlms", "dlms-hdlc", "modbus"].map {
      "{at: 2026-05-01T03:00Z, bench-reads: export, over: \($0)}"
    }
    #expect(
      try Self.values(rows) == [
        "iec62056-21 import 1000", "iec62056-21 export 2000", "dlms import 1000", "dlms export 2000",
        "dlms-hdlc import 1000", "dlms-hdlc export 2000", "modbus import 1000", "modbus export 2000",
      ])
  }

  @Test("a meter on a line is read at the bench over that line")
  func line() throws {
    let rows = ["{at: 2026-05-01T03:00Z, bench-reads: export, over: modbus, registers: [export, total]}"]
    #expect(
      try Self.values(rows, meter: "eastron-sdm120") == ["modbus export 2000", "modbus total 3000"])
  }

  @Test("a logger counts from when it is fitted, a second one begins anew, and only its register is read")
  func loggers() throws {
    // At 00:30 the register says 1 kWh and goes on with it. At 00:45 another takes its place, set to 0; to
    // the end 500 Wh more flow out. The output follows what flows out alone.
    let rows = [
      "{at: 2026-05-01T00:30Z, pulse-logger: export}",
      "{at: 2026-05-01T00:40Z, bench-reads: export, over: pulse}",
      "{at: 2026-05-01T00:45Z, pulse-logger: export, starts: 0 kWh}",
      "{at: 2026-05-01T03:00Z, bench-reads: export, over: pulse}",
    ]
    // 2 kW for 10 min are 333.3 Wh.
    #expect(try Self.values(rows) == ["pulse export 1333", "pulse export 500"])
  }

  @Test("pulses sooner than a logger's debouncing after one another do not count")
  func debounce() throws {
    // At 2 kW pulses are 1.8 s apart: with 2 s of debouncing every second one counts, 1000 of 2000.
    let rows = [
      "{at: 2026-05-01T00:00Z, pulse-logger: export, debounce: 2s}",
      "{at: 2026-05-01T03:00Z, bench-reads: export, over: pulse}",
    ]
    let record = try StoryBench.run(Self.story(rows))
    #expect(record.evidence.benchReads.map(\.value) == [WattHours(1000)])
    let values = try #require(record.evidence.benchResults.first?.values)
    #expect(values.map { "\($0.address) \($0.text)" } == ["pulses 1000", "register 1000", "bounces 1000"])
  }

  @Test("a logger that counts another register than is asked for brings nothing, and says so")
  func otherRegister() throws {
    let rows = [
      "{at: 2026-05-01T00:00Z, pulse-logger: export, counts: export}",
      "{at: 2026-05-01T03:00Z, bench-reads: export, over: pulse, registers: import}",
    ]
    let record = try StoryBench.run(Self.story(rows))
    #expect(record.evidence.benchReads.isEmpty)
    #expect(record.evidence.benchResults.first?.failure?.kind == .absent)
    #expect(record.evidence.failures.map(\.reason) == ["pulse: the logger counts export"])
  }

  @Test("a meter that is exchanged takes its logger with it")
  func exchanged() throws {
    let rows = [
      "{at: 2026-05-01T00:00Z, pulse-logger: export}",
      "{at: 2026-05-01T02:00Z, event: meter-exchanged, on: export, profile: bench-four-ports, serial: N2}",
      "{at: 2026-05-01T03:00Z, bench-reads: export, over: pulse}",
    ]
    let record = try StoryBench.run(Self.story(rows, expect: ["{register: export, value: 0 kWh}"]))
    #expect(record.verdict == .passed, "\(record.remark ?? "")")
    #expect(record.evidence.benchResults.map { $0.failure?.kind } == [.absent])
  }

  @Test(
    "a line that is silent, or breaks off, costs a Modbus read and its repeats, at every depth",
    arguments: [
      (fault: "CL-09", with: "{share: 100 %}", failure: DialogueFailure.Kind?.some(.silence), attempts: 3),
      // Three of nine characters, then more than the 500 ms that the reader waits for the next.
      ("CL-11", "{after: 3 characters, gap: 600 ms}", .incomplete, 3),
      // Nothing of what it does lies on these wires.
      ("PR-09", "{kind: swapped}", nil, 1),
    ])
  func modbus(_ one: (fault: String, with: String, failure: DialogueFailure.Kind?, attempts: Int)) throws {
    let rows = [
      "{at: 2026-05-01T02:30Z, fault: \(one.fault), on: export, with: \(one.with)}",
      "{at: 2026-05-01T03:00Z, bench-reads: export, over: modbus, registers: export}",
    ]
    let records = assertSameAtEveryDepth(try StoryBench.story(Self.story(rows)))
    #expect(records.count == 3)
    for record in records {
      #expect(record.evidence.benchResults.map { $0.failure?.kind } == [one.failure])
      #expect(record.evidence.attempts == one.attempts)
      #expect(record.evidence.benchReads.count == (one.failure == nil ? 1 : 0))
    }
  }

  @Test("a reader keeps the meter's invocation counter from one read to the next, for each client its own")
  func counters() throws {
    // The counter falls back between the reads. Client 16 ciphers nothing, and so notices nothing.
    let fault = "{at: 2026-05-01T02:30Z, fault: PR-08, on: export, with: {kind: counter}}"
    func kinds(_ first: Int, _ second: Int) throws -> [DialogueFailure.Kind?] {
      let rows = [
        "{at: 2026-05-01T02:10Z, bench-reads: export, over: dlms, client: \(first)}", fault,
        "{at: 2026-05-01T03:00Z, bench-reads: export, over: dlms, client: \(second)}",
      ]
      return try StoryBench.run(Self.story(rows)).evidence.benchResults.map { $0.failure?.kind }
    }
    #expect(try kinds(48, 48) == [nil, .security])
    #expect(try kinds(16, 16) == [nil, nil])
    #expect(try kinds(16, 48) == [nil, nil])
  }

  @Test("a fault of the line that begins in the middle of a read befalls the rest of it")
  func midway() throws {
    // A readout at 300 baud begins with 5 characters of request, 167 ms; after one second nothing comes back.
    let rows = [
      "{at: 2026-05-01T03:00:01Z, fault: CL-08, on: export}",
      "{at: 2026-05-01T03:00Z, bench-reads: export, over: iec62056-21}",
    ]
    let record = try StoryBench.run(Self.story(rows))
    #expect(record.evidence.benchResults.map { $0.failure?.kind } == [.port])
    #expect(record.journal.entries.contains { $0.kind == .answerBytes })
  }

  @Test(
    "a read is stamped with when the meter began to say its registers, not with when the last half-hour came")
  func stamps() throws {
    // 300 baud: request, identification and acknowledgement take less than three seconds.
    let row =
      "{at: 2026-05-01T03:00Z, bench-reads: export, over: iec62056-21, "
      + "registers: export, half-hours: {last: 3h}}"
    let record = try StoryBench.run(Self.story([row]))
    let read = try #require(record.evidence.reads.first)
    let ended = try #require(record.evidence.benchResults.first?.at)
    #expect(read.at - Instant(seconds: 1_777_604_400) < .seconds(3))
    #expect(ended - read.at > .seconds(1))
    #expect(record.evidence.logs.map { $0.entries.map(\.energy.value) } == [[1000, 1000, 0, 0, 0, 0]])
  }

  @Test("half-hours and registers come home as the story wants them: both, one, or neither")
  func gives() throws {
    func came(_ gives: String) throws -> [Int] {
      let row =
        "{at: 2026-05-01T03:00Z, bench-reads: export, over: dlms, "
        + "registers: export, half-hours: {last: 3h}\(gives)}"
      let evidence = try StoryBench.run(Self.story([row])).evidence
      return [evidence.reads.count, evidence.logs.count, evidence.benchReads.count]
    }
    #expect(try came("") == [1, 1, 1])
    #expect(try came(", gives: [reads, half-hours]") == [1, 1, 1])
    #expect(try came(", gives: reads") == [1, 0, 1])
    #expect(try came(", gives: half-hours") == [0, 1, 1])
    #expect(try came(", gives: nothing") == [0, 0, 1])
  }
}
