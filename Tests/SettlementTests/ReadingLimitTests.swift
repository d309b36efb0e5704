// Both sides of each limit of the readings (R-READ-01 … -14), one row each, beside what ReadingRequestTests
// and ReadRefusalTests hold. Register basis, hydro of 3.95 kW at 5 p.

import BackspinTesting
import Testing
import Units

@testable import Settlement

@Suite("Limits of readings")
struct ReadingLimitTests {
  private static func terms(_ change: (inout Policy) -> Void = { _ in }) -> Policy {
    var policy = Policy(name: "test")
    policy.payableBasis = .ours([.registers], "test")
    change(&policy)
    return policy
  }

  private static func outcome(
    _ reads: [Read], _ events: [CaseEvent] = [], to: String = "2026-08-01T00:00Z",
    settle times: [String]? = nil,
    meters: [MeterDetails] = [smets2()], policy: Policy = terms()
  ) -> Outcome {
    settle(
      story(
        agreement([flat("5")], meters: meters, technology: .hydro), from: "2026-05-01T00:00Z", to: to,
        settle: times, reads: [read("100", "2026-05-01T00:00Z")] + reads, events: events, policy: policy))
  }

  private static func asked(_ when: String = "2026-06-01T09:00Z") -> CaseEvent {
    CaseEvent(.readingRequested, at: at(when), [.serial: .text("S2")])
  }

  @Test(
    "the customer is asked when remote reading failed for the third time in a row, not before (R-READ-01)")
  func failures() {
    TextTable.each(
      """
      | failures on   | read on | asked |
      | 2, 3          | _       | no    |
      | 2, 3, 4       | _       | yes   |
      # A reading between starts the count anew; one after it comes too late.
      | 2, 3, 4       | 3       | no    |
      | 2, 3, 4       | 5       | yes   |
      | 2, 3, 4, 5, 6 | 3       | yes   |
      """
    ) { row in
      let days = try row.text("failures on").split(separator: ",").map { $0.filter(\.isNumber) }
      let failures = days.map {
        CaseEvent.remoteReadFailed(serial: "S2", why: "no route", at: at("2026-05-0\($0)T00:10Z"))
      }
      let reads = try row.optional("read on").map { [read("110", "2026-05-0\($0)T12:00Z")] } ?? []
      let result = Self.outcome(reads, failures, to: "2026-05-20T00:00Z", settle: [])
      let isAsked = result.codes.contains("READ_REQUESTED")
      #expect(isAsked == (try row.text("asked") == "yes"), "\(row)", sourceLocation: row.sourceLocation)
    }
  }

  @Test("two quarters without a reading are paid by the one that comes at last (R-READ-04)")
  func twoQuarters() {
    var bulb = Self.terms { $0.reading.graceDays = .ours(0, "BUL 5.13 and 6.8 name none") }
    bulb.reading.requestDays = .ours(14, "test")
    let result = settle(
      story(
        agreement([flat("5")], technology: .hydro), from: "2026-01-01T00:00Z", to: "2026-08-20T00:00Z",
        settle: ["2026-04-01T00:00Z", "2026-07-01T00:00Z", "2026-08-20T00:00Z"],
        reads: [read("100", "2026-01-01T00:00Z"), read("900", "2026-08-15T00:00Z")],
        events: [Self.asked("2026-03-15T09:00Z"), Self.asked("2026-06-15T09:00Z")], policy: bulb))
    // 800 kWh × 5 p.
    #expect(result.statements.map(\.net) == [Pence(0), Pence(0), Pence(4000)])
    #expect(result.codes.isSuperset(of: ["WHLD_NO_READING", "PAY_RELEASED"]))
    #expect(result.treatments.isEmpty)
  }

  @Test(
    "a reading in a quarter of the agreement is in time on its last day, not on the day after (R-READ-05)")
  func quarter() {
    // From 15 January: the second quarter ends with 14 July, at midnight London time, which is 23:00Z.
    TextTable.each(
      """
      | read at           | second  | third |
      | 2026-07-14T22:59Z | met     | open  |
      | 2026-07-14T23:00Z | overdue | met   |
      """
    ) { row in
      var home = agreement([flat("5")], technology: .hydro)
      home.start = at("2026-01-15T00:00Z")
      let result = settle(
        story(
          home, from: "2026-01-15T00:00Z", to: "2026-08-01T00:00Z",
          reads: [read("100", "2026-01-15T00:00Z"), read("200", try row.text("read at"))],
          policy: Self.terms()))
      let duties = result.obligations.filter { $0.what == "quarterly-reading" }.map(\.state.rawValue)
      #expect(duties == ["met", try row.text("second"), try row.text("third")], "\(row)")
    }
  }

