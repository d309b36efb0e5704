// Switching licensee (R-SWI-01 … -06). A water wheel at 10 p/kWh; the old licensee is "old", the new one "new". Readings
// at London midnight of 1 January, 1 April, 1 May and 1 July 2026: 300, 100 and 200 kWh between them.

import BackspinTesting
import Testing
import Units

@testable import Settlement

private let january = ("2026-01-01T00:00Z", "100")
private let april = ("2026-03-31T23:00Z", "400")
private let july = ("2026-06-30T23:00Z", "700")
private let times = ["2026-03-31T23:00Z", "2026-06-30T23:00Z", "2026-10-01T00:00Z"]

private let asked = told(.switchRequested, "2026-04-02T10:00Z", [.to: .text("new"), .on: day("2026-05-01")])
private let registered = told(.switchRegistered, "2026-04-20T10:00Z", [.to: .text("new"), .on: day("2026-05-01")])

/// 500 kWh at midnight of 1 May, by somebody.
private func reading(_ source: String, _ value: String = "500", _ when: String = "2026-05-03T10:00Z") -> CaseEvent {
  told(.switchReading, when, [.value: .energy(kWh(value)), .source: .text(source)])
}

@Suite("Switching licensee")
struct SwitchingTests {
  private func old(
    _ events: [CaseEvent], reads: [(String, String)] = [january, april, july], settle moments: [String] = times,
    to: String = "2026-10-02T00:00Z", policy: (inout Policy) -> Void = { _ in }
  ) -> Outcome {
    var home = wheel()
    home.licensee = "old"
    return settle(paying(home, to: to, settle: moments, reads: reads, events: events, policy: policy))
  }

  private func new(
    _ events: [CaseEvent], reads: [(String, String)] = [january, april, july], settle moments: [String] = times,
    policy: (inout Policy) -> Void = { _ in }
  ) -> Outcome {
    var home = wheel([.switchedFrom: .text("old")])
    home.licensee = "new"
    return settle(
      paying(home, to: "2026-10-02T00:00Z", settle: moments, reads: reads, events: events, policy: policy))
  }

  @Test("one reading closes the old agreement and opens the new one, and together they pay for everything once")
  func whole() {
    let events = [asked, registered, reading("new-licensee")]
    // Old: 300 kWh in March and 100 kWh to 1 May. New: 200 kWh from 1 May.
    let (left, right) = (old(events), new(events))
    #expect(left.statements.map(\.net) == [Pence(3000), Pence(1000), Pence(0)])
    #expect(right.statements.map(\.net) == [Pence(0), Pence(2000), Pence(0)])
    #expect(left.codes.isSuperset(of: ["SWI_REQUESTED", "SWI_EFFECTIVE", "SWI_FINAL_PAID", "SWI_FINAL_PENDING_READ"]))
    #expect(left.decision(.swiFinalPaid)?.text.contains("£10.00 is paid for the last time, without an exit fee") == true)
    #expect(left.treatments.map(\.summary) == ["forfeit SWI_EFFECTIVE 2026-04-30T23:00Z on"])
    #expect(right.treatments.map(\.summary) == ["forfeit SWI_EFFECTIVE 1970-01-01T00:00Z to 2026-04-30T23:00Z"])
  }

  @Test("a switch that was asked for and not registered ends nothing")
  func notRegistered() {
    for more in [
      [], [told(.switchRejected, "2026-04-10T10:00Z", [.to: .text("new")])],
      [told(.switchWithdrawn, "2026-04-10T10:00Z", [.to: .text("new")])],
      [told(.switchReversed, "2026-04-10T10:00Z", [.to: .text("new")])],
    ] as [[CaseEvent]] {
      let one = old([asked] + more)
      #expect(one.paid == Pence(6000))
      #expect(one.treatments.isEmpty)
    }
  }

  @Test("a rejected switch may be registered after all when it is asked for again")
  func again() {
    let rejected = told(.switchRejected, "2026-04-10T10:00Z", [.to: .text("new"), .why: .text("wrong MPAN")])
    let second = told(.switchRequested, "2026-04-12T10:00Z", [.to: .text("new")])
    #expect(old([asked, rejected, second, registered, reading("customer")]).paid == Pence(4000))
  }

