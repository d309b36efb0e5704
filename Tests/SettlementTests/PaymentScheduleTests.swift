// Dates of payment and requests (R-PAY-02, R-PAY-03, R-PAY-05). A water wheel at 10 p/kWh; 300 kWh, £30.00,
// a quarter.

import BackspinTesting
import Testing
import Units

@testable import Settlement

/// Readings at the quarter days, London midnight.
private let quarters = [
  ("2026-01-01T00:00Z", "100"), ("2026-03-31T23:00Z", "400"), ("2026-06-30T23:00Z", "700"),
  ("2026-09-30T23:00Z", "1000"), ("2027-01-01T00:00Z", "1300"),
]
private let settlements = [
  "2026-03-31T23:00Z", "2026-06-30T23:00Z", "2026-09-30T23:00Z", "2027-01-01T00:00Z",
]
private let fixedYear: Facts = [
  .kind: .text("fixed"), .tariffStart: day("2026-01-01"), .termEnd: day("2026-12-31"),
]

@Suite("Dates of payment")
struct PaymentScheduleTests {
  @Test("dates of payment follow cadence and term")
  func dates() {
    TextTable.each(
      """
      | cadence     | start      | end        | through    | dates                            |
      # A fixed tariff of 12 months once, at its end; a longer one every 12 months and at its end.
      | by-term     | 2026-01-01 | 2027-01-01 | 2028-01-01 | 2027-01-01                       |
      | by-term     | 2026-01-01 | 2027-07-01 | 2028-01-01 | 2027-01-01 2027-07-01            |
      | by-term     | 2026-01-01 | 2027-01-02 | 2028-01-01 | 2027-01-01 2027-01-02            |
      # Without a term every 12 months.
      | by-term     | 2026-01-01 | -          | 2028-06-01 | 2027-01-01 2028-01-01            |
      # The anniversary of 29 February.
      | by-term     | 2024-02-29 | -          | 2028-06-01 | 2025-02-28 2026-02-28 2027-02-28 2028-02-29 |
      | quarterly   | 2026-08-31 | -          | 2027-06-01 | 2026-11-30 2027-02-28 2027-05-31 |
      | monthly     | 2026-01-31 | -          | 2026-04-30 | 2026-02-28 2026-03-31 2026-04-30 |
      | half-yearly | 2026-01-01 | -          | 2027-01-01 | 2026-07-01 2027-01-01            |
      | yearly      | 2026-01-01 | -          | 2027-01-01 | 2027-01-01                       |
      """
    ) { row in
      var terms = Policy.PaymentTerms()
      terms.cadence = .ours(
        Policy.PaymentTerms.Cadence(rawValue: try row.text("cadence")) ?? .yearly, "for this test")
      let end = try row.text("end")
      let schedule = PaymentSchedule(
        terms, start: civil(try row.text("start")), end: end == "-" ? nil : civil(end))
      let last = civil(try row.text("through"))
      let dates = schedule.dates(after: schedule.start, through: last)
      let expected = try row.text("dates")
      #expect(dates.map { "\($0)" }.joined(separator: " ") == expected, sourceLocation: row.sourceLocation)
    }
  }

