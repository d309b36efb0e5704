// Both sides of each limit of the estimates (R-EST-02 … -06), one row each, beside what EstimateTests and
// GapEstimateTests hold. Hydro of 3.95 kW in January 2026, when London is on UTC; 10 p from 16:00 to 19:00
// and 5 p otherwise. 5 January 2026 is a Monday.

import BackspinTesting
import Testing
import Units

@testable import Settlement

@Suite("Limits of estimates")
struct EstimateLimitTests {
  private static func terms(_ change: (inout Policy) -> Void = { _ in }) -> Policy {
    var policy = Policy(name: "test")
    policy.estimates = .clause(.provisional, "EON 7.4")
    policy.estimation.fillsGaps = .ours(true, "EON 7.4 says at times")
    change(&policy)
    return policy
  }

  private static let home = agreement([evening("10", otherwise: "5")], technology: .hydro)

  private static func outcome(
    _ logs: [LogRead], _ reads: [Read] = [], events: [CaseEvent] = [], from: String = "2026-01-05T00:00Z",
    to: String = "2026-01-20T00:00Z", settle times: [String]? = nil, home: Agreement = home,
    policy: Policy = terms()
  ) -> Outcome {
    settle(
      story(
        home, from: from, to: to, settle: times, reads: reads, logs: logs, events: events, policy: policy))
  }

  private static func day(
    _ energy: Int64, _ start: String, _ count: Int = 48, quality: Quality = .actual, received: String? = nil
  ) -> LogRead {
    log(constant(energy, count), from: start, received: received ?? "2026-01-20T00:00Z", quality: quality)
  }

  // MARK: How far back methods look (R-EST-05)