  @Test("the old licensee is told and nobody applied: the agreement goes on, and it says so")
  func toldOnly() {
    let one = old([
      told(.switchRequested, "2026-04-02T10:00Z", [.to: .text("new"), .by: .text("told-licensee")])
    ])
    #expect(one.paid == Pence(6000))
    #expect(one.decision(.swiRequested)?.text.contains("has applied nowhere") == true)
  }

  @Test("a registration that was never told of before ends the agreement all the same")
  func appliedOnly() {
    let one = old([registered, reading("customer")]) {
      $0.switching.oldLicenseeMustBeTold = .clause(true, "EON 12.1")
    }
    #expect(one.paid == Pence(4000))
    #expect(one.obligations.first { $0.what == "tell-of-switch" }?.state == .open)
  }

  @Test("registration slips by two months: the old licensee keeps paying until then")
  func slips() {
    // Planned for 1 May, registered for 1 July: all 600 kWh are the old licensee's.
    let events = [asked, told(.switchRegistered, "2026-06-20T10:00Z", [.to: .text("new"), .on: day("2026-07-01")])]
    let (left, right) = (old(events), new(events))
    #expect(left.paid == Pence(6000))
    #expect(right.paid == Pence(0))
    #expect(left.decision(.swiEffective)?.text.contains("later than was planned") == true)
    // First told for 1 May, then put off; the reading of 1 May is not the reading of 1 July.
    let twice = [asked, registered, reading("new-licensee", "500", "2026-05-03T10:00Z")] + events.dropFirst()
    #expect(old(twice).paid == Pence(6000))
    #expect(old(twice).all(.swiEffective).count == 2)
  }

  @Test("a switch that is taken back in the cooling-off time pays the old licensee all, and the new one nothing")
  func reversed() {
    let back = told(.switchReversed, "2026-05-10T10:00Z", [.to: .text("new")])
    let events = [asked, registered, reading("new-licensee"), back]
    #expect(old(events).paid == Pence(6000))
    #expect(new(events).paid == Pence(0))
    // Also where both had settled before it was taken back: the new licensee's £20.00 is carried, never asked back.
    let late = told(.switchReversed, "2026-07-10T10:00Z", [.to: .text("new")])
    let (left, right) = (old([asked, registered, reading("customer"), late]), new([asked, registered, reading("customer"), late]))
    #expect(left.statements.map(\.net) == [Pence(3000), Pence(1000), Pence(2000)])
    #expect(right.statements.map(\.net) == [Pence(0), Pence(2000), Pence(-2000)])
    #expect(right.statements[2].carriedOut == Pence(-2000))
    #expect(right.account.balance(.carried) == Pence(-2000))
    #expect(right.account.isBalanced)
  }

  @Test("the final payment waits for the reading, four months if it must")
  func fourMonths() {
    // The reading comes on 1 September. What was paid in March stays paid.
    let one = old([asked, registered, reading("new-licensee", "500", "2026-09-01T10:00Z")])
    #expect(one.statements.map(\.payable) == [Pence(3000), Pence(0), Pence(1000)])
    #expect(one.statements[1].lines.contains { $0.reason == .swiFinalPendingRead })
    #expect(one.decision(.swiFinalPendingRead)?.at == at("2026-04-30T23:00Z"))
    #expect(one.all(.swiFinalPaid).map(\.at) == [at("2026-10-01T00:00Z")])
    #expect(one.obligations.first { $0.what == "switch-reading" }?.state == .met)
    // 14 days after 1 May is the 15th.
    #expect(one.obligations.first { $0.what == "switch-reading" }?.by == civil("2026-05-15"))
  }

  @Test("a reading for the switch is in time on day 14 and overdue on day 15")
  func readingDays() {
    for (until, state) in [("2026-05-15T22:59Z", Obligation.State.open), ("2026-05-15T23:00Z", .overdue)] {
      let one = old([registered], reads: [january, april], settle: ["2026-03-31T23:00Z"], to: until)
      #expect(one.obligations.first { $0.what == "switch-reading" }?.state == state)
    }
  }

