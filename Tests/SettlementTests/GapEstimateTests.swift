// Gaps filled by estimates of our own (R-EST-02, -05): which method, how much, what it is paid, and what
// later measurements make of it. Hydro of up to 3.95 kW in January 2026, when London is on UTC; 10 p from
// 16:00 to 19:00 and 5 p otherwise. 5 January 2026 is a Monday.

import BackspinTesting
import Testing
import Units

@testable import Settlement

@Suite("Gaps filled by estimates")
struct GapEstimateTests {
  private static func terms(_ change: (inout Policy) -> Void = { _ in }) -> Policy {
    var policy = Policy(name: "test")
    policy.estimates = .clause(.provisional, "EON 7.4")
    policy.estimation.fillsGaps = .ours(true, "EON 7.4 says at times")
    change(&policy)
    return policy
  }

  /// Whole days from 5 January, each half-hour of a day with so many Wh; some half-hours left out.
  private static func days(_ values: [Int64], without gap: Range<Int> = 0..<0) -> LogRead {
    let all = values.flatMap { constant($0) }
    var data = log(all, from: "2026-01-05T00:00Z", received: "2026-01-20T00:00Z")
    data.entries = data.entries.enumerated().filter { !gap.contains($0.offset) }.map(\.element)
    return data
  }

  private static func outcome(
    _ logs: [LogRead], _ reads: [Read] = [], events: [CaseEvent] = [], policy: Policy = terms(),
    settle times: [String] = ["2026-01-20T00:00Z"], facts: Facts = [:]
  ) -> Outcome {
    settle(
      story(
        agreement([evening("10", otherwise: "5")], technology: .hydro), from: "2026-01-05T00:00Z",
        to: "2026-01-21T00:00Z", settle: times, reads: reads, logs: logs, events: events, policy: policy))
  }

  private static func provisional(_ outcome: Outcome) -> [String] {
    outcome.summary.filter { $0.hasPrefix("provisional") }
  }

  private static func methods(_ outcome: Outcome) -> [String] {
    outcome.codes.filter { $0.hasPrefix("EST_") }.sorted()
  }

  /// Mondays 5 and 12 January and the days between, 100 Wh in each half-hour;
  /// Tuesday 13 has 00:00 to 02:00 missing.
  private static let gap = (48 * 8)..<(48 * 8 + 4)
  private static let torn = days(Array(repeating: 100, count: 10), without: gap)

  @Test("a like day: the mean of the same half-hour on the last four working days")
  func likeDay() {
    // 12, 9, 8 and 7 January are the working days before Tuesday 13: 200, 100, 100, 100 make 125 Wh.
    let values: [Int64] = [100, 100, 100, 100, 100, 400, 400, 200, 300, 100]
    let result = Self.outcome([Self.days(values, without: Self.gap)])
    #expect(Self.methods(result) == ["EST_LIKE_DAY"])
    // 4 × 125 Wh × 5 p = 2.5 p, half up.
    #expect(Self.provisional(result) == ["provisional 0.5 kWh £0.03"])
  }

  @Test("a weekend day is like weekend days")
  func weekend() {
    // Sunday 11 January has a gap at its start; Saturday 10 had 400 Wh in each half-hour.
    let values: [Int64] = [100, 100, 100, 100, 100, 400, 300, 100, 100, 100]
    let result = Self.outcome([Self.days(values, without: (48 * 6)..<(48 * 6 + 4))])
    #expect(Self.provisional(result) == ["provisional 1.6 kWh £0.08"])
  }

  @Test("the register's advance, shaped like the same weekday of weeks before")
  func advance() {
    // Tuesday 6 January had 100, 100, 300, 300 Wh at the start; between the reads of 12 and 14 January the
    // register gains 48 × 2 × 100 − 4 × 100 + 1600 Wh: 1600 Wh are missing,
    // a quarter of them in the first two half-hours.
    var values = Array(repeating: Int64(100), count: 480)
    (values[50], values[51]) = (300, 300)
    var data = log(values, from: "2026-01-05T00:00Z", received: "2026-01-20T00:00Z")
    data.entries = data.entries.enumerated().filter { !Self.gap.contains($0.offset) }.map(\.element)
    let reads = [
      read("100", "2026-01-12T00:00Z"), read("110.8", "2026-01-14T00:00Z"),
    ]
    let terms = Self.terms { $0.payableBasis = .ours([.halfHours], "test") }
    let result = Self.outcome([data], reads, policy: terms)
    #expect(Self.methods(result) == ["EST_ADVANCE_SHAPED"])
    // 1.6 kWh × 5 p.
    #expect(Self.provisional(result) == ["provisional 1.6 kWh £0.08"])
    let rows = result.halfHours.filter { $0.halfHour.start >= at("2026-01-13T00:00Z") }.prefix(4)
    #expect(rows.map(\.energy.value) == [200, 200, 600, 600])
  }

