// What a query held is released when the query is answered, and held again when the answer is taken back
// (R-READ-07); each threshold of a check is a value of the policy.

import BackspinTesting
import Testing
import Units

@testable import Settlement

@Suite("Answers to queries")
struct QueryAnswerTests {
  private func answer(
    _ code: ReasonCode, _ accepted: Bool, on day: String, _ from: String? = "2026-06-01T00:00Z",
    _ until: String? = "2026-06-02T00:00Z"
  ) -> CaseEvent {
    var facts: Facts = [.code: .text(code.rawValue), .accepted: .flag(accepted)]
    facts[.from] = from.map { .instant(at($0)) }
    facts[.until] = until.map { .instant(at($0)) }
    return CaseEvent(.queryAnswered, at: at(day), facts)
  }

  private func holding(_ codes: [ReasonCode]) -> Policy {
    var policy = Policy(name: "test")
    policy.validation.queriesThatHold = .ours(codes, "for this test")
    return policy
  }

  /// What each statement pays, for a day of 2026-06-01 that arrives at its end, settled on the 2nd,
  /// 4th and 6th.
  private func pays(
    _ energies: [Int64], _ events: [CaseEvent], holds: [ReasonCode], imports: [Int64] = []
  ) -> [Int64] {
    let received = "2026-06-02T00:00Z"
    let home = agreement(
      [flat("10")], meters: [smets2(uses: imports.isEmpty ? [.export] : [.import, .export])])
    let own = log(energies, from: "2026-06-01T00:00Z", received: received)
    let other =
      imports.isEmpty ? [] : [log(imports, from: "2026-06-01T00:00Z", received: received, .import)]
    let outcome = Settlement.EmbeddedCore().settle(
      story(
        home, from: "2026-06-01T00:00Z", to: "2026-06-06T00:00Z",
        settle: ["2026-06-02T00:00Z", "2026-06-04T00:00Z", "2026-06-06T00:00Z"], logs: [own] + other,
        events: events, policy: holding(holds)))
    return outcome.statements.map(\.net.value)
  }

  @Test("night export that is explained is paid, and an explanation that is taken back takes it off again")
  func night() {
    // 5.16 kWh by day are 51.6 p; 1 kWh at 01:00Z is 10 p more.
    var energies = sunnyDay
    energies[2] = 1000
    let yes = answer(.valNightExport, true, on: "2026-06-03T00:00Z")
    let no = answer(.valNightExport, false, on: "2026-06-05T00:00Z")
    #expect(pays(energies, [], holds: [.valNightExport]) == [52, 0, 0])
    #expect(pays(energies, [yes], holds: [.valNightExport]) == [52, 10, 0])
    #expect(pays(energies, [no], holds: [.valNightExport])[0] == 52)
    // Of another time, it releases nothing.
    let elsewhere = answer(
      .valNightExport, true, on: "2026-06-03T00:00Z", "2026-06-01T01:30Z", "2026-06-02T00:00Z")
    #expect(pays(energies, [elsewhere], holds: [.valNightExport]) == [52, 0, 0])
    // Without a span it is about all time, and so is the answer after it.
    let all = answer(.valNightExport, true, on: "2026-06-03T00:00Z", nil, nil)
    let back = answer(.valNightExport, false, on: "2026-06-05T00:00Z", nil, nil)
    #expect(pays(energies, [all], holds: [.valNightExport]) == [52, 10, 0])
    #expect(pays(energies, [all, back], holds: [.valNightExport]) == [52, 10, -10])
  }