  @Test("a tariff year from 29 February ends on 28 February, or on 1 March where the policy says so")
  func leapYear() {
    let start = civil("2024-02-29")
    #expect(start.year(containing: civil("2025-02-27"), leap: .lastOfFebruary) == start..<civil("2025-02-28"))
    #expect(
      start.year(containing: civil("2025-02-28"), leap: .lastOfFebruary) == civil(
        "2025-02-28")..<civil("2026-02-28"))
    #expect(start.year(containing: civil("2025-02-28"), leap: .firstOfMarch) == start..<civil("2025-03-01"))
    #expect(
      start.year(containing: civil("2028-03-01"), leap: .firstOfMarch) == civil(
        "2028-02-29")..<civil("2029-03-01"))
  }

  @Test("a fixed year is stated each quarter and paid once, at its end")
  func onceAtTheEnd() {
    let outcome = settle(
      paying(wheel(fixedYear), to: "2027-01-02T00:00Z", settle: settlements, reads: quarters, policy: byTerm))
    #expect(outcome.statements.map(\.net) == [Pence(3000), Pence(3000), Pence(3000), Pence(3000)])
    // The term ends with 31 December. New Year's Day is no working day: counted from 4 January,
    // due 8 February.
    #expect(outcome.statements.map(\.due) == [nil, nil, nil, civil("2027-02-08")])
    #expect(outcome.paymentSummary == ["2027-01-01 £120.00 bank-transfer paid due 2027-02-08"])
    #expect(outcome.payments[0].statements == [0, 1, 2, 3])
    #expect(outcome.account.balance(.paid) == Pence(12_000))
    #expect(outcome.account.balance(.earned) == Pence(-12_000))
    #expect(outcome.all(.payScheduled).map(\.text).first?.contains("paid at 2027-01-01") == true)
  }

  @Test("what is not due yet stands as a planned payment, and in the account as accrued")
  func planned() {
    let outcome = settle(
      paying(
        wheel(fixedYear), to: "2026-07-10T00:00Z", settle: Array(settlements.prefix(2)), reads: quarters,
        policy: byTerm))
    #expect(outcome.paymentSummary == ["2027-01-01 £60.00 bank-transfer scheduled"])
    #expect(outcome.account.balance(.accrued) == Pence(6000))
    #expect(outcome.account.isBalanced)
  }

  @Test("a tariff of 18 months is paid after 12 and at its end")
  func longer() {
    var facts = fixedYear
    facts[.termEnd] = day("2027-06-30")
    let more = [("2027-03-31T23:00Z", "1600"), ("2027-06-30T23:00Z", "1900")]
    let outcome = settle(
      paying(
        wheel(facts), to: "2027-07-02T00:00Z", settle: settlements + more.map(\.0), reads: quarters + more,
        policy: byTerm))
    // Thursday 1 July 2027 + 25 working days = 5 August.
    #expect(
      outcome.paymentSummary == [
        "2027-01-01 £120.00 bank-transfer paid due 2027-02-08",
        "2027-07-01 £60.00 bank-transfer paid due 2027-08-05",
      ])
  }

  @Test("without a term, who leaves in month three is paid then")
  func leaving() {
    let outcome = settle(
      paying(
        wheel([.kind: .text("variable"), .tariffStart: day("2026-01-01")]), to: "2026-04-10T00:00Z",
        settle: ["2026-03-31T23:00Z"], reads: quarters,
        events: [
          told(.switchRegistered, "2026-03-20T10:00Z", [.to: .text("next"), .on: day("2026-04-01")])
        ], policy: byTerm))
    // Registered from 1 April; the reading of that midnight is the reading of the switch.
    // 1 April + 25 = 8 May 2026.
    #expect(outcome.paymentSummary == ["2026-04-01 £30.00 bank-transfer paid due 2026-05-11"])
    #expect(outcome.codes.isSuperset(of: ["SWI_EFFECTIVE", "SWI_FINAL_PAID", "PAY_SCHEDULED"]))
  }

  @Test("a request comes first and the reading three weeks later: the clock starts with the reading")
  func request() {
    let outcome = settle(
      paying(
        wheel(fixedYear), to: "2026-05-28T00:00Z", settle: ["2026-03-31T23:00Z", "2026-05-27T00:00Z"],
        reads: Array(quarters.prefix(2)) + [("2026-05-26T10:00Z", "500")],
        events: [told(.paymentRequested, "2026-05-05T10:00Z")], policy: byTerm))
    // £30.00 and 100 kWh more, £10.00. Tuesday 26 May + 25 working days = 30 June.
    #expect(outcome.paymentSummary == ["2026-05-27 £40.00 bank-transfer paid due 2026-06-30"])
  }

  @Test("a request that a reading of its day answers is paid at once")
  func requestAfterReading() {
    let outcome = settle(
      paying(
        wheel(fixedYear), to: "2026-04-02T00:00Z", settle: ["2026-03-31T23:00Z"], reads: quarters,
        events: [told(.paymentRequested, "2026-04-01T10:00Z")], policy: byTerm))
    #expect(outcome.paymentSummary == ["2026-04-01 £30.00 bank-transfer paid due 2026-05-11"])
  }

  @Test("a request answered by a reading, and by no settlement in 25 working days, is overdue the day after")
  func unanswered() {
    let reads = Array(quarters.prefix(2)) + [("2026-05-26T10:00Z", "500")]
    for (until, late) in [("2026-06-30T22:00Z", false), ("2026-06-30T23:00Z", true)] {
      let outcome = settle(
        paying(
          wheel(fixedYear), to: until, settle: ["2026-03-31T23:00Z"], reads: reads,
          events: [told(.paymentRequested, "2026-05-05T10:00Z")], policy: byTerm))
      #expect(outcome.codes.contains("PAY_OVERDUE") == late)
      #expect(outcome.obligations.filter { $0.what == "payment" }.map(\.state) == [late ? .overdue : .open])
    }
  }

  @Test("four requests of a tariff year are paid and the fifth is refused; the next year counts anew")
  func limit() {
    let days = ["02-02", "03-02", "04-01", "05-01", "06-01"]
    let requests = days.map { told(.paymentRequested, "2026-\($0)T10:00Z") }
    func outcome(_ more: [CaseEvent]) -> Outcome {
      settle(
        paying(
          wheel([.kind: .text("variable"), .tariffStart: day("2026-01-01")]), to: "2027-01-10T00:00Z",
          settle: ["2026-03-31T23:00Z"], reads: Array(quarters.prefix(2)), events: requests + more,
          policy: byTerm))
    }
    let five = outcome([])
    #expect(five.all(.payRequestLimit).map(\.at) == [at("2026-06-01T10:00Z")])
    #expect(five.decision(.payRequestLimit)?.text.contains("the next may come on 2027-01-01") == true)
    #expect(five.payments.count { $0.state == .refused } == 1)
    #expect(five.touches.contains(BoundaryTouch(.requestsInYear, excess: 0)))
    #expect(five.touches.contains(BoundaryTouch(.requestsInYear, excess: 1)))
    let next = outcome([told(.paymentRequested, "2027-01-01T00:00Z")])
    #expect(next.all(.payRequestLimit).count == 1)
    let before = outcome([told(.paymentRequested, "2026-12-31T23:59Z")])
    #expect(before.all(.payRequestLimit).count == 2)
  }

  @Test("the tariff year of a tariff that began on 29 February turns on 28 February, or on 1 March by policy")
  func leapLimit() {
    for (leap, refused) in [(Policy.PaymentTerms.LeapAnniversary.lastOfFebruary, 0), (.firstOfMarch, 1)] {
      let outcome = settle(
        paying(
          wheel([.kind: .text("variable"), .tariffStart: day("2024-02-29")], start: "2024-02-29T00:00Z"),
          from: "2024-02-29T00:00Z", to: "2025-03-10T00:00Z", settle: [],
          events: ["2024-06-01", "2024-08-01", "2024-10-01", "2024-12-01", "2025-02-28"].map {
            told(.paymentRequested, "\($0)T10:00Z")
          }
        ) {
          byTerm(&$0)
          $0.payment.leapAnniversary = .ours(leap, "for this test")
        })
      #expect(outcome.all(.payRequestLimit).count == refused)
    }
  }

  @Test("a confirmation that says yearly makes a quarterly licensee pay yearly")
  func confirmation() {
    let outcome = settle(
      paying(
        wheel([.paidEvery: .text("yearly")]), to: "2027-01-02T00:00Z", settle: settlements, reads: quarters))
    // 1 January + 60 days: 30 in January, 28 in February, 2 in March.
    #expect(outcome.paymentSummary == ["2027-01-01 £120.00 bank-transfer paid due 2027-03-02"])
  }
}
