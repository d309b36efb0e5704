// Proof of readings, answers to queries, corrections, proving tests, two people's readings of one moment
// (R-READ-07, -11, R-EST-06).

import BackspinTesting
import Testing
import Units

@testable import Settlement

@Suite("Proof, answers and corrections")
struct ReadingProofTests {
  private static let base = [
    read("100", "2026-05-01T00:00Z"), read("400", "2026-06-01T00:00Z", by: .customer),
  ]

  private static func outcome(
    _ events: [CaseEvent], _ reads: [Read] = base, logs: [LogRead] = [], to: String = "2026-07-01T00:00Z",
    settle times: [String]? = nil, policy: Policy = Policy(name: "test")
  ) -> Outcome {
    Settlement.EmbeddedCore().settle(
      story(
        agreement([flat("5")], technology: .hydro), from: "2026-05-01T00:00Z", to: to, settle: times,
        reads: reads, logs: logs, events: events, policy: policy))
  }

  private static func asked(by: String? = nil) -> CaseEvent {
    var facts: Facts = [.serial: .text("S2"), .taken: .instant(at("2026-06-01T00:00Z"))]
    facts[.by] = by.map { .date(date($0)) }
    return CaseEvent(.proofRequested, at: at("2026-06-02T09:00Z"), facts)
  }

  private static func given(_ accepted: Bool, _ when: String = "2026-06-10T09:00Z") -> CaseEvent {
    CaseEvent(
      .proofGiven, at: at(when),
      [.serial: .text("S2"), .proof: .text("dated-photo"), .accepted: .flag(accepted)])
  }

  /// "hold VAL_QUERIED from 2026-05-01T00:00Z"
  private static func holds(_ outcome: Outcome) -> [String] {
    outcome.treatments.map { "\($0.reason.rawValue) from \($0.from)" }
  }

  @Test("a queried reading holds what flowed since the one before, until it is proven")
  func queried() {
    let open = Self.outcome([Self.asked()])
    #expect(Self.holds(open) == ["VAL_QUERIED from 2026-05-01T00:00Z"])
    #expect(open.decision(.valQueried)?.at == at("2026-06-02T09:00Z"))
    let proven = Self.outcome([Self.asked(), Self.given(true)])
    #expect(Self.holds(proven) == [])
    #expect(proven.decision(.valProven)?.at == at("2026-06-10T09:00Z"))
  }

  @Test("proof that does not satisfy holds on, until a valid reading comes or better proof")
  func refused() {
    let refused = Self.outcome([Self.asked(), Self.given(false)])
    #expect(Self.holds(refused) == ["WHLD_UNPROVEN from 2026-05-01T00:00Z"])
    #expect(refused.decision(.whldUnproven)?.at == at("2026-06-10T09:00Z"))
    let again = Self.outcome([Self.asked(), Self.given(false), Self.given(true, "2026-06-20T09:00Z")])
    #expect(Self.holds(again) == [])
    let next = Self.outcome(
      [Self.asked(), Self.given(false)], Self.base + [read("410", "2026-06-15T00:00Z")])
    #expect(Self.holds(next) == [])
    #expect(next.decisions.contains { $0.code == .payReleased && $0.at == at("2026-06-15T00:00Z") })
  }