  @Test(
    "half-hours that the register contradicts are held where the policy says so, until that is answered or they are corrected"
  )
  func sums() {
    // The half-hours say 5.16 kWh, 51.6 p; a register of 6.161 kWh is 1 Wh more than may be.
    func pays(_ events: [CaseEvent], holds: [ReasonCode], corrected: [Int64]? = nil) -> [Int64] {
      var policy = holding(holds)
      policy.payableBasis = .ours([.halfHours], "for this test")
      var logs = [log(sunnyDay, from: "2026-06-01T00:00Z", received: "2026-06-02T00:00Z")]
      if let corrected {
        logs.append(log(corrected, from: "2026-06-01T00:00Z", received: "2026-06-05T00:00Z"))
      }
      let outcome = Settlement.EmbeddedCore().settle(
        story(
          agreement([flat("10")]), from: "2026-06-01T00:00Z", to: "2026-06-06T00:00Z",
          settle: ["2026-06-02T00:00Z", "2026-06-04T00:00Z", "2026-06-06T00:00Z"],
          reads: [read("100", "2026-06-01T00:00Z"), read("106.161", "2026-06-02T00:00Z")], logs: logs,
          events: events, policy: policy))
      #expect(outcome.codes.contains("VAL_SUM_CHECK"))
      return outcome.statements.map(\.net.value)
    }
    #expect(pays([], holds: []) == [52, 0, 0])
    #expect(pays([], holds: [.valSumCheck]) == [0, 0, 0])
    let yes = answer(.valSumCheck, true, on: "2026-06-03T00:00Z")
    let no = answer(.valSumCheck, false, on: "2026-06-05T00:00Z")
    #expect(pays([yes], holds: [.valSumCheck]) == [0, 52, 0])
    #expect(pays([yes, no], holds: [.valSumCheck]) == [0, 52, -52])
    // Corrected by a kWh at noon: 6.16 kWh, 61.6 p.
    var right = sunnyDay
    right[24] += 1000
    let correction = CaseEvent(
      .halfHoursCorrected, at: at("2026-06-04T12:00Z"),
      [.from: .instant(at("2026-06-01T00:00Z")), .until: .instant(at("2026-06-02T00:00Z"))])
    #expect(pays([correction], holds: [.valSumCheck], corrected: right) == [0, 0, 62])
  }

  @Test("dark advances of a register that are explained are paid")
  func darkAdvance() {
    // 0.9 kWh between 22:00Z and 01:00Z are 9 p.
    func outcome(_ events: [CaseEvent]) -> [Int64] {
      Settlement.EmbeddedCore().settle(
        story(
          agreement([flat("10")]), from: "2026-06-01T22:00Z", to: "2026-06-06T00:00Z",
          settle: ["2026-06-02T02:00Z", "2026-06-04T00:00Z"],
          reads: [
            read("100", "2026-06-01T22:00Z"), read("100.3", "2026-06-01T23:00Z"),
            read("100.9", "2026-06-02T01:00Z"),
          ], events: events, policy: holding([.valNightExport]))
      ).statements.map(\.net.value)
    }
    #expect(outcome([]) == [0, 0])
    let yes = answer(
      .valNightExport, true, on: "2026-06-03T00:00Z", "2026-06-01T22:00Z", "2026-06-02T01:00Z")
    #expect(outcome([yes]) == [0, 9])
  }

  @Test("equal half-hours that are explained are paid, and half-hours with two doubts wait for both answers")
  func stuck() {
    // Rows 16 to 21 hold 500 Wh each in place of 140, 150, 160, 170, 180 and 190: 5160 − 990 = 4170 Wh are
    // 41.7 p, and 3 kWh are 30 p.
    var energies = sunnyDay
    energies.replaceSubrange(16..<22, with: constant(500, 6))
    let yes = answer(.valStuck, true, on: "2026-06-03T00:00Z")
    #expect(pays(energies, [], holds: []) == [72, 0, 0])
    #expect(pays(energies, [], holds: [.valStuck]) == [42, 0, 0])
    #expect(pays(energies, [yes], holds: [.valStuck]) == [42, 30, 0])
    // Six in the dark are odd twice over; 48 rows of nothing else.
    var dark = constant(0)
    dark.replaceSubrange(0..<4, with: constant(500, 4))
    let both: [ReasonCode] = [.valNightExport, .valStuck]
    var policy = holding(both)
    policy.validation.stuckHalfHours = .ours(4, "for this test")
    func doubts(_ events: [CaseEvent]) -> [Int64] {
      Settlement.EmbeddedCore().settle(
        story(
          agreement([flat("10")]), from: "2026-06-01T00:00Z", to: "2026-06-06T00:00Z",
          settle: ["2026-06-02T00:00Z", "2026-06-04T00:00Z", "2026-06-06T00:00Z"],
          logs: [log(dark, from: "2026-06-01T00:00Z", received: "2026-06-02T00:00Z")], events: events,
          policy: policy)
      ).statements.map(\.net.value)
    }
    let night = answer(.valNightExport, true, on: "2026-06-03T00:00Z")
    let late = answer(.valStuck, true, on: "2026-06-05T00:00Z")
    #expect(doubts([night]) == [0, 0, 0])
    #expect(doubts([night, late]) == [0, 0, 20])
  }