  @Test("a shape is taken from the same weekday up to four weeks back, and is even beyond")
  func shapeWeeks() {
    // Tuesday 3 February lacks 15:00 to 17:00, and the register says 4 kWh of it. One Tuesday before it had
    // 500 Wh a half-hour up to 16:00 and 1500 Wh after; the four days of each other week are not known.
    // Shaped 1 kWh × 5 p + 3 kWh × 10 p = 35 p; even 2 kWh × 5 p + 2 kWh × 10 p = 30 p.
    TextTable.each(
      """
      | weeks back | first | pence |
      |          1 |   500 |    35 |
      |          4 |   500 |    35 |
      |          5 |  1000 |    30 |
      """
    ) { row in
      let gap = at("2026-02-03T15:00Z")
      let weeks = try row.whole("weeks back")
      let before = log(
        [500, 500, 1500, 1500], from: "\(gap - .days(7 * weeks))", received: "2026-02-05T00:00Z")
      let start = log(constant(0, 1), from: "2025-12-01T00:00Z", received: "2026-02-05T00:00Z")
      let around = [
        log(constant(1000, 30), from: "2026-02-03T00:00Z", received: "2026-02-05T00:00Z"),
        log(constant(1000, 14), from: "2026-02-03T17:00Z", received: "2026-02-05T00:00Z"),
      ]
      let reads = [read("100", "2026-02-03T00:00Z"), read("148", "2026-02-04T00:00Z")]
      let result = Self.outcome(
        [start, before] + around, reads, from: "2025-12-01T00:00Z", to: "2026-02-05T00:00Z",
        policy: Self.terms { $0.validation.incompleteDayHolds = .ours(false, "test") })
      let rows = result.halfHours.filter { $0.halfHour.start >= gap }.prefix(4)
      #expect(
        rows.first?.energy.value == (try row.whole("first")), "\(row)", sourceLocation: row.sourceLocation)
      let provisional = result.statements.flatMap(\.lines)
        .filter { $0.reason == .estAdvanceShaped && $0.from >= gap }
      #expect(provisional.reduce(Pence(0)) { $0 + $1.amount } == Pence(try row.whole("pence")), "\(row)")
    }
  }

  @Test("like days are looked for up to 31 days back, and no further")
  func likeReach() {
    // Wednesday 11 February lacks 00:00 to 01:00. The only other working day that is known lies so many days
    // before it: Monday 12 January is 30, Sunday the 11th 31 (no like day), Friday the 9th 33 days before.
    // For a Wednesday 31 days after a working day there is none; a Monday has one: 31 days before Monday
    // 9 February is Friday 9 January, 32 days before it Thursday the 8th.
    TextTable.each(
      """
      | gap on     | known      | method       |
      | 2026-02-11 | 2026-01-12 | EST_LIKE_DAY |
      | 2026-02-11 | 2026-01-11 | EST_ZERO     |
      | 2026-02-09 | 2026-01-09 | EST_LIKE_DAY |
      | 2026-02-09 | 2026-01-08 | EST_ZERO     |
      """
    ) { row in
      let gap = at("\(try row.text("gap on"))T00:00Z")
      let logs = [
        log(constant(1000), from: "\(try row.text("known"))T00:00Z", received: "2026-02-20T00:00Z"),
        log(constant(1000, 2), from: "\(gap - .hours(1))", received: "2026-02-20T00:00Z"),
        log(constant(1000, 46), from: "\(gap + .hours(1))", received: "2026-02-20T00:00Z"),
      ]
      // Of the long gap between the known day and this one only the last hour is looked at here.
      let result = Self.outcome(
        logs, from: "2026-01-05T00:00Z", to: "2026-02-20T00:00Z",
        policy: Self.terms { $0.validation.incompleteDayHolds = .ours(false, "test") })
      let text = result.decisions.filter { $0.rule == "R-EST-05" && $0.text.contains("from \(gap) to") }
      #expect(
        text.map(\.code.rawValue) == [try row.text("method")], "\(row)", sourceLocation: row.sourceLocation)
    }
  }

  @Test("a mean is taken over four like days, and the fifth is left out")
  func likeDays() {
    // Monday 12 January lacks 00:00 to 02:00. Working days before it: Friday 9, Thursday 8, Wednesday 7 and
    // Tuesday 6 count, Monday 5 does not.
    TextTable.each(
      """
      | mon  | tue  | wed  | thu  | fri  | mean |
      | 2000 | 1000 | 1000 | 1000 | 1000 | 1000 |
      | 1000 | 2000 | 1000 | 1000 | 1000 | 1250 |
      # Cut down to whole Wh: 4003 / 4.
      | 1000 | 1003 | 1000 | 1000 | 1000 | 1000 |
      """
    ) { row in
      let days = try ["mon", "tue", "wed", "thu", "fri"].enumerated().map { number, name in
        Self.day(try row.whole(name), "2026-01-0\(5 + number)T00:00Z")
      }
      let weekend = Self.day(2000, "2026-01-10T00:00Z", 96)
      let rest = Self.day(1000, "2026-01-12T02:00Z", 44)
      let result = Self.outcome(days + [weekend, rest])
      let filled = result.halfHours.filter { $0.halfHour.start >= at("2026-01-12T00:00Z") }.prefix(4)
      #expect(Set(filled.map(\.energy.value)) == [try row.whole("mean")], "\(row)")
    }
  }

  // MARK: What is never estimated (R-EST-02)

  @Test("other people's estimates are paid provisionally, but not the last ones before the agreement ends")
  func atTheEnd() {
    // 10 January up to 20:00 measured, 4 kWh in 8 half-hours after it estimated: 8 × 0.5 kWh × 5 p = 20 p.
    // The agreement ends at midnight, or an hour later with two half-hours measured in between,
    // or not at all.
    TextTable.each(
      """
      | ends at           | provisional | held  |
      | _                 | 4 kWh       | _     |
      | 2026-01-11T00:00Z | _           | 4 kWh |
      | 2026-01-11T01:00Z | 4 kWh       | _     |
      """
    ) { row in
      let logs = [
        Self.day(1000, "2026-01-10T00:00Z", 40), Self.day(500, "2026-01-10T20:00Z", 8, quality: .estimated),
        Self.day(1000, "2026-01-11T00:00Z", 2),
      ]
      let end = try row.optional("ends at").map {
        [CaseEvent(.decommissioned, at: at($0), [.confirmed: .flag(true)])]
      }
      let lines = Self.outcome(logs, events: end ?? []).statements.flatMap(\.lines)
      func energy(_ kind: StatementLine.Kind, _ reason: ReasonCode) -> String? {
        lines.first { $0.kind == kind && $0.reason == reason }?.energy.map { "\($0)" }
      }
      #expect(energy(.provisional, .payProvisional) == (try row.optional("provisional")), "\(row)")
      #expect(energy(.held, .whldEstimate) == (try row.optional("held")), "\(row)")
    }
  }

  @Test("an unread stretch of a flat tariff is never estimated: it waits for the reading that ends it")
  func unreadStretch() {
    var home = agreement([flat("5")], technology: .hydro)
    home.start = at("2026-01-05T00:00Z")
    let opening = read("100", "2026-01-05T00:00Z")
    // Nothing since the opening.
    let none = Self.outcome([], [opening], home: home)
    #expect(none.paid == Pence(0))
    #expect(none.summary == ["held WHLD_NO_READING unknown"])
    #expect(none.codes.contains("READ_REQUESTED"))
    // The same value at both ends is a measured advance of nothing, not a gap.
    let flat = Self.outcome([], [opening, read("100", "2026-01-19T00:00Z")], home: home)
    #expect(flat.paid == Pence(0))
    #expect(flat.statements[0].lines.first?.summary == "paid 0 kWh £0.00")
    #expect(flat.balance.provisional == .zero)
    // The tail after the last reading waits too.
    let tail = Self.outcome([], [opening, read("140", "2026-01-12T00:00Z")], home: home)
    #expect(tail.summary == ["paid 40 kWh £2.00", "awaited WHLD_NO_READING unknown"])
    for one in [none, flat, tail] { #expect(one.codes.allSatisfy { !$0.hasPrefix("EST_") }) }
  }

  // MARK: What the basis is (R-EST-03)

  @Test("two readings settle a flat rate without half-hours; a rate by the clock needs them")
  func basis() {
    TextTable.each(
      """
      | tariff | half-hours | is                           |
      | flat   | no         | paid 48 kWh £2.40            |
      | flat   | yes        | paid 48 kWh £2.40            |
      | clock  | no         | held WHLD_NO_READING unknown |
      # 42 kWh × 5 p and 6 kWh × 10 p.
      | clock  | yes        | paid 42 kWh £2.10            |
      """
    ) { row in
      var home = Self.home
      if try row.text("tariff") == "flat" { home.tariff = [flat("5")] }
      let logs =
        try row.text("half-hours") == "yes"
        ? [Self.day(1000, "2026-01-05T00:00Z", received: "2026-01-06T00:00Z")] : []
      let result = Self.outcome(
        logs, [read("100", "2026-01-05T00:00Z"), read("148", "2026-01-06T00:00Z")], to: "2026-01-06T00:00Z",
        home: home, policy: Policy(name: "strict"))
      #expect(
        result.summary.first == (try row.text("is")), "\(row) \(result.summary)",
        sourceLocation: row.sourceLocation)
    }
  }

  // MARK: Proving tests (R-EST-06)

  @Test("half-hours after a failed proving test are provisional until one passes; an outstanding one is none")
  func provingTest() {
    // Two days of 42 kWh × 5 p and 6 kWh × 10 p; the test is of the second day's midnight.
    TextTable.each(
      """
      | results             | provisional | code          |
      | outstanding         | no          | _             |
      | failed              | yes         | READ_UNPROVEN |
      | failed, outstanding | yes         | READ_UNPROVEN |
      | failed, passed      | no          | READ_UNPROVEN |
      | passed              | no          | _             |
      """
    ) { row in
      let results = try row.text("results").split(separator: ",").map { $0.filter { $0 != " " } }
      let tests = results.enumerated().map { number, result in
        CaseEvent(
          .provingTest, at: at("2026-01-06T00:00Z") + .hours(Int64(number)),
          [.serial: .text("S2"), .result: .text(String(result))])
      }
      let outcome = Self.outcome([Self.day(1000, "2026-01-05T00:00Z", 96)], events: tests)
      #expect(outcome.paid == Pence(540), "\(row)")
      let lines = outcome.statements[0].lines.filter { $0.kind == .provisional }
      let isProvisional = try row.text("provisional") == "yes"
      #expect(lines.map(\.reason) == (isProvisional ? [.readUnproven, .readUnproven] : []), "\(row)")
      #expect(lines.allSatisfy { $0.from >= at("2026-01-06T00:00Z") }, "\(row)")
      #expect(outcome.codes.contains("READ_UNPROVEN") == (try row.optional("code") != nil), "\(row)")
    }
  }

  @Test(
    "a test that passes after a statement was issued makes what was provisional final, for no other money")
  func passedLater() {
    func test(_ result: String, _ when: String) -> CaseEvent {
      CaseEvent(.provingTest, at: at(when), [.serial: .text("S2"), .result: .text(result)])
    }
    let result = Self.outcome(
      [Self.day(1000, "2026-01-05T00:00Z", 96, received: "2026-01-07T00:00Z")],
      events: [test("failed", "2026-01-06T00:00Z"), test("passed", "2026-01-15T00:00Z")],
      settle: ["2026-01-08T00:00Z", "2026-01-20T00:00Z"])
    #expect(result.statements.map(\.net) == [Pence(540), Pence(0)])
    #expect(result.statements.map(\.status) == [.provisional, .adjustment])
    #expect(result.decision(.payTruedUp)?.at == at("2026-01-20T00:00Z"))
    #expect(result.balance.provisional == .zero)
  }
}