  @Test("no proof by the day that was set is no proof")
  func lapsed() {
    let events = [Self.asked(by: "2026-06-16")]
    #expect(
      Self.holds(Self.outcome(events, to: "2026-06-16T22:59Z")) == ["VAL_QUERIED from 2026-05-01T00:00Z"])
    let late = Self.outcome(events)
    #expect(Self.holds(late) == ["WHLD_UNPROVEN from 2026-05-01T00:00Z"])
    #expect(late.decision(.whldUnproven)?.at == at("2026-06-16T23:00Z"))
    #expect(Self.holds(Self.outcome(events + [Self.given(true, "2026-06-20T09:00Z")])) == [])
  }

  @Test("an answer to a query clears its span, and a later answer takes the place of an earlier one")
  func answers() {
    func answer(_ accepted: Bool, _ from: String, _ until: String, on day: String) -> CaseEvent {
      CaseEvent(
        .queryAnswered, at: at(day),
        [
          .code: .text("VAL_NIGHT_EXPORT"), .accepted: .flag(accepted), .from: .instant(at(from)),
          .until: .instant(at(until)),
        ])
    }
    let yes = answer(true, "2026-05-01T00:00Z", "2026-05-10T00:00Z", on: "2026-06-01T00:00Z")
    let no = answer(false, "2026-05-05T00:00Z", "2026-05-07T00:00Z", on: "2026-06-02T00:00Z")
    let answers = QueryAnswers([yes, no])
    #expect(answers.clears(.valNightExport, at("2026-05-01T00:00Z"), at("2026-05-05T00:00Z")))
    #expect(!answers.clears(.valNightExport, at("2026-05-04T23:30Z"), at("2026-05-05T00:30Z")))
    #expect(answers.clears(.valNightExport, at("2026-05-07T00:00Z"), at("2026-05-10T00:00Z")))
    #expect(!answers.clears(.valStuck, at("2026-05-07T00:00Z"), at("2026-05-08T00:00Z")))
    #expect(
      answers.open(.valNightExport, at("2026-05-04T00:00Z"), at("2026-05-11T00:00Z")) == [
        at("2026-05-05T00:00Z")..<at("2026-05-07T00:00Z"), at("2026-05-10T00:00Z")..<at("2026-05-11T00:00Z"),
      ])
    let result = Self.outcome([yes, no])
    #expect(result.codes.isSuperset(of: ["VAL_PROVEN", "WHLD_UNPROVEN"]))
    #expect(Self.holds(result) == ["WHLD_UNPROVEN from 2026-05-05T00:00Z"])
  }

  // MARK: Corrections

  private static func pool(_ changes: [ReadChange], _ reads: [Read]) -> [String] {
    var pool = ReadPool()
    var log = DecisionLog()
    let book = MeterBook([smets2()])
    pool.apply(Array(changes.prefix(1)))
    pool.take(reads, book: book, policy: Policy(name: "test"), log: &log)
    pool.apply(changes)
    let kept = pool.reads[RegisterKey(serial: "S2", role: .export)] ?? []
    return kept.map { "\($0.value)" }
  }

  @Test("a withdrawn reading counts no more, and the one it had beaten counts instead")
  func withdrawn() {
    let remote = read("410", "2026-06-01T00:00Z")
    let gone = ReadChange(
      kind: .withdrawn, serial: "S2", register: .export, taken: remote.at, value: remote.value,
      received: at("2026-06-05T00:00Z"), cause: .none)
    #expect(Self.pool([], Self.base + [remote]) == ["100 kWh", "410 kWh"])
    #expect(Self.pool([gone], Self.base + [remote]) == ["100 kWh", "400 kWh"])
  }

  @Test("a corrected reading has its new value, whether the correction or the reading comes first")
  func corrected() {
    let right = ReadChange(
      kind: .corrected(to: kWh("390")), serial: "S2", register: .export, taken: at("2026-06-01T00:00Z"),
      value: nil, received: at("2026-06-05T00:00Z"), cause: .none)
    #expect(Self.pool([right], Self.base) == ["100 kWh", "390 kWh"])
  }

  @Test("a withdrawal and a correction are told")
  func told() {
    let facts: Facts = [.serial: .text("S2"), .taken: .instant(at("2026-06-01T00:00Z"))]
    let events = [
      CaseEvent(.readingWithdrawn, at: at("2026-06-05T00:00Z"), facts),
      CaseEvent(
        .readingCorrected, at: at("2026-06-06T00:00Z"), facts.updated(by: [.value: .energy(kWh("390"))])),
    ]
    let texts = Self.outcome(events).decisions.filter { $0.code == .readConflict }.map(\.text)
    #expect(texts.contains { $0.contains("withdrawn") })
    #expect(texts.contains { $0.contains("corrected to 390 kWh") })
  }

  struct Moment: CustomTestStringConvertible, Sendable {
    var testDescription: String
    /// The customer's reading: value, instant; the remote one is 400 kWh at 12:00:00.
    var value: String
    var instant: String
    var kept: [String]
  }

  static let momentCases: [Moment] = [
    Moment(
      testDescription: "a misread 5 s before the remote one goes", value: "4000",
      instant: "2026-06-01T11:59:55Z", kept: ["100 kWh", "400 kWh"]),
    Moment(
      testDescription: "a misread 60 s after it goes", value: "4000", instant: "2026-06-01T12:01:00Z",
      kept: ["100 kWh", "400 kWh"]),
    Moment(
      testDescription: "61 s apart is another moment", value: "4000", instant: "2026-06-01T12:01:01Z",
      kept: ["100 kWh", "400 kWh", "4000 kWh"]),
    // 23 kW for 5 s are 31 Wh, and a step of 1 kWh: both can be right.
    Moment(
      testDescription: "values that can both be right stay", value: "400", instant: "2026-06-01T11:59:55Z",
      kept: ["100 kWh", "400 kWh", "400 kWh"]),
  ]

  @Test("two people's readings of one moment", arguments: momentCases)
  func moments(_ one: Moment) {
    let customer = read(one.value, one.instant, by: .customer, step: 1000)
    let remote = read("400", "2026-06-01T12:00:00Z")
    let first = read("100", "2026-05-01T00:00Z")
    #expect(Self.pool([], [first, customer, remote]) == one.kept)
    #expect(Self.pool([], [first, remote, customer]) == one.kept)
  }

  @Test("polls of one reader a second apart are no conflict")
  func polls() {
    let polls = [read("100", "2026-06-01T12:00:00Z"), read("500", "2026-06-01T12:00:01Z")]
    #expect(Self.pool([], polls) == ["100 kWh", "500 kWh"])
  }

  // MARK: Proving tests

  @Test("data of a meter that failed its test are held under a strict policy until one passes")
  func provingTest() {
    func test(_ result: String, _ when: String) -> CaseEvent {
      CaseEvent(.provingTest, at: at(when), [.serial: .text("S2"), .result: .text(result)])
    }
    let failed = test("failed", "2026-06-01T00:00Z")
    #expect(Self.holds(Self.outcome([failed])) == ["READ_UNPROVEN from 2026-06-01T00:00Z"])
    #expect(Self.holds(Self.outcome([failed, test("passed", "2026-06-10T00:00Z")])) == [])
    #expect(
      Self.outcome([test("outstanding", "2026-06-01T00:00Z")]).decisions.allSatisfy {
        $0.code != .readUnproven
      })
    var mild = Policy(name: "test")
    mild.estimates = .clause(.provisional, "EON 7.4")
    let provisional = Self.outcome([failed], policy: mild)
    #expect(Self.holds(provisional) == [])
    #expect(provisional.codes.contains("READ_UNPROVEN"))
  }
}
