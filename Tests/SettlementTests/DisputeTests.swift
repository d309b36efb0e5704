// Complaints, payment disputes, liability (R-DSP-01 … -04, R-PAY-11, R-LIA-01 … -03). A water wheel at 10
// p/kWh, read at the ends of January, February and March 2026: 100 kWh, £10.00, each month.

import BackspinTesting
import Testing
import Units

@testable import Settlement

private let reads = [
  ("2026-01-01T00:00Z", "100"), ("2026-02-01T00:00Z", "200"), ("2026-03-01T00:00Z", "300"),
  ("2026-03-31T23:00Z", "400"),
]
private let complaint = told(.complaintRaised, "2026-01-10T10:00Z", [.about: .text("late payment")])

@Suite("Complaints, disputes and liability")
struct DisputeTests {
  private func outcome(
    _ events: [CaseEvent], to: String = "2026-04-30T00:00Z", settle times: [String] = ["2026-03-31T23:00Z"],
    policy: (inout Policy) -> Void = { _ in }
  ) -> Outcome {
    settle(paying(wheel(), to: to, settle: times, reads: reads, events: events, policy: policy))
  }

  // MARK: Complaints

  @Test("a complaint of 10 January is in time until 7 March, and on 8 March may go to the Ombudsman")
  func eightWeeks() {
    // 56 days: 21 left in January, 28 in February, 7 in March.
    for (until, isOpen) in [("2026-03-07T23:59Z", false), ("2026-03-08T00:00Z", true)] {
      let one = outcome([complaint], to: until, settle: [])
      #expect(one.codes.contains("DSP_OMBUDSMAN_OPEN") == isOpen)
      let duties = one.obligations.filter { $0.what == "complaint-answer" }
      #expect(duties.map(\.state) == [isOpen ? .overdue : .open])
      #expect(duties.map(\.by) == [civil("2026-03-07")])
      #expect(one.touches.contains(BoundaryTouch(.complaintAnswered, excess: isOpen ? 1 : 0)))
    }
  }

  @Test("a deadlock letter opens the way at once, where the policy knows one")
  func deadlock() {
    let letter = told(.deadlockLetter, "2026-01-20T10:00Z")
    #expect(outcome([complaint, letter]).decision(.dspOmbudsmanOpen)?.at == at("2026-01-20T10:00Z"))
    let without = outcome([complaint, letter]) {
      $0.conduct.deadlockLetterOpens = .ours(false, "for this test")
    }
    #expect(without.decision(.dspOmbudsmanOpen)?.at == at("2026-03-08T00:00Z"))
  }

  @Test("a complaint that is resolved on day 56 goes nowhere, and on day 57 it could have")
  func resolved() {
    for (when, isOpen) in [("2026-03-07T10:00Z", false), ("2026-03-08T10:00Z", true)] {
      let one = outcome([complaint, told(.complaintResolved, when)])
      #expect(one.codes.contains("DSP_OMBUDSMAN_OPEN") == isOpen)
      #expect(one.obligations.first { $0.what == "complaint-answer" }?.state == .met)
    }
  }

