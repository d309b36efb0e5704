// Requests for a reading and their days (R-READ-01 … -04, -14). The customer is asked on 1 June 2026; under
// the terms here 7 days are given and 7 more stop nothing: day 14 is 15 June, payment stops on 16 June, 00:00
// London time, which is 15 June 23:00Z.

import BackspinTesting
import Testing
import Units

@testable import Settlement

@Suite("Requests for a reading")
struct ReadingRequestTests {
  private static let stop = at("2026-06-15T23:00Z")

  private static func terms(_ change: (inout Policy) -> Void = { _ in }) -> Policy {
    var policy = Policy(name: "test")
    policy.payableBasis = .ours([.registers], "test")
    policy.reading.requestDays = .clause(7, "EON 7.1")
    policy.reading.graceDays = .clause(7, "EON 7.2")
    change(&policy)
    return policy
  }

  private static func asked(
    _ when: String = "2026-06-01T09:00Z", by: String? = nil
  ) -> CaseEvent {
    var facts: Facts = [.serial: .text("S2"), .channel: .text("e-mail")]
    facts[.by] = by.map { .date(date($0)) }
    return CaseEvent(.readingRequested, at: at(when), facts)
  }

  /// A SMETS2 meter read on 1 May at 100 kWh; 10 kWh a day from then on.
  private static let opening = read("100", "2026-05-01T00:00Z")

  private static func outcome(
    _ reads: [Read], _ events: [CaseEvent] = [asked()], to: String = "2026-07-01T00:00Z",
    settle times: [String]? = nil, policy: Policy = terms()
  ) -> Outcome {
    Settlement.EmbeddedCore().settle(
      story(
        agreement([flat("5")], technology: .hydro), from: "2026-05-01T00:00Z", to: to, settle: times,
        reads: [opening] + reads, events: events, policy: policy))
  }

  private static func codes(_ outcome: Outcome) -> [String] {
    let ours: Set<ReasonCode> = [.readLateGrace, .whldNoReading, .payReleased]
    return Set(
      outcome.decisions.filter { ours.contains($0.code) && $0.rule != "R-READ-04" || $0.code == .payReleased }
        .map(\.code.rawValue)
    ).sorted()
  }

  struct Row: CustomTestStringConvertible, Sendable {
    var testDescription: String
    /// When the reading comes, and its own instant.
    var comes: String
    var codes: [String]
    var sides: [BoundaryTouch.Side]
  }

  static let rows: [Row] = [
    // Day 7 is 8 June.
    Row(
      testDescription: "on day 7 it is in time", comes: "2026-06-08T22:59Z", codes: [],
      sides: [.inside, .limit]),
    // 23:00Z is midnight in London.
    Row(
      testDescription: "on day 8 it is in the days of grace", comes: "2026-06-08T23:00Z",
      codes: ["READ_LATE_GRACE"], sides: [.inside, .past]),
    Row(
      testDescription: "on day 14 it still stops nothing", comes: "2026-06-15T22:59Z",
      codes: ["READ_LATE_GRACE"], sides: [.beyond, .limit]),
    Row(
      testDescription: "on day 15 payment has stopped, and it brings it back", comes: "2026-06-15T23:00Z",
      codes: ["PAY_RELEASED", "READ_LATE_GRACE", "WHLD_NO_READING"], sides: [.beyond, .past]),
    Row(
      testDescription: "on day 20 too", comes: "2026-06-21T12:00Z",
      codes: ["PAY_RELEASED", "READ_LATE_GRACE", "WHLD_NO_READING"], sides: [.beyond]),
  ]

  @Test("a reading in time, in the days of grace, and after them", arguments: rows)
  func days(_ row: Row) {
    let result = Self.outcome([read("500", row.comes)])
    #expect(Self.codes(result) == row.codes)
    #expect(result.treatments.isEmpty)
    let sides = result.touches.filter {
      ["reading.request-days", "reading.grace-days"].contains($0.boundary)
    }
    #expect(Set(sides.map(\.side)) == Set(row.sides))
    let duty = result.obligations.first { $0.what == "reading" }
    #expect(duty?.state == .met)
    #expect(duty?.by == date("2026-06-08"))
  }

  @Test("no reading: payment is held from the last valid one on, from day 15")
  func none() throws {
    let result = Self.outcome([])
    let held = try #require(result.decisions.first { $0.code == .whldNoReading && $0.rule == "R-READ-03" })
    #expect(held.at == Self.stop)
    #expect(result.decision(.readLateGrace)?.at == at("2026-06-08T23:00Z"))
    let treatment = try #require(result.treatments.first)
    #expect(treatment.effect == .hold)
    #expect(treatment.from == at("2026-05-01T00:00Z"))
    #expect(treatment.to == .distantFuture)
    #expect(result.obligations.first { $0.what == "reading" }?.state == .overdue)
    // A day before nothing has stopped.
    #expect(Self.outcome([], to: "2026-06-15T22:59Z").treatments.isEmpty)
  }

  @Test("an invalid reading on day 6, corrected on day 13, is in time")
  func corrected() {
    // 3.95 kW make at most 24 h × 37 × 4.1475 kW = 3683 kWh by 7 June: 9000 kWh are no reading of it.
    let wrong = read("9000", "2026-06-07T12:00Z")
    let right = read("480", "2026-06-07T12:00Z", received: "2026-06-14T12:00Z")
    let alone = Self.outcome([wrong])
    #expect(Self.codes(alone) == ["READ_LATE_GRACE", "WHLD_NO_READING"])
    let change = CaseEvent(
      .readingCorrected, at: at("2026-06-14T12:00Z"),
      [.serial: .text("S2"), .taken: .instant(right.at), .value: .energy(right.value)])
    let result = Self.outcome([wrong], [Self.asked(), change])
    #expect(Self.codes(result) == ["READ_LATE_GRACE"])
    #expect(result.treatments.isEmpty)
  }