  @Test("who gives the reading, and whether it must be agreed, is the policy's affair")
  func sources() {
    TextTable.each(
      """
      | from         | others | agreed | brought               | paid  |
      | new-licensee | yes    | no     | new-licensee          | 40.00 |
      # K-16: the other side's reading counts too, unless the policy says no.
      | new-licensee | yes    | no     | customer              | 40.00 |
      | new-licensee | no     | no     | customer              | 30.00 |
      | customer     | no     | no     | new-licensee          | 30.00 |
      | customer     | no     | no     | customer              | 40.00 |
      | either       | no     | no     | customer              | 40.00 |
      # The customer's reading waits for the new licensee's word (EON 12.1).
      | customer     | yes    | yes    | customer              | 30.00 |
      | customer     | yes    | yes    | customer new-licensee | 40.00 |
      | customer     | yes    | yes    | customer agreed       | 40.00 |
      | customer     | yes    | yes    | new-licensee          | 40.00 |
      """
    ) { row in
      var events = [asked, registered]
      for source in try row.text("brought").split(separator: " ") {
        events.append(
          source == "agreed"
            ? told(.switchReadingAgreed, "2026-05-06T10:00Z", [.value: .energy(kWh("500"))]) : reading(String(source)))
      }
      let from = Policy.SwitchingTerms.ReadingFrom(rawValue: try row.text("from")) ?? .either
      let (others, agreed) = (try row.text("others") == "yes", try row.text("agreed") == "yes")
      let one = old(events) {
        $0.switching.finalReadingFrom = .ours(from, "for this test")
        $0.switching.otherReadingCounts = .ours(others, "for this test")
        $0.switching.readingMustBeAgreed = .ours(agreed, "for this test")
      }
      let paid = try row.value("paid") { try Pence(parsing: "£" + $0) }
      #expect(one.paid == paid, sourceLocation: row.sourceLocation)
    }
  }

  @Test("two readings 1 kWh apart are one, and 1 Wh further apart a conflict that both licensees hold for")
  func conflict() {
    for (value, isConflict) in [("501", false), ("501.001", true)] {
      let events = [asked, registered, reading("new-licensee"), reading("customer", value, "2026-05-04T10:00Z")]
      let (left, right) = (old(events), new(events))
      #expect(left.codes.contains("SWI_READ_CONFLICT") == isConflict)
      #expect(right.codes.contains("SWI_READ_CONFLICT") == isConflict)
      #expect(left.paid == Pence(isConflict ? 3000 : 4000))
      #expect(right.paid == Pence(isConflict ? 0 : 2000))
      #expect(left.touches.contains(BoundaryTouch(.switchReadingTolerance, excess: isConflict ? 1 : 0)))
    }
  }

  @Test("a conflict is over when both agree on a value, and both settle by it")
  func agreed() {
    let events = [
      asked, registered, reading("new-licensee"), reading("customer", "520", "2026-05-04T10:00Z"),
      told(.switchReadingAgreed, "2026-08-01T10:00Z", [.value: .energy(kWh("510"))]),
    ]
    let (left, right) = (old(events), new(events))
    // 110 kWh for the old licensee, 190 kWh for the new one.
    #expect(left.statements.map(\.net) == [Pence(3000), Pence(0), Pence(1100)])
    #expect(right.statements.map(\.net) == [Pence(0), Pence(0), Pence(1900)])
  }

  @Test("a read of the meter at that midnight is the reading of the switch, unless the policy says no")
  func midnight() {
    let may = ("2026-04-30T23:00Z", "500")
    #expect(old([asked, registered], reads: [january, april, may, july]).paid == Pence(4000))
    let strict = old([asked, registered], reads: [january, april, may, july]) {
      $0.switching.meterReadingCounts = .ours(false, "for this test")
    }
    #expect(strict.paid == Pence(3000))
  }

