// Smart meters over the WAN, displays, and meters that are exchanged. A request takes 5 s to the meter and
// its answer 5 s back; a reader waits 60 s, tries three times and pauses 30 s between.
// 1 kW flows out all the time.

import BackspinTesting
import Runner
import Scenario
import Settlement
import Testing
import Timeline
import Units

@Suite("Remote reads, displays and exchanges")
struct RemoteReadTests {
  static func run(
    rows: [String], meter: String = "smets2-single-element"
  ) throws -> StoryRecord {
    try StoryBench.run(
      WorldTests.story(rows: rows, meter: meter + ", mpan: \"9900000000015\"").replacing(
        "until: 2026-05-01T03:00Z", with: "until: 2026-05-03T00:30Z"))
  }

  @Test("a register is of the instant when the meter answered, and of the head-end's when it came")
  func register() throws {
    let record = try Self.run(rows: [
      "{at: 2026-05-01T01:00Z, remote-reads: export, what: registers, registers: export}"
    ])
    let read = try #require(record.evidence.reads.first)
    #expect("\(read.at) \(read.received)" == "2026-05-01T01:00:05Z 2026-05-01T01:00:10Z")
    // 3605 s × 1 kW = 1001.39 Wh.
    #expect(read.value == WattHours(1001))
    #expect(read.meterClock == read.at)
  }

  @Test("a window of 24 hours from midnight gives 49 rows, both ends included")
  func inclusive() throws {
    let record = try Self.run(rows: [
      "{at: 2026-05-02T00:10Z, remote-reads: export, what: half-hours, registers: export, "
        + "between: [2026-05-01T00:00Z, 2026-05-02T00:00Z]}"
    ])
    // The story begins at the first midnight: the half-hour that ended then was before it.
    #expect(record.evidence.logs.map(\.entries.count) == [48])
    let later = try Self.run(rows: [
      "{at: 2026-05-02T00:40Z, remote-reads: export, what: half-hours, registers: export, "
        + "between: [2026-05-01T00:30Z, 2026-05-02T00:30Z]}"
    ])
    #expect(later.evidence.logs.map(\.entries.count) == [49])
  }

  // Asked at 00:10 during an outage until 00:30: three tries, each 60 s, with pauses of 30 s, end at 00:14.
  // The requests wait in the network; the first of them is answered 5 + 5 s after the outage,
  // the others are copies.
  @Test("a read in an outage fails after its tries, and its answer is taken late, once, for what it is")
  func outage() throws {
    let record = try Self.run(rows: [
      "{from: 2026-05-02T00:00Z, to: 2026-05-02T00:30Z, fault: WN-01, on: export}",
      "{at: 2026-05-02T00:10Z, remote-reads: export, what: registers, registers: export}",
    ])
    let failure = try #require(record.evidence.failures.first)
    #expect("\(failure.at)" == "2026-05-02T00:14Z")
    #expect(failure.reason == "export register: accepted, but no answer came")
    #expect(record.evidence.failures.count == 1)
    let read = try #require(record.evidence.reads.first)
    #expect(record.evidence.reads.count == 1)
    #expect("\(read.at) \(read.received)" == "2026-05-02T00:30:05Z 2026-05-02T00:30:10Z")
    // Even so late, it walks back to what asked for it.
    #expect(Walk(record.journal).kinds(from: read.cause).contains(.command))
    #expect(record.divergence == nil)
  }

  @Test("a read of several parts that fails is one event, whatever failed in it")
  func oneEvent() throws {
    let record = try StoryBench.run(
      Self.settled(rows: [
        "{from: 2026-05-01T00:00Z, fault: WN-03, on: export}",
        "{every: day, at: \"00:10Z\", remote-reads: export}",
      ]).replacing("smets2-single-element", with: "smets1-with-export"))
    // Registers and half-hours, import and export, on three days: each refused by the network at once.
    #expect(record.evidence.failures.count == 12)
    let asked = record.outcome.decisions.first { $0.code == .readRequested }
    // The third failure in a row asks the customer.
    #expect(asked.map { "\($0.at)" } == "2026-05-03T00:10:04Z")
    #expect(asked?.text.contains("3 remote readings in a row failed") == true)
  }