  @Test("two complaints have their own clocks and steps")
  func several() {
    let one = outcome([
      told(.complaintRaised, "2026-01-10T10:00Z", [.complaint: .text("A")]),
      told(.complaintRaised, "2026-02-10T10:00Z", [.complaint: .text("B")]),
      told(.complaintEscalated, "2026-02-12T10:00Z", [.complaint: .text("B"), .step: .whole(2)]),
      told(.complaintResolved, "2026-02-20T10:00Z", [.complaint: .text("A")]),
    ])
    #expect(
      one.all(.dspOmbudsmanOpen).map(\.text) == [
        "complaint B may go to the Ombudsman: 2026-04-07 has passed without an answer"
      ])
    #expect(one.all(.dspOpen).map(\.rule) == ["R-DSP-02", "R-DSP-02", "R-DSP-04"])
    #expect(one.all(.dspOpen)[2].text == "complaint B goes to step 2: the complaints procedure")
  }

  @Test("the law is that of the place, and moves no holiday")
  func law() {
    for (nation, law) in [
      ("scotland", "Scotland"), ("england", "England and Wales"), ("wales", "England and Wales"),
    ] {
      var home = wheel([.nation: .text(nation)], start: "2025-12-01T00:00Z")
      home.exportMPAN = "9900000000015"
      // 2 January, a holiday in Scotland, is a working day everywhere: 25 more lead to 6 February.
      let one = settle(
        paying(
          home, from: "2025-12-01T00:00Z", to: "2026-01-03T00:00Z", settle: ["2026-01-02T12:00Z"],
          reads: [("2025-12-01T00:00Z", "100"), ("2026-01-02T12:00Z", "300")],
          events: [told(.complaintRaised, "2026-01-02T10:00Z")], policy: byTerm))
      #expect(one.decision(.dspOpen)?.text.hasSuffix("the law of \(law) governs") == true)
      #expect(one.statements[0].due == civil("2026-02-06"))
    }
  }

  // MARK: Payment disputes

  private func dispute(_ when: String, _ from: String, _ to: String) -> CaseEvent {
    told(.paymentDisputed, when, [.disputedFrom: day(from), .disputedTo: day(to), .why: .text("too little")])
  }

  @Test("what is disputed waits and the rest is paid")
  func partial() {
    let one = outcome([dispute("2026-03-10T10:00Z", "2026-02-01", "2026-02-28")])
    #expect(one.statements[0].net == Pence(2000))
    #expect(one.statements[0].lines.filter { $0.kind == .held }.map(\.reason) == [.dspPayment])
    #expect(
      one.decision(.payPartial)?.text == "£20.00 is undisputed and is paid; 100 kWh are disputed and wait")
    #expect(one.decision(.dspPayment)?.rule == "R-PAY-11")
  }

  @Test("when the dispute is settled, what waited is paid")
  func settled() {
    let one = outcome(
      [
        dispute("2026-03-10T10:00Z", "2026-02-01", "2026-02-28"), told(.disputeSettled, "2026-04-10T10:00Z"),
      ], settle: ["2026-03-31T23:00Z", "2026-04-20T00:00Z"])
    #expect(one.statements.map(\.net) == [Pence(2000), Pence(1000)])
  }

  @Test("a dispute about what was paid before takes nothing back")
  func after() {
    let one = outcome(
      [dispute("2026-03-10T10:00Z", "2026-02-01", "2026-02-28")],
      settle: ["2026-03-01T00:00Z", "2026-03-31T23:00Z"])
    #expect(one.statements.map(\.net) == [Pence(2000), Pence(1000)])
    #expect(one.codes.contains("DSP_PAYMENT"))
    #expect(!one.codes.contains("PAY_PARTIAL"))
  }

  @Test("where the policy says so, a dispute stops everything")
  func everything() {
    let one = outcome([dispute("2026-03-10T10:00Z", "2026-02-01", "2026-02-28")]) {
      $0.conduct.disputeHolds = .ours(.everything, "for this test")
    }
    #expect(one.paid == Pence(0))
  }

  // MARK: Liability

  private func claim(
    _ pounds: Int64, _ more: Facts = [:], pence: Int64 = 0, on when: String = "2026-02-01T10:00Z"
  ) -> CaseEvent {
    told(.liabilityClaim, when, more.updated(by: [.claimed: .money(Pence(pounds * 100 + pence))]))
  }

  private func bulbs(_ policy: inout Policy) {
    policy.conduct.liabilityCap = .clause(Pence(1_000_000), "BUL 12.4")
    policy.conduct.liabilityCapPer = .clause(.series, "BUL 12.4")
  }

  private func eons(_ policy: inout Policy) {
    policy.conduct.liabilityCap = .clause(Pence(10_000_000), "EON 17.2")
    policy.conduct.liabilityCapPer = .clause(.calendarYear, "EON 17.2")
    policy.conduct.indirectLossExcluded = .clause(true, "EON 17")
  }

  @Test("£10,000 for each event or connected series: a penny more is capped, another event counts anew")
  func series() {
    let storm: Facts = [.series: .text("storm")]
    #expect(!outcome([claim(10_000)], policy: bulbs).codes.contains("LIA_CAPPED"))
    #expect(outcome([claim(10_000, pence: 1)], policy: bulbs).codes.contains("LIA_CAPPED"))
    #expect(!outcome([claim(6000), claim(6000)], policy: bulbs).codes.contains("LIA_CAPPED"))
    let one = outcome([claim(6000, storm), claim(6000, storm)], policy: bulbs)
    #expect(
      one.decision(.liaCapped)?.text
        == "claims for storm come to £12000.00, and the licensee answers for £10000.00 at most: "
        + "£2000.00 is beyond the cap"
    )
    #expect(one.decision(.liaCapped)?.rule == "R-LIA-01")
  }

  @Test("£100,000 a calendar year: 31 December and 1 January are two years")
  func years() {
    let storm: Facts = [.series: .text("storm")]
    func outcome(_ second: String) -> Outcome {
      settle(
        paying(
          wheel(), to: "2027-02-01T00:00Z", settle: [],
          events: [claim(60_000, storm, on: "2026-12-30T10:00Z"), claim(60_000, storm, on: second)],
          policy: eons))
    }
    #expect(outcome("2026-12-31T23:59Z").decision(.liaCapped)?.rule == "R-LIA-02")
    #expect(!outcome("2027-01-01T00:00Z").codes.contains("LIA_CAPPED"))
  }

  @Test("no cap limits injury, indirect loss is excluded by clause, and without a clause there is no cap")
  func exceptions() {
    #expect(!outcome([claim(200_000, [.isInjury: .flag(true)])], policy: eons).codes.contains("LIA_CAPPED"))
    #expect(!outcome([claim(200_000, [.isIndirect: .flag(true)])], policy: eons).codes.contains("LIA_CAPPED"))
    #expect(outcome([claim(200_000, [.isIndirect: .flag(true)])], policy: bulbs).codes.contains("LIA_CAPPED"))
    #expect(!outcome([claim(200_000)]).codes.contains("LIA_CAPPED"))
  }

  @Test("what nobody can control is named, and the clocks go on")
  func beyondControl() {
    let flood = told(.beyondControl, "2026-02-01T10:00Z", [.by: .text("customer"), .about: .text("a flood")])
    let one = outcome([complaint, flood])
    #expect(
      one.decision(.liaBeyondControl)?.text.contains(
        "a flood on 2026-02-01 was beyond the control of the customer") == true)
    #expect(one.codes.contains("DSP_OMBUDSMAN_OPEN"))
    let claimed = outcome([claim(200_000, [.isBeyondControl: .flag(true)])], policy: bulbs)
    #expect(claimed.codes.contains("LIA_BEYOND_CONTROL"))
    #expect(!claimed.codes.contains("LIA_CAPPED"))
  }
}