  @Test("registered on the day of a clock change: the line is midnight London time")
  func clockChange() {
    // 29 March 2026: midnight is 00:00Z and the day has 46 half-hours. Half-hours of 1 kWh from 28 to 30 March.
    let events = [told(.switchRegistered, "2026-03-20T10:00Z", [.to: .text("new"), .on: day("2026-03-29")])]
    let energies: [Int64] = (0..<142).map { 1000 + Int64($0 % 7) }
    let data = log(energies, from: "2026-03-28T00:00Z", received: "2026-03-31T00:00Z")
    var sums: [Int64] = []
    for (licensee, facts) in [("old", [:]), ("new", [.switchedFrom: .text("old")])] as [(String, Facts)] {
      var home = wheel(facts, start: "2026-03-28T00:00Z")
      home.licensee = licensee
      var one = paying(
        home, from: "2026-03-28T00:00Z", to: "2026-04-02T00:00Z", settle: ["2026-04-02T00:00Z"],
        reads: [], events: events + [reading("customer", "1", "2026-03-30T10:00Z")]
      ) { $0.payableBasis = .ours([.halfHours], "for this test") }
      one.logs = [data]
      let outcome = settle(one)
      let paid = outcome.halfHours.filter { $0.state == .paid }.map(\.energy.value)
      sums.append(paid.reduce(0, +))
    }
    // 48 half-hours before midnight of the 29th, 94 after it.
    #expect(sums == [energies[..<48].reduce(0, +), energies[48...].reduce(0, +)])
  }

  @Test("registrations that overlap by one half-hour are told; the one that registered last is paid")
  func overlap() {
    // The switch gave 1 May; the new licensee's own registration begins half an hour before it.
    let early = told(
      SwitchTimeline.otherRegistration, "2026-04-30T22:30Z", received: "2026-05-02T10:00Z",
      [FactKey("organisation"): .text("new")])
    let one = old([asked, registered, early])
    #expect(one.decision(.swiOverlap)?.text.contains("1 half-hour are claimed twice") == true)
    #expect(one.treatments.contains { $0.effect == .forfeit && $0.from == at("2026-04-30T22:30Z") })
  }

  @Test("a gap between registrations is told, and the old licensee goes on paying")
  func gap() {
    let late = told(
      SwitchTimeline.otherRegistration, "2026-05-01T00:00Z", received: "2026-05-02T10:00Z",
      [FactKey("organisation"): .text("new")])
    let one = old([asked, registered, late])
    #expect(one.decision(.swiGap)?.text.contains("2 half-hours belong to nobody") == true)
    #expect(one.treatments.contains { $0.effect == .forfeit && $0.from == at("2026-05-01T00:00Z") })
  }

  @Test("after the end of the tariff and before the switch is complete, the default tariff holds")
  func defaultTariff() {
    // A fixed tariff of 10 p to 31 March, 5 p after it; the switch is registered for 1 May. 300 kWh at 10 p, 100 kWh at 5 p.
    var home = wheel([
      .kind: .text("fixed"), .tariffStart: day("2026-01-01"), .termEnd: day("2026-03-31"),
      .defaultTariff: .tariff([flat("5", named: "default")]),
    ])
    home.licensee = "old"
    let one = settle(
      paying(
        home, to: "2026-10-02T00:00Z", settle: times, reads: [january, april, july],
        events: [asked, registered, reading("customer")]))
    #expect(one.codes.isSuperset(of: ["TAR_AUTO_RENEWED", "SWI_FINAL_PAID"]))
    #expect(one.statements.map(\.net) == [Pence(3000), Pence(500), Pence(0)])
  }

  @Test("a switch and a change of rate at one instant: the old licensee pays the old rate, the new one its own")
  func rateChange() {
    let events = [asked, registered, reading("customer")]
    var left = wheel()
    left.licensee = "old"
    left.tariff.append(flat("20", from: "2026-04-30T23:00Z"))
    var right = wheel([.switchedFrom: .text("old")], rate: "7")
    right.licensee = "new"
    let nets = [left, right].map { home in
      settle(
        paying(home, to: "2026-10-02T00:00Z", settle: times, reads: [january, april, july], events: events)
      ).paid
    }
    // 400 kWh at 10 p; 200 kWh at 7 p.
    #expect(nets == [Pence(4000), Pence(1400)])
  }

  @Test("an exit fee is taken off the final payment where the terms have one")
  func exitFee() {
    let one = old([asked, registered, reading("customer")]) {
      $0.switching.exitFee = .ours(Pence(250), "for this test")
    }
    #expect(one.payments.map(\.amount) == [Pence(3000), Pence(750)])
    #expect(one.decision(.swiFinalPaid)?.rule == "R-SWI-07")
  }
}