  static func settled(rows: [String]) -> String {
    WorldTests.story(
      rows: rows + ["{at: 2026-05-03T00:20Z, settle: export}"],
      meter: "smets2-single-element, mpan: \"9900000000015\"",
      more: """
        agreement:
          licensee: strict-metered
          installation: {technology: hydro, capacity: 4 kW}
          tariff: {flat: 10 p/kWh}
        """
    ).replacing("until: 2026-05-01T03:00Z", with: "until: 2026-05-03T00:30Z")
  }

  @Test("a display is cut to its digits, its read arrives when the letter does, and a photo shows the meter")
  func display() throws {
    let record = try Self.run(rows: [
      "{at: 2026-05-01T01:30Z, customer-reads: export, register: export, photo: true, arrives-after: 1 day}",
      "{at: 2026-05-01T02:30Z, visit-reads: export, register: export, value: 5 kWh, photo: {serial: X9}}",
    ])
    let (late, wrong) = (record.evidence.reads.last, record.evidence.reads.first)
    // 1.5 kWh on a display of whole kWh.
    #expect(late?.value == WattHours(1000))
    #expect(late?.resolution == WattHours(1000))
    #expect(
      late.map { "\($0.at) \($0.received) \($0.source)" } == "2026-05-01T01:30Z 2026-05-02T01:30Z customer")
    #expect(late?.photo == Photo(serial: "EXPORT", register: .export, value: WattHours(1000)))
    #expect(wrong?.value == WattHours(5000))
    #expect(wrong?.photo == Photo(serial: "X9", register: .export, value: WattHours(2000)))
    #expect(wrong?.source == .visit)
  }

  @Test("a display that has no such register is a read that failed")
  func noDisplay() throws {
    let record = try Self.run(
      rows: ["{at: 2026-05-01T01:30Z, customer-reads: export, register: total}"], meter: "eastron-sdm120")
    // What an SDM120 shows is in its profile; if it shows its total, the read is there.
    #expect(record.evidence.reads.count + record.evidence.failures.count == 1)
  }

  // The old meter is at 36.25 kWh when it goes; the new one begins at 77 kWh.
  @Test("an exchanged meter's values go to settlement, and what is told late is told then")
  func exchange() throws {
    let record = try StoryBench.run(
      Self.settled(rows: [
        "{every: day, at: \"00:10Z\", remote-reads: export, last: 2 days}",
        "{at: 2026-05-02T12:15Z, event: meter-exchanged, on: export, profile: smets2-single-element, "
          + "serial: NEW, reads: {export: 77 kWh}, told-after: 6h}",
      ]))
    let told = try #require(record.outcome.decisions.first { $0.code == .readMeterExchange })
    #expect("\(told.at)" == "2026-05-02T18:15Z")
    #expect(told.text.contains("final export read 36.25 kWh"))
    #expect(told.text.contains("first export read 77 kWh"))
    // The decision rests on what was seen at the exchange.
    #expect(Walk(record.journal).kinds(from: try #require(told.reads.first)).contains(.registerSeen))
    #expect(record.meters.map(\.serial) == ["EXPORT", "NEW"])
    #expect(record.meters.map(\.isRetired) == [true, false])
    #expect(record.divergence == nil)
    #expect(Set(record.evidence.reads.map(\.serial)) == ["EXPORT", "NEW"])
  }

  @Test("a read that waited out an exchange gets no answer of the meter that is gone")
  func retired() throws {
    let record = try Self.run(rows: [
      "{from: 2026-05-01T10:00Z, to: 2026-05-01T12:00Z, fault: WN-01, on: export}",
      "{at: 2026-05-01T10:10Z, remote-reads: export, what: registers, registers: export}",
      "{at: 2026-05-01T11:00Z, event: meter-exchanged, on: export, profile: smets2-single-element, serial: NEW}",
    ])
    #expect(record.evidence.reads.isEmpty)
  }
}