  @Test("a second contact restarts nothing, unless the policy says so")
  func secondContact() {
    let again = [Self.asked(), Self.asked("2026-06-10T09:00Z")]
    #expect(Self.outcome([], again).decisions.contains { $0.code == .whldNoReading && $0.at == Self.stop })
    let restarts = Self.terms { $0.reading.secondContactRestarts = .ours(true, "test") }
    let later = Self.outcome([], again, policy: restarts)
    // 10 June + 14 days is 24 June; payment stops on the 25th.
    #expect(
      later.decisions.filter { $0.code == .whldNoReading && $0.rule == "R-READ-03" }.map(\.at)
        == [Self.stop, at("2026-06-24T23:00Z")])
  }

  @Test("the date that is printed in the request counts, and without grace the day after it stops payment")
  func printed() {
    let bulb = Self.terms { $0.reading.graceDays = .ours(0, "BUL 5.13 and 6.8 name none") }
    let result = Self.outcome([], [Self.asked(by: "2026-06-20")], policy: bulb)
    let held = result.decisions.filter { $0.code == .whldNoReading && $0.rule == "R-READ-03" }
    #expect(held.map(\.at) == [at("2026-06-20T23:00Z")])
    #expect(!result.codes.contains("READ_LATE_GRACE"))
    #expect(result.decision(.readRequested)?.text.contains("by 2026-06-20") == true)
  }

  @Test("a licensee that does not withhold only notes that the reading is overdue")
  func noWithholding() {
    let mild = Self.terms { $0.reading.withholds = .ours(false, "test") }
    let result = Self.outcome([], policy: mild)
    #expect(result.treatments.isEmpty)
    #expect(Self.codes(result) == ["READ_LATE_GRACE"])
  }

  @Test("a remote reading that comes after the request closes it")
  func remote() {
    let result = Self.outcome([read("480", "2026-06-05T02:00Z")])
    #expect(result.decisions.contains { $0.code == .readRemote && $0.text.contains("closes the request") })
  }

  @Test("half-hours from the meter answer a request where the policy pays on them")
  func halfHours() {
    var one = story(
      agreement([flat("5")], technology: .hydro), from: "2026-05-01T00:00Z", to: "2026-07-01T00:00Z",
      reads: [Self.opening],
      logs: [log(constant(100), from: "2026-06-03T00:00Z", received: "2026-06-04T00:30Z")],
      events: [Self.asked()],
      policy: Self.terms { $0.payableBasis = .ours([.registers, .halfHours], "test") })
    #expect(settle(one).treatments.isEmpty)
    one.policy = Self.terms()
    #expect(settle(one).treatments.count == 1)
  }

  @Test("settling day by day takes the same decisions as settling in one go")
  func dayByDay() {
    func about(_ outcome: Outcome) -> [Decision] {
      outcome.decisions.filter { ["R-READ-02", "R-READ-03"].contains($0.rule) }
    }
    let days = (1...61).map { "\(at("2026-05-01T00:00Z") + .days(Int64($0)))" }
    let reads = [read("500", "2026-06-21T12:00Z")]
    let whole = about(Self.outcome(reads))
    #expect(whole.count == 3)
    #expect(about(Self.outcome(reads, settle: days)) == whole)
  }

  @Test("a right value by phone has not come where readings come by app; the customer is told")
  func procedure() {
    func phone(_ when: String) -> Read {
      var one = read("480", when, by: .customer)
      one.channel = "phone"
      return one
    }
    let app = Self.terms { $0.reading.procedure = .ours(["app", "web"], "test") }
    let result = Self.outcome([phone("2026-06-08T12:00Z")], policy: app)
    #expect(Self.codes(result) == ["READ_LATE_GRACE", "WHLD_NO_READING"])
    #expect(result.notifications.first { $0.code == .readWrongProcedure }?.to == .customer)
    // A procedure that is notified later takes the place of the one before.
    let later = CaseEvent(.readingProcedure, at: at("2026-06-05T09:00Z"), [.channel: .text("phone")])
    let told = Self.outcome([phone("2026-06-08T12:00Z")], [Self.asked(), later], policy: app)
    #expect(Self.codes(told) == [])
    #expect(!told.codes.contains("READ_WRONG_PROCEDURE"))
    // Where nobody names a channel none is wrong.
    #expect(!Self.outcome([phone("2026-06-08T12:00Z")]).codes.contains("READ_WRONG_PROCEDURE"))
  }

  @Test("a reading in each quarter of the agreement, where the policy wants one")
  func quarterly() {
    var home = agreement([flat("5")], technology: .hydro)
    home.start = at("2026-01-15T00:00Z")
    func duties(_ policy: Policy) -> [Obligation] {
      settle(
        story(
          home, from: "2026-01-15T00:00Z", to: "2026-08-01T00:00Z",
          reads: [read("100", "2026-01-15T00:00Z"), read("200", "2026-07-14T12:00Z")], policy: policy)
      ).obligations.filter { $0.what == "quarterly-reading" }
    }
    let terms = Self.terms()
    #expect(duties(terms).map(\.state) == [.met, .met, .open])
    #expect(duties(terms).map(\.by) == [date("2026-04-14"), date("2026-07-14"), date("2026-10-14")])
    #expect(duties(Self.terms { $0.reading.frequency = .ours(.atPayment, "test") }).isEmpty)
  }
}