  @Test("proof of a reading is in time on the day that was set, not on the day after (R-READ-07)")
  func proof() {
    TextTable.each(
      """
      | settled at        | holds         |
      | 2026-06-16T22:59Z | VAL_QUERIED   |
      | 2026-06-16T23:00Z | WHLD_UNPROVEN |
      """
    ) { row in
      let query = CaseEvent(
        .proofRequested, at: at("2026-06-02T09:00Z"), [.serial: .text("S2"), .by: .date(date("2026-06-16"))])
      let result = Self.outcome(
        [read("400", "2026-06-01T00:00Z", by: .customer)], [query], to: try row.text("settled at"))
      #expect(result.treatments.map(\.reason.rawValue) == [try row.text("holds")], "\(row)")
      #expect(result.paid == Pence(0))
    }
  }

  @Test("a meter loses remote reading at the import switch only if it is not enrolled in the DCC (R-READ-13)")
  func enrolled() {
    TextTable.each(
      """
      | remote | keeps | lost |
      | yes    | yes   | no   |
      | yes    | no    | yes  |
      | no     | no    | no   |
      """
    ) { row in
      var meter = smets2()
      meter.remote = try row.text("remote") == "yes"
      meter.keepsRemoteAfterSwitch = try row.text("keeps") == "yes"
      let change = CaseEvent.importSupplierChanged(to: "New Energy", at: at("2026-05-10T00:00Z"))
      let codes = Self.outcome([], [change], to: "2026-05-11T00:00Z", settle: [], meters: [meter]).codes
      let isLost = try row.text("lost") == "yes"
      #expect(codes.contains("READ_REMOTE_LOST") == isLost, "\(row)")
      #expect(codes.contains("READ_REQUESTED") == isLost, "\(row)")
    }
  }

  @Test("a customer's reading counts if it comes by a way that was agreed when it came (R-READ-14)")
  func channels() {
    // Readings come by app or web; from 5 June, 09:00Z, when the customer is told so, by phone alone.
    // Readings that nobody says the way of, and those of the meter itself or of a visit, come as they come.
    // 50 kWh × 5 p = 250 p.
    TextTable.each(
      """
      | by       | channel | received          | told      | pays |
      | customer | app     | 2026-06-02T00:00Z | _         |  250 |
      | customer | web     | 2026-06-02T00:00Z | _         |  250 |
      | customer | phone   | 2026-06-02T00:00Z | _         |    0 |
      | customer | _       | 2026-06-02T00:00Z | _         |  250 |
      | visit    | phone   | 2026-06-02T00:00Z | _         |  250 |
      | remote   | phone   | 2026-06-02T00:00Z | _         |  250 |
      | customer | phone   | 2026-06-05T08:59Z | in-time   |    0 |
      | customer | phone   | 2026-06-05T09:00Z | in-time   |  250 |
      | customer | app     | 2026-06-05T08:59Z | in-time   |  250 |
      | customer | app     | 2026-06-05T09:00Z | in-time   |    0 |
      # What is told of the notice only later does not send back what came before.
      | customer | app     | 2026-06-06T00:00Z | late      |  250 |
      """
    ) { row in
      var reading = read("150", try row.text("received"), by: try row.value("by", ReadSource.init(rawValue:)))
      reading.channel = try row.optional("channel")
      let told = try row.optional("told").map {
        CaseEvent(
          .readingProcedure, at: at("2026-06-05T09:00Z"),
          received: at($0 == "late" ? "2026-06-20T09:00Z" : "2026-06-05T09:00Z"), [.channel: .text("phone")])
      }
      let app = Self.terms { $0.reading.procedure = .ours(["app", "web"], "test") }
      for times in [nil, ["2026-06-10T00:00Z", "2026-08-01T00:00Z"]] {
        let result = Self.outcome([reading], told.map { [$0] } ?? [], settle: times, policy: app)
        let pays = Pence(try row.whole("pays"))
        #expect(result.paid == pays, "\(row)", sourceLocation: row.sourceLocation)
        #expect(result.codes.contains("READ_WRONG_PROCEDURE") == (pays == Pence(0)), "\(row)")
        #expect(result.notifications.contains { $0.code == .readWrongProcedure } == (pays == Pence(0)))
      }
    }
  }
}