  @Test("a check meter goes before everything else")
  func checkMeter() {
    func check(_ value: String, _ when: String) -> CaseEvent {
      CaseEvent(.checkMeterRead, at: at(when), [.serial: .text("CHECK"), .value: .energy(kWh(value))])
    }
    let result = Self.outcome(
      [Self.torn], events: [check("50", "2026-01-13T00:00Z"), check("51.2", "2026-01-13T02:00Z")])
    #expect(Self.methods(result) == ["EST_CHECK_METER"])
    #expect(Self.provisional(result) == ["provisional 1.2 kWh £0.06"])
  }

  @Test("nothing to go by: zero, which is the cautious end for export")
  func zero() {
    // The gap is on the second day, a Sunday after a Saturday… of another sort: 10 January is a Saturday.
    let data = log(constant(100), from: "2026-01-09T00:00Z", received: "2026-01-20T00:00Z")
    let next = log(constant(100, 44), from: "2026-01-10T02:00Z", received: "2026-01-20T00:00Z")
    let result = Self.outcome([data, next])
    #expect(Self.methods(result) == ["EST_ZERO"])
  }

  @Test("the order of the methods is the policy's")
  func order() {
    let zeroFirst = Self.terms { $0.estimation.methods = .ours([.zero, .likeDay], "test") }
    #expect(Self.methods(Self.outcome([Self.torn], policy: zeroFirst)) == ["EST_ZERO"])
  }

  @Test("what is measured later puts it right")
  func trueUp() {
    let late = log(constant(150, 4), from: "2026-01-13T00:00Z", received: "2026-01-20T12:00Z")
    let result = Self.outcome(
      [Self.torn, late], settle: ["2026-01-20T00:00Z", "2026-01-21T00:00Z"])
    // Ten days of 4.8 kWh: 42 half-hours at 5 p and 6 at 10 p are 27 p a day, £2.70; 4 × 100 Wh × 5 p = 2 p
    // of it provisionally. Then 4 × 50 Wh × 5 p = 1 p more.
    #expect(result.statements[0].net == Pence(270))
    #expect(result.statements[1].net == Pence(1))
    #expect(result.codes.isSuperset(of: ["EST_LIKE_DAY", "PAY_PROVISIONAL"]))
    #expect(result.statements[1].lines.filter(\.isPayable).map(\.reason) == [.payTruedUp])
  }

  @Test("a strict policy fills nothing, nor one that only takes other people's estimates")
  func strict() {
    for policy in [
      Policy(name: "strict"), Self.terms { $0.estimation.fillsGaps = .ours(false, "test") },
      Self.terms { $0.estimates = .ours(.never, "test") },
    ] {
      let result = Self.outcome([Self.torn], policy: policy)
      #expect(Self.methods(result) == [])
      #expect(result.codes.contains("READ_GAP_HH"))
    }
  }

  @Test("never for a meter that is suspected, and never where the agreement ends")
  func never() {
    let suspect = CaseEvent(.meterSuspect, at: at("2026-01-12T00:00Z"), [.serial: .text("S2")])
    #expect(Self.methods(Self.outcome([Self.torn], events: [suspect])) == [])
    let removed = CaseEvent(.decommissioned, at: at("2026-01-13T01:00Z"), [.confirmed: .flag(true)])
    #expect(Self.methods(Self.outcome([Self.torn], events: [removed])) == [])
  }

  @Test("a tail that is not read yet is no gap")
  func tail() {
    let data = log(constant(100, 24), from: "2026-01-19T00:00Z", received: "2026-01-20T00:00Z")
    #expect(Self.methods(Self.outcome([data])) == [])
  }

  @Test("shares add up exactly")
  func shares() {
    #expect(GapEstimates.share(100, by: [1, 1, 1]) == [33, 33, 34])
    #expect(GapEstimates.share(1600, by: [100, 100, 300, 300]) == [200, 200, 600, 600])
    #expect(GapEstimates.share(7, by: [0, 0, 0, 0]).reduce(0, +) == 7)
    #expect(GapEstimates.share(0, by: [5, 0]) == [0, 0])
  }
}