  @Test("registers that look swapped and are not are paid after the answer")
  func swapped() {
    var (into, out) = (constant(0), constant(0))
    for slot in [0, 1, 2, 3, 44, 45, 46, 47] { out[slot] = 200 + Int64(slot) }
    for slot in 20..<28 { into[slot] = 900 + Int64(slot) }
    // 8 × 200 + 0 + 1 + 2 + 3 + 44 + 45 + 46 + 47 = 1788 Wh are 17.88 p.
    let both: [ReasonCode] = [.valRegistersSwapped]
    let yes = answer(.valRegistersSwapped, true, on: "2026-06-03T00:00Z")
    #expect(pays(out, [], holds: both, imports: into) == [0, 0, 0])
    #expect(pays(out, [yes], holds: both, imports: into) == [0, 18, 0])
  }

  @Test("what fails a check is no question, and cannot be answered")
  func noQuestion() {
    let words = EventDeclaration.readingEvents.first { $0.name == .queryAnswered }?.facts
      .first { $0.key == .code }?.kind
    #expect(
      words
        == .word([
          "VAL_SEASON", "VAL_HISTORY_HIGH", "VAL_NIGHT_EXPORT", "VAL_ZERO_EXPORT", "VAL_SUM_CHECK",
          "VAL_EXPORT_OVER_GENERATION", "VAL_REGISTERS_SWAPPED", "VAL_STUCK", "VAL_HINT",
        ]))
  }

  @Test("a proof that comes after the day that was set leaves the lapse on record, however often one settles")
  func lateProof() {
    let asked = CaseEvent(
      .proofRequested, at: at("2026-06-02T09:00Z"),
      [.serial: .text("S2"), .by: .date(date("2026-06-16"))])
    TextTable.each(
      """
      # The 16th of June ends at 23:00Z.
      | proof             | lapsed |
      | 2026-06-16T22:59Z | no     |
      | 2026-06-16T23:00Z | yes    |
      | 2026-06-20T09:00Z | yes    |
      """
    ) { row in
      let given = CaseEvent(
        .proofGiven, at: at(try row.text("proof")),
        [.serial: .text("S2"), .proof: .text("dated-photo"), .accepted: .flag(true)])
      for times in [["2026-06-21T09:00Z"], (17...21).map { "2026-06-\($0)T09:00Z" }] {
        let outcome = Settlement.EmbeddedCore().settle(
          story(
            agreement([flat("10")], technology: .hydro), from: "2026-05-01T00:00Z",
            to: "2026-06-22T00:00Z", settle: times,
            reads: [read("100", "2026-05-01T00:00Z"), read("400", "2026-06-01T00:00Z", by: .customer)],
            events: [asked, given]))
        let lapse = outcome.decisions.filter { $0.code == .whldUnproven }.map(\.at)
        #expect(
          lapse == (try row.text("lapsed") == "yes" ? [at("2026-06-16T23:00Z")] : []), "\(row)",
          sourceLocation: row.sourceLocation)
        // 300 kWh × 10 p, whenever it is proven.
        #expect(outcome.paid == Pence(3000), "\(row)", sourceLocation: row.sourceLocation)
      }
    }
  }
}
